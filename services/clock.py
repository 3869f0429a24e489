"""The one clock of the house: injected everywhere, so that tests and the demo can drive it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from rules.times import aware


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Returns when `moment` has come."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Returns when `moment` has come."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


class ManualClock:
    """A clock that stands still until somebody moves it; whoever sleeps moves it to where they want to wake.

    Sleeping costs no real time: a day of messages, paced as the messenger demands, passes as fast as the machine works.
    """

    def __init__(self, now: datetime) -> None:
        self._now = aware(now)
        self._followers: list[Callable[[datetime], Awaitable[None]]] = []

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._now

    def follow(self, follower: Callable[[datetime], Awaitable[None]]) -> None:
        """`follower` hears of every move before anybody goes on."""
        self._followers.append(follower)

    async def move_to(self, moment: datetime) -> None:
        """Moves on to `moment`; never back."""
        if aware(moment) > self._now:
            self._now = aware(moment)
            for follower in self._followers:
                await follower(self._now)

    async def move_by(self, step: timedelta) -> None:
        """Moves on by a duration."""
        await self.move_to(self._now + step)

    async def sleep_until(self, moment: datetime) -> None:
        """Moves on to `moment`."""
        await self.move_to(moment)
