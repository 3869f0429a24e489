"""The days of a home quarantine: when it asks next, and whom a household is asked about (居家隔离)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, and_, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Household, Quarantine, ReportRequest
from models.statements import spelled
from rules.quarantine import QuarantineStatus
from rules.release import last_miss
from rules.rounds import Half, first_slot
from services.foresight import foreseen
from services.policy import policy_at


def plan_slots(session: Session, now: datetime, quarantine: Quarantine) -> None:
    """Puts down when the quarantine is asked next, the first slot that has not ended yet, and when its end is due."""
    grid_id = session.get_one(Household, quarantine.household_id).grid_id
    policy = policy_at(session, grid_id)
    one = first_slot(quarantine.first_day, quarantine.last_day, now, policy)
    quarantine.end_at = last_miss(quarantine.last_day, policy)
    quarantine.next_day = one.day if one else None
    quarantine.next_half = one.half if one else None
    quarantine.next_at = one.opens_at if one else None


def holds_on(day: date) -> ColumnElement[bool]:
    """The condition of the quarantines that hold on a local date, first and last day included (invariant 3)."""
    return and_(Quarantine.first_day <= day, Quarantine.last_day >= day, Quarantine.ended_at.is_(None))


def waits_for_a_human() -> ColumnElement[bool]:
    """The condition of those of whom somebody has been asked whether they may go, and has not said."""
    running = Quarantine.status == spelled(QuarantineStatus.ACTIVE)
    return and_(running, Quarantine.end_step >= 0, Quarantine.released_at.is_(None))


def active_on(session: Session, day: date, household_id: int) -> list[Quarantine]:
    """The quarantines of a household that hold on a local date, first and last day included (invariant 3)."""
    return list(
        session.scalars(
            select(Quarantine).where(Quarantine.household_id == household_id, holds_on(day)).order_by(Quarantine.id)
        )
    )


def periods_on(session: Session, day: date, household_id: int) -> list[tuple[int, date, date]]:
    """Who of a household is in quarantine on a local date, from when, to when."""
    known = foreseen(session).quarantined.get(household_id)
    if known is not None:
        return [(person, first, last) for person, first, last in known if first <= day <= last]
    return [(one.person_id, one.first_day, one.last_day) for one in active_on(session, day, household_id)]


def quarantined_on(session: Session, day: date, household_id: int) -> set[int]:
    """Who of a household is in quarantine on a local date."""
    return {person for person, _, _ in periods_on(session, day, household_id)}


def waiting_in(session: Session, household_ids: Collection[int]) -> list[Quarantine]:
    """Those of some households of whom a human has been asked whether they may go, and has not said."""
    return list(
        session.scalars(
            select(Quarantine)
            .where(Quarantine.household_id.in_(household_ids), waits_for_a_human())
            .order_by(Quarantine.id)
        )
    )


_TABLE = Quarantine.__table__.c
_LOOK_NOW = (
    update(cast(Table, Quarantine.__table__))
    .where(
        _TABLE.household_id == bindparam("home"),
        _TABLE.last_day == bindparam("day"),
        _TABLE.status == spelled(QuarantineStatus.ACTIVE),
        _TABLE.released_at.is_(None),
    )
    .values(end_at=bindparam("now", type_=_TABLE.end_at.type))
)


def answered(session: Session, now: datetime, request: ReportRequest) -> None:
    """A household has answered a slot: when it was the last of somebody's, their end is looked at now, not at night."""
    known = foreseen(session).quarantined.get(request.household_id)
    if request.half is not Half.EVENING or (known is not None and all(last != request.day for _, _, last in known)):
        return
    # Not by the session: a batch of answers would forget all that it has looked up ahead.
    session.connection().execute(_LOOK_NOW, {"home": request.household_id, "day": request.day, "now": now})
