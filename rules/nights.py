"""A chain that has other steps at night: which of them hold, and where an alarm stands among them (夜间).

In a snapshot the steps of the night stand after those of the day, each with its mark.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.ladder import LINE
from rules.roles import Role

Steps = Sequence[Mapping[str, Any]]
"""Of a snapshot: the whole chain, or a part of it."""

_NIGHT = "night"


def both(day: Sequence[dict[str, Any]], night: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The snapshot of the two; without other steps for the night those of the day alone."""
    return [*day, *({**step, _NIGHT: True} for step in night)]


def has_nights(chain: Steps) -> bool:
    """Whether other steps hold at night; they stand last."""
    return bool(chain) and _is_of_the_night(chain[-1])


def _is_of_the_night(step: Mapping[str, Any]) -> bool:
    return bool(step.get(_NIGHT))


def in_force(chain: Steps, *, night: bool) -> range:
    """The steps that hold by day or at night, by their places in the snapshot: they lie side by side."""
    if not has_nights(chain):
        return range(len(chain))
    first = next(at for at, step in enumerate(chain) if _is_of_the_night(step))
    return range(first, len(chain)) if night else range(first)


def part_of(chain: Steps, step: int) -> range:
    """The steps among which one lies; those of the day while nobody was told."""
    return in_force(chain, night=0 <= step < len(chain) and _is_of_the_night(chain[step]))


def stands_at(chain: Steps, part: range, step: int) -> int:
    """Where an alarm whose `step` was told last stands among those in force, counted from their first; -1: before them.

    When day or night has come since, it goes on above whoever was told last. Beyond a chain that is shorter by now it
    stands at its end.
    """
    if step < 0:
        return -1
    if step in part:
        return step - part.start
    if step >= len(chain):
        return len(part) - 1
    told = _height(chain[step])
    return max((place for place, at in enumerate(part) if _height(chain[at]) <= told), default=-1)


def _height(step: Mapping[str, Any]) -> int:
    return max(LINE.index(role) for role in map(Role, (step["role"], *step.get("beside", ()))) if role in LINE)
