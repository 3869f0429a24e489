"""Two workers of a grid: both are told, or they take turns by the day or by the week (轮班)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from rules.times import aware

CHANGE = time(8)
"""The local time at which a turn goes to the next: a night belongs to the day before."""
A_WEEK = 7


class Turns(StrEnum):
    """How the workers of a grid have its alarms."""

    SHARE = "share"
    """All of them are told at once."""
    DAY = "day"
    WEEK = "week"
    """One of them is told first, for a day from `CHANGE` on, or for a week from Monday at `CHANGE` on."""


def in_turn(people: Sequence[int], turns: Turns, now: datetime, zone: str) -> tuple[int, ...]:
    """These people, whose turn it is at `now` first, who comes after them next."""
    if len(people) < 2 or turns is Turns.SHARE:
        return tuple(people)
    local = aware(now).astimezone(ZoneInfo(zone))
    # On the clock on the wall: a turn is as long as its day, whatever the clocks do.
    day = local.date().toordinal() - (local.time() < CHANGE)
    # The first day of the calendar was a Monday.
    number = day if turns is Turns.DAY else (day - 1) // A_WEEK
    first = number % len(people)
    return (*people[first:], *people[:first])


def in_parts(
    people: Sequence[int], turns: Turns, now: datetime, zone: str, patience: timedelta
) -> tuple[tuple[timedelta, tuple[int, ...], tuple[int, ...]], ...]:
    """The steps of a chain that people of one role are: patience, whom to tell, and who waits for their turn.

    Those who take turns are a step each, in the patience that all of them together would have: whoever comes after them
    hears no later.
    """
    if len(people) < 2 or turns is Turns.SHARE:
        return ((patience, tuple(people), ()),)
    order = in_turn(people, turns, now, zone)
    return tuple((patience / len(order), (one,), order[at + 1 :]) for at, one in enumerate(order))


def patience(chain: Sequence[Mapping[str, Any]], after: int, step: int) -> timedelta:
    """How long the people of a step have when the chain comes to it from `after`.

    Whoever was passed over in their turn leaves their part of it to the next.
    """
    first = step
    while first - 1 > after and chain[first].get("turn"):
        first -= 1
    return timedelta(minutes=sum(one["minutes"] for one in chain[first : step + 1]))


def had_their_turn(chain: Sequence[Mapping[str, Any]], after: int, step: int) -> tuple[int, ...]:
    """Who was told before somebody of the same role, in their turn, and let the time pass."""
    if not 0 <= after < step <= after + chain[step].get("turn", 0):
        return ()
    return tuple(chain[after]["people"])


HAD_THEIR_TURN = "had_their_turn"
"""What whoever is told next hears about them; it is no reason why somebody cannot be told."""
