"""Who may go by rule, who needs a human, and when the next one up is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.policy import Policy
from rules.quarantine import last_day
from rules.release import (
    TIME_TO_DECIDE,
    Doubt,
    Taken,
    Value,
    Verdict,
    free_from,
    judge,
    last_miss,
    longer_until,
    masked,
    next_call,
    over_at,
    unseen_days,
)
from rules.rounds import Half
from rules.thresholds import Finding, Thresholds
from tests.harness import DAY, local

LAST = last_day(DAY)
DAYS = [DAY + timedelta(days=number) for number in range(14)]
FULL = [Taken(day, half, answered=True) for day in DAYS for half in Half]
CALM = [Value(day, 36.5, Finding.NORMAL) for day in DAYS]


def test_everything_answered_and_calm_goes_by_rule() -> None:
    assert judge(FULL, CALM, alarm=False).doubts == ()


def test_an_excused_slot_is_not_missed_and_a_cold_thermometer_keeps_nobody() -> None:
    excused = [*FULL[:-1], Taken(LAST, Half.EVENING, answered=False, excused=True)]
    assert judge(excused, [*CALM, Value(LAST, 34.6, Finding.LOW)], alarm=False).doubts == ()


def test_what_was_missed_is_named_in_the_order_of_time() -> None:
    gaps = [Taken(one.day, one.half, answered=one.half is Half.MORNING) for one in reversed(FULL[:4])]
    assert judge(gaps, CALM, alarm=False).missed == ((DAY, Half.EVENING), (DAYS[1], Half.EVENING))


@pytest.mark.parametrize(
    ("slots", "values", "alarm", "doubt"),
    [
        ([], CALM, False, Doubt.NEVER_ASKED),
        ([*FULL[:-1], Taken(LAST, Half.EVENING, answered=False)], CALM, False, Doubt.MISSED),
        (FULL, [*CALM, Value(LAST, 37.3, Finding.ABNORMAL)], False, Doubt.ABNORMAL),
        (FULL, [*CALM, Value(LAST, 39.1, Finding.EMERGENCY)], False, Doubt.ABNORMAL),
        (FULL, [*CALM, Value(LAST, 36.5, Finding.NORMAL, unwell=True)], False, Doubt.UNWELL),
        (FULL, CALM, True, Doubt.ALARM),
    ],
)
def test_each_doubt_is_for_a_human(slots: list[Taken], values: list[Value], alarm: bool, doubt: Doubt) -> None:
    assert judge(slots, values, alarm=alarm).doubts == (doubt,)


def test_days_of_which_nothing_is_known_are_for_a_human() -> None:
    found = judge(FULL[4:], CALM, alarm=False, unseen=unseen_days(DAY, DAYS[2]))
    assert (found.doubts, found.unseen) == ((Doubt.UNSEEN,), 2)
    assert unseen_days(DAY, DAY) == unseen_days(DAY, DAY - timedelta(days=3)) == 0


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=28, max_size=28),
    st.lists(st.floats(34.0, 42.5), max_size=28),
    st.booleans(),
)
def test_nobody_goes_by_rule_with_a_gap_a_fever_or_an_alarm(
    slots: list[tuple[bool, bool]], celsius: list[float], alarm: bool
) -> None:
    taken = [Taken(one.day, one.half, answered, excused) for one, (answered, excused) in zip(FULL, slots, strict=True)]
    values = [Value(DAY, one, Thresholds().finding(one)) for one in celsius]
    found: Verdict = judge(taken, values, alarm=alarm)
    calm = all(answered or excused for answered, excused in slots) and all(one < 37.3 for one in celsius)
    assert (not found.doubts) == (calm and not alarm)


@pytest.mark.parametrize(
    ("told", "again"),
    [("18:20", "next 08:00"), ("07:30", "18:00"), ("05:59", "08:00"), ("06:01", "18:00"), ("16:01", "next 08:00")],
)
def test_the_next_one_up_is_asked_as_a_round_opens(told: str, again: str) -> None:
    day = DAY + timedelta(days=1) if again.startswith("next") else DAY
    assert next_call(local(DAY, told), Policy()) == local(day, again.removeprefix("next "))


@given(st.integers(0, 366 * 24 * 60))
def test_whoever_is_asked_has_time_and_nobody_waits_a_day(minutes: int) -> None:
    told = local(DAY, "00:00") + timedelta(minutes=minutes)
    again = next_call(told, Policy())
    assert TIME_TO_DECIDE <= again - told <= timedelta(hours=16)


def test_the_last_day_is_stayed_to_its_end() -> None:
    evening, later = local(LAST, "18:20"), local(LAST + timedelta(days=3), "09:00")
    assert free_from(LAST, evening, "Asia/Shanghai") == LAST + timedelta(days=1)
    assert free_from(LAST, later, "Asia/Shanghai") == LAST + timedelta(days=3)
    assert over_at(LAST, "Asia/Shanghai") == local(LAST + timedelta(days=1), "00:00")
    assert last_miss(LAST, Policy()) == local(LAST, "22:00")


@given(st.integers(0, 40), st.integers(1, 7))
def test_days_that_are_added_leave_no_slot_in_the_past(late: int, days: int) -> None:
    today = LAST + timedelta(days=late)
    longer: date = longer_until(LAST, days, today)
    assert longer >= LAST + timedelta(days=days)
    assert longer >= today + timedelta(days=days - 1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王芳", "王*"), ("王建国", "王*国"), ("欧阳建国", "欧**国"), ("Wang F", "W**F"), ("李", "李")],
)
def test_a_gate_sees_a_masked_name(name: str, shown: str) -> None:
    assert masked(name) == shown
