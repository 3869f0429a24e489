"""Invariant 1 with a real process and a real file: killed twenty times in a day, nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.demo.crowd import Crowd
from bot.demo.lines import BOT, TITLE, TOKEN, USERNAME
from bot.demo.messenger import Messenger
from bot.demo.promises import check
from bot.demo.sample import DAY
from bot.demo.town import OPENING, ZONE, demo_settings, furnish, hand_out_phones
from bot.house import open_database
from models import OutboxMessage, Person, SeenUpdate, TemperatureReading
from models.db import Database
from rules.mail import MailState
from rules.times import at_local
from sandbox.server import Sandbox
from services.agenda import next_event, overdue
from tests.conftest import SERVER
from tests.patience import PATIENCE, until

KILLS = 5
MOST_IN_FLIGHT = 28
"""Messages on the way at one instant: four batches of a quarter of a second at 29 a second."""
CLOSING = at_local(DAY + timedelta(days=1), time(7, 58), ZONE)


class Service:
    """`gridbot serve` as an operator runs it, killed and started again."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self._environment = {
            **os.environ,
            "GRIDBOT_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
            "GRIDBOT_ENCRYPTION_KEY": "the demo keeps nothing that is secret",
            "GRIDBOT_TELEGRAM__TOKENS": f"{BOT}={TOKEN}",
            "GRIDBOT_TELEGRAM__API_BASE": sandbox.api_base,
            "GRIDBOT_CLOCK_URL": sandbox.page_base,
            "GRIDBOT_HTTP__PORT": "0",
            "GRIDBOT_LOG__LEVEL": "ERROR",
        }
        self._log = (folder / "serve.log").open("wb")
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=self._environment, stderr=self._log
        )

    async def kill(self) -> None:
        assert self._process
        assert self._process.returncode is None, "the service ended by itself: see serve.log"
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> None:
        assert self._process
        self._process.terminate()
        await asyncio.wait_for(self._process.wait(), PATIENCE)
        self._log.close()


async def live_the_day(crowd: Crowd, messenger: Messenger, sandbox: Sandbox, database: Database) -> None:
    """The clock runs, and moves on to the next event whenever the house is at rest: then nobody is waiting for it."""
    seen = 0
    clock = sandbox.world.clock
    while clock.now() < CLOSING:
        await asyncio.sleep(0.02)
        waiting = await database.run(overdue, clock.now())
        if waiting or await messenger.pending():
            continue
        found = await messenger.call("GET", "events", after=seen, wait=0)
        seen = found["last"]
        for event in found["events"]:
            crowd.see(event, clock.now())
        if not await crowd.act(messenger, clock.now()) and not found["events"]:
            coming = await database.run(next_event, clock.now())
            moments = [CLOSING, *([coming.at] if coming else []), *([crowd.next_at] if crowd.next_at else [])]
            # The clock runs meanwhile: what was to come may have passed, and it never goes back.
            if (coming_at := min(moments)) > clock.now():
                clock.set(now=coming_at)


async def kill_now_and_then(service: Service, sandbox: Sandbox, random: Random) -> None:
    """Each time it is at work: it has begun to send, and may be in the middle of anything."""
    for _ in range(KILLS):
        await _sends(sandbox)
        await asyncio.sleep(random.uniform(0, 0.8))
        await service.kill()
        await service.start()


async def _sends(sandbox: Sandbox) -> None:
    before = sandbox.world.figures.sent
    await until(lambda: sandbox.world.figures.sent > before)


@pytest.mark.crash
@pytest.mark.skipif(bool(SERVER), reason="this one is about the file; PostgreSQL has its own crash safety")
async def test_killed_again_and_again_in_a_day_and_nothing_is_lost(tmp_path: Path) -> None:
    sandbox = Sandbox(now=OPENING)
    await sandbox.start()
    try:
        sandbox.world.add_bot(TOKEN, USERNAME, TITLE)
        settings = demo_settings(tmp_path, {"telegram": sandbox.api_base})
        actors = furnish(tmp_path, OPENING)
        service = Service(tmp_path, sandbox)
        database = open_database(settings)
        async with Messenger(sandbox.page_base) as messenger:
            await hand_out_phones(messenger, actors)
            crowd = Crowd(actors)
            crowd.plan_the_notice(at_local(DAY, time(10), ZONE))
            sandbox.world.clock.set(speed=1)
            await service.start()
            killing = asyncio.create_task(kill_now_and_then(service, sandbox, Random(7)))
            await live_the_day(crowd, messenger, sandbox, database)
            day_was_long_enough = killing.done()
            await killing
            await _comes_to_rest(database, messenger)
            await service.stop()
        assert day_was_long_enough, "the day was over before the last kill"
        database.apply(_nothing_is_lost, crowd, sandbox)
        database.close()
    finally:
        await sandbox.stop()


async def _comes_to_rest(database: Database, messenger: Messenger) -> None:
    waiting: list[str] = []
    for _ in range(int(PATIENCE * 10)):
        waiting = await database.run(overdue, CLOSING)
        if not waiting and not await messenger.pending():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the house does not come to rest: {waiting}")


def _everything_that_happened(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    last = 0
    while found := sandbox.world.journal.after(last):
        yield from found
        last = found[-1]["seq"]


def _nothing_is_lost(session: Session, crowd: Crowd, sandbox: Sandbox) -> None:
    broken = {promise.name: promise.broken for promise in check(session, DAY, crowd.said) if promise.broken}
    assert broken == {}
    # Every update had its effect exactly once.
    journal = list(_everything_that_happened(sandbox))
    updates = sum(one["kind"] in {"user_sent", "pressed", "blocked", "unblocked"} for one in journal)
    assert session.scalar(select(func.count()).select_from(SeenUpdate)) == updates
    rows = session.execute(
        select(Person.name, TemperatureReading.celsius).join(Person, Person.id == TemperatureReading.person_id)
    )
    assert Counter((name, celsius) for name, celsius in rows) == Counter(crowd.said)
    # Every message owed was sent; a kill repeats at most what was in flight.
    owed = session.scalar(
        select(func.count()).where(
            OutboxMessage.state == MailState.SENT, OutboxMessage.edits_id.is_(None), OutboxMessage.template != "menu"
        )
    )
    sent = sum(one["kind"] == "bot_sent" for one in journal)
    assert owed is not None
    assert owed <= sent <= owed + KILLS * MOST_IN_FLIGHT
    repeated = sent - owed
    print(f"{updates} updates, {owed} messages, {repeated} repeated in {KILLS} kills")  # noqa: T201
