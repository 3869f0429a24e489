"""The board: the day's figures of every area. Counts only, never a name: on a trusted network it needs no log-in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import add
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from rules.times import at_local, local_date
from services.figures import AreaFigures, Figures, SlotFigures, figures_by_area
from services.policy import default_policy


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a part of the tree at one instant."""

    now: datetime
    """Local time."""
    day: date
    areas: tuple[AreaFigures, ...]
    """Each before what lies in it."""
    above: tuple[AreaFigures, ...] = ()
    """The areas that this part lies in, from the city down; none for the whole tree."""

    @property
    def tops(self) -> tuple[AreaFigures, ...]:
        """The areas that lie in no other: one, unless two districts run without a city."""
        tops: list[AreaFigures] = []
        for one in self.areas:
            if not tops or not one.path.startswith(tops[-1].path):
                tops.append(one)
        return tuple(tops)

    @property
    def total(self) -> Figures:
        """Everything of this part together."""
        return reduce(add, (one.figures for one in self.tops), Figures(self.day))

    @property
    def current(self) -> SlotFigures:
        """The slot asked last: the evening's from its first question on, before it the morning's."""
        morning, evening = self.total.slots
        return evening if evening.asked else morning

    def below(self, code: str) -> "Board | None":
        """The part that begins at the area with this code; None when there is no such area."""
        top = next((one for one in self.areas if one.code == code), None)
        if top is None:
            return None
        inside = tuple(one for one in self.areas if one.path.startswith(top.path))
        above = tuple(one for one in self.areas if one is not top and top.path.startswith(one.path))
        return Board(self.now, self.day, inside, above)

    def telling(self) -> "Board":
        """Without the areas of which there is nothing to tell; the topmost stay."""
        tops = self.tops
        return Board(self.now, self.day, tuple(a for a in self.areas if a in tops or not a.figures.empty), self.above)


def read_board(session: Session, now: datetime) -> Board:
    """Every area from the city down to the grids."""
    zone = default_policy(session).timezone
    day = local_date(now, zone)
    since = at_local(day, time(0), zone)
    return Board(now.astimezone(ZoneInfo(zone)), day, tuple(figures_by_area(session, day, since)))
