"""The figures of a day, for any part of the tree; counts only, never a name.

A whole city costs four grouped queries, whatever the number of its areas: everything is counted grid by grid, because
every household, report and alarm belongs to exactly one grid, and summed up the tree here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Select, case, distinct, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from models import Area, Escalation, Household, Quarantine, ReportRequest
from rules.escalation import Kind, State
from rules.ladder import Severity
from rules.roles import Level
from rules.rounds import Half, RequestStatus
from services.areas import within

SHOWN = (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)
"""The levels that have figures: below the grid one household could be told from another."""


@dataclass(frozen=True, slots=True)
class SlotFigures:
    """One half-day: how many households stand where."""

    half: Half
    asked: int = 0
    reported: int = 0
    late: int = 0
    due: int = 0
    missed: int = 0
    unreachable: int = 0
    excused: int = 0

    @property
    def answered(self) -> int:
        """In time or late."""
        return self.reported + self.late

    @property
    def percent(self) -> int:
        """Answered, of those who were not excused; rounded down, so that 100 means everybody. 0 for nobody."""
        owing = self.asked - self.excused
        return self.answered * 100 // owing if owing else 0

    def __add__(self, other: "SlotFigures") -> "SlotFigures":
        return SlotFigures(
            self.half,
            self.asked + other.asked,
            self.reported + other.reported,
            self.late + other.late,
            self.due + other.due,
            self.missed + other.missed,
            self.unreachable + other.unreachable,
            self.excused + other.excused,
        )


_NO_SLOTS = tuple(SlotFigures(half) for half in Half)


@dataclass(frozen=True, slots=True)
class Figures:
    """A day in an area."""

    day: date
    households: int = 0
    people: int = 0
    slots: tuple[SlotFigures, ...] = _NO_SLOTS
    """The morning, the evening."""
    fevers: int = 0
    """People whose fever was reported on that day or is not finished; a low temperature is none."""
    clusters: int = 0
    """Not finished yet."""
    breaches: int = 0
    repeated: int = 0
    """Households that missed slot after slot, not finished yet."""
    waiting: int = 0
    """Open, in nobody's hands."""
    taken: int = 0
    oldest: datetime | None = None
    """When the oldest unfinished escalation was opened."""
    oldest_waiting: datetime | None = None
    """When the oldest one in nobody's hands was opened."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell: nobody in quarantine, nobody asked, no alarm."""
        return self == Figures(self.day)

    def __add__(self, other: "Figures") -> "Figures":
        """Of two parts of the tree together; they must not overlap, and be of one day."""
        return Figures(
            self.day,
            self.households + other.households,
            self.people + other.people,
            tuple(map(add, self.slots, other.slots)),
            self.fevers + other.fevers,
            self.clusters + other.clusters,
            self.breaches + other.breaches,
            self.repeated + other.repeated,
            self.waiting + other.waiting,
            self.taken + other.taken,
            _earlier(self.oldest, other.oldest),
            _earlier(self.oldest_waiting, other.oldest_waiting),
        )


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """A day in one area of the tree."""

    code: str
    name: str
    level: Level
    path: str
    figures: Figures


def figures(session: Session, day: date, since: datetime, paths: Sequence[str]) -> Figures:
    """The figures of a local date below `paths`; `since` is the instant at which the date began."""
    # What does not arrive in a whole community is an alarm of that community, and of none of its grids.
    areas = select(Area.id).where(Area.level.in_(SHOWN), within(paths))
    return reduce(add, _of_grids(session, day, since, areas).values(), Figures(day))


def figures_by_area(session: Session, day: date, since: datetime) -> list[AreaFigures]:
    """The figures of every area from the city down to the grids: each before what lies in it, as the register has them.

    `since` is the instant at which the local date `day` began.
    """
    columns = (Area.id, Area.parent_id, Area.code, Area.name, Area.level, Area.path)
    areas = sorted(session.execute(select(*columns).where(Area.level.in_(SHOWN))).all(), key=lambda one: _ids(one.path))
    sums = _of_grids(session, day, since)
    for area in reversed(areas):  # what lies in an area has been summed before the area itself is
        if area.parent_id and area.id in sums:
            present = sums.get(area.parent_id)
            sums[area.parent_id] = present + sums[area.id] if present else sums[area.id]
    nothing = Figures(day)
    return [AreaFigures(one.code, one.name, one.level, one.path, sums.get(one.id, nothing)) for one in areas]


