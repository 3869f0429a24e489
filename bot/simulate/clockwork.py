"""The real ticks under a simulated clock: each runs when its due column says so, not every few seconds."""

from collections import Counter
from datetime import datetime, timedelta

from models.cause import because
from models.db import Database
from scheduler.ticks import TICKS, Tick
from services.agenda import due_times

_EVENTS = frozenset(tick.due for tick in TICKS if tick.due)
"""Whose time is asked of the database."""
NOW_AND_THEN = timedelta(minutes=15)
"""How often the other ticks look; in service they do so every 1 to 600 seconds."""
_SHORTEST = timedelta(seconds=15)
"""Simulated time between two looks at the same; in service 2 s for the chains."""


class Clockwork:
    """Knows when each tick has something to do."""

    def __init__(self, database: Database, start: datetime) -> None:
        self._database = database
        self._looks = {tick.name: start for tick in TICKS if not tick.due}
        self._due = dict.fromkeys(_EVENTS, start)
        self.counts: Counter[str] = Counter()
        """What the ticks did, as ``rounds.requests``."""

    @property
    def next_at(self) -> datetime:
        """When a tick has to run."""
        return min(*self._looks.values(), *self._due.values())

    def run(self, now: datetime) -> None:
        """Every tick that is due, in order, until it finds nothing more; what was done may have made others due."""
        for tick in TICKS:
            if self._is_due(tick, now):
                self._run(tick, now)
        found = self._database.apply(due_times, _EVENTS)
        self._due = {what: max(at, now + _SHORTEST) for what, at in found.items()}

    def _is_due(self, tick: Tick, now: datetime) -> bool:
        at = self._due.get(tick.due) if tick.due else self._looks[tick.name]
        return at is not None and at <= now

    def _run(self, tick: Tick, now: datetime) -> None:
        with because(f"tick:{tick.name}"):
            while any((counts := self._database.apply(tick.work, now)).values()):
                self.counts.update({f"{tick.name}.{what}": count for what, count in counts.items()})
        if not tick.due:
            self._looks[tick.name] = now + NOW_AND_THEN
