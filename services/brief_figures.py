"""What a brief counts: grid by grid in a few grouped statements, and summed up the tree."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Select, case, distinct, func, select
from sqlalchemy.orm import Session

from models import Area, Escalation, EscalationEvent
from models.statements import seconds_between, spelled
from rules.briefs import BriefFigures
from rules.escalation import Event, Kind, State
from rules.ladder import Severity
from services.areas import numbers, within
from services.figures import SHOWN, SlotFigures, answers_by_grid

_NOTHING = BriefFigures()


def by_grid(session: Session, day: date, since: datetime, paths: Iterable[str]) -> dict[str, BriefFigures]:
    """By the path of each grid in these subtrees with anything to tell: three statements, however many grids.

    So too of an area above them that has an alarm of its own.

    `since` is the instant at which the local date `day` began.
    """
    grids = select(Area.id).where(Area.level.in_(SHOWN), within(paths))
    found: dict[int, dict[str, Any]] = {}
    for part in (_answers(session, day, grids), _open(session, grids), _of_the_day(session, since, grids)):
        for grid, values in part:
            found.setdefault(grid, {}).update(values)
    places = dict(session.execute(select(Area.id, Area.path).where(Area.id.in_(grids))).all())
    return {places[grid]: BriefFigures(**values) for grid, values in found.items()}


def sums(areas: Sequence[Area], grids: Mapping[str, BriefFigures]) -> dict[int, BriefFigures]:
    """The figures of each of these areas, from those of the grids."""
    found = {one.id: _NOTHING for one in areas}
    for path, figures in grids.items():
        for number in numbers(path):
            if number in found:
                found[number] = found[number] + figures
    return found


def parts(area: Area, grids: Mapping[str, BriefFigures]) -> list[tuple[int, BriefFigures]]:
    """The areas one level below with their figures; those first in which least was answered."""
    found: dict[int, list[BriefFigures]] = {}
    for path, figures in grids.items():
        rest = path[len(area.path) :] if path.startswith(area.path) else ""
        if rest:
            found.setdefault(numbers(rest)[0], []).append(figures)
    summed = [(number, reduce(add, some)) for number, some in found.items()]
    return sorted(summed, key=lambda one: (one[1].percent, -one[1].open, one[0]))


Values = Iterable[tuple[int, dict[str, Any]]]


def _answers(session: Session, day: date, grids: Select[int]) -> Values:
    for grid, values in answers_by_grid(session, day, grids):
        slots: tuple[SlotFigures, ...] = values["slots"]
        yield (
            grid,
            {
                "asked": sum(one.asked - one.excused for one in slots),
                "answered": sum(one.answered for one in slots),
                "missed": sum(one.missed for one in slots),
                "unreachable": sum(one.unreachable for one in slots),
            },
        )


def _open(session: Session, grids: Select[int]) -> Values:
    rows = session.execute(
        select(
            Escalation.grid_id,
            func.count(),
            func.count(case((Escalation.state == spelled(State.OPEN), 1))),
            func.min(Escalation.opened_at),
        )
        .where(Escalation.state != spelled(State.CLOSED), Escalation.grid_id.in_(grids))
        .group_by(Escalation.grid_id)
    )
    for grid, count, waiting, oldest in rows:
        yield grid, {"open": count, "waiting": waiting, "oldest": oldest.timestamp()}


def _of_the_day(session: Session, since: datetime, grids: Select[int]) -> Values:
    """Whose fever is of the day, and how long it took until an alarm of the day was first in somebody's hands."""
    fever = (Escalation.kind == spelled(Kind.ABNORMAL)) & (Escalation.severity != spelled(Severity.ROUTINE))
    taken = (
        select(EscalationEvent.escalation_id, func.min(EscalationEvent.at).label("at"))
        .join(Escalation, Escalation.id == EscalationEvent.escalation_id)
        .where(
            EscalationEvent.event == spelled(Event.TAKEN),
            Escalation.opened_at >= since,
            Escalation.grid_id.in_(grids),
        )
        .group_by(EscalationEvent.escalation_id)
        .subquery()
    )
    took = seconds_between(session, Escalation.opened_at, taken.c.at)
    rows = session.execute(
        select(
            Escalation.grid_id,
            func.count(distinct(case((fever, Escalation.person_id)))),
            func.min(took),
            func.max(took),
        )
        .outerjoin(taken, taken.c.escalation_id == Escalation.id)
        .where(Escalation.opened_at >= since, Escalation.grid_id.in_(grids))
        .group_by(Escalation.grid_id)
    )
    for grid, fevers, fastest, slowest in rows:
        yield grid, {"abnormal": fevers, "fastest": _plain(fastest), "slowest": _plain(slowest)}


def _plain(seconds: Any) -> float | None:
    return None if seconds is None else round(float(seconds), 1)
