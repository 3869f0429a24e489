"""What an area may choose for itself, and what it may not."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import NotAllowedError
from rules.ladder import Ladder
from rules.policy import LAPSES, LONGEST, Policy, overridden
from rules.rounds import Half, slot
from rules.thresholds import Thresholds

TIMES = [one.name for one in fields(Policy) if isinstance(getattr(Policy(), one.name), time)]
DURATIONS = [one.name for one in fields(Policy) if isinstance(getattr(Policy(), one.name), timedelta)]
LIMITS = [one.name for one in fields(Thresholds)]
COUNTS = ("quarantine_days", "snoozes", "repeated_after", "cluster_size", "cluster_hours", "confirm_above")
DAY = date(2020, 2, 10)
FIXED = [one.name for one in fields(Policy) if one.name not in (*TIMES, *DURATIONS, "symptoms", "turns", *COUNTS)]


@pytest.mark.parametrize("name", TIMES)
@given(clock=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
def test_an_area_chooses_its_times_of_day(name: str, clock: time) -> None:
    chosen: dict[str, Any] = {name: clock}
    assert overridden(Policy(), {name: f"{clock:%H:%M}"}) == replace(Policy(), **chosen)


@pytest.mark.parametrize("name", DURATIONS)
@given(minutes=st.integers(1, 24 * 60))
def test_an_area_chooses_its_durations_in_minutes(name: str, minutes: int) -> None:
    chosen: dict[str, Any] = {name: timedelta(minutes=minutes)}
    assert overridden(Policy(), {name: str(minutes)}) == replace(Policy(), **chosen)


@pytest.mark.parametrize("name", LIMITS)
@given(celsius=st.floats(30, 45))
def test_an_area_chooses_its_thresholds(name: str, celsius: float) -> None:
    chosen = {name: celsius}
    assert overridden(Policy(), {name: repr(celsius)}).thresholds == replace(Thresholds(), **chosen)


def test_an_area_keeps_what_it_does_not_choose() -> None:
    above = overridden(Policy(), {"morning": "07:00", "abnormal": "37.0"})
    here = overridden(above, {"abnormal": "37.2", "miss_after": "90"})
    assert (here.morning, here.evening) == (time(7, 0), Policy().evening)
    assert here.miss_after == timedelta(minutes=90)
    assert here.thresholds == replace(Thresholds(), abnormal=37.2)


def test_an_area_that_chooses_nothing_has_what_is_above_it() -> None:
    assert overridden(Policy(), {}) == Policy()


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", ["", "8", "24:00", "08:60", "eight", "08:00+08:00", "08:00Z", "37.3", "８：００"])
def test_a_time_of_day_that_is_none_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotAllowedError, match=name):
        overridden(Policy(), {name: value})


@pytest.mark.parametrize("name", DURATIONS)
@pytest.mark.parametrize("value", ["", "2h", "0", "-5", "nan", "inf", "1441", "1e300", "08:00"])
def test_a_duration_that_is_none_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotAllowedError, match=name):
        overridden(Policy(), {name: value})


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("value", ["", "hot", "37,3", "nan", "inf", "-inf", "0", "-37.3"])
def test_a_threshold_that_is_no_temperature_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotAllowedError, match=name):
        overridden(Policy(), {name: value})


@pytest.mark.parametrize("name", [*FIXED, "mornings", "", "__class__", "finding"])
@pytest.mark.parametrize("value", ["08:00", "5", "37.3", "en"])
def test_what_is_no_policy_of_an_area_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotAllowedError):
        overridden(Policy(), {name: value})


@given(st.dictionaries(st.sampled_from([*TIMES, *DURATIONS, *LIMITS, *FIXED]), st.text(max_size=12), max_size=4))
def test_any_values_give_a_policy_that_works_or_are_refused(values: dict[str, str]) -> None:
    try:
        policy = overridden(Policy(), values)
    except NotAllowedError:
        return
    assert all(timedelta(0) <= getattr(policy, name) <= LONGEST for name in DURATIONS)
    assert all(getattr(policy, name).tzinfo is None for name in TIMES)


@pytest.mark.parametrize(("value", "days"), [("1", 1), ("14", 14), ("60", 60)])
def test_an_area_chooses_the_days_of_its_quarantines(value: str, days: int) -> None:
    assert overridden(Policy(), {"quarantine_days": value}).quarantine_days == days


@pytest.mark.parametrize("value", ["0", "1", "5"])
def test_an_area_chooses_how_often_an_alarm_may_be_put_off(value: str) -> None:
    assert overridden(Policy(), {"snoozes": value}).snoozes == int(value)


@pytest.mark.parametrize("value", ["-1", "6", "1.5", "never", ""])
def test_it_is_not_put_off_for_ever(value: str) -> None:
    with pytest.raises(NotAllowedError):
        overridden(Policy(), {"snoozes": value})


@pytest.mark.parametrize("value", ["0", "61", "-3", "14.5", "a fortnight", ""])
def test_days_that_are_none_are_refused(value: str) -> None:
    with pytest.raises(NotAllowedError):
        overridden(Policy(), {"quarantine_days": value})


def test_the_defaults_are_those_of_the_design() -> None:
    policy = Policy()
    assert (policy.timezone, policy.language) == ("Asia/Shanghai", "zh-CN")
    assert (policy.morning, policy.evening) == (time(8), time(18))
    assert (policy.quiet_from, policy.quiet_to) == (time(21, 30), time(7, 30))
    assert (policy.remind_after, policy.miss_after) == (timedelta(hours=2), timedelta(hours=4))
    assert set(policy.lapses) == set(policy.ladders) - {Ladder.ORDINARY} == set(LAPSES)


@pytest.mark.parametrize("half", Half)
def test_by_default_a_slot_is_over_before_the_next_and_before_the_night(half: Half) -> None:
    policy = Policy()
    clock = policy.morning if half is Half.MORNING else policy.evening
    start = timedelta(hours=clock.hour, minutes=clock.minute)
    end = start + (one := slot(DAY, half, policy)).miss_at - one.opens_at
    assert end <= timedelta(hours=policy.evening.hour if half is Half.MORNING else 24)
    assert one.opens_at < one.remind_at < one.miss_at


@pytest.mark.parametrize("value", ["0", "2", "10"])
def test_an_area_chooses_how_many_missed_slots_in_a_row_are_graver(value: str) -> None:
    assert overridden(Policy(), {"repeated_after": value}).repeated_after == int(value)


@pytest.mark.parametrize("value", ["-1", "11", "2.5", ""])
def test_it_is_a_handful_of_slots_or_never(value: str) -> None:
    with pytest.raises(NotAllowedError):
        overridden(Policy(), {"repeated_after": value})
