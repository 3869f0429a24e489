"""A household that misses one slot after the other: graver than one that was missed (连续漏报)."""

from collections.abc import Mapping
from datetime import date, timedelta

from rules.escalation import Kind
from rules.rounds import ANSWERED, Half, RequestStatus

LOOKS_BACK = timedelta(days=7)
"""Nothing older than this is part of a streak: a slot in which nobody could be asked does not make it endless."""

Slots = Mapping[tuple[date, Half], RequestStatus]
"""Where a household's slots stand."""


def before(day: date, half: Half) -> tuple[date, Half]:
    """The slot before."""
    return (day, Half.MORNING) if half is Half.EVENING else (day - timedelta(days=1), Half.EVENING)


def streak(slots: Slots, day: date, half: Half) -> int:
    """How many slots in a row a household has missed, up to this one.

    An answer ends it, and so does a slot in which it owed nothing. One in which it could not be asked, or was excused,
    does neither: nothing was heard, and nobody is to blame.
    """
    missed, at = 0, (day, half)
    while at[0] > day - LOOKS_BACK and at in slots and slots[at] not in ANSWERED:
        missed += slots[at] is RequestStatus.MISSED
        at = before(*at)
    return missed


def kind_of(missed: int, after: int) -> Kind:
    """What an alarm about so many slots in a row is, with `after` the slots that make it graver (0: never).

    It is graver once a streak: whoever looked into it, and closed it, is told of the next slot as of any other.
    """
    return Kind.REPEATED if 0 < after == missed else Kind.MISSED
