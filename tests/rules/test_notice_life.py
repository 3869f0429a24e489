"""What can become of a notice, how fast it goes, and what is put together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.bundling import FEWEST, LONGEST, belong_together
from rules.notice_life import (
    MEASURED_OVER,
    NODE_REFRESH,
    NODES_A_SECOND,
    REMIND_EVERY,
    NoticeAct,
    NoticeState,
    Sample,
    after,
    may_be_reminded,
    node_refresh,
    rate,
    sampled,
    time_left,
)

NOON = datetime(2020, 2, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize("act", NoticeAct)
def test_nothing_leads_out_of_withdrawn(act: NoticeAct) -> None:
    assert after(NoticeState.WITHDRAWN, act) is None


@given(acts=st.lists(st.sampled_from(NoticeAct), max_size=20))
def test_what_was_stopped_never_goes_out_again(acts: list[NoticeAct]) -> None:
    state, ended = NoticeState.SENDING, False
    for act in acts:
        state = after(state, act) or state
        ended = ended or state in (NoticeState.STOPPED, NoticeState.WITHDRAWN)
        assert not ended or state in (NoticeState.STOPPED, NoticeState.WITHDRAWN)


def test_a_pause_leads_back_and_is_not_possible_twice() -> None:
    assert after(NoticeState.SENDING, NoticeAct.PAUSED) is NoticeState.PAUSED
    assert after(NoticeState.PAUSED, NoticeAct.PAUSED) is None
    assert after(NoticeState.PAUSED, NoticeAct.RESUMED) is NoticeState.SENDING


def test_the_rate_is_that_of_the_last_minutes() -> None:
    samples: tuple[Sample, ...] = ()
    for minute in range(20):  # ten quick minutes, then ten slow ones
        sent = 600 * min(minute, 10) + 60 * max(0, minute - 10)
        samples = sampled(samples, Sample(NOON + timedelta(minutes=minute), sent))
    now = Sample(NOON + timedelta(minutes=20), 600 * 10 + 60 * 10)
    assert rate(samples, now) == pytest.approx(60)
    assert time_left(600, 60.0) == timedelta(minutes=10)
    assert len(samples) <= MEASURED_OVER / timedelta(minutes=1) + 2


def test_nothing_is_said_of_a_rate_that_is_not_known() -> None:
    assert rate((), Sample(NOON, 5)) is None
    assert rate((Sample(NOON - timedelta(minutes=1), 5),), Sample(NOON, 5)) is None
    assert time_left(5, None) is None
    assert time_left(0, 60.0) is None


@given(steps=st.lists(st.tuples(st.integers(1, 900), st.integers(0, 500)), min_size=2, max_size=60))
def test_a_rate_is_never_negative_and_the_samples_are_few(steps: list[tuple[int, int]]) -> None:
    samples: tuple[Sample, ...] = ()
    at, sent = NOON, 0
    for seconds, more in steps:
        at, sent = at + timedelta(seconds=seconds), sent + more
        samples = sampled(samples, Sample(at, sent))
        assert (rate(samples, Sample(at, sent)) or 0) >= 0
    assert len(samples) <= 17


def test_whoever_was_reminded_is_left_alone_for_hours() -> None:
    assert may_be_reminded(None, NOON)
    assert not may_be_reminded(NOON, NOON + REMIND_EVERY - timedelta(seconds=1))
    assert may_be_reminded(NOON, NOON + REMIND_EVERY)


@given(nodes=st.integers(0, 100_000))
def test_holders_are_never_shown_more_than_their_share(nodes: int) -> None:
    every = node_refresh(nodes)
    assert every >= NODE_REFRESH
    assert nodes <= NODES_A_SECOND * every.total_seconds() + 1e-3


def test_three_are_put_together_and_no_text_is_cut_for_it() -> None:
    assert belong_together([10] * FEWEST)
    assert not belong_together([10] * (FEWEST - 1))
    assert not belong_together([LONGEST, 1, 1])
