"""The chain never stops at somebody who cannot be told (invariant 7)."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.escalation import Kind, ladder_of
from rules.ladder import LADDERS, LINE, NOBODY_LEFT_RETRY, Candidate, Climb, Ladder, PassedOver, Severity, WhyNot, climb

Chain = list[list[Candidate]]

REASONS = [why for why in WhyNot if why not in {WhyNot.NOBODY, WhyNot.SILENT}]
"""Why somebody of the chain can never be told."""


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Up to seven steps with up to four people each, every one somebody else."""
    reasons = st.none() | st.sampled_from(REASONS)
    sizes = draw(st.lists(st.integers(0, 4), max_size=7))
    numbers = iter(range(1, 100))
    return [[Candidate(next(numbers), draw(reasons)) for _ in range(size)] for size in sizes]


def _able(step: Sequence[Candidate]) -> tuple[int, ...]:
    return tuple(one.person_id for one in step if one.why_not is None)


@given(chains(), st.integers(-1, 7))
def test_the_chain_goes_to_the_next_step_with_somebody_who_can_be_told(chain: Chain, after: int) -> None:
    found = climb(chain, after)
    higher = [step for step, people in enumerate(chain) if step > after and _able(people)]
    assert found.step == (higher[0] if higher else None)
    assert found.tell == (_able(chain[higher[0]]) if higher else ())


@given(chains(), st.integers(-1, 7))
def test_nobody_is_told_who_cannot_be(chain: Chain, after: int) -> None:
    why = {one.person_id: one.why_not for step in chain for one in step}
    assert all(why[person] is None for person in climb(chain, after).tell)


@given(chains(), st.integers(-1, 7))
def test_everybody_the_chain_did_not_wait_for_is_written_down_with_the_reason(chain: Chain, after: int) -> None:
    found = climb(chain, after)
    reached = len(chain) - 1 if found.step is None else found.step
    expected: list[PassedOver] = []
    for step in range(after + 1, reached + 1):
        expected += [PassedOver(step, one.person_id, one.why_not) for one in chain[step] if one.why_not]
        expected += [] if chain[step] else [PassedOver(step, None, WhyNot.NOBODY)]
    assert found.passed == tuple(expected)


@given(chains())
def test_climbing_on_from_step_to_step_tells_everybody_who_can_be_told_once(chain: Chain) -> None:
    told: list[int] = []
    found = climb(chain, -1)
    while found.step is not None:
        told += found.tell
        found = climb(chain, found.step)
    assert told == [person for step in chain for person in _able(step)]


@given(chains(), st.lists(st.booleans(), min_size=28, max_size=28), st.integers(-1, 7))
def test_who_does_not_answer_is_told_only_when_beyond_there_is_nobody_else(
    chain: Chain, silent: list[bool], after: int
) -> None:
    quiet = [
        [
            Candidate(one.person_id, WhyNot.SILENT if silent[one.person_id - 1] and not one.why_not else one.why_not)
            for one in step
        ]
        for step in chain
    ]
    found = climb(quiet, after)
    others = [one for step in quiet[after + 1 :] for one in step if one.why_not is None]
    if others:
        assert found.tell
        assert set(found.tell) <= {one.person_id for one in others}
    else:
        assert found == climb(chain, after)


def test_a_worker_off_duty_and_an_empty_step_are_passed_in_one_go() -> None:
    chain = [[Candidate(1, WhyNot.OFF_DUTY)], [], [Candidate(2, WhyNot.UNREACHABLE), Candidate(3, None)]]
    assert climb(chain, -1) == Climb(
        2,
        (3,),
        (
            PassedOver(0, 1, WhyNot.OFF_DUTY),
            PassedOver(1, None, WhyNot.NOBODY),
            PassedOver(2, 2, WhyNot.UNREACHABLE),
        ),
    )


def test_a_chain_without_anybody_ends_with_nobody_left() -> None:
    assert climb([], -1) == Climb(None, (), ())


@pytest.mark.parametrize("ladder", Ladder)
def test_every_ladder_goes_from_the_grid_up_to_the_city(ladder: Ladder) -> None:
    roles = [role for step in LADDERS[ladder] for role in (step.role, *step.beside)]
    begins_above = {Ladder.CLUSTER: 1, Ladder.NO_ONE_ON_DUTY: 2, Ladder.DELIVERY_TROUBLE: 2}
    assert tuple(roles) == LINE[begins_above.get(ladder, 0) :]


def test_a_graver_alarm_climbs_faster_at_every_step() -> None:
    for graver, lighter in pairwise((Ladder.EMERGENCY, Ladder.ABNORMAL, Ladder.BREACH, Ladder.REPEATED, Ladder.MISSED)):
        steps = zip(LADDERS[graver], LADDERS[lighter], strict=True)
        assert all(quick.patience < slow.patience for quick, slow in steps)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("severity", Severity)
def test_every_alarm_has_a_ladder(kind: Kind, severity: Severity) -> None:
    assert ladder_of(kind, severity) is not Ladder.ORDINARY


def test_a_fever_climbs_by_how_high_it_is_and_everything_else_by_what_it_is() -> None:
    fevers = [ladder_of(Kind.ABNORMAL, severity) for severity in Severity]
    assert fevers == [Ladder.EMERGENCY, Ladder.ABNORMAL, Ladder.LOW]
    assert ladder_of(Kind.MISSED, Severity.ROUTINE) is Ladder.MISSED


def test_who_is_to_be_told_twice_and_cannot_be_is_passed_over_once() -> None:
    off, able = Candidate(1, WhyNot.OFF_DUTY), Candidate(2, None)
    assert climb([[off], [off], [able]], -1) == Climb(2, (2,), (PassedOver(0, 1, WhyNot.OFF_DUTY),))


def test_with_nobody_left_it_is_tried_again_sooner_than_a_whole_ladder() -> None:
    assert all(
        sum((step.patience for step in ladder), NOBODY_LEFT_RETRY * 0) > NOBODY_LEFT_RETRY
        for ladder in LADDERS.values()
    )
