"""The list of what is open, on both databases: as many questions for many alarms as for few, and from one index."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from bot.simulate.filling import fill
from channels.port import Message
from models import Account, Appointment, Area, Escalation, OutboxMessage
from models.db import Database
from models.vault import Vault
from rules.escalation import Kind, State
from rules.open_alarms import PAGE, Picking, View, Whose
from rules.policy import Policy
from rules.roles import Level, Role
from services.letters import write
from services.open_alarms import page, tallies
from tests.contracts.counting import counted
from tests.harness import DAY, local

NOON = local(DAY, "12:20")
HOMES = 240
GRIDS = 12
VIEWS = (View(), View(whose=Whose.NOBODYS), View(kind=Kind.MISSED), View(picking=Picking.AREA))


@pytest.fixture
def city(new_database: Callable[[], str]) -> Iterator[Database]:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())
    build(database, Plan(HOMES, DAY, per_grid=HOMES // GRIDS))
    yield database
    database.close()


def alarms(session: Session, homes: range) -> None:
    grids = session.scalars(select(Area.id).where(Area.level == Level.GRID).order_by(Area.id)).all()
    worker = session.scalars(select(Appointment.person_id).where(Appointment.role == Role.GRID_WORKER)).first()
    fill(session, Escalation, [_alarm(home, grids[(home - 1) * GRIDS // HOMES], worker) for home in homes])


def _alarm(home: int, grid: int, worker: int | None) -> dict[str, object]:
    state = list(State)[home % 3]
    row: dict[str, object] = {
        "household_id": home,
        "grid_id": grid,
        "state": state.value,
        "chain": [],
        "step": 0,
        "opened_at": NOON,
    }
    row |= {"kind": list(Kind)[home % 2 * 2].value, "severity": ("routine", "urgent")[home % 2]}
    return {**row, "holder_id": None if state is State.OPEN else worker}


def shown(session: Session, role: Role, view: View) -> Message:
    mine = select(Account).join(Appointment, Appointment.person_id == Account.person_id)
    account = session.scalars(mine.where(Appointment.role == role).order_by(Account.id)).first()
    assert account is not None
    row = OutboxMessage(bot=account.bot, account_id=account.id, priority=1, template="open_alarms", created_at=NOON)
    row.id, row.args = 1, {"view": view.written()}
    message = write(session, row, NOON)
    assert isinstance(message, Message)
    return message


def test_many_alarms_ask_no_more_than_a_few(city: Database) -> None:
    city.apply(alarms, range(1, 41))
    few = [_asks(city, view) for view in VIEWS]
    city.apply(alarms, range(41, HOMES + 1))
    assert [_asks(city, view) for view in VIEWS] == few
    assert max(few) <= 10


def _asks(city: Database, view: View) -> int:
    with counted(city) as asked:
        city.apply(shown, Role.CITY, view)
    return len(asked)


def test_the_counts_and_the_pages_are_those_of_the_records(city: Database) -> None:
    city.apply(alarms, range(1, HOMES + 1))
    found = city.apply(_both)
    assert found


def _both(session: Session) -> bool:
    top = session.scalars(select(Area.path).where(Area.level == Level.CITY)).one()
    every = [one for one in session.scalars(select(Escalation)) if one.state is not State.CLOSED]
    reader = next(one.holder_id for one in every if one.holder_id) or 0
    rows = tallies(session, [top], reader)
    assert sum(one.count for one in rows) == len(every)
    assert sum(one.waiting for one in rows) == sum(one.state is State.OPEN for one in every)
    assert sum(one.mine for one in rows) == sum(one.holder_id == reader for one in every)
    order = sorted(every, key=lambda one: (one.severity.value != "urgent", one.opened_at, one.id))
    for view, wanted in (
        (View(), order),
        (View(start=PAGE), order[PAGE:]),
        (View(whose=Whose.NOBODYS), [one for one in order if one.state is State.OPEN]),
        (View(whose=Whose.MINE), [one for one in order if one.holder_id == reader]),
        (View(kind=Kind.MISSED), [one for one in order if one.kind is Kind.MISSED]),
    ):
        assert [one.alarm.id for one in page(session, [top], view, reader)] == [one.id for one in wanted[:PAGE]]
    return True


def test_a_city_is_counted_from_the_index_alone(city: Database) -> None:
    if not city.is_sqlite:
        pytest.skip("what PostgreSQL plans depends on its statistics")
    city.apply(alarms, range(1, HOMES + 1))
    with counted(city) as asked:
        city.apply(lambda session: tallies(session, ["/1/"], 1))
    plan = city.apply(
        lambda session: [str(one[3]) for one in session.execute(text(f"EXPLAIN QUERY PLAN {_bare(asked)}"))]
    )
    assert any("COVERING INDEX ix_escalations_open" in step for step in plan), plan


def _bare(asked: list[str]) -> str:
    """The statement with something in place of its parameters."""
    statement = next(one for one in asked if "escalations" in one)
    return statement.replace("?", "1")
