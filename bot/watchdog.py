"""Looks in every process whether everything still moves, tells of what does not, pings whoever watches from outside.

It runs beside the engine, not in it: what it looks for is an engine that stands still.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import structlog

from bot.heart import Heart
from bot.parts import TICK
from models.db import Database
from rules.heartbeats import Watch
from services.clock import Clock
from services.heartbeats import Looked, look
from web.health import Vitals

log = structlog.get_logger()

LOOK_SECONDS = 10.0
ANSWER_SECONDS = 30.0
"""How long a look may wait for the database before that is a finding of its own."""
PING_SECONDS = 60.0
PING_TIMEOUT = aiohttp.ClientTimeout(total=10)


class Watchdog:
    """One process's watch over all of them; `machine` is the machine's clock, `town` that of the town."""

    def __init__(
        self,
        database: Database,
        town: Clock,
        machine: Clock,
        heart: Heart,
        parts: Mapping[str, timedelta],
        patience: timedelta,
        ping_url: str = "",
    ) -> None:
        self._database, self._town, self._machine, self._heart = database, town, machine, heart
        self._watch = Watch(parts, machine.now(), patience)
        self._ping_url = ping_url
        self._looked = Looked()
        self._answers = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watches, and pings, until the end of the block."""
        self._watch = Watch(self._watch.parts, self._machine.now(), self._watch.patience)
        tasks = [asyncio.create_task(self._keep_looking())]
        if self._ping_url:
            tasks.append(asyncio.create_task(self._keep_pinging()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def look(self) -> Looked:
        """One look; logs and tells what has changed. Raises nothing: a database that is away is a finding."""
        noted = self._heart.take()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._looked = await self._database.run(look, self._town.now(), self._machine.now(), noted, self._watch)
        except Exception as error:
            log.error("the heartbeats cannot be written down", error=type(error).__name__)
            self._answers = False
            return self._looked
        self._answers = True
        if self._looked.stopped:
            log.error("a part of the service stands still", parts=self._looked.stopped)
        if self._looked.going_on:
            log.warning("a part of the service goes on", parts=self._looked.going_on)
        return self._looked

    def moves(self) -> bool:
        """Whether the last look found everything moving."""
        return self._answers and not self._looked.still

    def vitals(self) -> Vitals:
        """For `/healthz` and `/readyz`: as old as the last look."""
        now = self._machine.now()
        newest = max((self._watch.since, *self._ticks()))
        ages = {part: (now - beat.at).total_seconds() for part, beat in self._looked.beats.items()}
        return Vitals((now - newest).total_seconds(), self._watch.patience.total_seconds(), self._looked.still, ages)

    async def ping_if_all_moves(self) -> bool:
        """Tells whoever watches from outside that everything moves, if it does; whether they heard."""
        if not self.moves():
            return False
        try:
            async with aiohttp.ClientSession(timeout=PING_TIMEOUT) as session, session.get(self._ping_url) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("the outside watchdog was not reached", error=type(error).__name__)  # its address is a secret
            return False
        return True

    def _ticks(self) -> list[datetime]:
        here = self._heart.last(TICK)
        anywhere = [beat.at for part, beat in self._looked.beats.items() if part.startswith(TICK)]
        return [*anywhere, here] if here else anywhere

    async def _keep_looking(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def _keep_pinging(self) -> None:
        while True:
            await self.ping_if_all_moves()
            await asyncio.sleep(PING_SECONDS if self._answers else 1.0)
