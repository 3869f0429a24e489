"""A directive at one node: its table, its deadlines, and who is told next."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.directives import ENDED, LIFE, PATIENCES, WAITING, Event, Step, Time, awake_after, cell, deadline, due_event
from rules.errors import NotAllowedError
from rules.policy import Policy
from tests.harness import DAY, local

POLICY = Policy()
NOON = local(DAY, "12:00")
INSTANTS = st.integers(0, 3 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


def test_it_goes_on_below_at_most_once_whatever_happens() -> None:
    gone = {found.then for found in LIFE.values() if found.goes_on}
    assert gone <= set(ENDED)
    after = [found for (state, _), found in LIFE.items() if state in ENDED]
    assert not any(found.goes_on for found in after)
    assert {found.then for found in after} == {Step.LATE}


def test_every_step_that_has_not_ended_has_a_time_and_can_end() -> None:
    for (state, event), found in LIFE.items():
        ended = found.then in ENDED
        assert (found.time in {Time.NONE, Time.KEPT}) == ended or event is Event.WORDS, (state, event)
    for state in WAITING:
        assert cell(state, Event.OVERDUE).goes_on
        assert cell(state, Event.CONFIRMED).then is Step.CONFIRMED
    assert cell(Step.CONFIRMED, Event.WENT_ON).goes_on


@pytest.mark.parametrize("state", [*ENDED, *WAITING, Step.COMING])
def test_words_are_added_only_between_confirming_and_passing_on(state: Step) -> None:
    with pytest.raises(NotAllowedError):
        cell(state, Event.WORDS)


@given(start=INSTANTS, minutes=st.sampled_from(PATIENCES), urgent=st.booleans())
def test_a_deadline_reminds_then_has_the_deputy_then_ends_and_never_at_night(
    start: object, minutes: int, urgent: bool
) -> None:
    until = deadline(start, minutes, POLICY, urgent=urgent)  # type: ignore[arg-type]
    assert start < until.remind_at < until.deputy_at < until.ends_at  # type: ignore[operator]
    if urgent:
        assert until.ends_at - start == timedelta(minutes=minutes)  # type: ignore[operator]
    else:
        moments = (until.remind_at, until.deputy_at, until.ends_at)
        assert not any(POLICY.is_night(one - timedelta(microseconds=1)) for one in moments)


def test_the_night_does_not_count() -> None:
    evening = local(DAY, "21:00")
    assert awake_after(evening, timedelta(minutes=30), POLICY) == local(DAY, "21:30")
    assert awake_after(evening, timedelta(hours=2), POLICY) == local(DAY + timedelta(days=1), "09:00")
    assert awake_after(local(DAY, "23:00"), timedelta(hours=1), POLICY) == local(DAY + timedelta(days=1), "08:30")


def test_whatever_is_due_the_table_has_a_cell_for_it() -> None:
    until = deadline(NOON, 60, POLICY, urgent=False)
    moments = [NOON + timedelta(minutes=minutes) for minutes in (0, 30, 45, 60, 500)]
    running = (*WAITING, Step.CONFIRMED)
    for state, now, able, another in product(running, moments, (True, False), (True, False)):
        event = due_event(state, now, until, able=able, another=another)
        if event is not None:
            cell(state, event)
        if now >= until.ends_at:
            assert event is not None
            assert cell(state, event).then in ENDED
        if not able and state in WAITING:
            assert event in {Event.DEPUTY, Event.NOBODY, Event.OVERDUE}
    for another in (True, False):
        cell(Step.COMING, due_event(Step.COMING, NOON, None, able=False, another=another) or Event.WORDS)
