"""What the prompts of a fortnight say, day by day."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.daylight import Said, said_on
from rules.rounds import Half


@pytest.mark.parametrize(
    ("day", "half", "said"),
    [
        (1, Half.MORNING, Said.FIRST_MORNING),
        (1, Half.EVENING, Said.FIRST_EVENING),
        (2, Half.MORNING, Said.SECOND_DAY),
        (2, Half.EVENING, None),
        (5, Half.MORNING, None),
        (7, Half.MORNING, Said.HALF_WAY),
        (12, Half.MORNING, Said.TWO_LEFT),
        (14, Half.MORNING, Said.LAST_MORNING),
        (14, Half.EVENING, Said.LAST_EVENING),
    ],
)
def test_the_first_day_explains_the_seventh_encourages_the_last_says_what_is_next(
    day: int, half: Half, said: Said | None
) -> None:
    assert said_on(day, 14, half) is said


@given(st.integers(2, 28))
def test_nothing_is_said_twice_in_a_quarantine_and_its_ends_are_always_told(days: int) -> None:
    every = [said_on(day, days, half) for day in range(1, days + 1) for half in Half]
    counted = Counter(one for one in every if one)
    assert max(counted.values()) == 1
    assert {Said.FIRST_MORNING, Said.FIRST_EVENING, Said.LAST_MORNING, Said.LAST_EVENING} <= counted.keys()
