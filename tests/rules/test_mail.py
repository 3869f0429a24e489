"""Outgoing messages: their order, their second tries, and the pace of a bot and of a chat."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mail import CHAT_PACE, MAX_ATTEMPTS, Pace, Priority, bot_pace, repeat_after_silence, retry_at

NOW = datetime(2020, 2, 10, tzinfo=UTC)

paces = st.builds(Pace, st.timedeltas(timedelta(milliseconds=1), timedelta(seconds=10)), st.integers(1, 10))
waits = st.lists(st.timedeltas(timedelta(0), timedelta(seconds=20)), min_size=1, max_size=40)


def _departures(pace: Pace, waits: list[timedelta]) -> list[tuple[datetime, datetime]]:
    """(asked at, leaves at) of messages asked for one after the other, each `waits` after the one before."""
    arrival: datetime | None = None
    now, departures = NOW, []
    for wait in waits:
        now += wait
        leave, arrival = pace.reserve(arrival, now)
        departures.append((now, leave))
    return departures


def test_alerts_go_before_replies_before_prompts_before_notices() -> None:
    assert sorted(Priority) == [Priority.ALERT, Priority.REPLY, Priority.PROMPT, Priority.NOTICE]


@given(paces, waits)
def test_no_window_ever_holds_more_than_the_burst_and_its_share(pace: Pace, waits: list[timedelta]) -> None:
    leaves = [leave for _, leave in _departures(pace, waits)]
    for first in range(len(leaves)):
        for last in range(first, len(leaves)):
            window = leaves[last] - leaves[first]
            assert last - first + 1 <= pace.burst + window / pace.interval


@given(paces, waits)
def test_messages_leave_in_the_order_of_asking_and_never_before(pace: Pace, waits: list[timedelta]) -> None:
    departures = _departures(pace, waits)
    assert all(leave >= asked for asked, leave in departures)
    assert all(one <= other for (_, one), (_, other) in pairwise(departures))


@given(paces, st.timedeltas(timedelta(0), timedelta(days=1)), waits)
def test_a_message_that_comes_alone_never_waits(pace: Pace, quiet: timedelta, before: list[timedelta]) -> None:
    arrival: datetime | None = None
    now = NOW
    for wait in before:
        now += wait
        now, arrival = pace.reserve(arrival, now)
    alone = now + pace.interval + quiet
    assert pace.reserve(arrival, alone)[0] == alone
    assert pace.reserve(None, alone) == (alone, alone + pace.interval)


@given(paces)
def test_after_a_rest_a_whole_burst_leaves_at_once_and_the_next_waits(pace: Pace) -> None:
    departures = _departures(pace, [timedelta(0)] * (pace.burst + 2))
    assert [leave - NOW for _, leave in departures] == [timedelta(0)] * pace.burst + [pace.interval, pace.interval * 2]


@given(st.floats(0.1, 1000))
def test_a_bot_never_sends_more_in_a_second_than_its_rate(rate: float) -> None:
    pace = bot_pace(rate)
    assert pace.burst == 1
    assert pace.interval * rate >= timedelta(seconds=1) - timedelta.resolution
    assert pace.interval.total_seconds() * rate >= 1
    assert pace.interval < timedelta(seconds=1 / rate) + 2 * timedelta.resolution


def test_thirty_a_second_are_thirty_in_any_second() -> None:
    leaves = [leave for _, leave in _departures(bot_pace(30), [timedelta(0)] * 100)]
    assert all(sum(start <= one < start + timedelta(seconds=1) for one in leaves) <= 30 for start in leaves)


def test_a_chat_gets_one_message_a_second_after_a_short_burst() -> None:
    leaves = [leave - NOW for _, leave in _departures(CHAT_PACE, [timedelta(0)] * 6)]
    assert leaves == [timedelta(seconds=seconds) for seconds in (0, 0, 0, 1, 2, 3)]


def test_pauses_grow_and_end() -> None:
    tries = [retry_at(NOW, attempts) for attempts in range(1, MAX_ATTEMPTS + 5)]
    pauses = [one - NOW for one in tries if one]
    assert pauses[0] == timedelta(seconds=2)
    assert all(later == min(earlier * 2, timedelta(minutes=10)) for earlier, later in pairwise(pauses))
    assert len(pauses) == MAX_ATTEMPTS - 1
    assert tries[MAX_ATTEMPTS - 1 :] == [None] * 5


@pytest.mark.parametrize(
    ("priority", "again"),
    [(Priority.ALERT, True), (Priority.REPLY, True), (Priority.PROMPT, False), (Priority.NOTICE, False)],
)
def test_what_may_be_lost_is_repeated_only_when_losing_it_is_worse(priority: Priority, again: bool) -> None:
    assert repeat_after_silence(priority) is again
