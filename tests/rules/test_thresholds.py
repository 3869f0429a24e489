"""What a temperature means, at every limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.thresholds import Finding, Thresholds

NATIONAL = Thresholds()
GRAVITY = (Finding.NORMAL, Finding.ABNORMAL, Finding.EMERGENCY)
tenths = st.integers(300, 450).map(lambda tenth: tenth / 10)


@pytest.mark.parametrize(
    ("celsius", "finding"),
    [
        (34.0, Finding.LOW),
        (34.9, Finding.LOW),
        (35.0, Finding.NORMAL),
        (36.5, Finding.NORMAL),
        (37.2, Finding.NORMAL),
        (37.3, Finding.ABNORMAL),
        (38.9, Finding.ABNORMAL),
        (39.0, Finding.EMERGENCY),
        (42.5, Finding.EMERGENCY),
    ],
)
def test_a_temperature_means_what_the_national_plan_says(celsius: float, finding: Finding) -> None:
    assert NATIONAL.finding(celsius) is finding


@pytest.mark.parametrize(
    ("celsius", "believable"),
    [(33.9, False), (34.0, True), (36.5, True), (42.5, True), (42.6, False), (3.65, False), (365.0, False)],
)
def test_only_what_a_living_person_can_have_is_believed(celsius: float, believable: bool) -> None:
    assert NATIONAL.believable(celsius) is believable


@given(tenths)
def test_a_red_flag_is_an_emergency_at_any_temperature(celsius: float) -> None:
    assert NATIONAL.finding(celsius, red_flag=True) is Finding.EMERGENCY


@given(tenths.filter(lambda celsius: celsius >= NATIONAL.low), tenths)
def test_a_higher_temperature_is_never_less_grave(celsius: float, other: float) -> None:
    low, high = sorted((celsius, max(other, NATIONAL.low)))
    assert GRAVITY.index(NATIONAL.finding(low)) <= GRAVITY.index(NATIONAL.finding(high))


@given(st.floats(36.0, 38.5), tenths)
def test_an_area_with_its_own_limit_calls_a_fever_from_there_on(limit: float, celsius: float) -> None:
    fever = Thresholds(abnormal=limit).finding(celsius) in {Finding.ABNORMAL, Finding.EMERGENCY}
    assert fever is (celsius >= limit)
