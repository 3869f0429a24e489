"""Fevers of one place: the smallest that fits, and a wider one only with something new to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.clusters import Fever, Joins, Opens, belongs

GRID, BUILDING, OTHER_BUILDING, UNIT, OTHER_UNIT = 1, 2, 3, 4, 5
IN_UNIT, IN_OTHER_UNIT = (UNIT, BUILDING, GRID), (OTHER_UNIT, BUILDING, GRID)
IN_OTHER_BUILDING, IN_GRID = (OTHER_BUILDING, GRID), (GRID,)
PLACES = (IN_UNIT, IN_OTHER_UNIT, IN_OTHER_BUILDING, IN_GRID)


def fevers(*places: tuple[int, ...]) -> list[Fever]:
    return [Fever(10 + at, 100 + at, place) for at, place in enumerate(places)]


@pytest.mark.parametrize(
    ("others", "clusters", "size", "expected"),
    [
        ([], {}, 3, None),
        ([IN_UNIT], {}, 3, None),
        ([IN_UNIT, IN_UNIT], {}, 3, Opens(UNIT, (10, 11, 1))),
        ([IN_UNIT, IN_OTHER_UNIT], {}, 3, Opens(BUILDING, (10, 11, 1))),
        ([IN_OTHER_UNIT, IN_OTHER_BUILDING], {}, 3, Opens(GRID, (10, 11, 1))),
        ([IN_UNIT, IN_OTHER_UNIT, IN_UNIT, IN_GRID], {}, 3, Opens(UNIT, (10, 12, 1))),
        ([IN_UNIT], {}, 2, Opens(UNIT, (10, 1))),
        ([IN_UNIT] * 9, {}, 0, None),
        ([], {UNIT: 7}, 3, Joins(7)),
        ([], {BUILDING: 7}, 3, Joins(7)),
        ([], {GRID: 7, UNIT: 8}, 3, Joins(8)),
        ([IN_UNIT, IN_UNIT], {GRID: 7}, 3, Joins(7)),
        ([IN_OTHER_BUILDING], {OTHER_UNIT: 7}, 3, None),
        ([IN_GRID, IN_OTHER_BUILDING], {OTHER_UNIT: 7}, 3, Opens(GRID, (10, 11, 1))),
    ],
)
def test_where_a_fever_of_a_unit_belongs(
    others: list[tuple[int, ...]], clusters: dict[int, int], size: int, expected: Joins | Opens | None
) -> None:
    assert belongs(Fever(1, 50, IN_UNIT), fevers(*others), clusters, size) == expected


def test_somebody_with_two_alarms_is_one_person() -> None:
    twice = [Fever(10, 100, IN_UNIT), Fever(11, 100, IN_UNIT), Fever(12, 50, IN_UNIT)]
    assert belongs(Fever(1, 50, IN_UNIT), twice, {}, 3) is None
    assert belongs(Fever(1, 50, IN_UNIT), twice, {}, 2) == Opens(UNIT, (10, 11, 1))


@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(PLACES)), max_size=40),
    st.integers(2, 5),
    st.lists(st.sampled_from([UNIT, OTHER_UNIT, BUILDING, OTHER_BUILDING, GRID]), max_size=6),
)
def test_however_they_come_each_belongs_to_one_cluster_and_none_opens_beside_another(
    came: list[tuple[int, tuple[int, ...]]], size: int, closing: list[int]
) -> None:
    clusters: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    loose: list[Fever] = []
    for number, (person, places) in enumerate(came):
        new = Fever(number, person, places)
        found = belongs(new, loose, clusters, size)
        match found:
            case Joins(cluster):
                assert clusters[next(place for place in places if place in clusters)] == cluster
                members[cluster].add(number)
            case Opens(place, numbers):
                assert not set(places) & set(clusters)
                people = {came[one][0] for one in numbers}
                assert len(people) >= size
                assert all(place in came[one][1] for one in numbers)
                narrower = places[: places.index(place)]
                assert all(len({came[one][0] for one in numbers if at in came[one][1]}) < size for at in narrower)
                assert not set(numbers) & {one for those in members.values() for one in those}, "told once"
                clusters[place] = 1000 + number
                members[1000 + number] = set(numbers)
                loose = [one for one in loose if one.number not in numbers]
            case None:
                loose.append(new)
        if closing and number % 7 == 6:
            clusters.pop(closing.pop(), None)
