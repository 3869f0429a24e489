"""One row of each sheet, as the program understands it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.roles import Level, Role


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A place, and the code of the place that it lies in."""

    code: str
    name: str
    level: Level
    parent: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody appointed to an area."""

    name: str
    role: Role
    area: str
    phone: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """Somebody behind a door, and their home quarantine if any (`days` local dates from `first_day`)."""

    area: str
    room: str
    name: str
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    relation: str = ""
    tags: tuple[str, ...] = ()
    first_day: date | None = None
    days: int | None = None
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """All three sheets."""

    areas: Sequence[AreaRow] = ()
    staff: Sequence[StaffRow] = ()
    residents: Sequence[ResidentRow] = ()
