"""How many slots in a row a household has missed, and when that is graver."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.escalation import Kind
from rules.rounds import ANSWERED, Half, RequestStatus
from rules.streaks import LOOKS_BACK, before, kind_of, streak

DAY = date(2020, 2, 10)
M, U, E, R, L, D = (RequestStatus(one) for one in ("missed", "unreachable", "excused", "reported", "late", "due"))


def slots(*statuses: RequestStatus | None) -> dict[tuple[date, Half], RequestStatus]:
    """The last of them is the evening of the day; None: nothing was owed."""
    found, at = {}, (DAY, Half.EVENING)
    for one in reversed(statuses):
        if one is not None:
            found[at] = one
        at = before(*at)
    return found


@pytest.mark.parametrize(
    ("statuses", "missed"),
    [
        ([M], 1),
        ([M, M, M], 3),
        ([R, M, M], 2),
        ([M, R, M], 1),
        ([M, L, M, M], 2),
        ([M, U, M], 2),
        ([M, E, E, M], 2),
        ([M, D, M], 2),
        ([M, None, M], 1),
        ([M, M, R], 0),
        ([None], 0),
        ([M] * 30, 14),
    ],
)
def test_what_a_streak_is(statuses: list[RequestStatus | None], missed: int) -> None:
    assert streak(slots(*statuses), DAY, Half.EVENING) == missed


@given(st.lists(st.sampled_from([*RequestStatus, None]), max_size=40))
def test_an_answer_or_a_slot_in_which_nothing_was_owed_begins_it_anew(statuses: list[RequestStatus | None]) -> None:
    lately = statuses[-2 * LOOKS_BACK.days :]
    ends = [at for at, one in enumerate(lately) if one is None or one in ANSWERED]
    since = lately[ends[-1] + 1 :] if ends else lately
    assert streak(slots(*statuses), DAY, Half.EVENING) == since.count(M)


@given(st.lists(st.sampled_from([*RequestStatus, None]), min_size=1, max_size=20), st.integers(0, 10))
def test_it_is_graver_once_a_streak(statuses: list[RequestStatus | None], after: int) -> None:
    """However a household goes on, between two answers one alarm at most is raised as repeated."""
    raised = 0
    for end in range(1, len(statuses) + 1):
        if statuses[end - 1] is not M:
            raised = 0 if statuses[end - 1] is None or statuses[end - 1] in ANSWERED else raised
            continue
        missed = streak(slots(*statuses[:end]), DAY, Half.EVENING)
        raised += kind_of(missed, after) is Kind.REPEATED
        assert raised <= 1
        if len(statuses) <= 2 * LOOKS_BACK.days:
            assert raised == (0 < after <= missed)


def test_the_slot_before_the_morning_is_the_evening_before() -> None:
    assert before(DAY, Half.EVENING) == (DAY, Half.MORNING)
    assert before(DAY, Half.MORNING) == (DAY - timedelta(days=1), Half.EVENING)
