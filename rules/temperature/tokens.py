"""The parts of a message: values, names, words, and the gaps between them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from rules.temperature.answers import Why
from rules.temperature.words import Kind


class Width(IntEnum):
    """How far apart two things stand."""

    NONE = 0
    """Nothing between them, or a bracket, a colon, a dash."""
    BLANK = 1
    """A space or a picture."""
    CLAUSE = 2
    """A comma or a slash."""
    SENTENCE = 3
    """A full stop or a new line."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the message: `text[start:end]` of its line."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word(Token):
    """A word of the lists, or talk."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Name(Token):
    """Words for somebody of the household: all whom they fit. `full` names need no owner: see `names.Called`."""

    members: frozenset[int]
    full: bool = False
    writer: bool = False


@dataclass(frozen=True, slots=True)
class Value(Token):
    """A temperature, or a number that would be one but for `why`. Of a `plain` one nothing but its size says so."""

    celsius: Decimal
    why: Why | None
    plain: bool


@dataclass(frozen=True, slots=True)
class Gap(Token):
    """Blanks and marks."""

    width: Width
    marks: str
