"""When a brief is due, whatever the clocks do, and how its figures add up."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.briefs import BriefFigures, moved, next_brief
from rules.times import at_local, local_date

ZONE = "Asia/Shanghai"
EIGHT = time(20)
BERLIN = "Europe/Berlin"


def at(day: int, clock: str, zone: str = ZONE) -> datetime:
    return at_local(date(2020, 2, day), time.fromisoformat(clock), zone)


@pytest.mark.parametrize(
    ("now", "due"), [("19:59", at(10, "20:00")), ("20:00", at(11, "20:00")), ("23:59", at(11, "20:00"))]
)
def test_the_next_brief_is_at_the_hour_of_this_day_or_the_next(now: str, due: datetime) -> None:
    assert next_brief(at(10, now), EIGHT, ZONE) == due


def test_an_area_without_an_hour_has_none() -> None:
    assert next_brief(at(10, "12:00"), None, ZONE) is None
    assert moved(at(10, "12:00"), at(10, "20:00"), None, ZONE) is None
    assert moved(at(10, "12:00"), None, EIGHT, ZONE) == at(10, "20:00")


@pytest.mark.parametrize(
    ("planned", "hour", "due"),
    [
        (at(10, "20:00"), "21:00", at(10, "21:00")),
        (at(10, "20:00"), "18:00", at(10, "18:00")),
        (at(11, "20:00"), "23:00", at(11, "23:00")),
    ],
)
def test_another_hour_leaves_the_day(planned: datetime, hour: str, due: datetime) -> None:
    assert moved(at(10, "19:00"), planned, time.fromisoformat(hour), ZONE) == due


@given(
    start=st.integers(0, 365 * 24 * 60).map(lambda one: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=one)),
    hour=st.times().map(lambda one: one.replace(second=0, microsecond=0, fold=0)),
)
def test_every_date_has_one_brief_where_the_clocks_change(start: datetime, hour: time) -> None:
    due = next_brief(start, hour, BERLIN)
    days = []
    for _ in range(5):
        assert due is not None
        days.append(local_date(due, BERLIN))
        due = next_brief(due, hour, BERLIN)
    assert days == [days[0] + timedelta(days=number) for number in range(5)]


def test_two_parts_together() -> None:
    one = BriefFigures(asked=10, answered=9, open=2, waiting=1, oldest=50.0, fastest=3.0, slowest=9.0)
    other = BriefFigures(asked=10, answered=6, missed=4, open=1, oldest=40.0)
    both = one + other
    assert (both.asked, both.answered, both.missed, both.open, both.waiting) == (20, 15, 4, 3, 1)
    assert (both.oldest, both.fastest, both.slowest, both.percent) == (40.0, 3.0, 9.0, 75)
    assert BriefFigures.read(both.written() | {"later": 1}) == both
    assert BriefFigures().empty
    assert not other.empty
