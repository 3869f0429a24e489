"""How far a directive has come below a node: counted by level, and for whom it waits."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Area, DirectiveStep, Person
from rules.directives import ENDED, NODES, WAITING, Step
from rules.roles import Level

NOT_CONFIRMED = (*WAITING, Step.GONE_PAST)
"""Where somebody has to be asked."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One level below a node: how many nodes, and where it stands in them."""

    level: Level
    nodes: int
    confirmed: int
    waiting: int
    past: int
    """Gone past, and not confirmed to this day."""


def progress(session: Session, directive_id: int, area: Area) -> list[Progress]:
    """By level, from the top."""
    found: dict[Level, Counter[Step]] = {}
    rows = session.execute(
        select(Area.level, DirectiveStep.state, func.count())
        .join(Area, Area.id == DirectiveStep.area_id)
        .where(DirectiveStep.directive_id == directive_id, _below(area))
        .group_by(Area.level, DirectiveStep.state)
    )
    for level, state, count in rows:
        found.setdefault(level, Counter())[state] = count
    return [
        Progress(
            level,
            nodes,
            sum(found.get(level, Counter())[one] for one in (Step.CONFIRMED, Step.DONE, Step.LATE)),
            sum(found.get(level, Counter())[one] for one in WAITING),
            found.get(level, Counter())[Step.GONE_PAST],
        )
        for level, nodes in nodes_below(session, area).items()
    ]


def nodes_below(session: Session, area: Area) -> dict[Level, int]:
    """How many nodes there are below an area, by level, from the top."""
    rows = session.execute(
        select(Area.level, func.count()).where(_below(area), Area.level.in_(NODES)).group_by(Area.level)
    )
    counts: dict[Level, int] = dict(rows.all())
    return {level: counts[level] for level in NODES if level in counts}


@dataclass(frozen=True, slots=True)
class Late:
    """A node that has not confirmed: the step, where, and whose it is to do so (None: nobody's)."""

    step: DirectiveStep
    area: Area
    person: Person | None


def late(
    session: Session,
    directive_id: int,
    area: Area,
    most: int,
    states: Collection[Step] = NOT_CONFIRMED,
) -> list[Late]:
    """The nodes below that have not confirmed, the highest first."""
    rows = session.execute(
        select(DirectiveStep, Area, Person)
        .join(Area, Area.id == DirectiveStep.area_id)
        .outerjoin(Person, Person.id == DirectiveStep.person_id)
        .where(DirectiveStep.directive_id == directive_id, _below(area), DirectiveStep.state.in_(states))
        .order_by(func.length(Area.path), Area.path)
        .limit(most)
    )
    return [Late(step, where, person) for step, where, person in rows]


def has_ended(session: Session, directive_id: int) -> bool:
    """Whether every step has come to its end."""
    running = select(func.count(DirectiveStep.id)).where(
        DirectiveStep.directive_id == directive_id, DirectiveStep.state.not_in(ENDED)
    )
    return not session.scalar(running)


def _below(area: Area) -> ColumnElement[bool]:
    return Area.path.startswith(area.path, autoescape=True) & (Area.id != area.id)
