"""Alarms about a place: one of a kind is open there, and what comes to it joins it (一处的告警).

A cluster, a grid with nobody on duty, messages that do not arrive: told, taken, held, climbing and closed like any
other. The last two are over by themselves.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import DeliveryTrouble, DutyGap, Escalation, EscalationEvent
from models.statements import spelled
from rules.escalation import Event, Kind, Outcome, State, ladder_of
from rules.ladder import Severity
from rules.places import RINGS_AFTER, is_told_anew
from services.chain import snapshot
from services.escalations import advance, note, refresh, tell_again
from services.handling import close

Lasting = TypeVar("Lasting", DutyGap, DeliveryTrouble)
"""What the house found and has not found to be over."""


def open_at(session: Session, kind: Kind, places: Iterable[int]) -> dict[int, Escalation]:
    """The open alarms of a kind at these places, by place; there is one at most."""
    mine = (Escalation.place_id.in_(list(places)), Escalation.kind == kind, Escalation.state != spelled(State.CLOSED))
    return {one.place_id: one for one in session.scalars(select(Escalation).where(*mine)) if one.place_id is not None}


def begun_at(
    session: Session, now: datetime, kind: Kind, severity: Severity, *, place_id: int, area_id: int, **detail: Any
) -> Escalation:
    """A new one at a place, with the chain of the area; nobody has been told yet (`services.escalations.advance`)."""
    alarm = Escalation(
        kind=kind,
        severity=severity,
        state=State.OPEN,
        place_id=place_id,
        grid_id=area_id,
        chain=snapshot(session, now, area_id, ladder_of(kind, severity)),
        next_at=now,
        opened_at=now,
    )
    session.add(alarm)
    session.flush()
    session.add(EscalationEvent(escalation_id=alarm.id, event=Event.OPENED, at=now, detail=detail))
    return alarm


def join(session: Session, now: datetime, alarm: Escalation, **detail: Any) -> None:
    """More of the same: shown at once, and whoever has it or was told last is rung a little later, once for all."""
    note(session, now, alarm, Event.WORSENED, **detail)
    refresh(session, now, alarm)
    tell_again(session, now, alarm, at=now + RINGS_AFTER)


def raise_at(
    session: Session, now: datetime, kind: Kind, severity: Severity, area_id: int, **detail: Any
) -> Escalation:
    """Tells of something about an area: a new alarm, or the one that is open there."""
    present = open_at(session, kind, [area_id]).get(area_id)
    if present is not None:
        join(session, now, present, **detail)
        return present
    alarm = begun_at(session, now, kind, severity, place_id=area_id, area_id=area_id, **detail)
    advance(session, now, alarm)
    return alarm


def end(session: Session, now: datetime, number: int, outcome: Outcome) -> None:
    """What an alarm is about is over by itself: closed, if nobody has finished it before, and shown as it is."""
    alarm = session.get_one(Escalation, number)
    if alarm.state is State.CLOSED:
        refresh(session, now, alarm)
    else:
        close(session, now, alarm, outcome, None)


def lasts(session: Session, alarm: Escalation) -> bool:
    """Whether what an alarm is about can still be done something about; False: the house found it to be over."""
    table = _RECORDS.get(alarm.kind)
    if table is None:
        return True
    mine = (table.escalation_id == alarm.id, table.closed_at.is_(None))
    return bool(session.scalar(select(exists().where(*mine))))


_RECORDS: dict[Kind, type[DutyGap] | type[DeliveryTrouble]] = {
    Kind.NO_ONE_ON_DUTY: DutyGap,
    Kind.DELIVERY_TROUBLE: DeliveryTrouble,
}


def to_tell_anew(session: Session, now: datetime, lasting: Iterable[Lasting]) -> list[Lasting]:
    """Those of what lasts whose alarm somebody finished by hand, too long ago."""
    by_alarm = {one.escalation_id: one for one in lasting if one.escalation_id is not None}
    if not by_alarm:
        return []
    closed = select(Escalation.id, Escalation.closed_at).where(
        Escalation.id.in_(by_alarm), Escalation.state == spelled(State.CLOSED)
    )
    return [by_alarm[number] for number, at in session.execute(closed) if is_told_anew(at, now)]
