"""A city of readers, put down with a few statements: everybody has joined, 2.6 behind each door, 300 doors a grid."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, cast, func, insert, literal, literal_column, select, text
from sqlalchemy.orm import Session

from models import Account, Area, Household, Person, Resident
from models.db import Database
from models.record import Numbered
from models.types import UtcDateTime
from rules.roles import Level
from services.bots import register_bots

BOT = "telegram"
NOON = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
DOORS_A_GRID = 300
WIDTH = {Level.DISTRICT: 12, Level.STREET: 4, Level.COMMUNITY: 5}
"""How many areas below each of the level above; grids are as many as it takes."""


def settle(session: Session, readers: int) -> None:
    """So many readers, below one city whose head is person 1."""
    register_bots(session, {BOT: "telegram"})
    session.flush()
    households = (readers - 1) * 10 // 26 + 1
    first_grid = _places(session, -(-households // DOORS_A_GRID))
    session.add(Person(id=1, name="周市级", created_at=NOON))
    session.flush()
    session.add(Account(id=1, bot=BOT, address="head", person_id=1, created_at=NOON))
    session.flush()
    number = literal_column("i", Integer)
    grid = (number - 1) // DOORS_A_GRID + first_grid
    door = (number - 1) * 10 // 26 + 1
    _fill(session, Household, households, id=number, area_id=grid, grid_id=grid, room=cast(number, String))
    _fill(session, Person, readers, id=number + 1, name=cast(number, String), created_at=literal(NOON, UtcDateTime()))
    _fill(session, Resident, readers, id=number, person_id=number + 1, household_id=door)
    address, joined = cast(number, String), literal(NOON, UtcDateTime())
    chat = {"bot": literal(BOT), "address": address, "person_id": number + 1, "created_at": joined}
    _fill(session, Account, readers, id=number + 1, **chat)


def _fill(session: Session, record: type[Numbered], count: int, **columns: ColumnElement[Any]) -> None:
    """So many rows, `i` from 1 on; what is not given has its default."""
    numbers = select(literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < count))
    rows = select(*(one.label(name) for name, one in columns.items())).select_from(numbers)
    session.execute(insert(record).from_select(list(columns), rows))
    if session.get_bind().dialect.name != "sqlite":
        sequence = func.pg_get_serial_sequence(record.__tablename__, "id")
        session.execute(select(func.setval(sequence, select(func.max(record.id)).scalar_subquery())))


def analyse(database: Database) -> None:
    """What a server's housekeeping does by itself after such a load."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _places(session: Session, grids: int) -> int:
    """The tree down to the grids; the number of the first grid, the others follow."""
    above = [Area(id=1, level=Level.CITY, code="C", name="市", path="/1/")]
    session.add_all(above)
    for level, width in WIDTH.items():
        above = _below(session, above, level, [above[at // width] for at in range(len(above) * width)])
    found = _below(session, above, Level.GRID, [above[at * len(above) // grids] for at in range(grids)])
    session.flush()
    return found[0].id


def _below(session: Session, above: list[Area], level: Level, parents: list[Area]) -> list[Area]:
    first = above[-1].id + 1
    made = [
        Area(id=first + at, parent_id=one.id, level=level, code=f"{level}{at}", name=f"{level}{at}", path="")
        for at, one in enumerate(parents)
    ]
    for area, parent in zip(made, parents, strict=True):
        area.path = f"{parent.path}{area.id}/"
    session.add_all(made)
    session.flush()
    return made
