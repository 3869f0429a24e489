"""The real ticks under a simulated clock: each runs when its due column says so, not every few seconds."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Escalation, Quarantine, ReportRequest
from models.cause import because
from models.db import Database
from rules.rounds import RequestStatus
from scheduler.ticks import TICKS, Tick

_DUE = ReportRequest.status == RequestStatus.DUE
_DUE_COLUMNS: dict[str, Any] = {
    "rounds": select(func.min(Quarantine.next_at)),
    "reminders": select(func.min(ReportRequest.remind_at)).where(_DUE),
    "closing": select(func.min(ReportRequest.miss_at)).where(_DUE),
    "escalation": select(func.min(Escalation.next_at)),
}
"""Ticks whose time is asked of the database."""
_MOVED_BY: dict[str, tuple[str, ...]] = {"rounds": ("reminders", "closing"), "quarantines": ("rounds",)}
"""A tick that has done something may have made others due."""
NOW_AND_THEN = timedelta(minutes=15)
"""How often the other ticks look; in service they do so every 1 to 600 seconds."""
_SHORTEST = timedelta(seconds=15)
"""Simulated time between two looks at the chains; in service 2 s."""


class Clockwork:
    """Knows when each tick has something to do."""

    def __init__(self, database: Database, start: datetime) -> None:
        self._database = database
        self._due: dict[str, datetime | None] = dict.fromkeys((tick.name for tick in TICKS), start)
        self.counts: Counter[str] = Counter()
        """What the ticks did, as ``rounds.requests``."""

    @property
    def next_at(self) -> datetime:
        """When a tick has to run."""
        return min(due for due in self._due.values() if due is not None)

    def run(self, now: datetime) -> None:
        """Every tick that is due, in order, until it finds nothing more."""
        for tick in TICKS:
            due = self._due[tick.name]
            if due is not None and due <= now:
                self._run(tick, now)

    def look_at_the_chains(self, now: datetime) -> None:
        """Alarms may have been raised or taken: when the next step is due."""
        self._ask("escalation", now)

    def _run(self, tick: Tick, now: datetime) -> None:
        with because(f"tick:{tick.name}"):
            while any((counts := self._database.apply(tick.work, now)).values()):
                self.counts.update({f"{tick.name}.{what}": count for what, count in counts.items()})
        if tick.name in _DUE_COLUMNS:
            self._ask(tick.name, now)
        else:
            self._due[tick.name] = now + NOW_AND_THEN
        for other in _MOVED_BY.get(tick.name, ()):
            self._ask(other, now)

    def _ask(self, name: str, now: datetime) -> None:
        due = self._database.apply(_earliest, name)
        self._due[name] = None if due is None else max(due, now + _SHORTEST)


def _earliest(session: Session, name: str) -> datetime | None:
    found: datetime | None = session.scalar(_DUE_COLUMNS[name])
    return found
