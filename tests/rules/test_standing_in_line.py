"""Whose messages a bot is given next."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, count

from hypothesis import given
from hypothesis import strategies as st

from rules.standing_in_line import fell_back, next_turn


def test_a_notice_begins_where_the_others_have_come_to_and_stays_behind_itself() -> None:
    assert next_turn(None, None) == 1
    assert next_turn(None, 40) == 40
    assert next_turn(41, 40) == 42


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 20)), min_size=2, max_size=6))
def test_notices_that_stand_in_line_together_go_out_side_by_side(coming: list[tuple[int, int]]) -> None:
    """One notice after the other comes with so many parts, and so many of all parts are served before the next."""
    line: list[tuple[int, int, int]] = []
    coming_at = count()
    together: dict[frozenset[int], Counter[int]] = {}

    def serve() -> None:
        line.sort()
        waiting = {notice for _, _, notice in line}
        _, _, served = line.pop(0)
        for other in waiting - {served}:
            counts = together.setdefault(frozenset({served, other}), Counter())
            counts[served] += 1
            assert abs(counts[served] - counts[other]) <= 1

    for notice, (parts, before) in enumerate(coming):
        mine: int | None = None
        for _ in range(parts):
            mine = next_turn(mine, min(line)[0] if line else None)
            line.append((mine, next(coming_at), notice))
        for _ in range(min(before, len(line))):
            serve()
    while line:
        serve()


def test_who_fell_back_goes_on_beside_the_foremost_and_who_is_one_behind_is_let_be() -> None:
    assert fell_back({}) == {}
    assert fell_back({1: 7}) == {}
    assert fell_back({1: 7, 2: 6}) == {}
    assert fell_back({1: 7, 2: 5, 3: 1}) == {2: 2, 3: 6}


@given(st.lists(st.sets(st.integers(0, 3), min_size=1), max_size=30))
def test_whatever_is_held_up_for_a_while_those_that_go_on_go_out_side_by_side(going: list[set[int]]) -> None:
    """In each stretch some of four long notices go out, and the rest is held up."""
    firsts = dict.fromkeys(range(4), 1)
    for those in going:
        served = Counter[int]()
        for _ in range(10):
            mine = {one: firsts[one] for one in those}
            for one, turns in fell_back(mine).items():
                firsts[one] += turns
            turn, one = min((firsts[one], one) for one in those)
            firsts[one] = turn + 1
            served[one] += 1
        for one, other in combinations(those, 2):
            assert abs(served[one] - served[other]) <= 2
