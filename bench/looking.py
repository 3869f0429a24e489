"""The daily look at a grid's answers: statements, seconds, and what an idle tick costs.

python -m bench looking [--households N] [--database sqlite|postgresql|URL]
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bench.servers import postgres
from bot.simulate.city import Plan, build
from bot.simulate.filling import Row, fill
from bot.simulate.running import open_empty
from models import Area, ReportRequest, Resident, TemperatureReading
from models.db import Database
from models.statements import plan_for_these_rows
from rules.policy import Policy
from rules.roles import Level
from rules.rounds import Half, RequestStatus, slot
from services.questioning import look_at_answers

FIRST = date(2020, 2, 10)
DAYS = 14


def main(options: Sequence[str] = ()) -> None:
    """One grid, all of it in quarantine, a fortnight answered; SQLite by default."""
    parser = argparse.ArgumentParser(prog="python -m bench looking")
    parser.add_argument("--households", type=int, default=250)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or the address of an empty one")
    given = parser.parse_args(options)
    with _address(given.database) as url:
        database = open_empty(url, lasting=True)
        try:
            _measure(database, given.households)
        finally:
            database.close()


@contextmanager
def _address(database: str) -> Iterator[str]:
    if database == "postgresql":
        with postgres() as url:
            yield url
    elif database == "sqlite":
        with tempfile.TemporaryDirectory(prefix="gridbot-") as folder:
            yield f"sqlite:///{Path(folder) / 'looking.db'}"
    else:
        yield database


def _measure(database: Database, households: int) -> None:
    plan = Plan(households, FIRST, per_grid=households, unjoined=0.0)
    build(database, plan)
    values = database.apply(_answer, plan)
    now = slot(FIRST + timedelta(days=DAYS - 1), Half.MORNING, Policy()).miss_at + timedelta(hours=2)
    database.apply(look_at_answers, now - timedelta(days=1))  # puts down when
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    started, cpu = time.perf_counter(), time.process_time()
    counts = database.apply(look_at_answers, now)
    wall, spent, asked = time.perf_counter() - started, time.process_time() - cpu, len(statements)
    statements.clear()
    started = time.perf_counter()
    database.apply(look_at_answers, now)
    idle = time.perf_counter() - started
    print(
        f"a look at {households} households with {values} values: {wall:.2f} s, CPU {spent:.2f} s, {asked} statements, "
        f"{counts['questions']} questions; a tick when nothing is due {idle * 1000:.1f} ms, {len(statements)} statement"
    )


def _answer(session: Session, plan: Plan) -> int:
    """Everybody's fortnight, answered as honest families do; how many values."""
    random, policy = Random(plan.seed), Policy()
    grids = session.scalars(select(Area.id).where(Area.level == Level.GRID).order_by(Area.id)).all()
    people: dict[int, list[int]] = {}
    for home, person in session.execute(select(Resident.household_id, Resident.person_id)):
        people.setdefault(home, []).append(person)
    base = {person: random.gauss(36.5, 0.2) for members in people.values() for person in members}
    requests: list[Row] = []
    readings: list[Row] = []
    for at in range(DAYS * 2 - 1):
        one = slot(FIRST + timedelta(days=at // 2), list(Half)[at % 2], policy)
        for home, members in people.items():
            number = len(requests) + 1
            said = one.opens_at + timedelta(seconds=random.lognormvariate(7.3, 1.0))
            requests.append(_request(number, home, grids[(home - 1) // plan.per_grid], one.day, one.half, said))
            readings += [
                _reading(number, person, round(random.gauss(base[person], 0.22), 1), said) for person in members
            ]
    fill(session, ReportRequest, requests)
    fill(session, TemperatureReading, readings)
    plan_for_these_rows(session)
    return len(readings)


def _request(number: int, home: int, grid: int, day: date, half: Half, said: datetime) -> Row:
    row = {"id": number, "household_id": home, "grid_id": grid, "day": day, "half": half.value}
    at = slot(day, half, Policy())
    times = {"opens_at": at.opens_at, "miss_at": at.miss_at, "asked_at": at.opens_at, "answered_at": said}
    return {**row, "status": RequestStatus.REPORTED.value, **times}


def _reading(request: int, person: int, celsius: float, said: datetime) -> Row:
    row = {"person_id": person, "request_id": request, "celsius": celsius, "source": "chat"}
    return {**row, "reporter_id": person, "at": said}
