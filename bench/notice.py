"""A notice to a whole city: written out, its first message, memory, a read, the funnel; PostgreSQL with fsync.

    python -m bench notice [--recipients N] [--database URL] [--audiences]

Measured with 10,000 readers and with N, side by side, each in a fresh process; with --audiences for people in
quarantine, key people, staff and volunteers (bench/audiences.py).
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bench import audiences
from bench.crowd import BOT, NOON, analyse, settle
from bench.servers import postgres
from bench.verdict import judge
from bot.delivery import Delivery
from bot.media.folder import FolderStore
from bot.media.store import Media
from channels.port import Accept, Address, Capabilities, Introduction, Menu, Message, Route, Sent
from models import Account, Area, Notice, NoticeCopy
from models.db import Database, engine_url, make_engine
from models.migrate import upgrade
from models.vault import Vault
from rules.audiences import Audience
from rules.policy import Policy
from rules.roles import Level
from services.audiences import count_by_bot
from services.clock import Clock, SystemClock
from services.gathering import gather
from services.notices import acknowledge, publish
from services.owing import owe_ahead
from services.receipts import reasons, receipts
from services.spreading import spread
from services.unread import levels_below

FEW, MANY, COMPOSED = 10_000, 1_000_000, 100_000
SENT, READ, RATE = 2_000, 500, 1_000.0
GROWTH, FIRST, QUEUED = 10.0, 1.0, 30.0
"""Megabytes; seconds; seconds."""
FUNNEL = 50.0
"""Milliseconds."""


class Quick:
    """A messenger that takes everything at once, and remembers when it was handed the first message."""

    capabilities = Capabilities()

    def __init__(self) -> None:
        self.sent = 0
        self.first_at = 0.0
        self.enough = asyncio.Event()

    async def send(self, to: Address, message: Message) -> Sent:  # noqa: ARG002
        """Takes it."""
        self.first_at = self.first_at or time.perf_counter()
        self.sent += 1
        if self.sent >= SENT:
            self.enough.set()
        return Sent(str(self.sent))

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:  # noqa: ARG002
        """Takes it."""
        return sent

    async def fetch(self, media: str) -> bytes:
        """Nobody sends anything."""
        raise NotImplementedError(media)

    async def listen(self, accept: Accept) -> None:
        """Nobody says anything."""

    def routes(self, accept: Accept) -> Sequence[Route]:  # noqa: ARG002
        """Nobody calls."""
        return ()

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Needs no introduction."""

    async def show_menu(self, to: Address, menu: Menu) -> None:
        """Shows nothing."""

    async def check(self) -> dict[str, Any]:
        """Who the bot is."""
        return {"username": BOT}


class FromNoon(SystemClock):
    """The machine's clock, put to noon: nobody waits for the morning, and a second is one."""

    def __init__(self) -> None:
        self._ahead = NOON - super().now()

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return super().now() + self._ahead


