"""What the auditor finds wrong with an alarm, and that nothing else escapes it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.auditing import LATE, Fault, fault
from rules.escalation import State

NOW = datetime(2020, 2, 10, 2, tzinfo=UTC)
SOON, LONG_AGO = NOW + timedelta(minutes=10), NOW - LATE


@pytest.mark.parametrize(
    ("state", "holder", "next_at", "found"),
    [
        (State.OPEN, None, SOON, None),
        (State.TAKEN, 7, SOON, None),
        (State.CLOSED, 7, None, None),
        (State.CLOSED, None, None, None),
        (State.OPEN, None, None, Fault.NO_TIME),
        (State.TAKEN, 7, None, Fault.NO_TIME),
        (State.TAKEN, None, SOON, Fault.NO_HOLDER),
        (State.OPEN, 7, SOON, Fault.TWO_WAYS),
        (State.OPEN, None, LONG_AGO, Fault.LATE),
        (State.TAKEN, 7, LONG_AGO, Fault.LATE),
        (State.OPEN, None, LONG_AGO + timedelta(seconds=1), None),
    ],
)
def test_what_is_wrong(state: State, holder: int | None, next_at: datetime | None, found: Fault | None) -> None:
    assert fault(state, holder, next_at, NOW) is found


@given(
    st.sampled_from([State.OPEN, State.TAKEN]),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(-1000, 1000).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)
def test_what_is_not_wrong_is_held_or_will_be_told(state: State, holder: int | None, next_at: datetime | None) -> None:
    if fault(state, holder, next_at, NOW) is None:
        assert next_at is not None
        assert next_at > NOW - LATE
        assert (holder is not None) == (state is State.TAKEN)
