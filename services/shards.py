"""The shards of the clock's work: which communities have something due, and in which parts it is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from models import Area, Escalation, Household, Quarantine, ReportRequest
from models.statements import spelled
from rules.escalation import State
from rules.quarantine import QuarantineStatus
from rules.roles import Level
from rules.rounds import RequestStatus
from rules.times import local_date
from services.areas import ALONE, grid_below
from services.policy import default_policy

LOOKED_AT = 100_000
"""Due rows of one kind that one look goes through: some dozen communities of a city at the instant when all of them are
due, so that several processes have enough to do until the next look."""

HOUSEHOLDS_A_PART = 5_000
"""Households reminded, or whose slot is ended, in one transaction: it lasts a second or two (ADR 34)."""


def next_requests(
    when: InstrumentedAttribute[Any], now: datetime, below: str | None, households: int
) -> ColumnElement[bool]:
    """The condition of the next part of the requests that are still owed and whose instant `when` has come.

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    first = (
        select(ReportRequest.id)
        .where(
            ReportRequest.status == spelled(RequestStatus.DUE),
            when <= now,
            grid_below(ReportRequest.grid_id, below),
        )
        .order_by(when, ReportRequest.grid_id)
        .limit(households)
    )
    return ReportRequest.id.in_(first)


def asked_out(now: datetime) -> ColumnElement[bool]:
    """The condition of the quarantines whose end is to be looked at: no slot of theirs is left to open."""
    active = Quarantine.status == spelled(QuarantineStatus.ACTIVE)
    return and_(active, Quarantine.next_at.is_(None), Quarantine.end_at <= now)


def communities_due(session: Session, now: datetime) -> list[str]:
    """The paths of the communities in which something is due; of a place that lies in none, the grid's own path.

    What is about more than a community is a shard of its own, without the communities in it.
    """
    grids = {grid for question in _questions(session, now) for grid in session.scalars(question)}
    if not grids:
        return []
    levels = dict(session.execute(select(Area.path, Area.level).where(Area.id.in_(grids))).all())
    wide = {path for path, level in levels.items() if level.depth < Level.COMMUNITY.depth}
    paths = levels.keys() - wide
    ids = {int(part) for path in paths for part in path.strip("/").split("/")}
    communities = set(session.scalars(select(Area.id).where(Area.id.in_(ids), Area.level == Level.COMMUNITY)))
    return sorted({*(_shard(path, communities) for path in paths), *(f"{path}{ALONE}" for path in wide)})


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
    planned = Quarantine.status == spelled(QuarantineStatus.PLANNED)
    households = select(Household.grid_id).join(Quarantine, Quarantine.household_id == Household.id)
    rows = (
        households.where(planned, Quarantine.first_day <= today),
        households.where(asked_out(now)),
        households.where(Quarantine.next_at <= now),
        select(ReportRequest.grid_id).where(silent, ReportRequest.remind_at <= now),
        select(ReportRequest.grid_id).where(silent, ReportRequest.miss_at <= now),
        select(Escalation.grid_id).where(Escalation.next_at <= now, Escalation.state != State.CLOSED),
    )
    return [_distinct(one) for one in rows]


def _distinct(rows: Select[int]) -> Select[int]:
    found = rows.limit(LOOKED_AT).subquery()
    return select(found.c.grid_id).distinct()
