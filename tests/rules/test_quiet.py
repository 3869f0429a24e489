"""Quiet hours: who may sleep, and when the morning comes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.quiet import is_quiet, release
from rules.times import at_local

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"
NIGHT = (time(21, 30), time(7, 30))
MINUTE = timedelta(minutes=1)

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
steady_zones = st.sampled_from(["UTC", "Asia/Kolkata", SHANGHAI])
changing_zones = st.sampled_from([NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe"])
instants = st.datetimes(datetime(2019, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:29", False), ("21:30", True), ("23:59", True), ("00:00", True), ("07:29", True), ("07:30", False)],
)
def test_the_night_is_quiet_from_its_first_minute_to_before_its_last(clock: str, quiet: bool) -> None:
    now = at_local(date(2020, 2, 10), time.fromisoformat(clock), SHANGHAI)
    assert is_quiet(now, *NIGHT, SHANGHAI) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("11:59", False), ("12:00", True), ("13:59", True), ("14:00", False)])
def test_quiet_hours_may_lie_within_a_day(clock: str, quiet: bool) -> None:
    now = at_local(date(2020, 2, 10), time.fromisoformat(clock), SHANGHAI)
    assert is_quiet(now, time(12), time(14), SHANGHAI) is quiet


@given(instants, clocks, steady_zones)
def test_quiet_hours_that_end_where_they_begin_are_none(now: datetime, clock: time, zone: str) -> None:
    assert not is_quiet(now, clock, clock, zone)


@pytest.mark.parametrize(
    ("day", "clock", "morning"),
    [
        (9, "23:10", datetime(2020, 2, 9, 23, 30, tzinfo=UTC)),
        (10, "00:00", datetime(2020, 2, 9, 23, 30, tzinfo=UTC)),
        (10, "07:29", datetime(2020, 2, 9, 23, 30, tzinfo=UTC)),
    ],
)
def test_what_comes_at_night_waits_for_half_past_seven(day: int, clock: str, morning: datetime) -> None:
    now = at_local(date(2020, 2, day), time.fromisoformat(clock), SHANGHAI)
    assert release(now, *NIGHT, SHANGHAI) == morning


@given(instants, clocks, clocks, steady_zones | changing_zones)
def test_what_is_released_is_not_early_and_not_at_night(now: datetime, start: time, end: time, zone: str) -> None:
    free = release(now, start, end, zone)
    assert free >= now
    assert free.tzinfo is UTC
    assert not is_quiet(free, start, end, zone)
    assert free == now or is_quiet(now, start, end, zone)


@given(instants, clocks, clocks, steady_zones)
def test_nothing_is_held_longer_than_the_quiet_hours_last(now: datetime, start: time, end: time, zone: str) -> None:
    free = release(now, start, end, zone)
    if free == now:
        return
    assert free.astimezone(ZoneInfo(zone)).time() == end
    assert all(is_quiet(moment, start, end, zone) for moment in _minutes(now, free))


@given(instants, changing_zones)
@example(datetime(2021, 11, 7, 3, 0, tzinfo=UTC), NEW_YORK)
@example(datetime(2021, 3, 14, 3, 0, tzinfo=UTC), NEW_YORK)
def test_the_morning_comes_by_the_clock_on_the_night_of_a_change(now: datetime, zone: str) -> None:
    free = release(now, *NIGHT, zone)
    assert free == now or free.astimezone(ZoneInfo(zone)).time() == NIGHT[1]
    assert all(is_quiet(moment, *NIGHT, zone) for moment in _minutes(now, free))


@pytest.mark.parametrize(
    ("now", "end", "free"),
    [
        # 01:10 for the second time: the end that is to come is the second one, not tomorrow's.
        (datetime(2021, 11, 7, 6, 10, tzinfo=UTC), time(1, 30), datetime(2021, 11, 7, 6, 30, tzinfo=UTC)),
        (datetime(2021, 11, 7, 5, 10, tzinfo=UTC), time(1, 30), datetime(2021, 11, 7, 5, 30, tzinfo=UTC)),
        # 02:30 is skipped: the clocks show 03:30 when they would have shown it.
        (datetime(2021, 3, 14, 6, 30, tzinfo=UTC), time(2, 30), datetime(2021, 3, 14, 7, 30, tzinfo=UTC)),
    ],
)
def test_an_end_that_the_clocks_skip_or_repeat_is_found(now: datetime, end: time, free: datetime) -> None:
    assert release(now, time(22), end, NEW_YORK) == free


def _minutes(now: datetime, until: datetime) -> list[datetime]:
    """Every minute from `now` to before `until`, and the last instant before it."""
    count = int((until - now) / MINUTE)
    return [now + n * MINUTE for n in range(count)] + ([until - timedelta.resolution] if until > now else [])
