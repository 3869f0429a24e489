"""Who is on duty, and until when somebody rests."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.duty import MORNING, SHORTEST, TONIGHT, Rest, does_not_answer, is_on, rests

ZONE = "Asia/Shanghai"
instants = st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("on_duty", "rest", "expected"),
    [(True, None, True), (False, None, False), (False, 1, False), (False, 0, True), (False, -1, True)],
)
def test_a_rest_is_over_at_its_very_instant(on_duty: bool, rest: int | None, expected: bool) -> None:
    now = datetime(2020, 2, 10, 12, 0, tzinfo=UTC)
    until = None if rest is None else now + timedelta(microseconds=rest)
    assert is_on(on_duty, until, now) is expected


@given(instants)
def test_what_is_offered_lies_ahead_and_ends_when_people_change(now: datetime) -> None:
    offered = rests(now, ZONE)
    assert offered[Rest.OPEN] is None
    assert {Rest.MORNING, Rest.DAYS} <= set(offered)
    for rest, end in offered.items():
        if end is not None:
            assert now + SHORTEST <= end < now + timedelta(days=4)
            local = end.astimezone(ZoneInfo(ZONE))
            assert local.time() == (TONIGHT if rest is Rest.TONIGHT else MORNING)


@given(instants)
def test_an_evening_is_todays_or_not_offered(now: datetime) -> None:
    end = rests(now, ZONE).get(Rest.TONIGHT)
    local = now.astimezone(ZoneInfo(ZONE))
    if end is None:
        assert local.time() > (datetime.combine(local.date(), TONIGHT) - SHORTEST).time()
    else:
        assert end.astimezone(ZoneInfo(ZONE)).date() == local.date()


@pytest.mark.parametrize(
    ("unanswered", "ago", "limit", "expected"),
    [(0, 1, 3, False), (2, 1, 3, False), (3, 1, 3, True), (3, 0, 3, False), (4, 0, 3, True), (9, 1, 0, False)],
)
def test_so_many_in_a_row_and_what_runs_out_now_counts_from_the_next_instant_on(
    unanswered: int, ago: int, limit: int, expected: bool
) -> None:
    now = datetime(2020, 2, 10, 12, 0, tzinfo=UTC)
    assert does_not_answer(unanswered, now - timedelta(seconds=ago), now, limit) is expected
