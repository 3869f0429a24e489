"""The end of a shift with alarms still in hand: who is asked, and who may get them (交班)."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from rules.ladder import Candidate

MOST_TAKERS = 5
"""As many names as fit a card of every messenger beside the way back."""


class Leaves(StrEnum):
    """What somebody does with what they have in hand at the end of their shift."""

    GIVES = "gives"
    KEEPS = "keeps"


def takers(chains: Mapping[int, Sequence[Sequence[Candidate]]], giver: int) -> dict[int, list[int]]:
    """Who can get which of these alarms, by person; the lowest step first, and there who can get the most.

    `chains` are the people of each alarm's chain, step by step, as they stand at the end of the shift.
    """
    found: dict[int, list[int]] = {}
    step_of: dict[int, int] = {}
    for alarm, chain in chains.items():
        for step, person in _able(chain):
            if person != giver and alarm not in found.setdefault(person, []):
                found[person].append(alarm)
                step_of[person] = min(step, step_of.get(person, step))
    return {one: found[one] for one in sorted(found, key=lambda one: (step_of[one], -len(found[one])))}


def _able(chain: Sequence[Sequence[Candidate]]) -> Iterable[tuple[int, int]]:
    return ((step, one.person_id) for step, people in enumerate(chain) for one in people if one.why_not is None)
