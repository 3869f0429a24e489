"""What an engine promises: no wake-up is lost, no work piles up, no tick overlaps itself, and the end is clean."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import URL

from models.db import make_engine as sql_engine
from scheduler.distributed import DistributedEngine
from scheduler.embedded import EmbeddedEngine
from scheduler.engine import Engine, Worker, Workers
from scheduler.queue import address_of, make_queue
from tests.patience import PATIENCE, until
from tests.postgres import on_server

MakeEngine = Callable[[Workers], Engine]


@pytest.fixture(params=["embedded", "distributed"])
def make_engine(request: pytest.FixtureRequest) -> MakeEngine:
    """Makes engines of one house: the distributed ones are as many processes on one database."""
    if request.param == "embedded":
        return EmbeddedEngine
    address: str = request.getfixturevalue("queue")
    return lambda workers: DistributedEngine(workers, address)


@pytest.fixture
def queue(postgres_server: URL) -> Iterator[str]:
    """The address of an empty queue."""
    database = postgres_server.set(database=f"gridbot_queue_{uuid.uuid4().hex[:12]}")
    on_server(postgres_server, f'CREATE DATABASE "{database.database}"')
    engine = sql_engine(database)
    make_queue(engine)
    make_queue(engine)  # at every start
    engine.dispose()
    yield address_of(database)
    on_server(postgres_server, f'DROP DATABASE "{database.database}" WITH (FORCE)')


@asynccontextmanager
async def running(engine: Engine) -> AsyncIterator[asyncio.Task[None]]:
    """The engine runs in the background; it is cancelled at the end, and must end."""
    task = asyncio.create_task(engine.run())
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        await ended(task)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    async with asyncio.timeout(PATIENCE):
        with suppress(asyncio.CancelledError):
            await task


class Slow:
    """A worker that stays in a run until it is let go; notes how many runs there were at one time."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.go_on = asyncio.Semaphore(0)
        self.present = self.most = self.done = 0

    async def work(self, key: str = "") -> None:
        self.runs.append(key)
        self.present += 1
        self.most = max(self.most, self.present)
        try:
            await self.go_on.acquire()
            self.done += 1
        finally:
            self.present -= 1


async def quiet() -> None:
    """Long enough for whatever could still happen to happen."""
    await asyncio.sleep(0.1)


async def test_a_wake_runs_the_worker_with_its_key(make_engine: MakeEngine) -> None:
    drained, indexed = Slow(), Slow()
    workers: dict[str, Worker] = {"drain": drained.work, "index": indexed.work}
    engine = make_engine(workers)
    async with running(engine):
        engine.wake("drain", "bot 7")
        await until(lambda: bool(drained.runs))
        await quiet()

    assert drained.runs == ["bot 7"]
    assert indexed.runs == []


async def test_wakes_during_a_run_make_one_more_run(make_engine: MakeEngine) -> None:
    slow = Slow()
    engine = make_engine({"drain": slow.work})
    async with running(engine):
        engine.wake("drain", "a")
        await until(lambda: slow.present == 1)
        for _ in range(5):
            engine.wake("drain", "a")
        slow.go_on.release()
        await until(lambda: len(slow.runs) == 2)
        slow.go_on.release()
        await until(lambda: slow.done == 2)
        await quiet()

    assert slow.runs == ["a", "a"]
    assert slow.most == 1


async def test_one_key_does_not_wait_for_another(make_engine: MakeEngine) -> None:
    slow = Slow()
    engine = make_engine({"drain": slow.work})
    async with running(engine):
        engine.wake("drain", "a")
        engine.wake("drain", "b")
        await until(lambda: slow.present == 2)

    assert sorted(slow.runs) == ["a", "b"]


async def test_a_worker_that_failed_is_run_again_without_a_wake(make_engine: MakeEngine) -> None:
    runs: list[str] = []

    async def fails_once(key: str) -> None:
        runs.append(key)
        if len(runs) == 1:
            raise ConnectionError("the database is away")

    engine = make_engine({"drain": fails_once})
    async with running(engine):
        engine.wake("drain", "a")
        await until(lambda: len(runs) == 2)
        await quiet()
        engine.wake("drain", "a")
        await until(lambda: len(runs) == 3)

    assert runs == ["a", "a", "a"]


async def test_a_tick_is_run_again_and_again_also_after_it_failed(make_engine: MakeEngine) -> None:
    runs: list[int] = []

    async def fails_at_first() -> None:
        runs.append(len(runs))
        if len(runs) == 1:
            raise ConnectionError("the database is away")

    engine = make_engine({})
    engine.every(0.05, "rounds", fails_at_first)
    async with running(engine):
        await until(lambda: len(runs) >= 3)


async def test_a_tick_that_overruns_is_not_started_twice_and_goes_on_afterwards(make_engine: MakeEngine) -> None:
    slow, other = Slow(), Slow()
    for _ in range(1000):
        other.go_on.release()
    engine = make_engine({})
    engine.every(0.02, "rounds", slow.work)
    engine.every(0.02, "closing", other.work)
    async with running(engine):
        await until(lambda: slow.present == 1)
        seen = other.done
        await until(lambda: other.done >= seen + 5)  # the others are not held up
        assert slow.runs == [""]
        slow.go_on.release()
        await until(lambda: len(slow.runs) == 2)

    assert slow.most == 1


@pytest.mark.parametrize("busy", [True, False], ids=["in the middle of work", "idle"])
async def test_it_ends_when_it_is_cancelled(make_engine: MakeEngine, busy: bool) -> None:
    worker, tick = Slow(), Slow()
    engine = make_engine({"drain": worker.work})
    engine.every(0.02, "rounds", tick.work)
    task = asyncio.create_task(engine.run())
    engine.wake("drain", "a")
    await until(lambda: worker.present == tick.present == 1)
    if not busy:
        worker.go_on.release()
        await until(lambda: worker.done == 1)
    before = asyncio.all_tasks() - {task}
    await ended(task)
    await quiet()

    assert task.cancelled()
    assert (worker.present, tick.present) == (0, 0)
    assert not {one for one in before if one is not asyncio.current_task() and not one.done()}
    runs = (len(worker.runs), len(tick.runs))
    await quiet()
    assert (len(worker.runs), len(tick.runs)) == runs


async def test_a_worker_may_put_down_what_it_has_in_hand(make_engine: MakeEngine) -> None:
    written: list[str] = []
    begun = asyncio.Event()

    async def careful(key: str) -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            written.append(key)

    engine = make_engine({"drain": careful})
    async with running(engine):
        engine.wake("drain", "a")
        await begun.wait()

    assert written == ["a"]
