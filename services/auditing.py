"""The auditor: every open alarm has a holder or a next step; what has neither is mended and told (invariant 6)."""

from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Escalation
from models.alarms import IN_NOBODYS_HANDS
from models.db import is_conflict
from rules.auditing import AGAIN, LATE, Fault, fault
from rules.escalation import Event, State
from services.alerts import tell_operators
from services.climbing import move_on
from services.escalations import chain_of, may_ring_at, note, refresh

AT_ONCE = 200
log = structlog.get_logger()


def audit(session: Session, now: datetime) -> dict[str, int]:
    """The tick, each minute: proves that every open alarm is in somebody's hands or on its way, and mends what is not.

    What lost its holder or its time goes on at once. What is late is moved on here, by itself; one that cannot be gets
    a chain of today's people, and if that does not help it is put out of the way of the others and tried again. The
    operators hear of each, once an hour.
    """
    late = (Escalation.next_at <= now - LATE) & (Escalation.state != State.CLOSED)
    # Two questions, each with an index of its own: no database finds both by one.
    found = [
        *session.scalars(select(Escalation).where(IN_NOBODYS_HANDS).order_by(Escalation.id).limit(AT_ONCE)),
        *session.scalars(select(Escalation).where(late).order_by(Escalation.next_at).limit(AT_ONCE)),
    ]
    mended = [_mend(session, now, one) for one in dict.fromkeys(found)]
    return {"mended": sum(mended), "stuck": len(mended) - sum(mended)}


def _mend(session: Session, now: datetime, alarm: Escalation) -> bool:
    what = fault(alarm.state, alarm.holder_id, alarm.next_at, now)
    if what is None or (what is Fault.LATE and _moves(session, now, alarm)):
        return True
    log.error("an alarm was in nobody's hands", alarm=alarm.id, fault=what.value)
    note(session, now, alarm, Event.MENDED, fault=what.value)
    alarm.handed, alarm.next_at = False, now
    if what is not Fault.LATE:
        refresh(session, now, alarm)
    moved = _moves(session, now, alarm) or _moves(session, now, alarm, anew=True)
    if not moved:
        alarm.next_at = now + AGAIN
    template = "alarm_mended" if moved else "alarm_stuck"
    tell_operators(session, now, alarm, may_ring_at(session, now, alarm), template)
    return moved


def _moves(session: Session, now: datetime, alarm: Escalation, *, anew: bool = False) -> bool:
    """Goes on with this one alone; what fails leaves nothing behind.

    `anew`: with the chain of today, from its first step. Its own may name a role or a person that is no more.
    """
    try:
        with session.begin_nested():
            if anew:
                alarm.chain, alarm.step = chain_of(session, now, alarm), -1
            move_on(session, now, [alarm.id])
    except Exception as error:
        if is_conflict(error):
            raise  # another process was first: the whole tick begins again
        log.exception("an alarm cannot be moved on", alarm=alarm.id)
        return False
    session.refresh(alarm)
    return True
