"""Alarms in somebody's hands: how long they may rest there, and who is reminded before that is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent
from models.alarms import WAITS_FOR_ITS_REMINDER
from rules.escalation import Event, ladder_of
from rules.holding import reminded_at
from rules.ladder import Severity
from rules.mail import Priority
from rules.snoozing import asleep
from services.accounts import reachable_accounts
from services.changes import bring_all_up_to_date
from services.dossier import subjects_of
from services.hours import tell_in_time
from services.mailbox import post
from services.policy import policy_at

AT_ONCE = 500
"""Alarms whose holders are reminded in one transaction."""


def hold(session: Session, escalation: Escalation, since: datetime) -> None:
    """The holder's time begins at `since`, and with it what comes before its end."""
    hold_until(escalation, since, since + lapse_of(session, escalation))


def lapse_of(session: Session, escalation: Escalation) -> timedelta:
    """How long it may rest in somebody's hands."""
    return policy_at(session, escalation.grid_id).lapses[ladder_of(escalation.kind, escalation.severity)]


def hold_until(escalation: Escalation, since: datetime, lapses_at: datetime) -> None:
    """The same with an end of its own."""
    escalation.next_at, escalation.remind_at = lapses_at, reminded_at(since, lapses_at)


def remind_holders(session: Session, now: datetime) -> dict[str, int]:
    """The tick: whoever has an alarm in hand whose time is nearly over hears it once, of a bundle in one message."""
    due = session.scalars(_due(now)).all()
    slept = _put_off(session, due)
    for one in due:
        one.remind_at = None
    bring_all_up_to_date(session, now, [about for one in slept for about in subjects_of(one)])
    for _, together in groupby(sorted(due, key=_message), key=_message):
        _remind(session, now, list(together))
    return {"held": len(due), "left": int(len(due) == AT_ONCE)}


def _due(now: datetime) -> Select[Escalation]:
    waiting = select(Escalation).where(WAITS_FOR_ITS_REMINDER, Escalation.remind_at <= now)
    return waiting.order_by(Escalation.remind_at, Escalation.id).limit(AT_ONCE)


def _put_off(session: Session, due: Sequence[Escalation]) -> list[Escalation]:
    """Those that come up again, having been put off: what shows them says until when."""
    rows = session.execute(
        select(EscalationEvent.escalation_id, EscalationEvent.detail)
        .where(EscalationEvent.event == Event.SNOOZED, EscalationEvent.escalation_id.in_([one.id for one in due]))
        .order_by(EscalationEvent.id)
    )
    until = {number: datetime.fromisoformat(detail["until"]) for number, detail in rows} if due else {}
    return [one for one in due if asleep(one.remind_at, until.get(one.id))]


def _message(one: Escalation) -> tuple[int, str]:
    return one.holder_id or 0, f"bundle:{one.bundle}" if one.bundle else f"escalation:{one.id}"


def _remind(session: Session, now: datetime, together: Sequence[Escalation]) -> None:
    holder, about = _message(together[0])
    account = reachable_accounts(session, [holder]).get(holder)
    if account is None:
        return
    routine = all(one.severity is Severity.ROUTINE for one in together)
    if routine:
        due_at = policy_at(session, together[0].grid_id).awake(now)
        tell_in_time(session, now, account, "lapsing", about=about, due_at=due_at)
    else:
        post(session, now, account, Priority.ALERT, "lapsing", about=about)
