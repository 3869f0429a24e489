"""What is open in somebody's areas: counted by grid, and a page of it; as many questions for 100,000 alarms as for ten.

Both are answered from one index, `ix_escalations_open`, without a look at the alarms themselves but for those shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from models import Area, Escalation, Household, Person
from models.statements import spelled
from rules.escalation import Kind, State
from rules.ladder import Severity
from rules.open_alarms import PAGE, View, Whose
from rules.roles import covers
from services.areas import within

_UNFINISHED = Escalation.state != spelled(State.CLOSED)
_GRAVITY = case({severity.value: at for at, severity in enumerate(Severity)}, value=Escalation.severity)


@dataclass(frozen=True, slots=True)
class Tally:
    """The open alarms of one kind in one grid."""

    path: str
    kind: Kind
    count: int
    waiting: int
    """Of them: in nobody's hands."""
    mine: int

    def of(self, whose: Whose) -> int:
        """How many are in these hands."""
        return {Whose.ANYBODYS: self.count, Whose.NOBODYS: self.waiting, Whose.MINE: self.mine}[whose]


@dataclass(frozen=True, slots=True)
class Shown:
    """An open alarm of the page."""

    alarm: Escalation
    household: Household | None
    person: Person | None
    holder: Person | None


def tallies(session: Session, paths: Iterable[str], reader: int) -> list[Tally]:
    """Everything open below these paths, for whoever reads it; a row for each grid and kind, however many alarms."""
    counted = (
        select(
            Escalation.grid_id,
            Escalation.kind,
            func.count().label("count"),
            func.count(case((Escalation.state == spelled(State.OPEN), 1))).label("waiting"),
            func.count(case((Escalation.holder_id == reader, 1))).label("mine"),
        )
        .where(_UNFINISHED, Escalation.grid_id.in_(_grids(paths)))
        .group_by(Escalation.grid_id, Escalation.kind)
        .subquery()
    )
    numbers = (counted.c.kind, counted.c.count, counted.c.waiting, counted.c.mine)
    rows = session.execute(select(Area.path, *numbers).join(counted, counted.c.grid_id == Area.id))
    return [Tally(*row) for row in rows]


def page(session: Session, paths: Iterable[str], view: View, reader: int) -> list[Shown]:
    """The alarms of a view from `view.start` on, gravest first, then oldest; `rules.open_alarms.PAGE` at most."""
    first = (
        select(Escalation.id)
        .where(*_chosen(paths, view, reader))
        .order_by(_GRAVITY, Escalation.opened_at, Escalation.id)
        .limit(PAGE)
        .offset(view.start)
    )
    person, holder = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Escalation, Household, person, holder)
        .outerjoin(Household, Household.id == Escalation.household_id)
        .outerjoin(person, person.id == Escalation.person_id)
        .outerjoin(holder, holder.id == Escalation.holder_id)
        .where(Escalation.id.in_(first.subquery().select()))
        .order_by(_GRAVITY, Escalation.opened_at, Escalation.id)
    )
    return [Shown(*row) for row in rows]


def _chosen(paths: Iterable[str], view: View, reader: int) -> Iterable[ColumnElement[bool]]:
    yield _UNFINISHED
    yield Escalation.grid_id.in_(_grids(paths))
    if view.kind is not None:
        yield Escalation.kind == view.kind
    if view.whose is Whose.NOBODYS:
        yield Escalation.state == spelled(State.OPEN)
    elif view.whose is Whose.MINE:
        yield Escalation.holder_id == reader


def count_open(session: Session, paths: Iterable[str], *also: ColumnElement[bool]) -> int:
    """How many are open below these paths; `also` are further conditions on them."""
    every = select(func.count()).select_from(Escalation)
    return session.scalar(every.where(_UNFINISHED, Escalation.grid_id.in_(_grids(paths)), *also)) or 0


def waiting_open(session: Session, paths: Iterable[str]) -> int:
    """How many of them are in nobody's hands."""
    return count_open(session, paths, Escalation.state == spelled(State.OPEN))


def opened_since(session: Session, paths: Iterable[str], since: datetime) -> int:
    """How many of them were opened since an instant."""
    return count_open(session, paths, Escalation.opened_at >= since)


def scope(session: Session, paths: Sequence[str], area: int | None) -> list[str]:
    """The part of the reader's subtrees that lies in an area; all of them for None, nothing for what is not theirs."""
    chosen = session.get(Area, area) if area is not None else None
    if area is None:
        return list(paths)
    return [chosen.path] if chosen is not None and any(covers(one, chosen.path) for one in paths) else []


def _grids(paths: Iterable[str]) -> Select[int]:
    return select(Area.id).where(within(paths))
