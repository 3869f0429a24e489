"""How long something has lasted, as people say it: no unit that says nothing."""

from datetime import timedelta

import pytest

from services.ages import age_in, took_in
from services.words import words_in


@pytest.mark.parametrize(
    ("lasted", "chinese", "english"),
    [
        (timedelta(minutes=-3), "0 分钟", "0 min"),
        (timedelta(minutes=25), "25 分钟", "25 min"),
        (timedelta(hours=1), "1 小时", "1 h"),
        (timedelta(hours=3, minutes=5), "3 小时 5 分", "3 h 5 min"),
        (timedelta(hours=4, seconds=59), "4 小时", "4 h"),
        (timedelta(days=1), "1 天", "1 d"),
        (timedelta(days=2, minutes=59), "2 天", "2 d"),
        (timedelta(days=2, hours=4, minutes=30), "2 天 4 小时", "2 d 4 h"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units_without_what_is_nothing(
    lasted: timedelta, chinese: str, english: str
) -> None:
    assert age_in(words_in("zh-CN"), lasted) == chinese
    assert age_in(words_in("en"), lasted) == english


def test_what_took_seconds_is_told_in_seconds() -> None:
    assert took_in(words_in("zh-CN"), timedelta(seconds=40)) == "40 秒"
    assert took_in(words_in("en"), timedelta(seconds=60)) == "1 min"
    assert took_in(words_in("zh-CN"), timedelta(hours=2)) == "2 小时"
