"""An alarm put off by whoever holds it: it stays in their hands and comes up again (稍后处理)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent
from rules.errors import NotAllowedError
from rules.escalation import Event, State
from rules.snoozing import GRACE, asleep, may_snooze
from services.dossier import events_of
from services.escalations import note, refresh
from services.policy import policy_at


def snooze(session: Session, now: datetime, escalation: Escalation, person_id: int) -> datetime:
    """Puts it off; until when. Nobody is woken for it: what would come up at night comes up in the morning.

    Raises `NotAllowedError` for what cannot wait, was put off often enough, or is in nobody's hands.
    """
    if not can_snooze(session, escalation, events_of(session, escalation.id)):
        raise NotAllowedError("put off")
    policy = policy_at(session, escalation.grid_id)
    until = policy.awake(now + policy.snooze_for)
    note(session, now, escalation, Event.SNOOZED, person_id, until=until.isoformat())
    escalation.next_at, escalation.remind_at = until + GRACE, until
    refresh(session, now, escalation)
    return until


def can_snooze(session: Session, escalation: Escalation, events: Sequence[EscalationEvent]) -> bool:
    """Whether it may be put off (once more) now; not while it is."""
    times = sum(one.event is Event.SNOOZED for one in events)
    most = policy_at(session, escalation.grid_id).snoozes
    taken = escalation.state is State.TAKEN
    return taken and may_snooze(escalation.severity, times, most) and snoozed_until(escalation, events) is None


def snoozed_until(escalation: Escalation, events: Sequence[EscalationEvent]) -> datetime | None:
    """When it comes up again; None: it is not put off."""
    ends = [datetime.fromisoformat(one.detail["until"]) for one in events if one.event is Event.SNOOZED]
    until = ends[-1] if ends else None
    return until if asleep(escalation.remind_at, until) else None
