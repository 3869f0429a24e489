"""Clusters: fevers of one place within a few days are told once more, as what they are together (聚集性发热).

Each of them stays an alarm of its own, about a person, in somebody's hands (invariant 6); it only knows its cluster.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Area, Escalation, Household, LastFever
from models.db import insert_into
from rules.clusters import Fever, Joins, Opens, belongs
from rules.escalation import Kind, Outcome
from rules.ladder import Severity
from rules.policy import Policy
from rules.roles import Level
from services.areas import line_above, numbers
from services.escalations import advance, refresh
from services.places import begun_at, join, open_at
from services.policy import policy_at


def watch(session: Session, now: datetime, fever: Escalation) -> None:
    """Somebody has a fever: it joins the cluster of their place, or makes one of it, when there are enough."""
    policy = policy_at(session, fever.grid_id)
    if fever.severity is Severity.ROUTINE or fever.cluster_id is not None or not policy.cluster_size:
        return
    new = Fever(fever.id, fever.person_id or 0, _places(session, fever))
    _alone(session, now, fever.grid_id)
    present = {place: one.id for place, one in open_at(session, Kind.CLUSTER, new.places).items()}
    found = belongs(new, _others(session, now, fever, policy), present, policy.cluster_size)
    match found:
        case Joins(cluster):
            _join(session, now, fever, session.get_one(Escalation, cluster))
        case Opens(place, fevers):
            _open(session, now, fever.grid_id, place, fevers)


def _alone(session: Session, now: datetime, grid_id: int) -> None:
    """Two fevers of a grid at one instant on two machines: the second is a conflict, and looks again at both."""
    last = insert_into(session, LastFever).values(grid_id=grid_id, at=now)
    session.execute(last.on_conflict_do_update(index_elements=["grid_id"], set_={"at": now}))


def _places(session: Session, fever: Escalation) -> tuple[int, ...]:
    """The areas of a door, up to its grid."""
    home = session.get_one(Household, fever.household_id)
    line = line_above(session, home.area_id)
    return tuple(area.id for area in reversed(line) if area.level.depth >= Level.GRID.depth)


def _others(session: Session, now: datetime, fever: Escalation, policy: Policy) -> list[Fever]:
    """The fevers of the grid that were told in the last days, belonged to no cluster, and were no false alarm."""
    rows = session.execute(
        select(Escalation.id, Escalation.person_id, Area.path)
        .join(Household, Household.id == Escalation.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(
            Escalation.grid_id == fever.grid_id,
            Escalation.opened_at > now - timedelta(hours=policy.cluster_hours),
            Escalation.kind == Kind.ABNORMAL,
            Escalation.severity != Severity.ROUTINE,
            Escalation.cluster_id.is_(None),
            Escalation.id != fever.id,
            or_(Escalation.outcome.is_(None), Escalation.outcome != Outcome.RETEST_NORMAL),
        )
    )
    return [Fever(number, person or 0, _below(path, fever.grid_id)) for number, person, path in rows]


def _below(path: str, grid: int) -> tuple[int, ...]:
    line = numbers(path)
    return tuple(reversed(line[line.index(grid) :])) if grid in line else ()


def _open(session: Session, now: datetime, grid_id: int, place: int, fevers: Sequence[int]) -> None:
    cluster = begun_at(
        session, now, Kind.CLUSTER, Severity.URGENT, place_id=place, area_id=grid_id, fevers=list(fevers)
    )
    for one in session.scalars(select(Escalation).where(Escalation.id.in_(fevers)).order_by(Escalation.id)).all():
        one.cluster_id = cluster.id
        refresh(session, now, one)
    session.flush()
    advance(session, now, cluster)


def _join(session: Session, now: datetime, fever: Escalation, cluster: Escalation) -> None:
    fever.cluster_id = cluster.id
    refresh(session, now, fever)
    join(session, now, cluster, fevers=[fever.id])


def fevers_of(session: Session, cluster: Escalation) -> list[Escalation]:
    """Those that belong to a cluster, in the order in which they were told."""
    return list(session.scalars(select(Escalation).where(Escalation.cluster_id == cluster.id).order_by(Escalation.id)))


def people_of(fevers: Iterable[Escalation]) -> list[int]:
    """Who is ill, each once: somebody can have had two of them."""
    return list(dict.fromkeys(one.person_id for one in fevers if one.person_id is not None))
