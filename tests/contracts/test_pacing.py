"""The pace at the messenger: whatever the latency does, no second there is too full, and none is left half empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from heapq import heappop, heappush
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import Pacer

rates = st.sampled_from([3.0, 7.0, 29.0, 30.0])
there = st.floats(0.0, 0.4)
"""Seconds from leaving to arriving: whatever comes on top of the shortest way."""


def play(rate: float, extras: Sequence[float], base: float = 0.02, back: float = 0.02) -> list[float]:
    """When each message arrives: sent as soon as the pacer allows, over a way that takes `base` and more."""
    pacer, now = Pacer(rate), 1000.0
    arrivals: list[float] = []
    answers: list[tuple[float, int]] = []
    for number, extra in enumerate(extras):
        while (ready := pacer.ready_at(now)) is None or ready > now:
            soonest = answers[0][0] if answers else float("inf")
            now = max(now, min(soonest, ready if ready is not None else soonest))
            while answers and answers[0][0] <= now:
                pacer.answered(heappop(answers)[1], now)
        pacer.left(number, now)
        arrivals.append(now + base + extra)
        heappush(answers, (now + base + extra + back, number))
    return sorted(arrivals)


@settings(max_examples=60)
@given(rates, st.lists(there, min_size=1, max_size=120))
def test_no_second_at_the_messenger_is_ever_too_full(rate: float, extras: Sequence[float]) -> None:
    # The first message takes the shortest way: what it takes is known from then on.
    arrivals = play(rate, [0.0, *extras])
    for place, at in enumerate(arrivals):
        assert sum(at <= other < at + 1 for other in arrivals[place:]) <= rate


def test_a_steady_way_is_used_to_the_full() -> None:
    arrivals = play(30.0, [0.0] * 301)
    assert (len(arrivals) - 1) / (arrivals[-1] - arrivals[0]) >= 30 * 0.99


def test_messages_are_spread_evenly_so_that_there_is_soon_a_place_for_an_alert() -> None:
    arrivals = play(30.0, [0.0] * 90)
    assert max(later - earlier for earlier, later in pairwise(arrivals)) < 0.15


def test_a_brake_slows_the_pace() -> None:
    pacer = Pacer(30.0)
    pacer.share = 0.5
    assert pacer.most == 15


def test_what_another_process_has_sent_counts() -> None:
    pacer, now = Pacer(30.0), 1000.0
    pacer.after(now, now)
    leaves = []
    for number in range(30):
        while (ready := pacer.ready_at(now) or now) > now:
            now = ready
        pacer.left(number, now)
        pacer.answered(number, now)
        leaves.append(now)
    sent = [1000.0 - place / 30 for place in range(1, 31)] + leaves
    assert all(sum(at < other <= at + 1 for other in sent) <= 30 for at in sent)
    assert datetime.fromtimestamp(leaves[0], UTC) >= datetime.fromtimestamp(1000.0, UTC)
