"""In which order the ways to a person are tried, and what goes out on two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rules.ladder import Ladder
from rules.mail import Priority
from rules.ways import EMERGENCIES, GOES_ON, Way, beside, in_order, next_way

NOON = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
heard = st.none() | st.integers(0, 5).map(lambda hours: NOON - timedelta(hours=hours))
ways = st.lists(
    st.builds(
        Way,
        st.integers(1, 9),
        st.sampled_from(["telegram", "wechat", "wecom"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        heard,
    ),
    max_size=5,
    unique_by=lambda way: way.number,
)


def test_the_chosen_way_comes_first_then_the_one_last_heard_from() -> None:
    old, new = Way(1, heard_at=NOON - timedelta(hours=1)), Way(2, heard_at=NOON)
    chosen, never = Way(3, chosen=True, heard_at=NOON - timedelta(days=9)), Way(4)
    assert [way.number for way in in_order([never, old, chosen, new])] == [3, 2, 1, 4]


def test_a_window_that_is_shut_comes_after_one_that_is_open_however_late_it_was_used() -> None:
    shut, older = Way(1, "wechat", open=False, heard_at=NOON), Way(2, heard_at=NOON - timedelta(days=30))
    assert in_order([shut, older]) == [older, shut]
    assert in_order([shut, Way(2, open=False)])[0] is shut


def test_a_chosen_way_that_cannot_be_reached_comes_last() -> None:
    chosen, other = Way(1, reachable=False, chosen=True, heard_at=NOON), Way(2)
    assert in_order([chosen, other]) == [other, chosen]


@given(ways)
def test_the_order_has_each_once_the_reachable_first_and_depends_on_nothing_else(some: list[Way]) -> None:
    ordered = in_order(some)
    assert sorted(way.number for way in ordered) == sorted(way.number for way in some)
    assert ordered == in_order(reversed(some))
    able = [way for way in ordered if way.reachable]
    assert ordered[: len(able)] == able
    free = [way for way in able if not way.chosen]
    assert [way.open for way in free] == sorted((way.open for way in free), reverse=True)
    assert all(_not_before(one, other) for one, other in pairwise(free) if one.open == other.open)


def _not_before(one: Way, other: Way) -> bool:
    never = NOON - timedelta(days=999)
    return (one.heard_at or never) >= (other.heard_at or never)


@given(ways)
def test_an_emergency_goes_out_on_a_second_channel_where_there_is_one(some: list[Way]) -> None:
    ordered = in_order(some)
    second = beside(ordered)
    others = [way for way in ordered[1:] if way.reachable and way.channel != ordered[0].channel]
    assert second is (others[0] if ordered and ordered[0].reachable and others else None)


@given(ways, st.sets(st.integers(1, 9)))
def test_every_way_is_tried_once_and_none_is_left_out(some: list[Way], before: set[int]) -> None:
    tried: set[int] = set(before)
    went: list[int] = []
    while way := next_way(in_order(some), tried):
        tried.add(way.number)
        went.append(way.number)
    assert went == _left(some, before)


def _left(some: Sequence[Way], tried: set[int]) -> list[int]:
    return [way.number for way in in_order(some) if way.reachable and way.number not in tried]


def test_what_may_wake_somebody_is_what_comes_twice() -> None:
    assert {Ladder.EMERGENCY, Ladder.ABNORMAL} <= EMERGENCIES
    assert EMERGENCIES.isdisjoint({Ladder.MISSED, Ladder.UNREACHABLE, Ladder.BREACH, Ladder.LOW, Ladder.ORDINARY})


def test_an_answer_stays_in_the_chat_in_which_something_was_said() -> None:
    assert [priority for priority, goes_on in GOES_ON.items() if not goes_on] == [Priority.REPLY]
