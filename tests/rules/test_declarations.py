"""When somebody says that they arrived."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.declarations import LONGEST_AGO, arrival, place

TODAY = date(2020, 2, 10)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今天", TODAY),
        ("昨天", date(2020, 2, 9)),
        ("前天", date(2020, 2, 8)),
        ("Yesterday", date(2020, 2, 9)),
        ("2月8日", date(2020, 2, 8)),
        ("２月８号", date(2020, 2, 8)),
        ("2/8", date(2020, 2, 8)),
        ("2020-02-08", date(2020, 2, 8)),
        ("2020年2月8日", date(2020, 2, 8)),
        ("1月20日", date(2020, 1, 20)),
        ("2月11日", None),
        ("2月30日", None),
        ("12月31日", None),
        ("36.5", None),
        ("上周", None),
        ("", None),
    ],
)
def test_dates_as_people_type_them(said: str, meant: date | None) -> None:
    assert arrival(said, TODAY) == meant


@given(st.dates(date(2019, 12, 1), date(2020, 3, 31)), st.integers(-5, 60))
def test_a_date_is_taken_back_to_thirty_days_across_the_year_and_never_ahead(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    wanted = day if timedelta(0) <= timedelta(days=ago) <= LONGEST_AGO else None
    assert arrival(day.isoformat(), today) == wanted
    assert arrival(f"{day.month}月{day.day}日", today) == wanted


@pytest.mark.parametrize(("said", "is_one"), [("湖北武汉", True), (" Wuhan ", True), ("123", False), ("", False)])
def test_a_place_has_letters(said: str, is_one: bool) -> None:
    assert (place(said) is not None) == is_one
