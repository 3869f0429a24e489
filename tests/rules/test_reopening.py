"""Which closed alarm may be opened again, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.escalation import OUTCOMES, Kind, Outcome
from rules.reopening import WITHIN, may_reopen

CLOSED_AT = datetime(2020, 2, 10, 1, 0, tzinfo=UTC)
EVERY = [(kind, outcome) for kind in Kind for outcome in Outcome]


@pytest.mark.parametrize(("kind", "outcome"), EVERY)
def test_only_what_somebody_finished_by_hand_is_opened_again(kind: Kind, outcome: Outcome) -> None:
    assert may_reopen(kind, outcome, CLOSED_AT, CLOSED_AT) is (outcome in OUTCOMES[kind])


@pytest.mark.parametrize(
    ("after", "may"), [(timedelta(0), True), (WITHIN, True), (WITHIN + timedelta(seconds=1), False)]
)
def test_only_within_a_day(after: timedelta, may: bool) -> None:
    assert may_reopen(Kind.ABNORMAL, Outcome.REFERRED, CLOSED_AT, CLOSED_AT + after) is may


def test_what_is_not_closed_is_not_opened_again() -> None:
    assert not may_reopen(Kind.ABNORMAL, None, None, CLOSED_AT)