def _ids(path: str) -> tuple[int, ...]:
    return tuple(map(int, path.strip("/").split("/")))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other


def _of_grids(session: Session, day: date, since: datetime, only: Select[int] | None = None) -> dict[int, Figures]:
    """The figures of the grids that have any; of all grids unless `only` chooses some."""
    found: dict[int, dict[str, Any]] = {}
    for part in (
        _quarantined(session, day, since, only),
        answers_by_grid(session, day, only),
        _alarms(session, since, only),
    ):
        for grid_id, values in part:
            found.setdefault(grid_id, {}).update(values)
    return {grid_id: Figures(day, **values) for grid_id, values in found.items()}


def _in(column: InstrumentedAttribute[int], only: Select[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if only is None else (column.in_(only),)


def _quarantined(
    session: Session, day: date, since: datetime, only: Select[int] | None
) -> Iterable[tuple[int, dict[str, Any]]]:
    held = or_(Quarantine.ended_at.is_(None), Quarantine.ended_at >= since + timedelta(days=1))
    # Summed by household first: or SQLite walks through every door of the city to ask who is in quarantine there.
    homes = (
        select(Quarantine.household_id, func.count(distinct(Quarantine.person_id)).label("people"))
        .where(Quarantine.first_day <= day, Quarantine.last_day >= day, held)
        .group_by(Quarantine.household_id)
        .subquery()
    )
    rows = session.execute(
        select(Household.grid_id, func.count(), func.sum(homes.c.people))
        .join(homes, homes.c.household_id == Household.id)
        .where(*_in(Household.grid_id, only))
        .group_by(Household.grid_id)
    )
    for grid_id, households, people in rows:
        yield grid_id, {"households": households, "people": int(people)}


def answers_by_grid(session: Session, day: date, only: Select[int] | None) -> Iterable[tuple[int, dict[str, Any]]]:
    """By grid, those that were asked on a local date: the morning and the evening, as ``slots``."""
    rows = session.execute(
        select(ReportRequest.grid_id, ReportRequest.half, ReportRequest.status, func.count())
        .where(ReportRequest.day == day, *_in(ReportRequest.grid_id, only))
        .group_by(ReportRequest.grid_id, ReportRequest.half, ReportRequest.status)
    )
    grids: dict[int, dict[Half, dict[RequestStatus, int]]] = {}
    for grid_id, half, status, number in rows:
        grids.setdefault(grid_id, {}).setdefault(half, {})[status] = number
    for grid_id, halves in grids.items():
        yield grid_id, {"slots": tuple(_slot(half, halves.get(half, {})) for half in Half)}


def _slot(half: Half, counts: dict[RequestStatus, int]) -> SlotFigures:
    return SlotFigures(half, sum(counts.values()), **{status.value: number for status, number in counts.items()})


_BY_KIND = (("clusters", Kind.CLUSTER), ("breaches", Kind.BREACH), ("repeated", Kind.REPEATED))
"""Kinds that have a figure of their own."""


def _alarms(session: Session, since: datetime, only: Select[int] | None) -> Iterable[tuple[int, dict[str, Any]]]:
    unfinished = Escalation.state != State.CLOSED
    of_the_day = or_(Escalation.opened_at >= since, unfinished)
    waiting = Escalation.state == State.OPEN
    fever = (Escalation.kind == Kind.ABNORMAL) & (Escalation.severity != Severity.ROUTINE)
    rows = session.execute(
        select(
            Escalation.grid_id,
            func.count(distinct(case((fever, Escalation.person_id)))).label("fevers"),
            *(func.count(case((unfinished & (Escalation.kind == kind), 1))).label(name) for name, kind in _BY_KIND),
            func.count(case((waiting, 1))).label("waiting"),
            func.count(case((Escalation.state == State.TAKEN, 1))).label("taken"),
            func.min(case((unfinished, Escalation.opened_at))).label("oldest"),
            func.min(case((waiting, Escalation.opened_at))).label("oldest_waiting"),
        )
        .where(of_the_day, *_in(Escalation.grid_id, only))
        .group_by(Escalation.grid_id)
    ).mappings()
    for row in rows:
        values = dict(row)
        yield values.pop("grid_id"), values
