"""A city is put down as it was planned, and it is alive: its first round asks everybody; on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from models import Account, Appointment, Area, Asked, BotArea, Household, OutboxMessage, Person, Quarantine, Resident
from models.db import Database
from models.record import Record
from rules.policy import Policy
from rules.quarantine import QuarantineStatus
from rules.roles import Level, Role
from rules.rounds import Half, slot
from services.rounds import open_rounds
from tests.harness import DAY

PLAN = Plan(60, DAY, bots=("east", "west"), per_grid=8, unjoined=0.1, spread=2, seed=7)


@pytest.fixture
def city(database: Database) -> Iterator[Session]:
    build(database, PLAN)
    with database.transaction() as session:
        yield session


def _count(session: Session, record: type[Record]) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_every_household_has_its_grid_its_people_and_their_quarantines(city: Session) -> None:
    people = 60 * 13 // 5
    assert _count(city, Household) == 60
    assert _count(city, Resident) == _count(city, Quarantine) == people
    assert _count(city, Person) == people + _count(city, Appointment)
    grids = Counter(city.scalars(select(Area.level).join(Household, Household.grid_id == Area.id)))
    assert set(grids) == {Level.GRID}


def test_a_person_is_in_quarantine_from_the_first_day_or_soon_after(city: Session) -> None:
    found = Counter(city.execute(select(Quarantine.first_day, Quarantine.status)))
    days = {first for first, _ in found}
    assert days == {DAY + timedelta(days=late) for late in range(PLAN.spread + 1)}
    assert all((status is QuarantineStatus.ACTIVE) == (first == DAY) for first, status in found)


def test_every_grid_has_a_chain_up_to_the_city_and_one_bot(city: Session) -> None:
    assert set(city.scalars(select(Appointment.role))) == set(Role) - {Role.RESIDENT, Role.GATE, Role.VOLUNTEER}
    served = dict(city.execute(select(BotArea.area_id, BotArea.bot)).all())
    for grid, bot in city.execute(
        select(Household.grid_id, Account.bot)
        .join(Resident, Resident.household_id == Household.id)
        .join(Account, Account.person_id == Resident.person_id)
    ):
        assert served[grid] == bot


def test_a_new_row_gets_a_number_of_its_own(city: Session) -> None:
    person = Person(name="后来的人", created_at=PLAN.before)
    city.add(person)
    city.flush()
    assert person.id == city.scalar(select(func.max(Person.id)))


def test_its_first_round_asks_whoever_is_in_quarantine(database: Database, city: Session) -> None:
    city.rollback()
    now = slot(DAY, Half.MORNING, Policy()).opens_at
    while any(database.apply(open_rounds, now).values()):
        pass
    with database.transaction() as session:
        owed = session.scalars(select(Quarantine.person_id).where(Quarantine.first_day == DAY)).all()
        assert set(session.scalars(select(Asked.person_id))) == set(owed)
        assert _count(session, OutboxMessage) > 0
