"""A round of a whole city: opening it, reminding, the sweep over the silent, a tick when nothing is due.

    python -m bench city_round [--households N] [--database URL]

PostgreSQL with fsync (one of its own, set as docs/scale.md says for a city; or an empty database given; also SQLite).
As in service, each community is worked through by itself, as many at a time as one process takes; on SQLite one part
comes after the other. The city is put down by another process than the one that is measured.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select, text, update
from sqlalchemy.orm import Session

from bench.servers import database_at
from bot.simulate.city import Plan, build
from models import Asked, Escalation, EscalationEvent, OutboxMessage, ReportRequest
from models.db import Database
from models.migrate import upgrade
from models.record import Record
from models.vault import Vault
from rules.mail import MailState
from rules.policy import Policy
from rules.rounds import Half, RequestStatus, slot
from scheduler.distributed import TICKS_AT_ONCE
from scheduler.ticks import TICKS
from services.climbing import go_on
from services.closing import close_rounds
from services.reminding import remind
from services.rounds import open_rounds
from services.shards import communities_due

HOUSEHOLDS = 385_000
DAY = date(2020, 2, 10)
ROUND = slot(DAY, Half.MORNING, Policy())
SILENT_OF_A_HUNDRED = 27
IDLE_RUNS = 20
BARS = {"opening": 60.0, "missed sweep": 30.0}
MEMORY_BAR, IDLE_BAR = 300, 20.0

Tick = Callable[..., dict[str, int]]


def main(options: Sequence[str] = ()) -> None:
    """Builds the city, then measures in a fresh process."""
    parser = argparse.ArgumentParser("bench city_round")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--database", default="postgresql", help="postgresql, sqlite, or the address of an empty one")
    parser.add_argument("--profile", action="store_true", help="which statements took the time")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    given = parser.parse_args(options)
    if given.measure:
        _measure(given.measure, given.profile)
        return
    with database_at(given.database) as url:
        _build(url, given.households)
        again = ["-m", "bench.city_round", "--measure", url, *(["--profile"] if given.profile else [])]
        subprocess.run([sys.executable, *again], check=True)


def _open(url: str) -> Database:
    return Database(url, Vault(b"a key for measuring"), Policy())


def _build(url: str, households: int) -> None:
    database = _open(url)
    upgrade(database.engine)
    start = time.perf_counter()
    plan = Plan(households, DAY, bots=tuple(f"bot{number}" for number in range(12)))
    build(database, plan)
    _rest(database)
    database.close()
    print(f"city_round: {households} households in {plan.grids} grids put down in {time.perf_counter() - start:.0f} s")


def _rest(database: Database) -> None:
    """The server's own work is done before the next is measured; it would come by itself in the hours between."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for command in ("ANALYZE",) if database.is_sqlite else ("VACUUM ANALYZE", "CHECKPOINT"):
            connection.execute(text(command))


def _measure(url: str, profile: bool) -> None:
    database = _open(url)
    spent = _watch(database) if profile else Counter[str]()
    _report("opening", database, spent, open_rounds, ROUND.opens_at)
    database.apply(_live_through_it)
    _rest(database)
    _report("reminding", database, spent, remind, ROUND.remind_at)
    _rest(database)
    _report("missed sweep", database, spent, close_rounds, ROUND.miss_at)
    _rest(database)
    _measure_idle(database, ROUND.miss_at + timedelta(minutes=5))
    _report("all alarms an hour later", database, spent, go_on, ROUND.miss_at + timedelta(hours=1, minutes=1))
    for record in (ReportRequest, Asked, OutboxMessage, Escalation, EscalationEvent):
        print(f"  {record.__tablename__}: {database.apply(_count, record)} rows")
    database.close()


def _count(session: Session, record: type[Record]) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


