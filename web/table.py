"""The tree of the board as the rows of a table that a page can carry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.roles import Level
from services.figures import AreaFigures
from web.board import Board

MOST_ROWS = 400
"""What a phone draws without a pause. A larger tree ends at a higher level; its areas lead to a page of their own."""
ROWS_AT_FIRST = 30
"""What a reader takes in at once: levels below that are folded until they are asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One area in the table."""

    area: AreaFigures
    depth: int
    """0 for the topmost."""
    parts: bool
    """Whether the rows below it are parts of it, to be folded and unfolded."""
    more: bool
    """Whether what lies below it was left out here, and is to be seen on its own page."""
    folded: bool
    """Whether it is out of sight at first."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, and how far they are open at first."""

    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    """The levels that the rows have, from the top."""
    open_to: Level | None
    """The lowest level in sight at first; None for no rows."""


def tabulate(board: Board) -> Table:
    """The areas of which there is something to tell, cut off at a level when they are too many."""
    told = board.telling().areas
    shown = _cut(told, MOST_ROWS)
    at_first = {one.path for one in _cut(shown, ROWS_AT_FIRST)}
    with_rows = {above[-1].path for _, above in _with_those_above(shown) if above}
    left_out = {above[-1].path for _, above in _with_those_above(told) if above} - with_rows
    rows = (
        Row(
            area=one,
            depth=len(above),
            parts=one.path in with_rows,
            more=one.path in left_out,
            folded=one.path not in at_first,
        )
        for one, above in _with_those_above(shown)
    )
    levels = tuple(level for level in Level if any(one.level is level for one in shown))
    in_sight = [one.level for one in shown if one.path in at_first]
    return Table(tuple(rows), levels, max(in_sight, key=lambda level: level.depth, default=None))


def _cut(areas: Sequence[AreaFigures], most: int) -> Sequence[AreaFigures]:
    """Without the lowest levels that make them too many; the highest level stays."""
    while len(areas) > most:
        lowest = max(one.level.depth for one in areas)
        fewer = [one for one in areas if one.level.depth < lowest]
        if not fewer:
            break
        areas = fewer
    return areas


def _with_those_above(areas: Sequence[AreaFigures]) -> Iterator[tuple[AreaFigures, tuple[AreaFigures, ...]]]:
    line: list[AreaFigures] = []
    for one in areas:
        while line and not one.path.startswith(line[-1].path):
            line.pop()
        yield one, tuple(line)
        line.append(one)
