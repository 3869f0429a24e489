"""Doors that somebody may mean: each is compared where there are few, and nobody reads all of a city."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models import Area, Household
from models.db import Database
from rules.addresses import is_meant
from rules.finding import FEW, MOST_LOOKED_AT
from rules.roles import Level
from services import register
from services.addresses import are_few, doors_like
from services.areas import address_below, by_code
from tests.crowds import crowd
from tests.harness import DAY, local, raise_the_house

NOW = local(DAY, "09:00")
ROOMS = ("301", "0301", "1301", "3", "东户", "3号", "A-3", "12-3", "平房")


@pytest.fixture
def grid(database: Database) -> Database:
    """One grid with a few buildings, whose rooms repeat, and some without a number."""
    with database.transaction() as session:
        raise_the_house(session, NOW)
        here = by_code(session, "G1")
        assert here is not None
        for name in ("2号楼", "3号楼", "东一排"):
            building = register.add_area(session, code=f"G1-{name}", name=name, level=Level.BUILDING, parent=here)
            for room in ROOMS:
                register.household_at(session, building, room)
    return database


def _paths(session: Session) -> list[str]:
    return [session.scalars(select(Area.path).where(Area.code == "G1")).one()]


def _found(session: Session, text: str) -> tuple[list[int], bool]:
    paths = _paths(session)
    found = doors_like(session, paths, text, few=are_few(session, paths))
    return [one.id for one in found.homes], found.too_many


@pytest.mark.parametrize(
    "text", ["301", "3", "2-3", "3号楼", "2号楼0301", "12-3", "东户", "３号", "东一排 3号", "9", "平", ""]
)
def test_among_few_each_door_is_compared(grid: Database, text: str) -> None:
    with grid.transaction() as session:
        every = session.scalars(select(Household).order_by(Household.id)).all()
        meant = [one.id for one in every if is_meant(address_below(session, one, Level.GRID), text)]
        assert _found(session, text) == (meant, False)


def test_among_many_a_door_is_meant_by_the_number_of_its_room(grid: Database) -> None:
    with grid.transaction() as session:
        crowd(session, NOW, FEW + 1)
        assert _found(session, "东户") == ([], True)
        found, too_many = _found(session, "2号楼301")
        assert (len(found), too_many) == (2, False), "301 and 0301"


def test_of_too_many_none_is_read(grid: Database) -> None:
    with grid.transaction() as session:
        crowd(session, NOW, FEW + 1)
        building = by_code(session, "G1-2号楼")
        assert building is not None
        rows = [
            {"area_id": building.id, "grid_id": building.parent_id, "room": f"{row}-777"}
            for row in range(MOST_LOOKED_AT + 1)
        ]
        session.execute(insert(Household), rows[1:])
        assert len(_found(session, "777")[0]) == MOST_LOOKED_AT
        session.execute(insert(Household), rows[:1])
        assert _found(session, "777") == ([], True)
