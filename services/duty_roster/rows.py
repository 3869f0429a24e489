"""One row of each sheet of a duty roster, as the program understands it."""

from dataclasses import dataclass
from datetime import date, time

from rules.shifts import When


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift of somebody, on each of these days; without times they are free on them.

    Without days they are on no roster any more.
    """

    name: str
    area: str
    when: tuple[When, ...]
    starts: time | None = None
    ends: time | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A date on which the rows for holidays apply, in an area (empty: everywhere)."""

    day: date
    area: str = ""
    name: str = ""
