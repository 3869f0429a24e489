"""The days of a home quarantine: put down, begun, ended (居家隔离)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from models import Household, Person, Quarantine
from models.statements import spelled
from rules.mail import Priority
from rules.quarantine import QuarantineStatus, status_on
from rules.rounds import first_slot
from rules.times import local_date
from services.areas import grid_below
from services.foresight import foreseen
from services.mailbox import say
from services.phones import accounts_for
from services.policy import awake_at, default_policy, policy_at
from services.shards import asked_out
from services.words import Value

BATCH = 200
T = TypeVar("T", Household, Person)


def plan_slots(session: Session, now: datetime, quarantine: Quarantine) -> None:
    """Puts down when the quarantine is asked next: the first slot that has not ended yet."""
    grid_id = session.get_one(Household, quarantine.household_id).grid_id
    one = first_slot(quarantine.first_day, quarantine.last_day, now, policy_at(session, grid_id))
    quarantine.next_day = one.day if one else None
    quarantine.next_half = one.half if one else None
    quarantine.next_at = one.opens_at if one else None


def active_on(session: Session, day: date, household_id: int) -> list[Quarantine]:
    """The quarantines of a household that hold on a local date, first and last day included (invariant 3)."""
    return list(
        session.scalars(
            select(Quarantine)
            .where(
                Quarantine.household_id == household_id,
                Quarantine.first_day <= day,
                Quarantine.last_day >= day,
                Quarantine.ended_at.is_(None),
            )
            .order_by(Quarantine.id)
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


def begin_and_end(session: Session, now: datetime, below: str | None = None) -> dict[str, int]:
    """The tick: planned quarantines begin on their first day, active ones end after their last; the family is told.

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    today = local_date(now, default_policy(session).timezone)
    households = select(Household.id).where(grid_below(Household.grid_id, below))
    here = true() if below is None else Quarantine.household_id.in_(households)
    started = session.scalars(
        select(Quarantine)
        .where(Quarantine.status == spelled(QuarantineStatus.PLANNED), Quarantine.first_day <= today, here)
        .limit(BATCH)
    ).all()
    over = session.scalars(select(Quarantine).where(asked_out(today), here).limit(BATCH)).all()
    for quarantine in [*started, *over]:
        quarantine.status = status_on(today, quarantine.first_day, quarantine.last_day)
    for quarantine in over:
        quarantine.ended_at = now
    if over:
        _farewells(session, now, over)
    return {"begun": len(started), "ended": len(over)}


def _farewells(session: Session, now: datetime, over: Sequence[Quarantine]) -> None:
    homes = _by_number(session, Household, {one.household_id for one in over})
    people = _by_number(session, Person, {one.person_id for one in over})
    starts = awake_at(session, now, {home.grid_id for home in homes.values()})
    accounts = accounts_for(session, people)
    for one in over:
        account = accounts.get(one.person_id)
        if account is None:
            continue
        said: dict[str, Value] = {
            "name": people[one.person_id].name,
            "days": (one.last_day - one.first_day).days + 1,
        }
        message = say(session, now, account, "quarantine-over", said, priority=Priority.NOTICE)
        if message:
            message.put_off(starts[homes[one.household_id].grid_id], now)


def _by_number(session: Session, record: type[T], numbers: Collection[int]) -> dict[int, T]:
    return {one.id: one for one in session.scalars(select(record).where(record.id.in_(numbers)))}
