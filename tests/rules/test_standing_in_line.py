"""Whose messages a bot is given next."""

from __future__ import annotations

from collections import Counter
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from rules.standing_in_line import next_turn


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
