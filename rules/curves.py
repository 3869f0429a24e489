"""A member's temperatures over the days of a quarantine, as they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules.rounds import Half

MIDDLE = {Half.MORNING: 0.25, Half.EVENING: 0.75}
"""Where a slot stands in its day, as a share of it."""
USUAL_SPAN = (35.5, 38.0)
"""What is always shown, in °C: a calm curve is not blown up until it looks like a fever."""
_BELOW, _ABOVE = 0.2, 0.6
"""Room around what is drawn, °C: a value is written above its dot."""


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """One value in °C, `at` so many days after the first day began."""

    at: float
    celsius: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One member's values that count, and where slots went unanswered; the first and the last day are both drawn."""

    name: str
    first: date
    last: date
    today: date
    threshold: float
    """From which a value is abnormal, °C."""
    points: tuple[Point, ...]
    gaps: tuple[float, ...] = ()
    """Days after the first one began."""

    @property
    def days(self) -> int:
        """How many days wide it is."""
        return (self.last - self.first).days + 1

    def runs(self) -> list[tuple[Point, ...]]:
        """What is joined by a line: an unanswered slot parts it, for nobody knows what was in between."""
        before = [(sum(gap < one.at for gap in self.gaps), one) for one in sorted(self.points)]
        return [tuple(one for _, one in run) for _, run in groupby(before, key=lambda pair: pair[0])]


def span(curves: Sequence[Curve]) -> tuple[float, float]:
    """The lowest and the highest °C that the charts of a family show: the same for all, to be compared."""
    values = [one.celsius for curve in curves for one in curve.points]
    limits = [curve.threshold for curve in curves]
    low, high = USUAL_SPAN
    return min([low, *(one - _BELOW for one in values)]), max([high, *(one + _ABOVE for one in [*values, *limits])])
