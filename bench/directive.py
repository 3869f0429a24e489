"""A directive through a whole city: told level by level, confirmed, gone past at every grid, brought to the doors.

    python -m bench directive [--grids N] [--doors N] [--staff] [--database URL]

PostgreSQL with fsync (one of its own, or an empty database given; also sqlite). The levels above the grids confirm and
pass on, a press in a transaction each; no grid does, so that all of them are told, reminded, given to a deputy and gone
past at the same instants, and every household has it in the end; with --staff it is for the staff only.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bench.servers import database_at
from bench.verdict import at, judge
from bot.simulate.city import Plan, build
from bot.simulate.running import open_empty
from channels.port import Message
from models import Account, Appointment, Area, DirectiveStep, Notice, NoticeCopy, OutboxMessage
from models.db import Database
from rules.directives import Step
from rules.roles import Level, Role
from rules.times import at_local
from services.directives.advancing import go_on
from services.directives.confirming import confirm, pass_on
from services.directives.issuing import issue
from services.letters import write
from services.spreading import spread

GRIDS, DOORS = 7_000, 3
DAY = date(2020, 2, 10)
NINE = at_local(DAY, clock(9), "Asia/Shanghai")
MINUTES = 30
LONGEST, IDLE, LIVE = 1_000.0, 20.0, 50.0
"""Milliseconds: no transaction keeps an alert waiting for longer; a tick with nothing due; the city's own message."""
WORDS = "从今天起，每一户只留一个出入口。测温、登记、扫码，一个不能少。"
T = TypeVar("T")


def main(options: Sequence[str] = ()) -> None:
    """Seven thousand grids, three households each, by default."""
    parser = argparse.ArgumentParser(prog="python -m bench directive")
    parser.add_argument("--grids", type=int, default=GRIDS)
    parser.add_argument("--doors", type=int, default=DOORS, help="households a grid")
    parser.add_argument("--staff", action="store_true", help="no household gets it: a grid's notice is work of its own")
    parser.add_argument("--database", default="postgresql", help="postgresql, sqlite, or the address of an empty one")
    given = parser.parse_args(options)
    with database_at(given.database) as url:
        database = open_empty(url, lasting=True)
        try:
            plan = Plan(given.grids * given.doors, DAY, per_grid=given.doors)
            build(database, plan)
            _rest(database)
            levels = " · ".join(f"{level.value} {count}" for level, count in plan.levels.items())
            print(f"directive: {levels}, {plan.households} households")
            _run(database, to_doors=not given.staff)
        finally:
            database.close()


def _rest(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))


def _run(database: Database, *, to_doors: bool) -> None:
    longest = [_timed(lambda: database.apply(_issue, to_doors=to_doors))[0]]
    now = NINE
    for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY):
        longest += _ticks(database, now, f"{level.value}: told")
        longest += _presses(database, now, level)
    longest += _ticks(database, now, "grids: told")
    for minutes, what in ((15, "reminded"), (23, "given to the deputy"), (30, "gone past")):
        longest += _ticks(database, now + timedelta(minutes=minutes, seconds=1), f"grids: {what}")
    past = now + timedelta(minutes=MINUTES, seconds=1)
    if to_doors:
        _doors(database, past)
    idle = [_timed(lambda: database.apply(go_on, past))[0] for _ in range(20)]
    judge("a tick with nothing due", f"{at(idle, 0.5):.1f} ms", f"<= {IDLE:.0f} ms", met=at(idle, 0.5) <= IDLE)
    worst = max(longest)
    judge("the longest transaction of it", f"{worst:.0f} ms", f"<= {LONGEST:.0f} ms", met=worst <= LONGEST)
    _live(database, past)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds, and what came of it."""
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def _issue(session: Session, *, to_doors: bool) -> None:
    city = session.scalars(select(Area).where(Area.level == Level.CITY)).one()
    account = _holder(session, city.id, Role.CITY)
    assert account.person_id
    whole = {"area": city, "body": WORDS, "minutes": MINUTES, "urgent": False, "to_doors": to_doors}
    issue(session, NINE, author_id=account.person_id, account=account, **whole)  # type: ignore[arg-type]


def _holder(session: Session, area_id: int, role: Role) -> Account:
    mine = select(Account).join(Appointment, Appointment.person_id == Account.person_id)
    return session.scalars(mine.where(Appointment.area_id == area_id, Appointment.role == role).limit(1)).one()


def _ticks(database: Database, now: datetime, what: str) -> list[float]:
    """Runs the tick until nothing is left; milliseconds of each transaction."""
    took, done = [], 0
    while True:
        spent, counts = _timed(lambda: database.apply(go_on, now))
        done += counts["directives"]
        took.append(spent)
        if not counts["left"]:
            break
    print(f"{what}: {done} nodes in {sum(took) / 1000:.1f} s, {len(took)} transactions, longest {max(took):.0f} ms")
    return took


def _presses(database: Database, now: datetime, level: Level) -> list[float]:
    """Whoever answers for each node of a level confirms and passes on."""
    role = {Level.DISTRICT: Role.DISTRICT, Level.STREET: Role.STREET, Level.COMMUNITY: Role.COMMUNITY}[level]
    nodes = database.apply(lambda session: list(session.scalars(select(Area.id).where(Area.level == level))))
    took = [_timed(lambda area=area: database.apply(_press, now, area, role))[0] for area in nodes]  # type: ignore[misc]
    print(f"{level.value}: {len(took)} presses, median {at(took, 0.5):.1f} ms, worst {max(took):.1f} ms")
    return took


def _step(session: Session, area: int) -> DirectiveStep:
    return session.scalars(select(DirectiveStep).filter_by(directive_id=1, area_id=area)).one()


def _press(session: Session, now: datetime, area: int, role: Role) -> None:
    step = _step(session, area)
    account = _holder(session, area, role)
    confirm(session, now, step, account)
    pass_on(session, now, step, account)


def _doors(database: Database, now: datetime) -> None:
    took = [0.0]
    while True:
        spent, counts = _timed(lambda: database.apply(spread, now))
        if not counts["left"]:
            break
        took.append(spent)

    def counted(session: Session) -> tuple[int, int]:
        notices = session.scalar(select(func.count()).select_from(Notice)) or 0
        return notices, session.scalar(select(func.count()).select_from(NoticeCopy)) or 0

    notices, copies = database.apply(counted)
    print(
        f"the doors: {notices} notices, {copies} copies queued in {sum(took) / 1000:.1f} s, {len(took) - 1} parts, "
        f"longest {max(took):.0f} ms"
    )


def _live(database: Database, now: datetime) -> None:
    """What the city's own message asks each time that it is brought up to date."""

    def shown(session: Session) -> int:
        city = session.scalars(select(Area).where(Area.level == Level.CITY)).one()
        step = _step(session, city.id)
        account = _holder(session, city.id, Role.CITY)
        row = OutboxMessage(bot=account.bot, account_id=account.id, priority=1, template="directive", created_at=now)
        row.id, row.args, row.about = 1, {}, f"directive_step:{step.id}"
        assert isinstance(write(session, row, now), Message)
        past = select(func.count()).where(DirectiveStep.state == Step.GONE_PAST)
        return session.scalar(past) or 0

    took = [_timed(lambda: database.apply(shown)) for _ in range(10)]
    middle = at([spent for spent, _ in took], 0.5)
    said = f"{middle:.1f} ms, {took[0][1]} nodes gone past"
    judge("the city's message with how far it is", said, f"<= {LIVE:.0f} ms", met=middle <= LIVE)
