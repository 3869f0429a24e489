"""The life of an escalation: every cell of its table, and every cell that is not in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import NotAllowedError
from rules.escalation import (
    LIFE,
    OUTCOMES,
    Event,
    Kind,
    Outcome,
    State,
    alike,
    graver,
    move,
    severity_of,
    worse,
)
from rules.ladder import Severity
from rules.thresholds import Finding

EVERY_CELL = [(state, event) for state in State for event in Event]
IMPOSSIBLE = [cell for cell in EVERY_CELL if cell not in LIFE]

EXPECTED = {
    State.OPEN: {
        State.OPEN: {
            Event.TOLD,
            Event.PASSED_OVER,
            Event.NOBODY_LEFT,
            Event.HANDED_OVER,
            Event.WORSENED,
            Event.READING,
            Event.CORRECTED,
            Event.REFUSED,
            Event.MENDED,
        },
        State.TAKEN: {Event.TAKEN, Event.CAME_BACK},
        State.CLOSED: {Event.CLOSED},
    },
    State.TAKEN: {
        State.OPEN: {Event.HANDED_OVER, Event.LAPSED, Event.REFUSED, Event.MENDED},
        State.TAKEN: {
            Event.VISITED,
            Event.CALLED,
            Event.NOTED,
            Event.SNOOZED,
            Event.WORSENED,
            Event.READING,
            Event.CORRECTED,
        },
        State.CLOSED: {Event.CLOSED},
    },
    State.CLOSED: {State.OPEN: {Event.REOPENED}},
}
"""What the table must say, put the other way round: from where, to where, by what."""


@pytest.mark.parametrize(("state", "event"), LIFE)
def test_what_the_table_allows_leads_where_it_should(state: State, event: Event) -> None:
    assert event in EXPECTED[state][move(state, event)]


def test_the_table_has_no_cell_more_and_none_less() -> None:
    expected = {
        (state, event): then for state, ways in EXPECTED.items() for then, events in ways.items() for event in events
    }
    assert expected == {cell: effects.then for cell, effects in LIFE.items()}


@pytest.mark.parametrize(("state", "event"), IMPOSSIBLE)
def test_what_the_table_does_not_have_is_not_allowed(state: State, event: Event) -> None:
    with pytest.raises(NotAllowedError, match=f"{state} does not allow {event}"):
        move(state, event)


def test_a_taken_alarm_cannot_be_taken_twice() -> None:
    with pytest.raises(NotAllowedError):
        move(move(State.OPEN, Event.TAKEN), Event.TAKEN)


def test_nobody_visits_with_an_alarm_they_have_not_taken() -> None:
    with pytest.raises(NotAllowedError):
        move(State.OPEN, Event.VISITED)


def test_an_alarm_that_lapsed_can_be_taken_again() -> None:
    assert move(move(State.TAKEN, Event.LAPSED), Event.TAKEN) is State.TAKEN


@given(st.lists(st.sampled_from(Event).filter(lambda event: event is not Event.REOPENED)))
def test_a_closed_alarm_stays_closed_whatever_happens(events: list[Event]) -> None:
    state = State.CLOSED
    for event in events:
        with pytest.raises(NotAllowedError):
            state = move(state, event)
    assert state is State.CLOSED


def test_a_closed_alarm_that_is_opened_again_begins_anew() -> None:
    assert move(move(State.CLOSED, Event.REOPENED), Event.TOLD) is State.OPEN
    with pytest.raises(NotAllowedError):
        move(State.TAKEN, Event.REOPENED)


@pytest.mark.parametrize("state", [State.OPEN, State.TAKEN])
def test_an_alarm_that_is_not_closed_can_always_be_closed_and_noted(state: State) -> None:
    assert move(state, Event.CLOSED) is State.CLOSED
    assert move(state, Event.READING) is state


@pytest.mark.parametrize("kind", Kind)
def test_a_worker_has_a_choice_of_outcomes_for_every_kind(kind: Kind) -> None:
    assert len(OUTCOMES[kind]) == len(set(OUTCOMES[kind])) >= 2


def test_every_outcome_is_chosen_by_a_worker_but_those_of_what_is_over_by_itself() -> None:
    chosen = {outcome for outcomes in OUTCOMES.values() for outcome in outcomes}
    assert set(Outcome) - chosen == {
        Outcome.REPORTED_LATE,
        Outcome.EXCUSED,
        Outcome.SOMEBODY_ON,
        Outcome.NOBODY_TO_WATCH,
        Outcome.ARRIVES_AGAIN,
    }


@pytest.mark.parametrize(
    ("finding", "severity"),
    [
        (Finding.EMERGENCY, Severity.EMERGENCY),
        (Finding.ABNORMAL, Severity.URGENT),
        (Finding.LOW, Severity.ROUTINE),
        (Finding.NORMAL, None),
    ],
)
def test_a_finding_is_as_urgent_as_it_is_grave(finding: Finding, severity: Severity | None) -> None:
    assert severity_of(finding) is severity


@given(st.sampled_from(Severity), st.sampled_from(Severity))
def test_the_worse_of_two_is_never_lighter_than_either(one: Severity, other: Severity) -> None:
    order = list(Severity)
    assert worse(one, other) is worse(other, one)
    assert order.index(worse(one, other)) == min(order.index(one), order.index(other))


@pytest.mark.parametrize("one", Kind)
@pytest.mark.parametrize("other", Kind)
def test_kinds_that_are_alike_are_so_both_ways_and_one_of_them_is_graver(one: Kind, other: Kind) -> None:
    assert (other in alike(one)) is (one in alike(other))
    if other in alike(one):
        assert graver(one, other) is graver(other, one)


def test_what_was_missed_becomes_repeated_and_never_the_other_way() -> None:
    assert graver(Kind.MISSED, Kind.REPEATED) is graver(Kind.REPEATED, Kind.MISSED) is Kind.REPEATED
