"""The ticks of this process: each with its cause, measured, and as often as it leaves something to do."""

from collections.abc import Awaitable, Callable
from time import monotonic

import structlog

from bot.heart import Heart
from bot.metrics import Metrics
from bot.parts import COMMUNITIES, COMMUNITY, TICK
from models.cause import because
from models.db import Database
from scheduler.ticks import TICKS, Tick
from services.clock import Clock
from services.shards import communities_due

log = structlog.get_logger()

Counts = dict[str, int]


class Ticking:
    """Runs ticks; `caused` is told when one of them did something."""

    def __init__(
        self, database: Database, clock: Clock, heart: Heart, metrics: Metrics, caused: Callable[[], Awaitable[None]]
    ) -> None:
        self._database, self._clock = database, clock
        self._heart, self._metrics, self._caused = heart, metrics, caused

    async def run(self, tick: Tick, *below: str) -> Counts:
        """A tick, everywhere or in one subtree, as often as it leaves something to do; its last counts."""
        while True:
            counts = await self._once(tick, *below)
            if not below:
                self._heart.beat(f"{TICK}{tick.name}")
            if any(counts.values()):
                log.info("tick", tick=tick.name, cause=f"{TICK}{tick.name}", **counts)
                await self._caused()
            if not counts.get("left"):
                return counts

    async def look(self, wake: Callable[[str, str], None]) -> None:
        """Every community with something due is woken: each is a shard of the clock's work."""
        for path in await self._database.run(communities_due, self._clock.now()):
            self._heart.waits(f"{COMMUNITY}:{path}")
            wake(COMMUNITY, path)
        self._heart.beat(f"{TICK}{COMMUNITIES}")

    async def work_through(self, path: str) -> None:
        """What is due in one community: every tick, in order."""
        for tick in TICKS:
            if tick.shards:
                await self.run(tick, path)
        self._heart.beat(f"{COMMUNITY}:{path}")

    async def _once(self, tick: Tick, *below: str) -> Counts:
        started = monotonic()
        try:
            with because(f"{TICK}{tick.name}"):
                counts = await self._database.run(tick.work, self._clock.now(), *below)
        except Exception:
            self._metrics.tick_failed(tick.name, monotonic() - started)
            raise
        self._metrics.ticked(tick.name, monotonic() - started, counts)
        return counts
