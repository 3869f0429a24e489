"""What the clock does with a question, and when."""

from datetime import timedelta

import pytest

from rules.enquiries import (
    AT_THE_TOP,
    GATHER,
    OPEN,
    PATIENCE,
    STILL_TALKING,
    Act,
    EnquiryState,
    answered_at_once,
    look,
    next_look,
    rings_at,
    waits_for_duty,
)
from rules.errors import NaiveTimeError
from rules.ladder import WhyNot
from rules.policy import Policy
from tests.harness import DAY, local

NOON = local(DAY, "12:00")


def test_an_open_question_is_told_reminded_once_and_goes_up() -> None:
    state, acts = EnquiryState.ASKED, []
    for _ in range(6):
        step = look(state, above=True)
        acts.append(step.act)
        state = step.then
    assert acts == [Act.TELL, Act.REMIND, Act.UP, Act.REMIND, Act.UP, Act.REMIND]


def test_with_nobody_above_it_is_reminded_once_a_day_and_never_given_up() -> None:
    step = look(EnquiryState.REMINDED, above=False)
    assert (step.act, step.then, step.patience) == (Act.REMIND, EnquiryState.REMINDED, AT_THE_TOP)
    assert all(look(state, above=above).then in OPEN for state in OPEN for above in (True, False))


@pytest.mark.parametrize(
    ("told", "again"), [("08:00", "12:00"), ("17:00", "21:00"), ("17:31", "07:30+1"), ("20:00", "07:30+1")]
)
def test_nobodys_time_runs_out_at_night(told: str, again: str) -> None:
    clock, _, days = again.partition("+")
    wanted = local(DAY + timedelta(days=int(days or 0)), clock)
    assert next_look(local(DAY, told), PATIENCE, Policy()) == wanted


def test_a_further_question_rings_no_oftener_than_it_is_gathered() -> None:
    assert rings_at(NOON, None) == NOON
    assert rings_at(NOON, NOON - timedelta(minutes=10)) == NOON - timedelta(minutes=10) + GATHER
    assert rings_at(NOON, NOON - GATHER) == NOON


def test_a_level_is_waited_for_only_while_somebody_of_it_comes_on_duty() -> None:
    assert waits_for_duty([WhyNot.OFF_DUTY, WhyNot.NO_ACCOUNT], NOON, NOON + timedelta(hours=1))
    assert not waits_for_duty([WhyNot.OFF_DUTY], NOON, NOON + PATIENCE)
    assert not waits_for_duty([WhyNot.UNREACHABLE], NOON, NOON)
    assert not waits_for_duty([], NOON, NOON)


def test_an_answer_rings_at_night_only_for_whoever_has_just_asked() -> None:
    assert answered_at_once(NOON + STILL_TALKING, NOON)
    assert not answered_at_once(NOON + STILL_TALKING + timedelta(seconds=1), NOON)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTimeError):
        answered_at_once(NOON.replace(tzinfo=None), NOON)
