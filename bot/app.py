"""The one place where the house is put together: adapters, engine, roads in and out; started and stopped here."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog
from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.delivery import Delivery
from bot.engines import choose_engine
from bot.errands import Errands
from bot.heart import Heart
from bot.house import open_database
from bot.intake import Intake
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
    TICK,
    parts_of,
)
from bot.riding import Rides
from bot.settings import Settings, SettingsError
from bot.stopping import CALLS_SECONDS, Stopping, ended
from bot.ticking import Ticking
from bot.watchdog import Watchdog
from channels.port import Channel, ChannelError, Incoming, Message
from models import Bot
from models.db import Database
from models.migrate import upgrade
from rules.wordless import without_words
from scheduler.engine import Engine
from scheduler.ticks import TICKS, Tick
from services.bots import assign_areas, name_bot
from services.clock import Clock, SystemClock
from services.leases import take_over
from services.menus import introductions
from services.shards import communities_due
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
        self.ticking = Ticking(self.metrics)
        machine = SystemClock()  # what moves is the machine's affair, whatever clock the town goes by
        self.heart = Heart(machine)
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
                COMMUNITY: self._work_through,
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
        self._strangers = set(channels)

    async def prepare(self) -> None:
        """Puts down the bots and takes over what an earlier process left in flight."""
        messengers = {name: channel.capabilities.messenger for name, channel in self.channels.items()}
        windowed = {name for name, channel in self.channels.items() if channel.capabilities.window}
        await self.database.run(register_bots, messengers, windowed)
        for code in await self.database.run(assign_areas, areas_of_bots(self.settings)):
            log.warning("a bot serves an area that is not in the register", code=code)
        # With other processes about, only a lease that ran out is known to be nobody's: the claims see to that.
        taken = 0 if self.engine.spreads else await self.database.run(take_over)
        await self.introduce()
        log.info("ready", bots=sorted(self.channels), taken_over=taken)

    async def introduce(self) -> None:
        """Each bot learns its name and shows what it is; one that cannot yet tries again later, and holds up nobody."""
        for name in list(self._strangers):
            channel = self.channels[name]
            try:
                who = await channel.check()
                await self.database.run(name_bot, name, who["username"], who["link"], who["join"])
                await channel.introduce(introductions())
            except ChannelError as error:
                log.warning("the bot cannot introduce itself yet", bot=name, error=without_words(error))
            else:
                self._strangers.discard(name)

    async def run(self) -> None:
        """Runs until cancelled; then ends phase by phase: stops taking in while what is in flight ends (ADR 32)."""
        stopping = Stopping()
        try:
            await self.prepare()
            await self._work(stopping)
        finally:
            await self.close(stopping)

    async def _work(self, stopping: Stopping) -> None:
        site = await open_site(self)
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
                self.engine.every(tick.seconds * self._pulse, tick.name, partial(self.run_tick, tick))
        if self.engine.spreads:
            self.engine.every(LOOK_SECONDS * self._pulse, COMMUNITIES, self._look)
        self.engine.every(SWEEP_SECONDS * self._pulse, SWEEP, self._sweep_by_the_clock)
        self.engine.every(INTRODUCE_SECONDS, "introduce", self.introduce)
        self.engine.every(TIDY_SECONDS, "tidy", self.errands.tidy)
        for name in self.channels:
            self.engine.wake(LISTEN, name)

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

    async def run_tick(self, tick: Tick, *below: str) -> dict[str, int]:
        """A tick, everywhere or in one subtree, as often as it leaves something to do; its last counts."""
        while True:
            counts = await self.ticking.run(tick.name, self.database.run(tick.work, self.clock.now(), *below))
            if not below:
                self.heart.beat(f"{TICK}{tick.name}")
            if any(counts.values()):
                log.info("tick", tick=tick.name, cause=f"{TICK}{tick.name}", **counts)
                await self._sweep()
            if not counts.get("left"):
                return counts

    async def _look(self) -> None:
        """Every community with something due is woken: each is a shard of the clock's work."""
        for path in await self.database.run(communities_due, self.clock.now()):
            self.heart.waits(f"{COMMUNITY}:{path}")
            self.engine.wake(COMMUNITY, path)
        self.heart.beat(f"{TICK}{COMMUNITIES}")

    async def _work_through(self, path: str) -> None:
        """What is due in one community: every tick, in order."""
        for tick in TICKS:
            if tick.shards:
                await self.run_tick(tick, path)
        self.heart.beat(f"{COMMUNITY}:{path}")

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


def register_bots(session: Session, names: Mapping[str, str], windowed: Collection[str] | None = None) -> None:
    """Every bot of the settings has its row, with its messenger; whether that counts (None: nobody looked)."""
    known = {one.name: one for one in session.scalars(select(Bot))}
    session.add_all(Bot(name=name, channel=channel) for name, channel in names.items() if name not in known)
    session.flush()
    for name, channel in names.items():
        row = session.get_one(Bot, name)
        row.channel = channel
        if windowed is not None:
            row.windowed = name in windowed


def build(settings: Settings, clock: Clock | None = None, *, engine: Engine | None = None, pulse: float = 1.0) -> App:
    """A house from its settings, its database brought up to date. Raises `SettingsError`."""
    database = open_database(settings)
    upgrade(database.engine)
    clock = clock or SystemClock()
    return App(settings, database, all_channels(settings, clock, database), clock, engine=engine, pulse=pulse)


async def open_site(app: App) -> web.AppRunner:
    """The board, and the doors for those who call us; `app.address` is set. Raises `SettingsError` for a taken port."""
    callbacks = [route for channel in app.channels.values() for route in channel.routes(app.intake.accept)]
    site = make_site(app.database, app.clock, callbacks, app.metrics.registry, app.vitals)
    runner = runner_of(site, CALLS_SECONDS)
    await runner.setup()
    host, port = app.settings.http.host, app.settings.http.port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(f"GRIDBOT_HTTP__PORT = {port}: {host} does not listen there: {error.strerror}") from error
    app.address = f"http://{host}:{runner.addresses[0][1]}"
    log.info("listening", address=app.address)
    return runner
