"""The one place where the house is put together: adapters, engine, roads in and out; started and stopped here."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog
from aiohttp import web

from bot.address import listen_at
from bot.delivery import Delivery
from bot.engines import choose_engine
from bot.errands import Errands
from bot.heart import Heart
from bot.house import open_database
from bot.intake import Intake
from bot.introducing import Strangers
from bot.media import open_media
from bot.messengers import all_channels, areas_of_bots
from bot.metrics import Metrics
from bot.parts import (
    COMMUNITIES,
    COMMUNITY,
    DRAIN,
    ERRANDS,
    FETCH,
    LISTEN,
    LOOK_SECONDS,
    SWEEP,
    SWEEP_SECONDS,
    parts_of,
)
from bot.riding import Rides
from bot.settings import Settings
from bot.stopping import CALLS_SECONDS, Stopping, ended
from bot.ticking import Ticking
from bot.watchdog import Watchdog
from channels.port import Channel, Incoming, Message
from models.db import Database
from models.migrate import upgrade
from scheduler.engine import Engine
from scheduler.ticks import TICKS
from services.bots import assign_areas, register_bots
from services.clock import Clock, SystemClock
from services.leases import take_over
from web.health import Vitals
from web.site import make_site, runner_of

log = structlog.get_logger()

INTRODUCE_SECONDS = 60.0
"""How often a bot that could not introduce itself tries again."""
TIDY_SECONDS = 600.0
"""How often contents whose time is over are deleted."""


class App:
    """One running house."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        engine: Engine | None = None,
        pulse: float = 1.0,
    ) -> None:
        """`pulse` below 1 makes everything look at the clock oftener: for a clock that runs fast."""
        self.settings = settings
        self.database = database
        self.channels = channels
        self.clock = clock
        self.media = open_media(settings, database.vault)
        self.metrics = Metrics(database.troubles)
        machine = SystemClock()  # what moves is the machine's affair, whatever clock the town goes by
        self.heart = Heart(machine)
        self.ticking = Ticking(database, clock, self.heart, self.metrics, self._sweep)
        rate, rates = settings.telegram.rate, settings.rates
        self.delivery = Delivery(database, channels, clock, rate, self.media, self.metrics, self._drained, rates)
        self.errands = Errands(database, channels, clock, self.media)
        self.engine = engine or choose_engine(
            settings,
            database,
            {
                DRAIN: self._drain,
                FETCH: self._fetch,
                ERRANDS: self._run_errands,
                LISTEN: self._listen,
                COMMUNITY: self.ticking.work_through,
            },
        )
        # Where several processes share the bots, only the one that sends for a bot knows what its pace leaves room for.
        rides = None if self.engine.spreads else Rides(self.delivery, self.metrics)
        self.intake = Intake(database, clock, self.wake, self.metrics, rides)
        beating = settings.heartbeat
        self.watchdog = Watchdog(
            database,
            clock,
            machine,
            self.heart,
            parts_of(channels, self.engine),
            beating.patience,
            beating.url.get_secret_value(),
        )
        self.address: str | None = None
        """Where the board listens, once it does."""
        self._pulse = pulse
        self.strangers = Strangers(database, channels)

    async def prepare(self) -> None:
        """Puts down the bots and takes over what an earlier process left in flight."""
        messengers = {name: channel.capabilities.messenger for name, channel in self.channels.items()}
        windowed = {name for name, channel in self.channels.items() if channel.capabilities.window}
        await self.database.run(register_bots, messengers, windowed)
        for code in await self.database.run(assign_areas, areas_of_bots(self.settings)):
            log.warning("a bot serves an area that is not in the register", code=code)
        # With other processes about, only a lease that ran out is known to be nobody's: the claims see to that.
        taken = 0 if self.engine.spreads else await self.database.run(take_over)
        await self.strangers.introduce()
        log.info("ready", bots=sorted(self.channels), taken_over=taken)

    async def run(self) -> None:
        """Runs until cancelled; then ends phase by phase: stops taking in while what is in flight ends (ADR 32)."""
        stopping = Stopping()
        try:
            await self.prepare()
            await self._work(stopping)
        finally:
            await self.close(stopping)

    async def _work(self, stopping: Stopping) -> None:
        site = await self.open_site()
        self._appoint()
        working = asyncio.create_task(self.engine.run())
        try:
            async with self.watchdog.running():
                await asyncio.wait({working})
        finally:
            # Side by side: whatever a call in mid-flight still causes is written down, and sent by the next start.
            calls, work = stopping.phase("calls", site.cleanup()), stopping.phase("work", ended(working))
            await asyncio.gather(calls, work)
        working.result()

    def _appoint(self) -> None:
        """Tells the engine what there is to do."""
        for tick in TICKS:
            if not (tick.shards and self.engine.spreads):
                self.engine.every(tick.seconds * self._pulse, tick.name, partial(self.ticking.run, tick))
        if self.engine.spreads:
            self.engine.every(LOOK_SECONDS * self._pulse, COMMUNITIES, partial(self.ticking.look, self.engine.wake))
        self.engine.every(SWEEP_SECONDS * self._pulse, SWEEP, self._sweep_by_the_clock)
        self.engine.every(INTRODUCE_SECONDS, "introduce", self.strangers.introduce)
        self.engine.every(TIDY_SECONDS, "tidy", self.errands.tidy)
        for name in self.channels:
            self.engine.wake(LISTEN, name)

    async def open_site(self) -> web.AppRunner:
        """The board, and the doors for those who call us; `address` is set. Raises `SettingsError` for a taken port."""
        callbacks = [route for channel in self.channels.values() for route in channel.routes(self.intake.accept)]
        site = make_site(self.database, self.clock, callbacks, self.metrics.registry, self.vitals)
        runner = runner_of(site, CALLS_SECONDS)
        self.address = await listen_at(self.settings.http, runner)
        return runner

    async def close(self, stopping: Stopping | None = None) -> None:
        """Commits what was taken in, gives back what was not sent; then closes every connection."""
        stopping = stopping or Stopping()
        await stopping.phase("records", self._put_down())
        await stopping.phase("connections", *(channel.close() for channel in self.channels.values()))
        self.database.close()
        stopping.report()

    async def _put_down(self) -> None:
        await self.intake.close()
        await self.delivery.release()

    def wake(self, bot: str) -> None:
        """A bot has something to send: a drain that runs looks at once, else one begins."""
        self.delivery.nudge(bot)
        self.engine.wake(DRAIN, bot)

    async def _sweep_by_the_clock(self) -> None:
        await self._sweep()
        self.heart.beat(SWEEP)

    async def _sweep(self) -> None:
        for name in self.channels:
            if self.engine.spreads:  # whoever had the way in may have died
                self.engine.wake(LISTEN, name)
            self.wake(name)
            self.engine.wake(FETCH, name)
        self.engine.wake(ERRANDS, "")

    async def _fetch(self, bot: str) -> None:
        if await self.errands.fetch(bot):
            await self._sweep()
        self.heart.beat(f"{FETCH}:{bot}")

    async def _run_errands(self, _key: str) -> None:
        if await self.errands.make():
            await self._sweep()
        self.heart.beat(ERRANDS)

    async def _listen(self, bot: str) -> None:
        async def accept(batch: Sequence[Incoming]) -> Mapping[str, Message]:
            riding = await self.intake.accept(batch)
            self.heart.beat(f"{LISTEN}:{bot}")
            return riding

        await self.channels[bot].listen(accept)

    async def _drain(self, bot: str) -> None:
        await self.delivery.drain(bot)

    def _drained(self, bot: str) -> None:
        self.heart.beat(f"{DRAIN}:{bot}")

    def vitals(self) -> Vitals:
        """What moves, for the site."""
        return replace(self.watchdog.vitals(), bots=tuple(self.channels))


def build(settings: Settings, clock: Clock | None = None, *, engine: Engine | None = None, pulse: float = 1.0) -> App:
    """A house from its settings, its database brought up to date. Raises `SettingsError`."""
    database = open_database(settings)
    upgrade(database.engine)
    clock = clock or SystemClock()
    return App(settings, database, all_channels(settings, clock, database), clock, engine=engine, pulse=pulse)
