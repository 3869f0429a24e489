"""Local dates and times of day against instants, in zones with and without summer time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import NaiveTimeError
from rules.invites import InviteCode
from rules.mail import CHAT_PACE, retry_at
from rules.policy import Policy
from rules.quiet import is_quiet, release
from rules.roles import Role
from rules.rounds import Half, first_slot, plan, slot
from rules.times import at_local, aware, days_between, local_date

SHANGHAI = "Asia/Shanghai"
ZONES = (SHANGHAI, "Asia/Urumqi", "UTC", "Asia/Kolkata", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")
NAIVE = datetime(2020, 2, 10, 8, 0)  # noqa: DTZ001 - a time without a zone is the point
NOON = datetime(2020, 2, 10, 12, 0, tzinfo=UTC)

zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants, zones)
def test_a_clock_on_the_wall_leads_back_to_its_instant(now: datetime, zone: str) -> None:
    local = now.astimezone(ZoneInfo(zone))
    assert at_local(local.date(), local.time(), zone) == now
    assert local_date(now, zone) == local.date()


@given(st.dates(date(1975, 1, 1), date(2035, 1, 1)), st.times(), zones)
def test_a_local_time_falls_on_its_own_date(day: date, clock: time, zone: str) -> None:
    moment = at_local(day, clock, zone)
    assert moment.tzinfo is UTC
    assert local_date(moment, zone) == day


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (datetime(2020, 2, 9, 15, 59, tzinfo=UTC), SHANGHAI, date(2020, 2, 9)),
        (datetime(2020, 2, 9, 16, 0, tzinfo=UTC), SHANGHAI, date(2020, 2, 10)),
        (datetime(2020, 2, 10, 4, 59, tzinfo=UTC), "America/New_York", date(2020, 2, 9)),
        (datetime(2020, 2, 10, 5, 0, tzinfo=UTC), "America/New_York", date(2020, 2, 10)),
    ],
)
def test_a_day_begins_at_local_midnight(moment: datetime, zone: str, day: date) -> None:
    assert local_date(moment, zone) == day


def test_a_time_that_the_clocks_skip_is_read_as_before_the_change() -> None:
    assert at_local(date(2021, 3, 14), time(2, 30), "America/New_York") == datetime(2021, 3, 14, 7, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_repeat_is_the_first_of_the_two() -> None:
    assert at_local(date(2021, 11, 7), time(1, 30), "America/New_York") == datetime(2021, 11, 7, 5, 30, tzinfo=UTC)


@given(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.integers(0, 40))
def test_days_between_has_the_first_and_the_last_and_every_one_between(first: date, more: int) -> None:
    days = days_between(first, first + timedelta(days=more))
    assert len(days) == more + 1
    assert (days[0], days[-1]) == (first, first + timedelta(days=more))
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


def test_there_are_no_days_between_when_the_last_comes_first() -> None:
    assert days_between(date(2020, 2, 2), date(2020, 2, 1)) == ()


@given(instants, zones)
def test_an_aware_time_is_the_same_instant_in_utc(now: datetime, zone: str) -> None:
    moment = aware(now.astimezone(ZoneInfo(zone)))
    assert moment == now
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "rule",
    [
        aware,
        lambda naive: local_date(naive, SHANGHAI),
        lambda naive: is_quiet(naive, time(21, 30), time(7, 30), SHANGHAI),
        lambda naive: release(naive, time(21, 30), time(7, 30), SHANGHAI),
        lambda naive: first_slot(naive.date(), naive.date(), naive, Policy()),
        lambda naive: plan(slot(naive.date(), Half.MORNING, Policy()), naive),
        lambda naive: retry_at(naive, 1),
        lambda naive: CHAT_PACE.reserve(None, naive),
        lambda naive: CHAT_PACE.reserve(NOON, naive),
        lambda naive: CHAT_PACE.reserve(naive, NOON),
        lambda naive: InviteCode(1, Role.RESIDENT, 1, naive).sealed(lambda payload: payload),
    ],
)
def test_no_rule_takes_a_time_without_a_zone(rule: Callable[[datetime], object]) -> None:
    with pytest.raises(NaiveTimeError):
        rule(NAIVE)