@dataclass
class Work:
    """What a step came to: its counts, and how long each transaction took, in seconds."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def do(self, database: Database, tick: Tick, now: datetime, below: str | None) -> None:
        """Runs a tick there until nothing is left."""
        left = 1
        while left:
            start = time.perf_counter()
            counts = database.apply(tick, now, below)
            self.seconds.append(time.perf_counter() - start)
            self.counts.update(counts)
            left = counts.get("left", 0)


def _work(database: Database, tick: Tick, now: datetime) -> Work:
    work = Work()
    if database.is_sqlite:
        work.do(database, tick, now, None)
        return work
    with ThreadPoolExecutor(TICKS_AT_ONCE) as threads:
        worked_through: set[str] = set()
        # What is due there still is another tick's.
        while communities := set(database.apply(communities_due, now)) - worked_through:
            for done in [threads.submit(work.do, database, tick, now, one) for one in sorted(communities)]:
                done.result()
            worked_through |= communities
    return work


def _report(name: str, database: Database, spent: Counter[str], tick: Tick, now: datetime) -> None:
    spent.clear()
    cpu, theirs, wal, start = time.process_time(), _server_cpu(database), _wal(database), time.perf_counter()
    work = _work(database, tick, now)
    seconds = time.perf_counter() - start
    memory = _peak()
    bar = BARS.get(name)
    verdict = "" if bar is None else f"; bar {bar:.0f} s: {_verdict(seconds <= bar and memory < MEMORY_BAR)}"
    print(
        f"city_round: {name}: {seconds:.1f} s, {len(work.seconds)} transactions, longest {max(work.seconds):.2f} s; "
        f"CPU: ours {time.process_time() - cpu:.1f} s, the server's {_server_cpu(database) - theirs:.1f} s; "
        f"load {os.getloadavg()[0]:.0f}; peak {memory:.0f} MB; {(_wal(database) - wal) / 2**20:.0f} MB "
        f"written ahead; conflicts {database.troubles['conflict']}; {dict(work.counts)}{verdict}"
    )
    for statement, took in spent.most_common(14):
        print(f"  {took:7.1f} s  {statement}")


def _peak() -> float:
    """The most memory that this process has had, in megabytes; `getrusage` counts what its parent had, too."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def _verdict(well: bool) -> str:
    return "reached" if well else "NOT reached"


def _wal(database: Database) -> int:
    """How many bytes of write-ahead log there have been."""
    if database.is_sqlite:
        return 0
    with database.engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) or 0)


def _server_cpu(database: Database) -> float:
    """Seconds that a server on this machine has worked so far; what this takes does not depend on who else is there."""
    if database.is_sqlite:
        return 0.0
    with database.engine.connect() as connection:
        folder = Path(str(connection.scalar(text("SELECT current_setting('data_directory')"))))
    if not folder.is_dir():
        return 0.0
    number = int((folder / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(process.name) == number:
                ticks += sum(map(int, fields[11:15]))  # with those of its processes that have ended
            elif int(fields[1]) == number:
                ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _watch(database: Database) -> Counter[str]:
    """Adds up the seconds of each statement, over all connections."""
    spent: Counter[str] = Counter()
    starts: dict[int, float] = {}

    def before(_connection: Any, cursor: Any, *_rest: Any) -> None:
        starts[id(cursor)] = time.perf_counter()

    def after(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        spent[" ".join(statement.split())[:150]] += time.perf_counter() - starts.pop(id(cursor))

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "after_cursor_execute", after)
    return spent


def _measure_idle(database: Database, now: datetime) -> None:
    for tick in TICKS:
        while any(database.apply(tick.work, now).values()):
            pass
    looks = [("communities", communities_due), *((tick.name, tick.work) for tick in TICKS)]
    for name, look in looks:
        took = []
        for _ in range(IDLE_RUNS):
            start = time.perf_counter()
            database.apply(look, now)
            took.append((time.perf_counter() - start) * 1000)
        took.sort()
        median = took[len(took) // 2]
        print(
            f"city_round: idle {name}: median {median:.1f} ms, worst {took[-1]:.1f} ms: {_verdict(median <= IDLE_BAR)}"
        )


def _live_through_it(session: Session) -> None:
    """What is not measured: every prompt is handed over, and most households answer."""
    asked = ROUND.opens_at + timedelta(minutes=1)
    session.execute(update(OutboxMessage).values(state=MailState.SENT, sent_at=asked, external_id="1"))
    due = update(ReportRequest).where(ReportRequest.status == RequestStatus.DUE)
    session.execute(due.values(asked_at=asked))
    answer = due.where(ReportRequest.household_id % 100 >= SILENT_OF_A_HUNDRED)
    session.execute(answer.values(status=RequestStatus.REPORTED, answered_at=asked))


if __name__ == "__main__":
    main(sys.argv[1:])
