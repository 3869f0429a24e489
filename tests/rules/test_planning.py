"""When a notice leaves: as people type it, on weekdays, not too late; and a second person when many get it."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.planning import (
    EVERY_DAY,
    delivery_time,
    is_too_late,
    lapses_at,
    needs_second,
    next_time,
)
from rules.times import at_local, local_date
from rules.typed_times import typed_day, typed_moment
from tests.harness import DAY, local

ZONE = "Asia/Shanghai"
NINE = local(DAY, "09:00")  # a Monday


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("15:30", DAY, "15:30"),
        ("08:00", DAY + timedelta(days=1), "08:00"),
        ("明天 15:30", DAY + timedelta(days=1), "15:30"),
        ("明天上午9点", DAY + timedelta(days=1), "09:00"),
        ("下午三点半".replace("三", "3"), DAY, "15:30"),
        ("今晚8点", DAY, "20:00"),
        ("后天中午12点", DAY + timedelta(days=2), "12:00"),
        ("2月12日 9点", date(2020, 2, 12), "09:00"),
        ("１２日", None, ""),
        ("2020-02-12 09:15", date(2020, 2, 12), "09:15"),
        ("1月3日 8点", date(2021, 1, 3), "08:00"),
        ("tomorrow 8:00", DAY + timedelta(days=1), "08:00"),
        ("3 pm", DAY, "15:00"),
        ("今天 08:00", None, ""),  # over
        ("25:00", None, ""),
        ("2月30日 9点", None, ""),
        ("停水", None, ""),
        ("下周三 8点", None, ""),
        ("12", None, ""),
        ("", None, ""),
    ],
)
def test_a_time_is_read_as_people_type_it_or_not_at_all(typed: str, day: date | None, clock: str) -> None:
    expected = local(day, clock) if day else None
    assert typed_moment(typed, NINE, ZONE) == expected


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3月15日", date(2020, 3, 15)),
        ("到3月15日", date(2020, 3, 15)),
        ("3.15", date(2020, 3, 15)),
        ("２０２０-0３-1５", date(2020, 3, 15)),
        ("until 2020/3/15", date(2020, 3, 15)),
        ("1月3日", date(2021, 1, 3)),
        ("今天", DAY),
        ("大后天", DAY + timedelta(days=3)),
        ("tomorrow", DAY + timedelta(days=1)),
        ("2020-02-09", None),  # over
        ("2月30日", None),
        ("下个月", None),
        ("15", None),
        ("3月15日 8点", None),
        ("", None),
    ],
)
def test_a_last_day_is_read_as_people_type_it_or_not_at_all(typed: str, day: date | None) -> None:
    assert typed_day(typed, DAY) == day


@given(text=st.text(max_size=30))
def test_whatever_is_typed_is_a_day_to_come_or_none(text: str) -> None:
    found = typed_day(text, DAY)
    assert found is None or found >= DAY


@given(text=st.text(max_size=30))
def test_whatever_is_typed_is_a_time_to_come_or_none(text: str) -> None:
    found = typed_moment(text, NINE, ZONE)
    assert found is None or found > NINE


@given(days=st.sets(st.sampled_from(EVERY_DAY), min_size=1), hour=st.integers(0, 23), last=st.integers(0, 30))
def test_a_repeated_notice_leaves_on_its_weekdays_until_its_day_and_ends(days: set[str], hour: int, last: int) -> None:
    until, chosen = DAY + timedelta(days=last), "".join(sorted(days))
    after, found = NINE, []
    while (at := next_time(after, time(hour), chosen, until, ZONE)) is not None:
        found.append(at)
        after = at
    every = [DAY + timedelta(days=one) for one in range(last + 1)]
    expected = [at_local(day, time(hour), ZONE) for day in every if str(day.weekday()) in days]
    assert found == [one for one in expected if one > NINE]
    assert all(local_date(one, ZONE) <= until for one in found)


def test_late_is_of_use_for_two_hours() -> None:
    assert not is_too_late(NINE, NINE + timedelta(hours=2))
    assert is_too_late(NINE, NINE + timedelta(hours=2, seconds=1))


@pytest.mark.parametrize(("people", "above", "second"), [(1000, 1000, False), (1001, 1000, True), (10**6, 0, False)])
def test_a_second_person_is_needed_above_the_size_and_never_with_none(people: int, above: int, second: bool) -> None:
    assert needs_second(people, above) is second


def test_nobody_is_let_go_before_it_was_to_leave() -> None:
    assert lapses_at(NINE, None) == NINE + timedelta(hours=2)
    assert lapses_at(NINE, NINE + timedelta(hours=5)) == NINE + timedelta(hours=5)


def test_bots_send_side_by_side() -> None:
    assert delivery_time({"a": 290, "b": 29}, 29.0, {}) == timedelta(seconds=10)
    assert delivery_time({}, 29.0, {"b": 2.0}) == timedelta(0)


def test_each_bot_has_the_rate_of_its_messenger() -> None:
    assert delivery_time({"telegram": 290, "wecom": 290}, 29.0, {"wecom": 58.0}) == timedelta(seconds=10)
    assert delivery_time({"telegram": 290, "wecom": 290}, 29.0, {"wecom": 10.0}) == timedelta(seconds=29)
