"""Which steps of a chain hold now, and where an alarm stands among them when day or night has come since."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.ladder import LINE
from rules.nights import both, has_nights, in_force, part_of, stands_at
from rules.roles import Role

roles = st.lists(st.sampled_from(LINE), min_size=1, max_size=8).map(lambda some: sorted(some, key=LINE.index))
"""A step for each, somebody who is told several times with several."""


def steps(some: list[Role]) -> list[dict[str, object]]:
    return [{"role": role.value, "people": []} for role in some]


@given(roles, roles | st.just([]), st.booleans())
def test_somebody_is_told_by_day_and_at_night(day: list[Role], night: list[Role], dark: bool) -> None:
    chain = both(steps(day), steps(night))
    part = in_force(chain, night=dark)
    assert [chain[at]["role"] for at in part] == (night if dark and night else day)
    assert has_nights(chain) is bool(night)


@given(roles, roles | st.just([]), st.data())
def test_whoever_was_told_is_not_told_again_because_it_is_night_now(
    day: list[Role], night: list[Role], data: st.DataObject
) -> None:
    """It goes on above them; nobody above whom it has not been told is left out."""
    chain = both(steps(day), steps(night))
    step = data.draw(st.integers(-1, len(chain) - 1))
    for dark in (False, True):
        part = in_force(chain, night=dark)
        stood = stands_at(chain, part, step)
        rest = [LINE.index(chain[at]["role"]) for at in part[stood + 1 :]]
        if step < 0:
            assert stood == -1
        elif part == part_of(chain, step):
            assert part[stood] == step
        else:
            told = LINE.index(chain[step]["role"])
            assert rest == [one for at in part if (one := LINE.index(chain[at]["role"])) > told]


def test_who_is_told_together_counts_as_high_as_the_highest_of_them() -> None:
    together = [{"role": "grid_head", "beside": ["community"], "people": []}]
    chain = both(together, steps([Role.GRID_HEAD, Role.COMMUNITY, Role.STREET]))
    assert stands_at(chain, in_force(chain, night=True), 0) == 1


def test_beyond_a_chain_that_is_shorter_by_now_it_stands_at_the_end() -> None:
    chain = both(steps([Role.GRID_WORKER, Role.CITY]), [])
    assert stands_at(chain, in_force(chain, night=False), 7) == 1
    assert part_of(chain, 7) == range(2)


def test_without_other_steps_the_chain_is_as_it_was() -> None:
    chain = both(steps([Role.GRID_WORKER, Role.CITY]), [])
    assert chain == steps([Role.GRID_WORKER, Role.CITY])
    assert in_force(chain, night=True) == in_force(chain, night=False) == range(2)
