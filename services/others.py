"""Whoever else answers for a household: told when somebody was quicker (某某已上报)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, ReportRequest
from rules.mail import Priority
from services.foresight import foreseen
from services.mailbox import post
from services.phones import answering
from services.policy import policy_at


def tell_others(session: Session, now: datetime, request: ReportRequest, by: Account) -> int:
    """Tells the other phones of a household that its slot is answered, each once; how many."""
    known = foreseen(session).doors.get(request.household_id)
    if by.person_id is None or (known is not None and set(known) <= {by.id}):
        return 0
    session.flush()
    doors = answering(session, [request.household_id])
    others = select(Account).join(doors, doors.c.account_id == Account.id).where(Account.reachable, Account.id != by.id)
    due_at = policy_at(session, request.grid_id).awake(now)
    told = 0
    for account in session.scalars(others.order_by(Account.id)).unique():
        if account.person_id == by.person_id:
            continue
        about = f"request:{request.id}"
        key = f"told:{request.id}:{account.id}"
        args = {"by": by.person_id}
        owed = post(
            session, now, account, Priority.PROMPT, "told", args=args, about=about, dedupe_key=key, due_at=due_at
        )
        told += owed is not None
    return told
