"""Everything that happened, in order: for tests to wait on and for the page to follow."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.bell import Bell
from sandbox.clock import VirtualClock, iso

PAGE_SIZE = 1000

Event = dict[str, Any]


class Journal:
    """A growing list of events; an event's `seq` is its place, counted from 1."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._events: list[Event] = []
        self._bell = Bell()
        self.closed = False

    @property
    def last(self) -> int:
        """The `seq` of the newest event, 0 before the first."""
        return len(self._events)

    def add(self, kind: str, **facts: Any) -> Event:
        """Write down one event, now."""
        event: Event = {"seq": len(self._events) + 1, "at": iso(self._clock.now()), "kind": kind, **facts}
        self._events.append(event)
        self._bell.ring()
        return event

    def after(self, seq: int) -> list[Event]:
        """The events after `seq`, oldest first, at most 1000."""
        start = max(seq, 0)
        return self._events[start : start + PAGE_SIZE]

    async def wait(self, after: int, seconds: float) -> list[Event]:
        """The events after `after`, as soon as there are any; an empty list after `seconds` real seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not self.closed and self.last <= after and (left := deadline - loop.time()) > 0:
            await self._bell.wait(left)
        return self.after(after)

    def close(self) -> None:
        """Send everyone who waits home; later waits return at once."""
        self.closed = True
        self._bell.ring()
