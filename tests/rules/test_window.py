"""The window of 48 hours and its budget, against a messenger that counts by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mail import Priority
from rules.window import KEPT, Grant, left, opened, permits, spent

NOW = datetime(2020, 2, 10, 8, tzinfo=UTC)
SAID, TOUCHED = (timedelta(hours=48), 5), (timedelta(minutes=1), 3)


def test_five_messages_in_48_hours_after_a_persons_message() -> None:
    window = opened((), *SAID, NOW)
    for number in range(5):
        assert permits(window, NOW + timedelta(hours=number), Priority.ALERT)
        window = spent(window, NOW + timedelta(hours=number), 1)
    assert not permits(window, NOW + timedelta(hours=5), Priority.ALERT)


def test_the_next_message_of_the_person_gives_five_again_and_not_ten() -> None:
    window = spent(opened((), *SAID, NOW), NOW, 4)
    assert left(opened(window, *SAID, NOW + timedelta(hours=1)), NOW + timedelta(hours=1)) == 5


def test_it_ends_to_the_second() -> None:
    window = opened((), *SAID, NOW)
    assert left(window, NOW + timedelta(hours=47, minutes=59, seconds=59)) == 5
    assert left(window, NOW + timedelta(hours=48)) == 0


def test_a_click_gives_three_for_a_minute_beside_the_rest_and_those_go_first() -> None:
    window = spent(opened((), *SAID, NOW), NOW, 4)
    window = opened(window, *TOUCHED, NOW)
    assert left(window, NOW) == 4
    assert left(spent(window, NOW, 3), NOW + timedelta(minutes=2)) == 1


@pytest.mark.parametrize(("priority", "may"), [(0, 5), (1, 5), (2, 4), (3, 3)])
def test_what_is_less_grave_leaves_something_for_what_is_graver(priority: int, may: int) -> None:
    window = opened((), *SAID, NOW)
    done = 0
    while permits(window, NOW, Priority(priority)):
        window = spent(window, NOW, 1)
        done += 1
    assert done == may


def test_a_call_that_comes_late_takes_nothing_away() -> None:
    window = spent(opened((), *SAID, NOW), NOW, 2)
    assert opened(window, *SAID, NOW - timedelta(seconds=9)) == window


class Messenger:
    """Counts like WeChat: pushes since the last message of the person, pushes since the last click."""

    def __init__(self) -> None:
        self.said_at: datetime | None = None
        self.touched_at: datetime | None = None
        self.after_said = self.after_touch = 0

    def says(self, now: datetime) -> None:
        self.said_at, self.after_said = now, 0

    def touches(self, now: datetime) -> None:
        self.touched_at, self.after_touch = now, 0

    def push(self, now: datetime) -> bool:
        if self.touched_at and now - self.touched_at < TOUCHED[0] and self.after_touch < TOUCHED[1]:
            self.after_touch += 1
            return True
        if self.said_at and now - self.said_at < SAID[0] and self.after_said < SAID[1]:
            self.after_said += 1
            return True
        return False

    def may(self, now: datetime) -> int:
        """How many pushes it would take now."""
        found = 0
        if self.touched_at and now - self.touched_at < TOUCHED[0]:
            found += TOUCHED[1] - self.after_touch
        if self.said_at and now - self.said_at < SAID[0]:
            found += SAID[1] - self.after_said
        return found


STEP = st.tuples(
    st.sampled_from(["says", "touches", "push", "push", "push"]),
    st.sampled_from(list(Priority)),
    st.integers(1, 3),
    st.one_of(st.integers(0, 90), st.integers(0, 60 * 60 * 50)),
)


@given(st.lists(STEP, max_size=60))
def test_no_permitted_push_is_refused_and_no_forbidden_one_is_tried(
    steps: list[tuple[str, Priority, int, int]],
) -> None:
    messenger, window, now = Messenger(), tuple[Grant, ...](), NOW
    for what, priority, messages, seconds in steps:
        now += timedelta(seconds=seconds)
        if what == "says":
            messenger.says(now)
            window = opened(window, *SAID, now)
        elif what == "touches":
            messenger.touches(now)
            window = opened(window, *TOUCHED, now)
        else:
            room = messenger.may(now)
            assert left(window, now) == room
            if permits(window, now, priority, messages):
                assert all(messenger.push(now) for _ in range(messages))
                window = spent(window, now, messages)
            else:
                # Only for want of room, or of what is declared to be kept for graver ones: an alert keeps nothing.
                assert room - messages < KEPT[priority]
