"""Waking everyone who waits for a change, across requests of one event loop."""

from __future__ import annotations

import asyncio


class Bell:
    """A change notification: `ring` wakes all who `wait`; nobody waiting means nothing happens."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everyone who waits now."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float | None) -> None:
        """Return at the next ring or after `seconds` real seconds (None: without limit)."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait((waiter,), timeout=seconds)
        finally:
            self._waiters.discard(waiter)
