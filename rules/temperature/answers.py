"""What goes in and what comes out: the members who are asked, the report, or what has to be asked again."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household who is asked for a temperature; the order is that of the bot's own list.

    `calls` are the other words for this one: nicknames, the relation to the head of the household, and what the
    family says for it (see `calls_of`).
    """

    id: int
    name: str
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One body temperature of one member, in degrees Celsius with one decimal."""

    member_id: int
    celsius: float


@dataclass(frozen=True, slots=True)
class Report:
    """The readings in the order of the members, who is still missing, and whether it was sent as a correction."""

    readings: tuple[Reading, ...]
    missing: tuple[int, ...]
    correction: bool = False


class Why(StrEnum):
    """Why an answer that speaks of temperatures was not understood; each has its own question to ask."""

    OUT_OF_RANGE = "out_of_range"
    """No believable body temperature, or a number written so that it cannot be read: 365, 46.5, `36 5`."""
    WHICH_SCALE = "which_scale"
    """Without a unit, and only believable in Fahrenheit: 98.6."""
    INEXACT = "inexact"
    """Not one value but a range or a limit: `36.5-36.8`, `37度多`, `不到37`."""
    EARLIER = "earlier"
    """Only of an earlier day: 昨天38.2."""
    UNKNOWN_NAME = "unknown_name"
    """The value is for somebody who is not asked in this household."""
    WHO = "who"
    """It is open whose value it is: a word that fits two members, or a bare value nobody can be given."""
    TOO_FEW = "too_few"
    """Fewer values than people they could be for."""
    TOO_MANY = "too_many"
    """More values than people they could be for."""
    TWICE = "twice"
    """Two different values for the same member."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why the answer has to be asked again; `quote` is the part of it that was not understood, as it was written."""

    why: Why
    quote: str
