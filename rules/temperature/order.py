"""Messages that write the value before the name: 36.5我 37.4爷爷, 36.5 (grandpa)."""

from collections.abc import Sequence
from dataclasses import replace

from rules.temperature.answers import Why
from rules.temperature.said import NotUnderstoodError, Said
from rules.temperature.tokens import Width


def names_first(said: Sequence[Said]) -> list[Said]:
    """The same claims with every value behind its name.

    In `36.5 A 37.4 B` only the distances tell which name a value belongs to: it is the nearer one. Raises
    NotUnderstoodError when both are equally far.
    """
    if not _may_be_values_first(said):
        return list(said)
    names = said[1:]
    nearest_before = max(one.claim.distance for one in names)
    nearest_behind = min((one.claim.reach for one in names[:-1]), default=_alone(said[-1]))
    if nearest_before < nearest_behind:
        return [replace(name, values=before.values) for before, name in zip(said, names, strict=False)]
    if len(names) > 1 and not all(one.claim.reach < one.claim.distance for one in names[:-1]):
        raise NotUnderstoodError(Why.WHO, said[0].values[0].start, names[-1].people[-1].end)
    return list(said)


def _alone(name: Said) -> Width:
    """A single value may stand before a comma if everybody is named behind it: 36.6，都一样."""
    return Width.SENTENCE if name.everyone else Width.CLAUSE


def _may_be_values_first(said: Sequence[Said]) -> bool:
    if len(said) < 2:
        return False
    first, last = said[0], said[-1]
    values, names = said[:-1], said[1:]
    return (
        not first.people
        and all(len(one.values) == 1 for one in values)
        and all(len(one.people) == 1 for one in names)
        and not (last.values or last.claim.talked_of or last.claim.unmeasured)
    )