def main(options: Sequence[str] = ()) -> None:
    """Few readers and many; each measured in a process of its own."""
    parser = argparse.ArgumentParser("bench notice")
    parser.add_argument("--recipients", type=int, default=MANY)
    parser.add_argument("--database", help="a server to make databases on, or sqlite; default: one of our own")
    parser.add_argument("--audiences", action="store_true", help="each composed audience instead of all households")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    given = parser.parse_args(options)
    if given.measure:
        asyncio.run(_measure(given.measure))
        return
    if given.audiences:
        _compose(given.database, given.recipients if given.recipients != MANY else COMPOSED)
        return
    memory = {}
    with nullcontext(given.database) if given.database else postgres() as server:
        for recipients in (FEW, given.recipients):
            with city(server, recipients) as url:
                again = [sys.executable, "-m", "bench", "notice", "--measure", url]
                *lines, last = subprocess.run(again, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
            print(*(f"notice: {recipients}: {line}" for line in lines), sep="\n")
            memory[recipients] = json.loads(last)
    growth = memory[given.recipients] - memory[FEW]
    said = f"{growth:+.1f} MB with {given.recipients}, of {memory[FEW]:.1f} MB with {FEW}"
    judge("notice: growth of memory", said, f"<= {GROWTH:.0f} MB", met=growth <= GROWTH)


def _compose(server: str | None, recipients: int) -> None:
    with nullcontext(server) if server else postgres() as place, city(place, recipients) as url:
        database = open_city(url)
        try:
            audiences.measure(database, recipients)
        finally:
            database.close()


@contextmanager
def city(server: str, recipients: int) -> Iterator[str]:
    """A fresh database with so many readers; its address."""
    with tempfile.TemporaryDirectory(prefix="gridbot-bench-") as folder:
        if server == "sqlite":
            url = f"sqlite:///{folder}/bench.db"
        else:
            name = f"gridbot_bench_{recipients}"
            engine = make_engine(engine_url(server)).execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
                connection.execute(text(f'CREATE DATABASE "{name}"'))
            engine.dispose()
            url = engine_url(server).set(database=name).render_as_string(hide_password=False)
        database = open_city(url)
        upgrade(database.engine)
        database.apply(settle, recipients)
        analyse(database)
        database.close()
        yield url


def open_city(url: str) -> Database:
    """The same database, by whoever measures."""
    return Database(url, Vault(b"a key for measuring"), Policy())


async def _measure(url: str) -> None:
    database, clock, messenger = open_city(url), FromNoon(), Quick()
    start = time.perf_counter()
    people = await database.run(_audience)
    print(f"the preview's count of {people}: {(time.perf_counter() - start) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        media = Media(FolderStore(Path(folder)), database.vault)
        delivery = Delivery(database, {BOT: messenger}, clock, RATE, media)
        confirmed = time.perf_counter()
        number = await database.run(_confirm)
        owed_first = time.perf_counter()
        beside = [asyncio.create_task(one) for one in (_send(delivery), _owe_ahead(database, clock))]
        parts = await _spread(database)
        written, sent = time.perf_counter() - confirmed, messenger.sent
        await messenger.enough.wait()
        for one in beside:
            one.cancel()
        await asyncio.wait(beside)
    print(f"confirmed in {(owed_first - confirmed) * 1000:.0f} ms")
    first = messenger.first_at - confirmed
    judge("first message after the confirmation", f"{first:.2f} s", f"<= {FIRST} s", met=first <= FIRST)
    copies = await database.run(_count)
    longest = max(parts) * 1000
    said = f"{copies} in {written:.1f} s, {len(parts)} parts, longest {longest:.0f} ms; {sent} sent meanwhile"
    judge("all queued", said, f"<= {QUEUED:.0f} s", met=written <= QUEUED)
    await _reads(database)
    await _funnels(database, number, "with tallies waiting")
    while (await database.run(gather, NOON))["left"]:
        pass
    await _funnels(database, number, "all gathered")
    database.close()
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _audience(session: Session) -> int:
    return sum(count_by_bot(session, NOON, session.get_one(Area, 1), Audience.HOUSEHOLDS).values())


def _confirm(session: Session) -> int:
    head = session.get_one(Account, 1)
    body = "今天下午三点，村口设消毒点，请大家不要出门。"
    return publish(session, NOON, author_id=1, account=head, area=session.get_one(Area, 1), body=body).id


async def _spread(database: Database) -> list[float]:
    parts = [0.0]
    while True:
        start = time.perf_counter()
        counts = await database.run(spread, NOON)
        if not counts["left"]:
            return parts
        parts.append(time.perf_counter() - start)


def _count(session: Session) -> int:
    return session.scalar(select(func.count(NoticeCopy.id))) or 0


async def _send(delivery: Delivery) -> None:
    """The bot sends whatever it has before it, and looks again."""
    while True:
        await delivery.drain(BOT)
        await asyncio.sleep(0.05)


async def _owe_ahead(database: Database, clock: Clock) -> None:
    """The tick that gives a bot its next messages, as often as the service runs it."""
    while True:
        while (await database.run(owe_ahead, clock.now()))["left"]:
            pass
        await asyncio.sleep(1)


async def _reads(database: Database) -> None:
    def some(session: Session) -> list[int]:
        return list(session.scalars(select(NoticeCopy.id).where(NoticeCopy.sent_at.is_not(None)).limit(READ)))

    def read(session: Session, copy_id: int) -> bool:
        return acknowledge(session, NOON, session.get_one(NoticeCopy, copy_id))

    took = []
    for copy_id in await database.run(some):
        start = time.perf_counter()
        await database.run(read, copy_id)
        took.append(time.perf_counter() - start)
    took.sort()
    print(f"a read, a transaction each: median {took[len(took) // 2] * 1000:.1f} ms, worst {took[-1] * 1000:.1f} ms")


def _whole(session: Session, number: int, area_id: int) -> None:
    """What a holder's message asks: the counts of a node, and why it could not be delivered there."""
    receipts(session, number, area_id)
    reasons(session, number, session.get_one(Area, area_id))


async def _levels(database: Database, number: int, when: str) -> None:
    """The areas right below the city, the slowest first."""

    def below(session: Session) -> int:
        return len(levels_below(session, session.get_one(Notice, number), session.get_one(Area, 1)))

    took, found = [], 0
    for _ in range(20):
        start = time.perf_counter()
        found = await database.run(below)
        took.append(time.perf_counter() - start)
    print(f"{found} areas below the city, {when}: {max(took) * 1000:.1f} ms at worst")


async def _funnels(database: Database, number: int, when: str) -> None:
    middle, worst = {}, {}
    for level in (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID):

        def first(session: Session, level: Level = level) -> int:
            return session.scalars(select(Area.id).where(Area.level == level).order_by(Area.id).limit(1)).one()

        area_id = await database.run(first)
        took = []
        for _ in range(20):
            start = time.perf_counter()
            await database.run(_whole, number, area_id)
            took.append(time.perf_counter() - start)
        middle[level], worst[level] = sorted(took)[len(took) // 2], max(took)
    await _levels(database, number, when)
    slowest = max(middle.values()) * 1000
    said = ", ".join(
        f"{level} {one * 1000:.1f} ms ({worst[level] * 1000:.1f} at worst)" for level, one in middle.items()
    )
    judge(f"a funnel of any node, {when}", said, f"<= {FUNNEL:.0f} ms", met=slowest <= FUNNEL)
