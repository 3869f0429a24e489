"""The time of the sandbox's world: it stands still, runs, runs fast or jumps, but never goes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.bell import Bell
from sandbox.errors import ControlError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
FASTEST = 1_000_000


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with a Z: the form of every time in the control API."""
    return moment.isoformat().replace("+00:00", "Z")


def parse_iso(text: str) -> datetime:
    """The moment of an ISO 8601 text with a zone; raises ControlError when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ControlError(f"not an ISO 8601 time: {text!r}") from None
    if moment.tzinfo is None:
        raise ControlError(f"a time needs a zone: {text!r}")
    return moment.astimezone(UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - EPOCH) // MICROSECOND


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the service under test says it will do next, in Chinese and English."""

    at: datetime
    zh: str
    en: str


class VirtualClock:
    """now = anchor + real seconds since then × speed. Counted in whole microseconds, so that limits are exact."""

    def __init__(self, now: datetime, speed: float = 0, real: Callable[[], float] = time.monotonic) -> None:
        self._real = real
        self._anchor = micros(now)
        self._anchored = real()
        self._speed = _checked(speed)
        self._bell = Bell()
        self._closed = False
        self._on_change: list[Callable[[], None]] = []
        self.version = 1
        self._announced: Announcement | None = None

    @property
    def speed(self) -> float:
        """Virtual seconds in a real second; 0 stands still."""
        return self._speed

    def micros(self) -> int:
        """Microseconds since 1970."""
        if not self._speed:
            return self._anchor
        return self._anchor + int((self._real() - self._anchored) * self._speed * SECOND)

    def unix(self) -> int:
        """Whole seconds since 1970, as the Bot API counts."""
        return self.micros() // SECOND

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return EPOCH + timedelta(microseconds=self.micros())

    def set(self, now: datetime | None = None, speed: float | None = None) -> None:
        """Move to `now` and go on at `speed`; what is None stays. Raises ControlError for a step back."""
        current = self.micros()
        target = current if now is None else micros(now)
        if target < current:
            raise ControlError(f"the clock never goes back: it is {iso(self.now())}")
        self._speed = self._speed if speed is None else _checked(speed)
        self._anchor, self._anchored = target, self._real()
        self.version += 1
        self._changed()

    def forward(self, **step: float) -> None:
        """Move on by a `timedelta(**step)`: `clock.forward(hours=4)`."""
        self.set(now=self.now() + timedelta(**step))

    def announce(self, announcement: Announcement | None) -> None:
        """What the service under test will do next, for the page to show and `skip` to jump to; no change of time."""
        self._announced = announcement

    @property
    def next(self) -> Announcement | None:
        """What is announced."""
        return self._announced

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of time or speed."""
        self._on_change.append(listener)

    def skip(self) -> None:
        """Jump to the announced moment (stay when it has passed). Raises ControlError when none is announced."""
        if self._announced is None:
            raise ControlError("nothing has been announced")
        self.set(now=max(self._announced.at, self.now()))

    async def wait(self, after: int, seconds: float) -> None:
        """Return when `version` is above `after`, at the latest after `seconds` real seconds."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not self._closed and self.version <= after and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await self._bell.wait(left)

    def close(self) -> None:
        """Send everyone who waits home; later waits return at once."""
        self._closed = True
        self._bell.ring()

    def as_json(self) -> dict[str, Any]:
        """The clock of the control API."""
        announced = self._announced and {
            "at": iso(self._announced.at),
            "zh": self._announced.zh,
            "en": self._announced.en,
        }
        return {"now": iso(self.now()), "speed": self._speed, "version": self.version, "next": announced}

    def _changed(self) -> None:
        self._bell.ring()
        for listener in self._on_change:
            listener()


def _checked(speed: float) -> float:
    if not 0 <= speed <= FASTEST:
        raise ControlError(f"speed must be between 0 and {FASTEST}: {speed!r}")
    return float(speed)
