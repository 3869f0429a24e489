"""Who runs what: jobs of processes that died are dropped, and a process that lost one lets go of it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

log = structlog.get_logger()

HEARTBEAT_SECONDS = 1.0
STALE_SECONDS = 5.0
"""A process that was not heard of for so long is taken for dead. Together with a heartbeat, a look and the next fetch
it bounds how long a bot can stand still after a kill -9: below 8 s, mostly 5."""


class Leases:
    """The jobs in this process's hands, and those that nobody has in hand any more."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._held: dict[int, asyncio.Task[Any]] = {}
        self._seen_at = time.monotonic()

    @contextmanager
    def held(self, job: Job) -> Iterator[None]:
        """While a job runs in this task."""
        task = asyncio.current_task()
        if job.id is None or task is None:  # a job that runs has a number, and a task
            yield
            return
        self._held[job.id] = task
        try:
            yield
        finally:
            self._held.pop(job.id, None)

    async def look(self) -> list[Job]:
        """One look at the database; returns the jobs of dead processes, which are dropped.

        They are dropped, not retried: a retry fails for ever where a successor waits behind the same lock.
        """
        try:
            async with asyncio.timeout(STALE_SECONDS):
                await self._let_go()
                return await self._drop_orphans()
        except TimeoutError:
            log.error("the database does not answer")
        finally:
            self._distrust()
        return []

    async def _let_go(self) -> None:
        """Whoever was taken for dead, while it only slept, finds its jobs gone: somebody else has them."""
        mine = dict(self._held)
        running = {job.id for job in await self._app.job_manager.list_jobs_async(status=Status.DOING.value)}
        self._seen_at = time.monotonic()
        for number, task in mine.items():
            if number not in running and number in self._held:
                log.warning("another process has taken over", job=number)
                task.cancel()

    def _distrust(self) -> None:
        """With no word from the database for so long, others take us for dead: nothing may go on here."""
        if time.monotonic() - self._seen_at > STALE_SECONDS:
            for number, task in list(self._held.items()):
                log.error("let go of, for the database is away", job=number)
                task.cancel()

    async def _drop_orphans(self) -> list[Job]:
        manager = self._app.job_manager
        dropped = []
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALE_SECONDS):
            try:
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            except ConnectorException:
                continue  # another process was quicker
            dropped.append(job)
        return dropped
