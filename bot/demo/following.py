"""A clock that follows the sandbox's: sped up, stopped and moved on from its page."""

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import aiohttp

from bot.demo.messenger import Messenger

_LONGEST_NAP = 1.0
_PAUSE = 0.5


class FollowingClock:
    """The clock of the sandbox at `base`, known between two looks by its speed."""

    def __init__(self, base: str) -> None:
        self._messenger = Messenger(base)
        self._then: datetime | None = None
        self._seen = 0.0
        self._speed = 0.0
        self._version = -1
        self._changed = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._messenger.__aenter__()
        await self._look(wait=0)
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watching:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await self._messenger.__aexit__(kind, error, trace)

    def now(self) -> datetime:
        """The present instant there, aware UTC."""
        if self._then is None:
            raise RuntimeError("use it in an async with block")
        return self._then + timedelta(seconds=(time.monotonic() - self._seen) * self._speed)

    async def sleep_until(self, moment: datetime) -> None:
        """Returns when `moment` has come there, however the clock is driven meanwhile."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            self._changed.clear()
            nap = min(left / self._speed, _LONGEST_NAP) if self._speed else _LONGEST_NAP
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), nap)

    async def _watch(self) -> None:
        while True:
            try:
                await self._look(wait=20)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(_PAUSE)

    async def _look(self, wait: int) -> None:
        found = await self._messenger.call("GET", "clock", after=self._version, wait=wait)
        now = datetime.fromisoformat(found["now"])
        # The sandbox's clock never goes back; neither may ours when a look was slow.
        self._then = max(now, self.now()) if self._then and found["version"] == self._version else now
        self._seen = time.monotonic()
        self._speed = float(found["speed"])
        self._version = int(found["version"])
        self._changed.set()
