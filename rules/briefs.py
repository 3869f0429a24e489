"""The daily brief: when an area's is due, what it counts, who reads it (每日简报)."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any, Self

from rules.roles import LEVEL_OF_ROLE, Level, Role
from rules.times import at_local, aware, local_date

READERS: dict[Level, Role] = {
    LEVEL_OF_ROLE[role]: role for role in (Role.GRID_HEAD, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
}
"""Who reads the brief of an area of each level."""

NAMES_AT = Level.GRID
"""The level whose brief has names: there the reader knows every door. Above it there are areas only."""

LATE = timedelta(hours=12)
"""A brief that a machine owed for longer is told no more: the next one is nearer."""


def next_brief(now: datetime, at: time | None, zone: str) -> datetime | None:
    """The first instant after `now` at which clocks in `zone` show `at`; None for an area without a brief."""
    if at is None:
        return None
    today = local_date(now, zone)
    return min(one for days in range(3) if (one := at_local(today + timedelta(days=days), at, zone)) > aware(now))


def moved(now: datetime, planned: datetime | None, at: time | None, zone: str) -> datetime | None:
    """When a planned brief is due once its hour is another one: the day stays, so that none falls out or comes twice.

    It may lie before `now`: then it is due at once.
    """
    if at is None or planned is None:
        return next_brief(now, at, zone)
    return at_local(local_date(planned, zone), at, zone)


@dataclass(frozen=True, slots=True)
class BriefFigures:
    """A day of an area up to an instant: what was asked, what is open, how soon alarms were taken in seconds."""

    asked: int = 0
    """Questions to households that were not excused, morning and evening together."""
    answered: int = 0
    missed: int = 0
    unreachable: int = 0
    abnormal: int = 0
    """People about whom there was an alarm for a fever on that day."""
    open: int = 0
    waiting: int = 0
    """Of the open alarms: in nobody's hands."""
    oldest: float | None = None
    """When the oldest open alarm was opened, in seconds since 1970."""
    fastest: float | None = None
    slowest: float | None = None

    def __add__(self, other: "BriefFigures") -> "BriefFigures":
        """Of two parts of the tree together; they must not overlap."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in _COUNTS}
        return BriefFigures(
            **sums,
            oldest=_of(min, self.oldest, other.oldest),
            fastest=_of(min, self.fastest, other.fastest),
            slowest=_of(max, self.slowest, other.slowest),
        )

    @property
    def percent(self) -> int:
        """Answered of what was asked, rounded down; 0 for nobody."""
        return self.answered * 100 // self.asked if self.asked else 0

    @property
    def empty(self) -> bool:
        """Whether nobody was asked and nothing is open: nothing to tell."""
        return not self.asked and not self.open and not self.abnormal

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """What was kept; what is newer than that is as ever."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


_COUNTS = ("asked", "answered", "missed", "unreachable", "abnormal", "open", "waiting")


def _of(which: Any, one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return which(known) if known else None
