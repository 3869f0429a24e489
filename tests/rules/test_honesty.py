"""Signs of made-up answers, by their rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from rules.honesty import (
    REST,
    TRUSTED,
    Answers,
    Limits,
    Sign,
    Value,
    is_spot_checked,
    may_ask,
    next_look,
    noticed,
    spot_mark,
    twins,
)
from rules.rounds import Half

NOON = datetime(2020, 2, 20, 4, tzinfo=UTC)


def series(*values: float, person: int = 1, household: int = 1, delays: tuple[float, ...] = ()) -> Answers:
    first = NOON - timedelta(hours=12 * len(values))
    told = tuple(Value(person, one, first + timedelta(hours=12 * at), at) for at, one in enumerate(values))
    return Answers(household, told, tuple((at, timedelta(seconds=one)) for at, one in enumerate(delays)))


def signs(answers: Answers) -> list[Sign]:
    return [one.sign for one in noticed(answers, NOON)]


def test_the_same_value_so_many_times_in_a_row_and_not_once_less() -> None:
    many = Limits().same_values
    [one] = noticed(series(36.7, *[36.5] * many), NOON)
    assert (one.sign, one.person, one.celsius, one.times) == (Sign.SAME_VALUE, 1, 36.5, many)
    assert signs(series(*[36.5] * (many - 1))) == []
    assert signs(series(*[36.5] * many, 36.6)) == []


def test_what_staff_measured_is_nobodys_invention() -> None:
    values = tuple(Value(1, 36.5, NOON - timedelta(hours=12 * at), 20 - at, by_staff=True) for at in range(12, 0, -1))
    assert signs(Answers(1, values)) == []


@pytest.mark.parametrize(
    ("delays", "expected"),
    [
        ((400, 401, 400, 402, 401, 400), [Sign.SAME_SECOND]),
        ((400, 401, 400, 402, 401, 405), []),
        ((400, 401, 400, 402, 401), []),
        ((90, 2, 1, 200, 2, 60, 1), [Sign.TOO_QUICK]),
        ((90, 2, 1, 200, 2, 60, 30), []),
        ((2, 1, 2, 40, 90, 300, 120, 1), [Sign.TOO_QUICK]),
        ((2, 1, 1, 500, 500, 500, 500, 500, 500, 500, 500, 2), []),
    ],
)
def test_the_delays_of_answers(delays: tuple[float, ...], expected: list[Sign]) -> None:
    assert [one for one in signs(series(delays=delays)) if one is not Sign.SAME_SECOND or expected] == expected


def test_two_households_with_one_series_are_each_asked_about_the_other() -> None:
    values = (36.4, 36.7, 36.5, 36.6, 36.4, 36.5, 36.8, 36.5, 36.6, 36.4)
    found = twins([series(*values), series(*values, person=2, household=2), series(*values[1:], 36.9, household=3)])
    assert {home: one.other for home, one in found.items()} == {1: 2, 2: 1}
    flat = (36.5,) * 10
    assert twins([series(*flat), series(*flat, person=2, household=2)]) == {}


def test_two_of_one_household_may_be_alike() -> None:
    values = (36.4, 36.7, 36.5, 36.6, 36.4, 36.5, 36.8, 36.5, 36.6, 36.4)
    one, other = series(*values), series(*values, person=2)
    assert twins([Answers(1, one.values + other.values)]) == {}


@pytest.mark.parametrize(
    ("before", "after", "hours", "by_staff", "expected"),
    [
        (38.2, 36.5, 1, False, [Sign.JUMP_BACK]),
        (38.0, 36.8, 5.9, False, [Sign.JUMP_BACK]),
        (38.2, 36.5, 1, True, []),
        (38.2, 36.5, 7, False, []),
        (37.5, 36.5, 1, False, []),
        (38.4, 37.0, 1, False, []),
    ],
)
def test_a_fever_that_is_gone_at_once(
    before: float, after: float, hours: float, by_staff: bool, expected: list[Sign]
) -> None:
    later = NOON - timedelta(minutes=10)
    values = (Value(1, before, later - timedelta(hours=hours), 1), Value(1, after, later, None, by_staff))
    assert signs(Answers(1, values)) == expected
    assert noticed(Answers(1, values), NOON + timedelta(days=1)) == []


def test_a_household_is_left_in_peace_for_days() -> None:
    assert may_ask(NOON, None, all_right=False)
    assert not may_ask(NOON, NOON - REST + timedelta(hours=1), all_right=False)
    assert may_ask(NOON, NOON - REST, all_right=False)
    assert not may_ask(NOON, NOON - TRUSTED + timedelta(hours=1), all_right=True)


def test_chance_takes_its_share_and_the_same_always() -> None:
    import hashlib

    marks = [hashlib.sha256(spot_mark(home, date(2020, 2, 10), Half.MORNING).encode()).digest() for home in range(5000)]
    chosen = [is_spot_checked(mark, 0.02) for mark in marks]
    assert 60 <= sum(chosen) <= 140
    assert chosen == [is_spot_checked(mark, 0.02) for mark in marks]
    assert not any(is_spot_checked(mark, 0.0) for mark in marks)


def test_a_grid_is_looked_at_once_a_day_at_one() -> None:
    assert next_look(NOON, "Asia/Shanghai") == datetime(2020, 2, 20, 5, tzinfo=UTC)
    assert next_look(datetime(2020, 2, 20, 5, tzinfo=UTC), "Asia/Shanghai") == datetime(2020, 2, 21, 5, tzinfo=UTC)
