"""Levels, roles and who reaches what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.roles import LEVEL_OF_ROLE, LEVELS, NOTICE_ROLES, Level, Role, covers

paths = st.lists(st.integers(1, 120), max_size=7).map(lambda ids: "/" + "".join(f"{one}/" for one in ids))


def test_the_levels_go_down_from_the_city_to_the_unit() -> None:
    assert [level.depth for level in LEVELS] == list(range(7))
    assert (LEVELS[0], LEVELS[-1]) == (Level.CITY, Level.UNIT)


@pytest.mark.parametrize("role", Role)
def test_every_role_but_the_resident_is_held_by_appointment_at_one_level(role: Role) -> None:
    assert role.is_staff is (role is not Role.RESIDENT)
    assert (role in LEVEL_OF_ROLE) is role.is_staff


def test_a_notice_comes_from_heads_and_above_never_from_a_worker() -> None:
    assert all(role.is_staff for role in NOTICE_ROLES)
    assert not NOTICE_ROLES & {Role.RESIDENT, Role.GRID_WORKER, Role.OPERATOR}


@given(paths, paths)
def test_an_appointment_reaches_its_own_area_and_everything_below_it(above: str, below: str) -> None:
    assert covers(above, above)
    assert covers(above, above + below[1:])


@given(paths, paths)
def test_an_appointment_reaches_nothing_beside_or_above_it(appointed: str, subject: str) -> None:
    own, other = appointed.strip("/").split("/"), subject.strip("/").split("/")
    inside = appointed == "/" or other[: len(own)] == own
    assert covers(appointed, subject) is inside


def test_an_area_whose_number_only_begins_alike_is_not_reached() -> None:
    assert not covers("/1/4/", "/1/45/")
