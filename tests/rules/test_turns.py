"""Workers who take turns: who comes first, how long each has, and nobody above hears later."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ladder import Candidate, PassedOver, WhyNot, climb
from rules.times import at_local
from rules.turns import Turns, had_their_turn, in_parts, in_turn, patience

ZONE = "Asia/Shanghai"
MONDAY = date(2020, 2, 10)
TEN = timedelta(minutes=10)


def at(day: date, clock: time) -> datetime:
    return at_local(day, clock, ZONE)


def test_a_turn_by_the_day_goes_on_at_eight_in_the_morning() -> None:
    first = in_turn((1, 2), Turns.DAY, at(MONDAY, time(8)), ZONE)
    tuesday = MONDAY + timedelta(days=1)
    assert in_turn((1, 2), Turns.DAY, at(tuesday, time(7, 59)), ZONE) == first
    assert in_turn((1, 2), Turns.DAY, at(tuesday, time(8)), ZONE) == first[::-1]
    assert in_turn((1, 2), Turns.DAY, at(tuesday + timedelta(days=1), time(8)), ZONE) == first


def test_a_turn_by_the_week_goes_on_on_monday() -> None:
    first = in_turn((1, 2), Turns.WEEK, at(MONDAY, time(8)), ZONE)
    monday = MONDAY + timedelta(days=7)
    assert in_turn((1, 2), Turns.WEEK, at(monday, time(7, 59)), ZONE) == first
    assert in_turn((1, 2), Turns.WEEK, at(monday, time(8)), ZONE) == first[::-1]


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True),
    st.sampled_from([Turns.DAY, Turns.WEEK]),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_everybody_has_as_many_turns(people: list[int], turns: Turns, day: date) -> None:
    length = 1 if turns is Turns.DAY else 7
    days = [day + timedelta(days=length * number) for number in range(len(people))]
    orders = [in_turn(people, turns, at(one, time(9)), ZONE) for one in days]
    assert sorted(order[0] for order in orders) == sorted(people)
    assert all(sorted(order) == sorted(people) for order in orders)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True), st.sampled_from(Turns))
def test_whoever_comes_after_them_hears_no_later(people: list[int], turns: Turns) -> None:
    parts = in_parts(people, turns, at(MONDAY, time(9)), ZONE, TEN)
    assert sum((one[0] for one in parts), timedelta()) == pytest.approx(TEN, abs=timedelta(milliseconds=1))
    assert sorted(person for _, told, _ in parts for person in told) == sorted(people)


CHAIN = (
    {"role": "grid_worker", "minutes": 5.0, "people": [1], "turn": 0},
    {"role": "grid_worker", "minutes": 5.0, "people": [2], "turn": 1},
    {"role": "grid_head", "minutes": 10.0, "people": [3]},
)


@pytest.mark.parametrize(
    ("after", "step", "minutes", "before"),
    [(-1, 0, 5, ()), (0, 1, 5, (1,)), (-1, 1, 10, ()), (1, 2, 10, ()), (0, 2, 10, ()), (-1, 2, 10, ())],
)
def test_whoever_is_passed_over_leaves_their_time_to_the_next(
    after: int, step: int, minutes: int, before: tuple[int, ...]
) -> None:
    assert patience(CHAIN, after, step) == timedelta(minutes=minutes)
    assert had_their_turn(CHAIN, after, step) == before


def test_who_waits_for_their_turn_is_told_at_once_when_nobody_before_them_can_be() -> None:
    waiting, able, off = Candidate(2, WhyNot.NOT_THEIR_TURN), Candidate(2, None), Candidate(1, WhyNot.OFF_DUTY)
    found = climb([(Candidate(1, None), waiting), (able,)], -1)
    assert (found.step, found.tell, found.passed) == (0, (1,), (PassedOver(0, 2, WhyNot.NOT_THEIR_TURN),))
    found = climb([(off, waiting), (able,)], -1)
    assert (found.step, found.tell, found.passed) == (1, (2,), (PassedOver(0, 1, WhyNot.OFF_DUTY),))
