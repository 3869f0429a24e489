"""The distributed engine: Procrastinate on the service's own PostgreSQL, any number of identical processes.

A job is a wake-up, never a message: losing one costs a second, two of them do no harm. Its lock keeps one run of a key
in all processes together, its queueing lock one more waiting behind it.
"""

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from procrastinate.types import JSONDict

from scheduler.engine import Tick, Workers
from scheduler.leases import HEARTBEAT_SECONDS, STALE_SECONDS, Leases

log = structlog.get_logger()

_WAKES, _TICKS = "wakes", "ticks"
_WORK, _TICK = "gridbot.work", "gridbot.tick"
WAKES_AT_ONCE = 1000
"""Runs in one process; the locks are what bounds them: one a bot, a way in, a community."""
TICKS_AT_ONCE = 4
LOOK_SECONDS = 1.0
"""How often a process looks for jobs of which it was not told: a notification can get lost."""
_PAUSE_AFTER_FAILURE = 1.0
_KNOWN_SECONDS = 0.2
"""A key that is known to wait for its run is not asked for again so soon."""


class DistributedEngine:
    """Runs what no other process runs; `conninfo` is libpq's address of the database."""

    spreads = True

    def __init__(self, workers: Workers, conninfo: str) -> None:
        self._workers = workers
        self._ticks: dict[str, tuple[float, Tick]] = {}
        self._asking: dict[tuple[str, str], bool] = {}
        """What is being put down, and whether it was woken again meanwhile."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        # A library that tells of every job at INFO; what goes wrong in one is logged below.
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        connector = PsycopgConnector(conninfo=conninfo, min_size=1, max_size=6, timeout=STALE_SECONDS)
        self._app = App(connector=connector)
        self._app.task(name=_WORK, queue=_WAKES, pass_context=True)(self._work)
        self._app.task(name=_TICK, queue=_TICKS, pass_context=True)(self._tick)
        self._leases = Leases(self._app)

    def wake(self, name: str, key: str) -> None:
        """Runs the worker `name` for `key` soon, in one process; wakes during its run make it run once more."""
        if (name, key) in self._asking:
            self._asking[name, key] = True
            return
        self._asking[name, key] = True
        self._start(self._ask(name, key))

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Runs `tick` every so many real seconds in one of the processes; a run that still goes is not started again.

        Every process names the same ticks.
        """
        self._ticks[name] = (seconds, tick)

    async def run(self) -> None:
        """Runs until cancelled; ends when every worker has put down what it had in hand, and its locks are free."""
        async with self._app.open_async():
            self._open.set()
            for name, (seconds, _) in self._ticks.items():
                self._start(self._keep_time(name, seconds))
            self._start(self._watch())
            working = [
                asyncio.create_task(self._take(_WAKES, WAKES_AT_ONCE)),
                asyncio.create_task(self._take(_TICKS, TICKS_AT_ONCE)),
            ]
            try:
                await asyncio.Event().wait()
            finally:
                self._open.clear()
                await _end(self._tasks)
                await _end(working)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self, name: str, key: str) -> None:
        """Puts a wake-up down, if none waits already; again while it is woken, or the database is away."""
        await self._open.wait()
        lock = f"{name}:{key}"
        job = self._app.configure_task(_WORK, queue=_WAKES, lock=lock, queueing_lock=lock)
        while self._asking[name, key]:
            self._asking[name, key] = False
            try:
                await job.defer_async(name=name, key=key)
            except AlreadyEnqueued:
                # Whoever waits will see what there is. Asking at once for every message would only cost the database.
                await asyncio.sleep(_KNOWN_SECONDS)
            except ConnectorException:
                log.exception("wake-up not put down", worker=name, key=key)
                self._asking[name, key] = True
                await asyncio.sleep(_PAUSE_AFTER_FAILURE)
        del self._asking[name, key]

    async def _keep_time(self, name: str, seconds: float) -> None:
        """Puts a tick's job down each time it is due: whichever process is first, once for all of them."""
        while True:
            turn = int(time.time() / seconds)
            arguments: JSONDict = {"name": name, "timestamp": turn}
            lock = f"tick:{name}"
            job = Job(
                id=None,
                queue=_TICKS,
                lock=lock,
                queueing_lock=lock,
                task_name=_TICK,
                task_kwargs=arguments,
                priority=0,
            )
            try:
                await self._app.job_manager.defer_periodic_job(job, name, turn)
            except AlreadyEnqueued:
                pass
            except ConnectorException:
                log.exception("tick not put down", tick=name)
            await asyncio.sleep(max(0.0, (turn + 1) * seconds - time.time()))

    async def _take(self, queue: str, at_once: int) -> None:
        """Works through a queue; a worker that lost its database ends, and another begins."""
        while True:
            try:
                await self._app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=at_once,
                    fetch_job_polling_interval=LOOK_SECONDS,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALE_SECONDS,
                    shutdown_graceful_timeout=0,
                    delete_jobs="always",
                    install_signal_handlers=False,
                )
            except Exception:
                log.exception("the queue cannot be worked through", queue=queue)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE)

    async def _watch(self) -> None:
        """Lets go of what is not ours any more; asks again for what a dead process had in hand."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                for orphan in await self._leases.look():
                    if orphan.task_name == _WORK:
                        self.wake(str(orphan.task_kwargs["name"]), str(orphan.task_kwargs["key"]))
            except Exception:
                log.exception("the other processes cannot be looked at")

    async def _work(self, context: JobContext, /, name: str, key: str) -> None:
        with self._leases.held(context.job):
            try:
                await self._workers[name](key)
            except Exception:
                log.exception("worker failed", worker=name, key=key)
                # Not by the library's retry: with a successor waiting, that fails for ever.
                await asyncio.sleep(_PAUSE_AFTER_FAILURE)
                self.wake(name, key)

    async def _tick(self, context: JobContext, /, name: str, **_turn: int) -> None:
        with self._leases.held(context.job):
            try:
                await self._ticks[name][1]()
            except Exception:
                log.exception("tick failed", tick=name)


async def _end(tasks: Any) -> None:
    ending = list(tasks)
    for task in ending:
        task.cancel()
    for task in ending:
        with suppress(asyncio.CancelledError):
            await task
