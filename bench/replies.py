"""Durable replies a second: update in, readings committed with fsync, answer owed; beside aiogram's Dispatcher.

Ours is the whole way in (reader or webhook, intake, router, handlers, services), in batches as getUpdates hands them
over, and as webhook calls at once. The Dispatcher is aiogram's own, its handler a plain SQLAlchemy one that keeps the
same records and commits each update. All in one run, on the same file system or the same server.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.dispatcher import Dispatching
from bench.town import BOT, OPENING, OWN_SERVER, a_server, copied, town
from bot.intake import Intake
from bot.running import settle
from channels.port import Call
from channels.telegram_ptb import PtbClient
from channels.telegram_reading import Reader
from channels.telegram_webhook import CONNECTIONS, SECRET_HEADER, Webhook
from models import OutboxMessage, ReportRequest, SeenUpdate, TemperatureReading
from models.db import Database
from rules.rounds import RequestStatus
from services.clock import ManualClock
from services.rounds import open_rounds

ANSWERS, WARMING, ROUNDS = 1500, 100, 3
BATCH = 100
"""Updates that getUpdates hands over at most."""
LANES = {"sqlite": 1, "postgresql": 8}
"""Updates that the Dispatcher handles at once: as many as were quickest there."""

Update = dict[str, Any]
Way = Callable[[Database, Sequence[Update]], Awaitable[None]]


def main() -> None:
    """A household of one, then a family of three; `--database` is a PostgreSQL, its own for `postgresql`."""
    reader = argparse.ArgumentParser("replies")
    reader.add_argument("--database", metavar="URL", help=f"a PostgreSQL; {OWN_SERVER!r}: one of our own")
    settle()  # as `gridbot serve` does; the Dispatcher gains by it as much
    with a_server(reader.parse_known_args()[0].database) as server:
        for members in (1, 3):
            _compare(members, server)


def _compare(members: int, server: str | None) -> None:
    backend = "postgresql" if server else "sqlite"
    ways: dict[str, Way] = {"polling": _polled, "webhooks": _called, "dispatcher": _dispatched(LANES[backend])}
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    with town(WARMING + ANSWERS, members, server) as original:
        original.apply(open_rounds, OPENING)
        for _ in range(ROUNDS):  # in turns: what else the machine does meets all of them
            for name, way in ways.items():
                with copied(original) as database:
                    speeds[name].append(asyncio.run(_measure(way, members, database)))
    found = {name: statistics.median(one) for name, one in speeds.items()}
    print(
        f"replies: {backend}, {members} reading{'s' if members > 1 else ''} an answer, median of {ROUNDS}: "
        + "; ".join(f"{name} {found[name]:.0f}/s" for name in ways)
        + f"; {found['polling'] / found['dispatcher']:.1f} x and {found['webhooks'] / found['dispatcher']:.1f} x",
        flush=True,
    )


async def _measure(way: Way, members: int, database: Database) -> float:
    updates = [_update(number, members) for number in range(WARMING + ANSWERS)]
    await way(database, updates[:WARMING])
    start = time.perf_counter()
    await way(database, updates[WARMING:])
    wall = time.perf_counter() - start
    database.apply(_all_is_there, members)
    return ANSWERS / wall


def _update(number: int, members: int) -> Update:
    person = {"id": number, "is_bot": False, "first_name": "人", "language_code": "zh-hans"}
    words = " ".join(f"36.{number % 9 + one}" for one in range(members)) if members < 2 else "36.5 36.6 36.7"
    chat = {"id": number, "type": "private", "first_name": "人"}
    body = {"message_id": number, "date": int(OPENING.timestamp()), "chat": chat, "from": person, "text": words}
    return {"update_id": number, "message": body}


async def _polled(database: Database, updates: Sequence[Update]) -> None:
    reader, intake = Reader(BOT, PtbClient("1:A", "http://127.0.0.1")), _intake(database)
    for at in range(0, len(updates), BATCH):
        await intake.accept([found for one in updates[at : at + BATCH] if (found := reader.read(one))])
    await reader.client.close()


async def _called(database: Database, updates: Sequence[Update]) -> None:
    reader, intake = Reader(BOT, PtbClient("1:A", "http://127.0.0.1")), _intake(database)
    [route] = Webhook("https://bench.invalid/telegram", "secret").routes(reader, intake.accept)
    waiting = iter(updates)

    async def lane() -> None:
        for one in waiting:
            answer = await route.answer(Call("POST", {}, {SECRET_HEADER: "secret"}, json.dumps(one).encode()))
            assert answer.status == 200, answer

    await asyncio.gather(*(lane() for _ in range(CONNECTIONS)))
    await reader.client.close()


def _intake(database: Database) -> Intake:
    return Intake(database, ManualClock(OPENING), lambda _bot: None)


def _dispatched(lanes: int) -> Way:
    async def way(database: Database, updates: Sequence[Update]) -> None:
        dispatching = Dispatching(database, OPENING, lanes)
        await dispatching.feed(updates)
        await dispatching.close()

    return way


def _all_is_there(session: Session, members: int) -> None:
    """The measured way has kept every record, or its figure is worth nothing."""
    said = select(func.count(OutboxMessage.id)).where(OutboxMessage.template == "say")
    answered = select(func.count(ReportRequest.id)).where(ReportRequest.status == RequestStatus.REPORTED)
    counts = [session.scalar(one) for one in (select(func.count(SeenUpdate.bot)), said, answered)]
    readings = session.scalar(select(func.count(TemperatureReading.id)))
    assert counts == [WARMING + ANSWERS] * 3, counts
    assert readings == (WARMING + ANSWERS) * members, readings
