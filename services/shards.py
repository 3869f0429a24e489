"""The shards of the clock's work: which communities have something due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Area, Escalation, Household, Quarantine, ReportRequest
from models.statements import spelled
from rules.escalation import State
from rules.quarantine import QuarantineStatus
from rules.roles import Level
from rules.rounds import RequestStatus
from rules.times import local_date
from services.policy import default_policy

LOOKED_AT = 100_000
"""Due rows of one kind that one look goes through: some dozen communities of a city at the instant when all of them are
due, so that several processes have enough to do until the next look."""


def communities_due(session: Session, now: datetime) -> list[str]:
    """The paths of the communities in which something is due; of a place that lies in none, the grid's own path."""
    grids = {grid for question in _questions(session, now) for grid in session.scalars(question)}
    paths = session.scalars(select(Area.path).where(Area.id.in_(grids))).all()
    ids = {int(part) for path in paths for part in path.strip("/").split("/")}
    communities = set(session.scalars(select(Area.id).where(Area.id.in_(ids), Area.level == Level.COMMUNITY)))
    return sorted({_shard(path, communities) for path in paths})


def _shard(path: str, communities: set[int]) -> str:
    parts = path.strip("/").split("/")
    for at, part in enumerate(parts, start=1):
        if int(part) in communities:
            return f"/{'/'.join(parts[:at])}/"
    return path


def _questions(session: Session, now: datetime) -> Sequence[Select[int]]:
    """The grids of what is due, a question for each tick that goes by community."""
    today = local_date(now, default_policy(session).timezone)
    silent = ReportRequest.status == spelled(RequestStatus.DUE)
    planned, active = (Quarantine.status == spelled(one) for one in (QuarantineStatus.PLANNED, QuarantineStatus.ACTIVE))
    households = select(Household.grid_id).join(Quarantine, Quarantine.household_id == Household.id)
    rows = (
        households.where(planned, Quarantine.first_day <= today),
        households.where(active, Quarantine.last_day < today),
        households.where(Quarantine.next_at <= now),
        select(ReportRequest.grid_id).where(silent, ReportRequest.remind_at <= now),
        select(ReportRequest.grid_id).where(silent, ReportRequest.miss_at <= now),
        select(Escalation.grid_id).where(Escalation.next_at <= now, Escalation.state != State.CLOSED),
    )
    return [_distinct(one) for one in rows]


def _distinct(rows: Select[int]) -> Select[int]:
    found = rows.limit(LOOKED_AT).subquery()
    return select(found.c.grid_id).distinct()
