"""What may be put off, and how often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.ladder import Severity
from rules.snoozing import MOST, asleep, may_snooze

NOW = datetime(2020, 2, 10, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("severity", [Severity.EMERGENCY, Severity.URGENT])
@given(times=st.integers(0, MOST), most=st.integers(0, MOST))
def test_a_fever_is_never_put_off(severity: Severity, times: int, most: int) -> None:
    assert not may_snooze(severity, times, most)


@given(times=st.integers(0, MOST), most=st.integers(0, MOST))
def test_what_can_wait_is_put_off_as_often_as_the_area_lets_it(times: int, most: int) -> None:
    assert may_snooze(Severity.ROUTINE, times, most) is (times < most)


@pytest.mark.parametrize(
    ("remind_at", "until", "is_asleep"),
    [
        (NOW, NOW, True),
        (None, NOW, False),  # it came up again
        (NOW - timedelta(minutes=1), NOW, False),  # its time began anew
        (NOW, None, False),
    ],
)
def test_it_sleeps_until_it_comes_up_again(remind_at: datetime | None, until: datetime | None, is_asleep: bool) -> None:
    assert asleep(remind_at, until) is is_asleep
