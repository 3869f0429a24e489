"""What stands still is told to the operators, once, and once more when it goes on; so is whoever watches outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.heart import Heart
from bot.watchdog import Watchdog
from models import Heartbeat
from rules.roles import Role
from services.clock import ManualClock
from tests.harness import Phone, Town
from web.health import Vitals
from web.site import make_site

PARTS = {"tick:rounds": timedelta(seconds=2), "drain:telegram": timedelta(seconds=1)}
PATIENCE = timedelta(minutes=2)
STOPPED, GOES_ON = "服务有一部分停住了", "服务恢复了"


@dataclass
class Process:
    """One process's heart and watchdog; the machine's clock is the test's."""

    machine: ManualClock
    heart: Heart
    dog: Watchdog

    async def look_after(self, *beats: str, **step: float) -> None:
        """Some time goes by, these parts go through, and a look is taken."""
        await self.machine.move_by(timedelta(**step))
        for part in beats:
            self.heart.beat(part)
        await self.dog.look()


@pytest.fixture
def operator(town: Town) -> Phone:
    return town.employs("郑运维", Role.OPERATOR, "C")


def process(town: Town, machine: ManualClock | None = None, url: str = "") -> Process:
    machine = machine or ManualClock(datetime(2026, 1, 1, 3, tzinfo=UTC))
    heart = Heart(machine)
    return Process(machine, heart, Watchdog(town.database, town.stage.clock, machine, heart, PARTS, PATIENCE, url))


async def test_a_tick_that_stops_is_told_once_and_once_that_it_goes_on(town: Town, operator: Phone) -> None:
    one = process(town)
    await one.look_after(*PARTS, seconds=10)
    await one.look_after(*PARTS, seconds=10)
    assert one.dog.moves()
    for _ in range(4):
        await one.look_after("drain:telegram", minutes=1)
    assert not one.dog.moves()
    told = await operator.hears(STOPPED)
    assert "tick:rounds" in told.text
    assert "drain" not in told.text
    await one.look_after(*PARTS, seconds=10)
    assert one.dog.moves()
    await operator.hears(GOES_ON)
    await one.look_after(*PARTS, seconds=10)
    await town.stage.settle()
    assert (operator.heard(STOPPED), operator.heard(GOES_ON)) == (1, 1)
    await one.look_after("drain:telegram", minutes=5)
    await town.stage.settle()
    assert operator.heard(STOPPED) == 2  # another stoppage


async def test_two_processes_tell_it_once(town: Town, operator: Phone) -> None:
    one = process(town)
    other = process(town, one.machine)
    await one.look_after(*PARTS, seconds=10)
    await other.look_after("drain:telegram", minutes=3)
    await one.look_after(seconds=0)
    newcomer = process(town, one.machine)  # somebody who has just begun to watch thinks no better of it
    await newcomer.look_after(seconds=1)
    await town.stage.settle()
    assert (operator.heard(STOPPED), operator.heard(GOES_ON)) == (1, 0)


async def test_a_fever_s_night_is_no_quieter_for_the_operator(town: Town, operator: Phone) -> None:
    await town.at("23:30")
    one = process(town)
    await one.look_after(*PARTS, seconds=10)
    await one.look_after(minutes=3)
    await operator.hears(STOPPED)


async def test_without_an_operator_the_city_hears(town: Town) -> None:
    one = process(town)
    await one.look_after(minutes=3)
    await town.phone("周市级").hears(STOPPED)


async def test_a_community_with_something_due_is_missed(town: Town, operator: Phone) -> None:
    one = process(town)
    one.heart.waits("community:/1/2/")
    await one.look_after(*PARTS, seconds=10)
    await one.look_after(*PARTS, minutes=3)
    assert "community:/1/2/" in (await operator.hears(STOPPED)).text
    await one.look_after("community:/1/2/", *PARTS, seconds=1)
    await one.look_after(*PARTS, minutes=30)
    await town.stage.settle()
    assert (operator.heard(STOPPED), operator.heard(GOES_ON)) == (1, 1)


async def test_a_late_word_changes_nothing(town: Town) -> None:
    one = process(town)
    await one.look_after(*PARTS, minutes=5)
    late = process(town, ManualClock(one.machine.now() - timedelta(minutes=4)))
    await late.look_after(*PARTS, seconds=0)
    found = town.read(lambda session: session.get_one(Heartbeat, "tick:rounds").at)
    assert found == one.machine.now()


class Outside:
    """Who watches from outside: counts the pings."""

    def __init__(self) -> None:
        self.pings = 0

    async def answer(self, _request: web.Request) -> web.Response:
        self.pings += 1
        return web.Response()


@pytest.fixture
async def outside() -> AsyncIterator[tuple[Outside, str]]:
    site = web.Application()
    watcher = Outside()
    site.router.add_get("/ping/secret", watcher.answer)
    async with TestServer(site) as server:
        yield watcher, str(server.make_url("/ping/secret"))


async def test_whoever_watches_from_outside_is_pinged_only_while_everything_moves(
    town: Town, outside: tuple[Outside, str]
) -> None:
    watcher, url = outside
    one = process(town, url=url)
    assert not one.dog.moves()  # nobody has looked yet
    await one.look_after(*PARTS, seconds=10)
    assert await one.dog.ping_if_all_moves()
    await one.look_after("drain:telegram", minutes=3)
    assert not await one.dog.ping_if_all_moves()
    assert watcher.pings == 1


async def test_an_outside_that_is_away_harms_nobody(town: Town) -> None:
    one = process(town, url="http://127.0.0.1:9/ping")
    await one.look_after(*PARTS, seconds=10)
    assert not await one.dog.ping_if_all_moves()


async def test_health_answers_503_with_the_age_of_the_last_tick(town: Town) -> None:
    one = process(town)

    def vitals() -> Vitals:
        return replace(one.dog.vitals(), bots=("telegram",))

    site = make_site(town.database, town.stage.clock, vitals=vitals)
    async with TestServer(site) as server, aiohttp.ClientSession(server.make_url("/")) as http:
        await one.look_after(*PARTS, seconds=10)
        async with http.get("/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"status": "ok", "tick_age": 0.0})
        await one.look_after("drain:telegram", minutes=3)
        async with http.get("/healthz") as answer:
            assert (answer.status, await answer.json()) == (503, {"status": "still", "tick_age": 180.0})
        async with http.get("/readyz") as answer:
            assert answer.status == 200
            found = await answer.json()
    assert found["still"] == ["tick:rounds"]
    assert found["bots"]["telegram"] == {
        "known": True,
        "sends": 0.0,
        "listens": None,
        "paused_until": None,
        "rate": 1.0,
    }


async def test_a_database_that_is_away_is_no_reason_to_fall(town: Town) -> None:
    one = process(town)
    await one.look_after(*PARTS, seconds=10)
    town.database.engine.dispose()
    with town.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE heartbeats RENAME TO away")
    await one.look_after(*PARTS, seconds=10)
    assert not one.dog.moves()
    with town.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE away RENAME TO heartbeats")
    await one.look_after(*PARTS, seconds=10)
    assert one.dog.moves()
