"""Whoever else answers for a household: told when somebody was quicker (某某已上报)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Account, OutboxMessage, ReportRequest
from rules.mail import MailState, Priority
from services.foresight import foreseen
from services.mailbox import post
from services.phones import answering
from services.policy import policy_at

_ASKED_BY = ("prompt", "reminder")


def tell_others(session: Session, now: datetime, request: ReportRequest, by: Account) -> int:
    """Tells the other phones of a household that its slot is answered, each once; how many.

    In the place of their own prompt where it can be changed: nobody hears one message more for being told.
    """
    known = foreseen(session).doors.get(request.household_id)
    if by.person_id is None or (known is not None and set(known) <= {by.id}):
        return 0
    session.flush()
    doors = answering(session, [request.household_id])
    accounts = select(Account).join(doors, doors.c.account_id == Account.id)
    found = session.scalars(accounts.where(Account.reachable, Account.id != by.id).order_by(Account.id)).unique()
    others = [one for one in found if one.person_id != by.person_id]
    questions = _questions(session, request, [one.id for one in others])
    due_at = policy_at(session, request.grid_id).awake(now)
    return sum(_tell(session, now, request, one, by.person_id, questions.get(one.id), due_at) for one in others)


def _tell(
    session: Session,
    now: datetime,
    request: ReportRequest,
    account: Account,
    by: int,
    question: OutboxMessage | None,
    due_at: datetime,
) -> bool:
    key, about = f"told:{request.id}:{account.id}", f"request:{request.id}"
    if question is not None and question.edits_id is not None:  # it is about to be brought up to date anyway
        question.template, question.args = "told", {"by": by}
        question.put_off(due_at, now)
        return True
    owed = post(
        session, now, account, Priority.PROMPT, "told", args={"by": by}, about=about, dedupe_key=key, due_at=due_at
    )
    if owed is not None and question is not None:
        owed.edits_id = question.id
    return owed is not None


def _questions(session: Session, request: ReportRequest, accounts: Collection[int]) -> dict[int, OutboxMessage]:
    """By account: what asked there, or the change of it that waits to be sent."""
    if not accounts:
        return {}
    waits = (OutboxMessage.state == MailState.PENDING) & OutboxMessage.edits_id.is_not(None)
    asked = (OutboxMessage.state == MailState.SENT) & OutboxMessage.external_id.is_not(None)
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.about == f"request:{request.id}",
            OutboxMessage.account_id.in_(accounts),
            OutboxMessage.template.in_(_ASKED_BY),
            or_(waits, asked & OutboxMessage.edits_id.is_(None)),
        )
        .order_by(OutboxMessage.edits_id.is_not(None), OutboxMessage.id)
    )
    return {one.account_id: one for one in rows}
