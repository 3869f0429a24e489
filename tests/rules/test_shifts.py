"""The roster's shifts against the clock on the wall: tiled as written, over midnight, over the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.duty import is_on
from rules.shifts import WEEK, Hours, Stint, Weekday, next_stint, on_day, shifts_of_days, stints, uncovered
from rules.times import at_local, days_between

AREA, SHANGHAI = 1, "Asia/Shanghai"
ZONES = (SHANGHAI, "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu")
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MONDAY = date(2020, 2, 10)


def week(first: date) -> tuple[date, ...]:
    return days_between(first, first + timedelta(days=6))


@given(
    cuts=st.lists(CLOCKS, min_size=1, max_size=5, unique=True).map(sorted),
    first=DAYS,
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 7 * 24 * 60 - 1),
)
def test_shifts_that_follow_each_other_leave_no_minute_of_a_week_alone(
    cuts: list[time], first: date, zone: str, minute: int
) -> None:
    """Whatever the clocks do; the last shift of a day is the one over midnight."""
    people = [
        [Hours(AREA, day, starts, ends) for day in WEEK]
        for starts, ends in zip(cuts, [*cuts[1:], cuts[0]], strict=True)
    ]
    days = days_between(first - timedelta(days=2), first + timedelta(days=8))
    on = [stints(one, days, {}, zone) for one in people]
    now = at_local(first, time(0), zone) + timedelta(minutes=minute)
    count = sum(one.covers(now) for mine in on for one in mine)
    assert count >= 1
    if zone == SHANGHAI:  # its clocks never change: exactly one
        assert count == 1
    starts, ends = now - timedelta(hours=3), now + timedelta(hours=3)
    assert uncovered([one for mine in on for one in mine], starts, ends) == []


@given(
    starts=CLOCKS,
    ends=CLOCKS,
    days=st.sets(st.sampled_from(WEEK)),
    now=st.datetimes(datetime(2019, 1, 2), datetime(2030, 1, 1)),  # noqa: DTZ001 - made aware below
    zone=st.sampled_from(ZONES),
)
def test_somebody_is_on_when_the_clock_on_the_wall_says_so(
    starts: time, ends: time, days: set[Weekday], now: datetime, zone: str
) -> None:
    moment = now.replace(tzinfo=UTC)
    wall = moment.astimezone(ZoneInfo(zone))
    # What an hour that comes twice or not at all means is said by the test above.
    near = (moment + timedelta(days=by) for by in (-1, 0, 1))
    assume(len({one.astimezone(ZoneInfo(zone)).utcoffset() for one in near}) == 1)
    clock, today, before = wall.time().replace(tzinfo=None), WEEK[wall.weekday()], WEEK[wall.weekday() - 1]
    over_midnight = ends <= starts
    expected = (today in days and starts <= clock and (over_midnight or clock < ends)) or (
        before in days and over_midnight and clock < ends
    )
    found = next_stint([Hours(AREA, day, starts, ends) for day in days], moment, {}, zone)
    assert found.covers(moment) == expected
    assert found.ends > moment


@given(starts=CLOCKS, ends=CLOCKS, now=st.datetimes(datetime(2019, 1, 2), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_the_next_time_on_duty_follows_the_present_one(starts: time, ends: time, now: datetime) -> None:
    rows = [Hours(AREA, day, starts, ends) for day in WEEK]
    found = next_stint(rows, now.replace(tzinfo=UTC), {}, SHANGHAI)
    again = next_stint(rows, found.ends, {}, SHANGHAI)
    assert again.ends > found.ends
    assert again.starts >= found.ends or starts == ends


def test_what_is_written_for_a_date_comes_before_holidays_and_those_before_weekdays() -> None:
    tuesday = MONDAY + timedelta(days=1)
    usual = Hours(AREA, Weekday.MONDAY, time(8), time(20))
    feast = Hours(AREA, Weekday.HOLIDAY, time(9), time(17))
    that_day = Hours(AREA, MONDAY)
    assert on_day([usual, feast, that_day], MONDAY, {AREA: {MONDAY}}) == [that_day]
    assert on_day([usual, feast], MONDAY, {AREA: {MONDAY}}) == [feast]
    assert on_day([usual, feast], MONDAY, {AREA: {tuesday}}) == [usual]
    assert on_day([usual], MONDAY, {AREA: {MONDAY}}) == [usual]
    elsewhere = Hours(2, Weekday.MONDAY, time(8), time(20))
    assert on_day([that_day, elsewhere], MONDAY, {}) == [that_day, elsewhere]


def test_a_free_day_has_no_shift() -> None:
    rows = [Hours(AREA, Weekday.MONDAY), Hours(AREA, Weekday.TUESDAY, time(20), time(8))]
    found = shifts_of_days(rows, week(MONDAY), {})
    assert [len(found[day]) for day in week(MONDAY)] == [0, 1, 0, 0, 0, 0, 0]
    assert next_stint(rows, at_local(MONDAY, time(9), SHANGHAI), {}, SHANGHAI) == Stint(
        at_local(MONDAY + timedelta(days=1), time(20), SHANGHAI),
        at_local(MONDAY + timedelta(days=2), time(8), SHANGHAI),
    )


def test_with_no_shift_in_sight_one_looks_again() -> None:
    now = at_local(MONDAY, time(9), SHANGHAI)
    found = next_stint([Hours(AREA, MONDAY + timedelta(days=30), time(8), time(9))], now, {}, SHANGHAI)
    assert found.starts == found.ends > now
    assert not found.covers(found.starts)


@pytest.mark.parametrize(
    ("on_duty", "off_until", "on_until", "on"),
    [
        (True, None, None, False),
        (True, None, 1, True),
        (True, None, 0, False),
        (False, 1, 2, False),
        (False, 0, None, False),
        (False, None, 1, False),
    ],
)
def test_ones_own_word_comes_before_the_roster(
    on_duty: bool, off_until: int | None, on_until: int | None, on: bool
) -> None:
    now = at_local(MONDAY, time(9), SHANGHAI)
    off, until = (None if one is None else now + timedelta(hours=one) for one in (off_until, on_until))
    later = Stint(now + timedelta(hours=3), now + timedelta(hours=5))
    assert is_on(on_duty, off, now, until, later) is on
    assert is_on(True, None, later.starts, None, later)
    assert not is_on(True, None, later.ends, None, later)


def test_what_nobody_covers_is_named() -> None:
    start = at_local(MONDAY, time(8), SHANGHAI)
    hours = [start + timedelta(hours=one) for one in range(25)]
    on = [Stint(hours[2], hours[5]), Stint(hours[4], hours[9]), Stint(hours[20], hours[24] + timedelta(hours=4))]
    assert uncovered(on, hours[0], hours[24]) == [Stint(hours[0], hours[2]), Stint(hours[9], hours[20])]
    assert uncovered([], hours[0], hours[24]) == [Stint(hours[0], hours[24])]
