"""The embedded engine: one process, APScheduler for the ticks, one event a key for wake-ups."""

import asyncio
from contextlib import suppress
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.engine import Tick, Workers

log = structlog.get_logger()

_PAUSE_AFTER_FAILURE = 1.0
"""Real seconds before a worker that failed is tried again."""


class EmbeddedEngine:
    """Runs everything inside this process and its event loop."""

    spreads = False

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._wakes: dict[tuple[str, str], asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self, name: str, key: str) -> None:
        """Runs the worker `name` for `key` soon; wakes during its run make it run once more."""
        event = self._wakes.get((name, key))
        if event is None:
            event = self._wakes[name, key] = asyncio.Event()
            self._tasks.add(asyncio.get_running_loop().create_task(self._work(name, key, event)))
        event.set()

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Runs `tick` every so many real seconds; a run that is still going is not started again."""
        trigger = IntervalTrigger(seconds=seconds, timezone="UTC")
        run = partial(_run_tick, tick)
        self._scheduler.add_job(run, trigger, id=name, max_instances=1, coalesce=True, misfire_grace_time=None)

    async def run(self) -> None:
        """Runs until cancelled; ends when every worker has put down what it had in hand."""
        self._scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._scheduler.shutdown(wait=False)
            for task in self._tasks:
                task.cancel()
            for task in self._tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def _work(self, name: str, key: str, event: asyncio.Event) -> None:
        while True:
            await event.wait()
            event.clear()
            try:
                await self._workers[name](key)
            except Exception:
                log.exception("worker failed", worker=name, key=key)
                await asyncio.sleep(_PAUSE_AFTER_FAILURE)
                event.set()


async def _run_tick(tick: Tick) -> None:
    # Only the end of the engine cancels a tick; the scheduler would log that as a failure.
    with suppress(asyncio.CancelledError):
        await tick()
