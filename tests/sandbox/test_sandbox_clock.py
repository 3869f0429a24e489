"""The virtual clock: stands, runs, jumps, never goes back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import Announcement, VirtualClock, iso, parse_iso
from sandbox.errors import ControlError

NOON = datetime(2020, 2, 5, 12, tzinfo=UTC)


class Real:
    """Real seconds under the test's hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize(("speed", "passed"), [(0, 0), (1, 10), (60, 600), (0.5, 5)])
def test_time_runs_at_its_speed(speed: float, passed: float) -> None:
    real = Real()
    clock = VirtualClock(NOON, speed, real)
    real.seconds += 10
    assert clock.now() == NOON + timedelta(seconds=passed)
    assert clock.unix() == int(NOON.timestamp() + passed)


def test_a_change_of_speed_keeps_the_time_reached() -> None:
    real = Real()
    clock = VirtualClock(NOON, 60, real)
    real.seconds += 10
    clock.set(speed=1)
    real.seconds += 10
    assert clock.now() == NOON + timedelta(seconds=610)


def test_the_clock_never_goes_back() -> None:
    clock = VirtualClock(NOON)
    with pytest.raises(ControlError, match="never goes back"):
        clock.set(now=NOON - timedelta(microseconds=1))
    assert (clock.now(), clock.version) == (NOON, 1)


@pytest.mark.parametrize("speed", [-1, float("nan"), float("inf"), 2_000_000])
def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(ControlError, match="speed"):
        VirtualClock(NOON).set(speed=speed)


def test_skip_jumps_to_what_is_announced_and_not_back() -> None:
    clock = VirtualClock(NOON)
    with pytest.raises(ControlError, match="announced"):
        clock.skip()
    clock.announce(Announcement(NOON + timedelta(hours=6), "晚上一轮", "evening round"))
    assert clock.version == 1
    clock.skip()
    assert clock.now() == NOON + timedelta(hours=6)
    clock.forward(hours=1)
    clock.skip()
    assert clock.now() == NOON + timedelta(hours=7)


async def test_waiting_ends_with_the_next_change() -> None:
    clock = VirtualClock(NOON)
    waiting = asyncio.create_task(clock.wait(clock.version, 30))
    await asyncio.sleep(0)
    clock.forward(minutes=1)
    await asyncio.wait_for(waiting, 20)


async def test_waiting_for_an_older_version_ends_at_once_and_otherwise_after_its_time() -> None:
    clock = VirtualClock(NOON)
    await asyncio.wait_for(clock.wait(0, 30), 20)
    await asyncio.wait_for(clock.wait(1, 0.01), 20)
    assert clock.version == 1


@pytest.mark.parametrize("text", ["2020-02-05T12:00:00Z", "2020-02-05T20:00:00+08:00"])
def test_times_are_read_in_any_zone_and_written_in_utc(text: str) -> None:
    assert iso(parse_iso(text)) == "2020-02-05T12:00:00Z"


@pytest.mark.parametrize("text", ["2020-02-05T12:00:00", "noon", ""])
def test_a_time_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ControlError):
        parse_iso(text)
