"""The chains of many alarms go on: whoever let their time pass loses it, whoever comes next is told.

Those about silent households are as many as a city has: they go on together. The others, about somebody's temperature,
go on one by one in `services.escalations`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Escalation, EscalationEvent
from models.statements import given, insert_rows, plan_for_these_rows
from rules.escalation import Event, State, move
from services.alerts import tell_operators
from services.areas import grid_below
from services.chain import people_on, standing
from services.changes import bring_all_up_to_date
from services.digests import Digests
from services.escalations import advance, note, refresh
from services.handing_over import not_taken
from services.next_step import NextStep
from services.policy import awake_at
from services.unanswered import not_answered

ALARMS_A_PART = 2_000
"""Alarms that go on in one transaction: it lasts a second or two (ADR 34)."""


def go_on(session: Session, now: datetime, below: str | None = None, alarms: int = ALARMS_A_PART) -> dict[str, int]:
    """The tick: whoever let their time pass loses it, and the chain goes on where it stood (invariants 6 and 7).

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    come = (Escalation.next_at <= now) & (Escalation.state != State.CLOSED) & grid_below(Escalation.grid_id, below)
    due = session.execute(_alarms(come).order_by(Escalation.next_at, Escalation.id).limit(alarms)).all()
    _go_on(session, now, due)
    return {
        "advanced": len(due),
        "lapsed": sum(one.state is State.TAKEN for one in due),
        "left": int(len(due) == alarms),
    }


def move_on(session: Session, now: datetime, numbers: Collection[int]) -> None:
    """The same for these alarms alone, whether their time has come or not."""
    these = Escalation.id.in_(numbers) & (Escalation.state != State.CLOSED)
    _go_on(session, now, session.execute(_alarms(these).order_by(Escalation.id)).all())


def _alarms(which: ColumnElement[bool]) -> Select[Any]:
    columns = (Escalation.id, Escalation.grid_id, Escalation.state, Escalation.step, Escalation.holder_id)
    return select(*columns, Escalation.chain, Escalation.bundle, Escalation.handed).where(which)


def _go_on(session: Session, now: datetime, alarms: Sequence[Row[Any]]) -> None:
    for alarm in alarms:
        if _alone(alarm):
            _go_on_alone(session, now, session.get_one(Escalation, alarm.id))
    _go_on_together(session, now, [alarm for alarm in alarms if not _alone(alarm)])


def _alone(alarm: Row[Any]) -> bool:
    """About somebody's temperature, or handed over: of these there are few."""
    return alarm.bundle is None or alarm.handed


def _go_on_alone(session: Session, now: datetime, alarm: Escalation) -> None:
    if alarm.handed:
        not_taken(session, now, alarm)
        return
    if alarm.state is State.TAKEN:
        note(session, now, alarm, Event.LAPSED, alarm.holder_id)
        refresh(session, now, alarm)
    else:
        not_answered(session, now, [alarm])
    advance(session, now, alarm)


def _go_on_together(session: Session, now: datetime, alarms: Sequence[Row[Any]]) -> None:
    if not alarms:
        return
    plan_for_these_rows(session)
    session.flush()
    not_answered(session, now, alarms)
    around = standing(session, now, people_on([one.chain for one in alarms]))
    starts = awake_at(session, now, {one.grid_id for one in alarms})
    steps = {one.id: NextStep.after(one.step, one.chain, around, now, starts[one.grid_id]) for one in alarms}
    digests = Digests(around.accounts)
    for one in alarms:
        digests.tell(one.bundle, steps[one.id].tell, starts[one.grid_id], steps[one.id].passed)
    digests.find_places(session, now)
    for one in alarms:
        told_at = digests.told_at(one.bundle, steps[one.id].tell, starts[one.grid_id])
        steps[one.id] = steps[one.id].told_at(starts[one.grid_id], told_at)
    _move(session, now, alarms, steps)
    digests.owe(session, now)
    for one in {one.bundle: one for one in reversed(alarms) if steps[one.id].operators}.values():
        tell_operators(session, now, session.get_one(Escalation, one.id), starts[one.grid_id])


def _move(session: Session, now: datetime, alarms: Sequence[Row[Any]], steps: Mapping[int, NextStep]) -> None:
    """Writes down where each alarm stands now, what happened to it, and what shows it already."""
    rows = [
        {
            "id": one.id,
            "state": move(one.state, Event.LAPSED) if one.state is State.TAKEN else one.state,
            "step": steps[one.id].step,
            "next_at": steps[one.id].next_at,
        }
        for one in alarms
    ]
    to = given(session, Escalation, rows).c
    session.execute(
        update(Escalation)
        .where(Escalation.id == to.id)
        .values(state=to.state, step=to.step, next_at=to.next_at, holder_id=None)
        .execution_options(synchronize_session=False)
    )
    lapsed = [one for one in alarms if one.state is State.TAKEN]
    insert_rows(session, EscalationEvent, [_event(now, one.id, Event.LAPSED, one.holder_id, {}) for one in lapsed])
    insert_rows(
        session,
        EscalationEvent,
        [_event(now, one.id, *happened) for one in alarms for happened in steps[one.id].happened],
    )
    bundles = dict.fromkeys(one.bundle for one in lapsed)
    abouts = [*(f"escalation:{one.id}" for one in lapsed), *(f"bundle:{bundle}" for bundle in bundles)]
    bring_all_up_to_date(session, now, abouts)


def _event(now: datetime, alarm: int, event: Event, person: int | None, detail: Mapping[str, Any]) -> dict[str, Any]:
    return {"escalation_id": alarm, "event": event, "at": now, "person_id": person, "detail": detail}
