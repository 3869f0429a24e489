"""A messenger that is down is nobody's silence, and nothing is held for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.mass_failure import (
    LONGEST,
    LOOK_AGAIN,
    TIME_TO_ANSWER,
    Share,
    Trouble,
    held_until,
    is_down,
    takes_nothing,
    widest,
)

EIGHT = datetime(2020, 2, 10, 0, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOON = EIGHT + 4 * HOUR


def test_a_messenger_is_down_after_five_minutes_of_nothing() -> None:
    assert not is_down(None, 9, NOON)
    assert not is_down(NOON - 4 * MINUTE, 9, NOON)
    assert not is_down(NOON - 5 * MINUTE, 2, NOON), "two messages may be at fault themselves"
    assert is_down(NOON - 5 * MINUTE, 3, NOON)


def test_no_answer_of_a_messenger_that_takes_nothing_is_no_arrival() -> None:
    assert not takes_nothing(None, 9, NOON)
    assert not takes_nothing(NOON - MINUTE / 2, 9, NOON)
    assert takes_nothing(NOON - MINUTE, 2, NOON)
    assert not takes_nothing(NOON - MINUTE, 1, NOON), "two answers that were lost, one after the other"


def test_five_households_and_three_in_ten_are_many() -> None:
    assert not Share(4, 4).is_mass
    assert Share(16, 5).is_mass
    assert not Share(17, 5).is_mass


def test_of_areas_in_each_other_the_widest_is_told() -> None:
    whole, part, few = Share(100, 40), Share(10, 9), Share(10, 1)
    assert widest([("/1/2/3/", part), ("/1/", whole), ("/1/2/", whole)]) == ["/1/"]
    assert widest([("/1/", few), ("/1/2/", few), ("/1/2/3/", part), ("/1/2/4/", part)]) == ["/1/2/3/", "/1/2/4/"]


def test_without_trouble_a_slot_is_judged_when_its_time_is_up() -> None:
    assert held_until(EIGHT, EIGHT, [], NOON) is None
    assert held_until(EIGHT, None, [Trouble(EIGHT - 3 * HOUR, EIGHT - HOUR)], NOON) is None


def test_while_it_lasts_it_is_looked_at_again() -> None:
    assert held_until(EIGHT, None, [Trouble(EIGHT)], NOON) == NOON + LOOK_AGAIN


def test_when_it_is_over_everybody_has_their_hour() -> None:
    over = Trouble(EIGHT, NOON - 10 * MINUTE)
    assert held_until(EIGHT, None, [over], NOON) == NOON + 50 * MINUTE
    assert held_until(EIGHT, NOON - 5 * MINUTE, [over], NOON) == NOON + 55 * MINUTE, (
        "asked late, and their hour from then"
    )
    assert held_until(EIGHT, EIGHT, [Trouble(EIGHT + HOUR, EIGHT + 2 * HOUR)], NOON) is None


instants = st.integers(0, 60 * 30).map(lambda minutes: EIGHT - 4 * HOUR + minutes * MINUTE)
troubles = st.tuples(instants, st.none() | st.integers(0, 900)).map(
    lambda one: Trouble(one[0], None if one[1] is None else one[0] + one[1] * MINUTE)
)


@given(st.none() | instants, st.lists(troubles, max_size=4))
def test_nothing_is_held_for_ever_and_nobody_is_judged_before_their_hour(
    asked_at: datetime | None, every: list[Trouble]
) -> None:
    now, looks = NOON, 0
    while (until := held_until(EIGHT, asked_at, every, now)) is not None:
        assert until > now, "or it would be looked at without an end"
        now, looks = until, looks + 1
        assert looks < 60
    assert now <= max(NOON, EIGHT + LONGEST)
    for one in every:
        if one.until and one.until > EIGHT and now < EIGHT + LONGEST and now > NOON:
            assert now >= one.until + TIME_TO_ANSWER
