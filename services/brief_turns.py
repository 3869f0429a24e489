"""When the brief of each area is due: planned for new areas, taken by one process, moved with its hour."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Area, BriefTurn
from models.statements import among
from rules.briefs import READERS, moved, next_brief
from services.areas import within
from services.policy import policies_at

AT_ONCE = 300
"""Areas told in one transaction, those that lie together: some communities, whose grids are counted once for each."""
_PLANNED_AT_ONCE = 2000


def plan_new(session: Session, now: datetime) -> int:
    """Areas put down since the last time get their first turn, by their numbers, which only grow; how many."""
    newest = session.scalar(select(func.max(BriefTurn.area_id))) or 0
    return _plan(session, now, Area.id > newest)


def plan_forgotten(session: Session, now: datetime) -> int:
    """The same among all areas: two that were put down side by side may have been seen in another order."""
    return _plan(session, now, Area.id.not_in(select(BriefTurn.area_id)))


def _plan(session: Session, now: datetime, which: ColumnElement[bool]) -> int:
    wanted = select(Area.id).where(Area.level.in_(list(READERS)), which).order_by(Area.id).limit(_PLANNED_AT_ONCE)
    areas = list(session.scalars(wanted))
    policies = policies_at(session, areas)
    session.add_all(
        BriefTurn(area_id=one, next_at=next_brief(now, policies[one].brief_at, policies[one].timezone)) for one in areas
    )
    return len(areas)


def take_due(session: Session, now: datetime) -> list[tuple[int, datetime]]:
    """The areas whose time has come, with the instant it was for; each has its next turn, so nobody else takes them."""
    due = select(BriefTurn.area_id, BriefTurn.next_at).join(Area, Area.id == BriefTurn.area_id)
    rows = session.execute(due.where(BriefTurn.next_at <= now).order_by(Area.path).limit(AT_ONCE)).all()
    policies = policies_at(session, [area for area, _ in rows])
    turns: dict[tuple[datetime, datetime | None], list[int]] = {}
    for area, at in rows:
        if at is None:
            continue
        policy = policies[area]
        turns.setdefault((at, next_brief(now, policy.brief_at, policy.timezone)), []).append(area)
    taken: list[tuple[int, datetime]] = []
    for (at, again), areas in turns.items():
        its_turn = among(session, BriefTurn.area_id, areas) & (BriefTurn.next_at == at)
        moved_on = update(BriefTurn).where(its_turn).values(next_at=again).returning(BriefTurn.area_id)
        done = session.scalars(moved_on, execution_options={"synchronize_session": False})
        taken += [(area, at) for area in done]
    return sorted(taken)


def move_briefs(session: Session, now: datetime, path: str) -> None:
    """The hour of an area, and of what lies in it, may be another one from now on; the day of each stays."""
    rows = session.execute(
        select(BriefTurn, Area.id).join(Area, Area.id == BriefTurn.area_id).where(within([path]))
    ).all()
    policies = policies_at(session, [area for _, area in rows])
    for turn, area in rows:
        policy = policies[area]
        turn.next_at = moved(now, turn.next_at, policy.brief_at, policy.timezone)


def areas_of(session: Session, areas: Sequence[int]) -> dict[int, Area]:
    """The areas by number."""
    return {one.id: one for one in session.scalars(select(Area).where(among(session, Area.id, areas)))}
