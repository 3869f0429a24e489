"""What those above a city's grids look at: the open alarms of a noon, and the brief of the day.

    python -m bench upwards [--households N] [--database sqlite|postgresql|URL]

Every fourth household is silent, every fiftieth of them in somebody's hands.
"""

import argparse
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from bench.servers import database_at
from bot.simulate.city import Plan, build
from bot.simulate.filling import Row, fill
from bot.simulate.running import open_empty
from channels.port import Message
from models import Account, Appointment, Area, Escalation, OutboxMessage, ReportRequest
from models.db import Database
from rules.open_alarms import Picking, View, Whose
from rules.policy import Policy
from rules.roles import Level, Role
from rules.rounds import Half, slot
from services.briefs import tell_briefs
from services.letters import write

DAY = date(2020, 2, 10)
SILENT, TAKEN = 4, 50
ROUND = slot(DAY, Half.MORNING, Policy())
NOON = ROUND.miss_at + timedelta(minutes=20)
VIEWS = (View(), View(whose=Whose.NOBODYS), View(start=8), View(picking=Picking.AREA))
READERS = (Role.CITY, Role.DISTRICT, Role.STREET, Role.COMMUNITY, Role.GRID_HEAD)
RUNS = 5


def main(options: Sequence[str] = ()) -> None:
    """A city of 385,000 households on a PostgreSQL of its own, by default."""
    parser = argparse.ArgumentParser(prog="python -m bench upwards")
    parser.add_argument("--households", type=int, default=385_000)
    parser.add_argument("--database", default="postgresql", help="postgresql, sqlite, or the address of an empty one")
    given = parser.parse_args(options)
    with database_at(given.database) as url:
        database = open_empty(url, lasting=False)
        try:
            _put_down(database, given.households)
            _look(database)
            _brief(database)
        finally:
            database.close()


def _put_down(database: Database, households: int) -> None:
    plan = Plan(households, DAY)
    build(database, plan)
    alarms = database.apply(_noon, plan)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
    print(f"upwards: {households} households in {plan.grids} grids, {alarms} alarms open")


def _noon(session: Session, plan: Plan) -> int:
    grids = session.scalars(select(Area.id).where(Area.level == Level.GRID).order_by(Area.id)).all()
    posts = select(Appointment.area_id, Appointment.person_id).where(Appointment.role == Role.GRID_WORKER)
    workers: dict[int, int] = dict(session.execute(posts).all())
    homes = [(home, grids[(home - 1) // plan.per_grid]) for home in range(1, plan.households + 1)]
    fill(session, ReportRequest, [_request(home, grid) for home, grid in homes])
    silent = [(home, grid) for home, grid in homes if home % SILENT == 0]
    fill(session, Escalation, [_alarm(home, grid, workers) for home, grid in silent])
    return len(silent)


def _request(home: int, grid: int) -> Row:
    row = {"id": home, "household_id": home, "grid_id": grid, "day": DAY, "half": Half.MORNING.value}
    row |= {"status": "reported" if home % SILENT else "missed", "opens_at": ROUND.opens_at, "miss_at": ROUND.miss_at}
    return {**row, "asked_at": ROUND.opens_at}


def _alarm(home: int, grid: int, workers: dict[int, int]) -> Row:
    row = {"kind": "missed", "severity": "routine", "household_id": home, "request_id": home, "grid_id": grid}
    held = workers.get(grid) if home % (SILENT * TAKEN) == 0 else None
    row |= {"state": "taken" if held else "open", "holder_id": held, "chain": [], "step": 0}
    return {**row, "opened_at": ROUND.miss_at + timedelta(seconds=home % 30), "next_at": NOON + timedelta(hours=2)}


def _look(database: Database) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    for role in READERS:
        reader = database.apply(_reader, role)
        for view in VIEWS:
            database.apply(_shown, reader, view)
            statements.clear()
            started = time.perf_counter()
            for _ in range(RUNS):
                database.apply(_shown, reader, view)
            took = (time.perf_counter() - started) / RUNS
            said = f"/alerts of {role.value}, {view.written()}"
            print(f"{said:40} {took * 1000:7.1f} ms, {len(statements) // RUNS} statements")


def _brief(database: Database) -> None:
    evening = slot(DAY, Half.EVENING, Policy()).opens_at + timedelta(hours=2)
    database.apply(tell_briefs, evening - timedelta(hours=2))
    idle = _timed(database, evening - timedelta(hours=1))[0]
    parts = [_timed(database, evening)]
    while parts[-1][2]["left"]:
        parts.append(_timed(database, evening))
    briefs, told = (sum(counts[name] for _, _, counts in parts) for name in ("briefs", "told"))
    print(
        f"{briefs} briefs to {told} readers: {sum(took for took, _, _ in parts):.2f} s in {len(parts)} transactions, "
        f"the longest {max(took for took, _, _ in parts):.2f} s, CPU {sum(cpu for _, cpu, _ in parts):.2f} s; "
        f"a tick when nothing is due {idle * 1000:.1f} ms"
    )


def _timed(database: Database, now: datetime) -> tuple[float, float, dict[str, int]]:
    started, cpu = time.perf_counter(), time.process_time()
    counts = database.apply(tell_briefs, now)
    return time.perf_counter() - started, time.process_time() - cpu, counts


def _reader(session: Session, role: Role) -> int:
    mine = select(Account.id).join(Appointment, Appointment.person_id == Account.person_id)
    return session.scalars(mine.where(Appointment.role == role).order_by(Account.id)).first() or 0


def _shown(session: Session, account: int, view: View) -> None:
    row = OutboxMessage(bot="telegram", account_id=account, priority=1, template="open_alarms", created_at=NOON)
    row.id, row.args = 1, {"view": view.written()}
    assert isinstance(write(session, row, NOON), Message)
