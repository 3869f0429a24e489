"""A fever said → the alert at the messenger: with nothing else to do, and in the middle of a broadcast.

    python -m bench fever [--fevers N] [--messages N] [--rate N] [--database postgresql]

A whole service, `gridbot serve` in a process of its own, is called over HTTP as Telegram calls it; its messenger is
another process, which notes when each message arrives. Measured from the call that brings the fever, which is before
its commit, and from that call's answer, which comes after it.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from sqlalchemy.orm import Session

from bench.fast_messenger import fast_messenger, figures
from bench.mailing import mailing, on_sqlite
from bench.served import called, serving
from bench.servers import postgres
from bench.town import BOT
from bench.verdict import at, judge, quietly
from models import Account, Person
from models.db import Database
from rules.policy import Policy
from rules.roles import Level, Role
from rules.times import local_date
from services import register
from services.areas import by_code

FEVERS, MESSAGES, RATE, LATENCY = 300, 20_000, 30, 0.05
"""The latency, in seconds, is the messenger's before it answers."""
WORKERS = 60
"""Each with a grid of their own; a fever goes to the next one: a chat takes one message a second on average."""
APART, WARM = 0.25, 5.0
"""Seconds between two fevers; and of the broadcast before the first."""
IDLE, BUSY = 1.0, 2.0
"""Seconds, for 99 of 100: with nothing else to do, and in the middle of a broadcast."""
WORKER, FAMILY = 20_000_000, 30_000_000
"""Their chats begin here."""
LAST_SECONDS = 10.0
"""For the last alert to arrive."""


@dataclass(frozen=True, slots=True)
class Said:
    """One fever: whose alert it is, about whom, and when (Unix seconds) its call was made and answered."""

    chat: str
    name: str
    asked: float
    answered: float


def main(options: Sequence[str] = ()) -> None:
    """A line for an idle house, and one for a house with a broadcast."""
    quietly()
    parser = argparse.ArgumentParser("bench fever")
    parser.add_argument("--fevers", type=int, default=FEVERS, help="of each kind")
    parser.add_argument("--messages", type=int, default=MESSAGES, help="chats that wait for a notice")
    parser.add_argument("--rate", type=int, default=RATE, help="messages a second")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args(options)
    for messages, bar in ((1, IDLE), (given.messages, BUSY)):
        with _house(given.database, messages) as database, fast_messenger(given.rate, LATENCY) as api:
            database.apply(_settle, given.fevers)
            said = asyncio.run(_measure(database, api, given.rate, given.fevers, messages))
            _report(figures(api), said, f"{messages} chats waiting at {given.rate}/s" if messages > 1 else "idle", bar)


@contextmanager
def _house(kind: str, messages: int) -> Iterator[Database]:
    if kind == "sqlite":
        with on_sqlite(messages) as database:
            yield database
        return
    with postgres() as url, mailing(url, messages) as database:
        yield database


def _settle(session: Session, families: int) -> None:
    """So many families in quarantine, in grids with a worker each."""
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=1)
    community = by_code(session, Level.COMMUNITY.value)
    grids = [
        register.add_area(session, code=f"G{one}", name=f"第{one}网格", level=Level.GRID, parent=community)
        for one in range(WORKERS)
    ]
    session.flush()
    for number, grid in enumerate(grids):
        worker = register.add_person(session, yesterday, name=f"网格员{number}")
        register.appoint(session, yesterday, person=worker, role=Role.GRID_WORKER, area=grid)
        _join(session, worker, WORKER + number, yesterday)
    for number in range(families):
        home = register.household_at(session, grids[number % WORKERS], f"{number}号")
        person = register.add_person(session, yesterday, name=f"家{number}")
        register.add_resident(session, yesterday, person=person, household=home, relation="户主")
        # From now on: a slot that closes meanwhile is a list to each of the workers, who were to have nothing else.
        register.quarantine(session, now, person=person, household=home, first_day=local_date(now, Policy().timezone))
        _join(session, person, FAMILY + number, yesterday)


def _join(session: Session, person: Person, chat: int, since: datetime) -> None:
    session.add(Account(bot=BOT, address=str(chat), person_id=person.id, created_at=since))


async def _measure(database: Database, api: str, rate: int, fevers: int, messages: int) -> list[Said]:
    async with serving(database, api, rate) as hook, ClientSession(timeout=ClientTimeout(60)) as client:
        await _until_came(api, min(messages, int(WARM * rate)))
        said: list[asyncio.Task[Said]] = []
        began = time.monotonic()
        for number in range(fevers):  # at their times, whether the ones before are answered or not
            await asyncio.sleep(max(0.0, began + number * APART - time.monotonic()))
            said.append(asyncio.create_task(_say(client, hook, number)))
        found = await asyncio.gather(*said)
        await asyncio.sleep(LAST_SECONDS)
        return found


async def _until_came(api: str, messages: int) -> None:
    found: Any = figures(api, "")
    while found["came"] < messages:
        await asyncio.sleep(0.1)
        found = figures(api, "")


async def _say(client: ClientSession, hook: dict[str, Any], number: int) -> Said:
    asked = time.time()
    await called(client, hook, number, FAMILY + number, f"{38 + number % 9 / 10:.1f}")
    return Said(str(WORKER + number % WORKERS), f"家{number}", asked, time.time())


def _report(found: Any, said: Sequence[Said], doing: str, bar: float) -> None:
    came: dict[str, list[tuple[float, str]]] = {}
    for (when, chat), text in zip(found["came"], found["texts"], strict=True):
        came.setdefault(chat, []).append((when, text))
    told = [(one, when) for one in said if (when := _told(one, came.get(one.chat, []))) is not None]
    waits = [when - one.asked for one, when in told] or [float("inf")]
    after = [max(0.0, when - one.answered) for one, when in told] or waits
    lost, worst = len(said) - len(told), at(waits, 0.99)
    judge(
        f"fever said → its alert at the messenger, {doing}",
        f"p50 {_ms(statistics.median(waits))}, p99 {_ms(worst)}, longest {_ms(max(waits))} of {len(said)}, {lost} not "
        f"told; from the answer after its commit p50 {_ms(statistics.median(after))}, p99 {_ms(at(after, 0.99))}; "
        f"{len(found['came'])} messages in all, {found['refused']} times 429",
        f"p99 <= {_ms(bar)}, 0 not told, 0",
        met=worst <= bar and not lost and not found["refused"],
    )


def _told(one: Said, came: Sequence[tuple[float, str]]) -> float | None:
    """When the first message about this person came to whoever answers for it."""
    about = re.compile(rf"{one.name}(?!\d)")
    return next((when for when, text in came if when >= one.asked and about.search(text)), None)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
