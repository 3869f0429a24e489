"""When a holder hears that their time is nearly over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.holding import LONGEST, reminded_at
from rules.ladder import Ladder
from rules.policy import LAPSES

NOW = datetime(2020, 2, 10, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ladder", "minutes"),
    [
        (Ladder.EMERGENCY, 10 / 3),
        (Ladder.ABNORMAL, 10),
        (Ladder.BREACH, 20),
        (Ladder.REPEATED, 30),
        (Ladder.MISSED, 30),
    ],
)
def test_a_third_of_the_time_is_left_or_half_an_hour(ladder: Ladder, minutes: float) -> None:
    lapses_at = NOW + LAPSES[ladder]
    assert lapses_at - reminded_at(NOW, lapses_at) == timedelta(minutes=minutes)


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=1)))
def test_it_is_never_before_it_was_taken_and_never_too_late(lapse: timedelta) -> None:
    reminded = reminded_at(NOW, NOW + lapse)
    assert NOW < reminded < NOW + lapse
    assert NOW + lapse - reminded <= LONGEST
