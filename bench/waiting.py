"""What a long queue costs: a claim from 10,000 and from N messages, all of it held for the morning, and none at all.

python -m bench waiting [--recipients N] [--database URL]
"""

import argparse
import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bench.crowd import BOT, NOON, analyse
from bench.notice import city, open_city
from bench.servers import postgres
from bench.verdict import at, judge, quietly
from models import Account, Area, OutboxMessage
from models.db import Database
from rules.mail import MailState, bot_pace
from services.due import fall_due
from services.notices import publish
from services.outbox import Claimed, claim
from services.outcomes import record_results
from services.results import Result
from services.spreading import spread

FEW, MANY = 10_000, 1_000_000
TURNS, BATCH = 100, 7
"""Claims as of a bot at 30 a second."""
MOST_TIMES, IDLE = 2.0, 20.0
"""Of the time that a claim from few messages takes; milliseconds of a look when nothing is due."""
MORNING = NOON + timedelta(hours=20)


def main(options: Sequence[str] = ()) -> None:
    """Few and many, on SQLite by default; `--database postgresql` is a PostgreSQL of our own."""
    parser = argparse.ArgumentParser("bench waiting")
    parser.add_argument("--recipients", type=int, default=MANY)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or the address of a server")
    given = parser.parse_args(options)
    quietly()
    medians = {}
    with postgres() if given.database == "postgresql" else nullcontext(given.database) as server:
        for recipients in (FEW, given.recipients):
            with city(server, recipients) as url:
                database = open_city(url)
                medians[recipients] = asyncio.run(_measure(database, recipients))
                database.close()
    times = medians[given.recipients] / medians[FEW]
    said = f"{times:.2f} x the time of {FEW}"
    judge(f"a claim from {given.recipients} messages", said, f"<= {MOST_TIMES} x", met=times <= MOST_TIMES)


async def _measure(database: Database, recipients: int) -> float:
    await _timed(database, f"{recipients}: a look when nothing is owed", _claim)
    await database.run(_publish)
    while (await database.run(spread, NOON))["left"]:
        pass
    analyse(database)
    claims = await _timed(database, f"{recipients}: a claim of {BATCH} and their records", _claim)
    await database.run(_hold)
    analyse(database)
    held = await _timed(database, f"{recipients}: a look when all wait for the morning", _claim)
    judge(f"{recipients}: that look, p50", f"{held:.1f} ms", f"<= {IDLE:.0f} ms", met=held <= IDLE)
    await _timed(database, f"{recipients}: 2000 fall due in the morning", _wake, turns=5)
    return claims


async def _timed(database: Database, what: str, turn: Callable[[Session], None], turns: int = TURNS) -> float:
    """The median of its turns, in milliseconds, a transaction each."""
    took = []
    for _ in range(turns):
        start = time.perf_counter()
        await database.run(turn)
        took.append((time.perf_counter() - start) * 1000)
    print(f"waiting: {what}: p50 {at(took, 0.5):.1f} ms, p99 {at(took, 0.99):.1f} ms", flush=True)
    return at(took, 0.5)


def _claim(session: Session) -> None:
    found = _claimed(session, NOON)
    record_results(session, NOON, BOT, [Result(one, None) for one in found.parcels])
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_([one.id for one in found.parcels]))
        .values(state=MailState.SENT)
        .execution_options(synchronize_session=False)
    )


def _claimed(session: Session, now: datetime) -> Claimed:
    return claim(session, now, BOT, "bench", bot_pace(30), BATCH)


def _publish(session: Session) -> None:
    head = session.get_one(Account, 1)
    area = session.scalars(select(Area).where(Area.id == 1)).one()
    publish(session, NOON, author_id=1, account=head, area=area, body="今天下午三点，村口设消毒点，请大家不要出门。")


def _hold(session: Session) -> None:
    pending = OutboxMessage.state == MailState.PENDING
    held = update(OutboxMessage).where(pending).values(due_at=MORNING, waits=True)
    session.execute(held.execution_options(synchronize_session=False))


def _wake(session: Session) -> None:
    fall_due(session, MORNING, BOT)
