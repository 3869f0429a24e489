"""What moves in this process, gathered until the watchdog writes it down: a beat costs a line in a dictionary."""

from datetime import datetime

from services.clock import Clock
from services.heartbeats import Noted


class Heart:
    """The beats of this process, by the machine's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted = Noted()
        self._last: dict[str, datetime] = {}

    def beat(self, part: str) -> None:
        """A part has gone through."""
        self._noted.waits.pop(part, None)
        self._noted.beats[part] = self._last[part] = self._clock.now()

    def waits(self, part: str) -> None:
        """Something waits for a part that moves only then."""
        self._noted.waits.setdefault(part, self._clock.now())

    def take(self) -> Noted:
        """What is to be written down; it begins anew. What then cannot be written is missed by the next beat alone."""
        taken, self._noted = self._noted, Noted()
        return taken

    def last(self, beginning: str) -> datetime | None:
        """The newest beat here of the parts whose names begin so."""
        return max((at for part, at in self._last.items() if part.startswith(beginning)), default=None)
