"""Alarms about a place: who stands on their chain, and when they ring again (一处的告警)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from rules.ladder import Step
from rules.roles import LEVEL_OF_ROLE, Level, Role

RINGS_AFTER = timedelta(minutes=10)
"""What joins an alarm about a place is shown at once and rings so much later, once for all that came meanwhile."""
AGAIN_AFTER = timedelta(days=1)
"""What somebody finished by hand and is not over is told anew after so long."""


def at_least(steps: Sequence[Step], level: Level) -> Sequence[Step]:
    """The steps of a ladder that an area of this level can have: nobody of a grid answers for a city."""
    found = [step for step in steps if any(_depth(role) <= level.depth for role in (step.role, *step.beside))]
    return found or steps[-1:]


def _depth(role: Role) -> int:
    return LEVEL_OF_ROLE[role].depth


def with_operators(steps: Sequence[Mapping[str, Any]], operators: Sequence[int]) -> list[dict[str, Any]]:
    """Steps of a snapshot with the operators beside the first at which there is anybody."""
    if not steps or not operators:
        return [dict(one) for one in steps]
    first = next((one for one in steps if one["people"]), steps[0])
    beside = {
        **first,
        "people": list(dict.fromkeys((*first["people"], *operators))),
        "beside": [*first.get("beside", ()), Role.OPERATOR.value],
    }
    return [dict(beside if one == first else one) for one in steps]


def is_told_anew(finished_at: datetime | None, now: datetime) -> bool:
    """Whether an alarm that somebody finished by hand is told anew because what it is about is not over."""
    return finished_at is not None and finished_at <= now - AGAIN_AFTER
