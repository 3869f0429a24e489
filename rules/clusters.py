"""Fevers that belong together because they are of one place and a few days (聚集性发热)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fever:
    """One open or recent alarm about somebody's temperature: its number, who it is, and where they live."""

    number: int
    person: int
    places: tuple[int, ...]
    """The areas that their door belongs to, the narrowest first: unit, building, grid."""


@dataclass(frozen=True, slots=True)
class Joins:
    """The fever belongs to a cluster that is open."""

    cluster: int


@dataclass(frozen=True, slots=True)
class Opens:
    """These fevers are a cluster of this place."""

    place: int
    fevers: tuple[int, ...]


def belongs(new: Fever, others: Iterable[Fever], clusters: Mapping[int, int], size: int) -> Joins | Opens | None:
    """What a new fever belongs to, with `size` the people that make a cluster (0: never).

    `clusters` are those that are open, by place. `others` are the fevers of the last days that never belonged to one:
    what was told as a cluster is not told a second time, neither of the same place nor as part of a wider one. So the
    smallest place that fits wins, and a wider one opens only when it has enough to say that is new.
    """
    if not size:
        return None
    for place in new.places:
        if place in clusters:
            return Joins(clusters[place])
    known = [one for one in others if one.person != new.person]
    for place in new.places:
        here = [one for one in known if place in one.places]
        if len({one.person for one in here}) + 1 >= size:
            return Opens(place, (*sorted(one.number for one in here), new.number))
    return None
