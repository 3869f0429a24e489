"""Alarms in somebody's hands: how long they may rest there, and who is reminded before that is over."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Escalation
from models.alarms import WAITS_FOR_ITS_REMINDER
from rules.holding import reminded_at
from rules.ladder import Severity
from rules.mail import Priority
from services.accounts import reachable_accounts
from services.mailbox import post
from services.policy import policy_at

AT_ONCE = 500
"""Alarms whose holders are reminded in one transaction."""


def hold(session: Session, escalation: Escalation, since: datetime) -> None:
    """The holder's time begins at `since`, and with it what comes before its end."""
    hold_until(escalation, since, since + policy_at(session, escalation.grid_id).lapses[escalation.severity])


def hold_until(escalation: Escalation, since: datetime, lapses_at: datetime) -> None:
    """The same with an end of its own."""
    escalation.next_at, escalation.remind_at = lapses_at, reminded_at(since, lapses_at)


def remind_holders(session: Session, now: datetime) -> dict[str, int]:
    """The tick: whoever has an alarm in hand whose time is nearly over hears it once, of a bundle in one message."""
    due = session.scalars(_due(now)).all()
    for one in due:
        one.remind_at = None
    for _, together in groupby(sorted(due, key=_message), key=_message):
        _remind(session, now, list(together))
    return {"held": len(due), "left": int(len(due) == AT_ONCE)}


def _due(now: datetime) -> Select[Escalation]:
    waiting = select(Escalation).where(WAITS_FOR_ITS_REMINDER, Escalation.remind_at <= now)
    return waiting.order_by(Escalation.remind_at, Escalation.id).limit(AT_ONCE)


def _message(one: Escalation) -> tuple[int, str]:
    return one.holder_id or 0, f"bundle:{one.bundle}" if one.bundle else f"escalation:{one.id}"


def _remind(session: Session, now: datetime, together: Sequence[Escalation]) -> None:
    holder, about = _message(together[0])
    account = reachable_accounts(session, [holder]).get(holder)
    if account is None:
        return
    routine = all(one.severity is Severity.ROUTINE for one in together)
    due_at = policy_at(session, together[0].grid_id).awake(now) if routine else now
    post(session, now, account, Priority.ALERT, "lapsing", about=about, due_at=due_at)
