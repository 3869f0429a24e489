"""Who says that somebody went out, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.breaches import MOST_A_DAY, SETTLED, Told, ToldBy, becomes

NOW = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
JUST_NOW, LONG_AGO = NOW - timedelta(minutes=5), NOW - timedelta(hours=5)


@pytest.mark.parametrize(
    ("by", "told_today", "is_open", "rang_at", "closed_at", "expected"),
    [
        (ToldBy.SEEN, 0, False, None, None, Told.OPENED),
        (ToldBy.GATE, 0, False, None, None, Told.OPENED),
        (ToldBy.NEIGHBOUR, 0, False, None, None, Told.OPENED),
        (ToldBy.SEEN, 0, True, LONG_AGO, None, Told.RANG),
        (ToldBy.GATE, 0, True, LONG_AGO, None, Told.RANG),
        (ToldBy.NEIGHBOUR, 0, True, LONG_AGO, None, Told.JOINED),
        (ToldBy.SEEN, 0, True, JUST_NOW, None, Told.JOINED),
        (ToldBy.SEEN, 0, True, None, None, Told.RANG),
        (ToldBy.SEEN, 0, False, None, JUST_NOW, Told.OPENED),
        (ToldBy.NEIGHBOUR, 0, False, None, JUST_NOW, Told.KEPT),
        (ToldBy.NEIGHBOUR, 0, False, None, LONG_AGO, Told.OPENED),
        (ToldBy.NEIGHBOUR, MOST_A_DAY, True, LONG_AGO, None, Told.KEPT),
        (ToldBy.NEIGHBOUR, MOST_A_DAY, False, None, None, Told.KEPT),
        (ToldBy.SEEN, 20, False, None, None, Told.OPENED),
    ],
)
def test_what_becomes_of_a_report(
    by: ToldBy,
    told_today: int,
    is_open: bool,
    rang_at: datetime | None,
    closed_at: datetime | None,
    expected: Told,
) -> None:
    found = becomes(by, NOW, told_today=told_today, is_open=is_open, rang_at=rang_at, closed_at=closed_at)
    assert found is expected


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 30)), max_size=80))
def test_neighbours_ring_once_until_somebody_has_looked_into_it(reports: list[tuple[int, int]]) -> None:
    """However many of them tell of it, and how often."""
    now = NOW
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    rang: list[datetime] = []
    told: dict[int, int] = {}
    for number, minutes in reports:
        now += timedelta(minutes=minutes)
        if opened_at and now - opened_at > timedelta(hours=1):
            closed_at = opened_at + timedelta(hours=1)
            opened_at = None
        found = becomes(
            ToldBy.NEIGHBOUR,
            now,
            told_today=told.get(number, 0),
            is_open=opened_at is not None,
            rang_at=opened_at,
            closed_at=closed_at,
        )
        told[number] = told.get(number, 0) + 1
        assert found is not Told.RANG
        if found is Told.OPENED:
            rang.append(now)
            opened_at = now
    assert all(later - before >= SETTLED for before, later in pairwise(rang))
