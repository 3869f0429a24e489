"""The days of a home quarantine: the first and the last are both asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quarantine import DAYS, QuarantineStatus, day_number, last_day, status_on
from rules.times import days_between

FIRST = date(2020, 2, 1)
days = st.dates(date(2019, 12, 1), date(2020, 12, 31))


def test_fourteen_days_from_the_first_of_february_end_on_the_fourteenth() -> None:
    assert last_day(FIRST) == date(2020, 2, 14)


@given(days, st.integers(1, 60))
def test_a_quarantine_has_as_many_days_as_it_was_ordered_for(first: date, length: int) -> None:
    asked = days_between(first, last_day(first, length))
    assert len(asked) == length
    assert [day_number(day, first) for day in asked] == list(range(1, length + 1))


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2020, 1, 31), QuarantineStatus.PLANNED),
        (date(2020, 2, 1), QuarantineStatus.ACTIVE),
        (date(2020, 2, 14), QuarantineStatus.ACTIVE),
        (date(2020, 2, 15), QuarantineStatus.ENDED),
    ],
)
def test_a_quarantine_holds_on_its_first_and_on_its_last_day(today: date, status: QuarantineStatus) -> None:
    assert status_on(today, FIRST, last_day(FIRST)) is status


@given(days, days, st.integers(1, 60))
def test_a_quarantine_never_goes_back_to_an_earlier_state(today: date, first: date, length: int) -> None:
    order = list(QuarantineStatus)
    last = last_day(first, length)
    now, tomorrow = status_on(today, first, last), status_on(today + timedelta(days=1), first, last)
    assert order.index(now) <= order.index(tomorrow)
    assert (now is QuarantineStatus.ACTIVE) is (today in days_between(first, last))


def test_the_plan_of_february_2020_orders_fourteen_days() -> None:
    assert DAYS == 14
