"""The daily brief: made once an area and local date, and owed to whoever answers for the area (每日简报)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Brief
from models.statements import among
from rules.briefs import LATE, READERS, BriefFigures
from rules.mail import Priority
from rules.times import at_local, local_date
from services.accounts import reachable_accounts
from services.brief_figures import by_grid, parts, sums
from services.brief_turns import AT_ONCE, areas_of, plan_forgotten, plan_new, take_due
from services.mailbox import post
from services.policy import awake_at, default_policy
from services.staff import in_force, on_at

MOST_PARTS = 12
"""Areas below that are kept with a brief: as many bars as a phone shows at once."""


def tell_briefs(session: Session, now: datetime) -> dict[str, int]:
    """The tick: what is due is counted, put down and owed to its readers, some areas a transaction; once a day each."""
    planned = plan_new(session, now)
    taken = take_due(session, now)
    if not taken:
        return {"planned": planned, "briefs": 0, "told": 0, "late": 0, "left": 0}
    planned += plan_forgotten(session, now)
    zone = default_policy(session).timezone
    in_time = {area: local_date(at, zone) for area, at in taken if now - at <= LATE}
    told = briefs = 0
    for day in sorted(set(in_time.values())):
        made = make(session, now, day, [area for area, its in in_time.items() if its == day])
        briefs += len(made)
        told += _owe(session, now, made)
    left = int(len(taken) == AT_ONCE)
    return {"planned": planned, "briefs": briefs, "told": told, "late": len(taken) - len(in_time), "left": left}


def make(session: Session, now: datetime, day: date, numbers: Sequence[int]) -> list[tuple[Area, Brief]]:
    """The briefs of these areas for a local date; none for an area that has its own of that date already."""
    had = set(session.scalars(select(Brief.area_id).where(Brief.day == day, among(session, Brief.area_id, numbers))))
    areas = [one for number, one in areas_of(session, numbers).items() if number not in had]
    if not areas:
        return []
    made = counted(session, now, day, areas)
    session.add_all(brief for _, brief in made)
    session.flush()
    return made


def counted(session: Session, now: datetime, day: date, areas: Sequence[Area]) -> list[tuple[Area, Brief]]:
    """The same as things are, not put down."""
    since = at_local(day, time(0), default_policy(session).timezone)
    grids = by_grid(session, day, since, _tops(areas))
    own = sums(areas, grids)
    return [(area, _brief(now, day, area, own[area.id], grids)) for area in areas]


def _brief(now: datetime, day: date, area: Area, own: BriefFigures, grids: Mapping[str, BriefFigures]) -> Brief:
    below = [[number, one.written()] for number, one in parts(area, grids)[:MOST_PARTS]]
    return Brief(area_id=area.id, day=day, at=now, figures=own.written(), parts=below)


def _tops(areas: Sequence[Area]) -> list[str]:
    """The paths under which all of them lie, as few as there can be."""
    tops: list[str] = []
    for path in sorted(one.path for one in areas):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    return tops


def _owe(session: Session, now: datetime, made: Sequence[tuple[Area, Brief]]) -> int:
    """To whoever holds the area's own role and is on duty; a day with nothing to tell is no message. How many."""
    telling = [(area, brief) for area, brief in made if not BriefFigures.read(brief.figures).empty]
    readers = _readers(session, now, [area for area, _ in telling])
    starts = awake_at(session, now, [area.id for area, _ in telling])
    for area, brief in telling:
        for account in readers[area.id]:
            about, due_at = f"brief:{brief.id}", starts[area.id]
            post(session, now, account, Priority.NOTICE, "brief", about=about, due_at=due_at)
    return sum(len(readers[area.id]) for area, _ in telling)


def _readers(session: Session, now: datetime, areas: Sequence[Area]) -> dict[int, list[Account]]:
    roles = {area.id: READERS[area.level] for area in areas}
    rows = session.execute(
        select(Appointment.area_id, Appointment.person_id, Appointment.role)
        .where(among(session, Appointment.area_id, roles), in_force(now), on_at(now))
        .order_by(Appointment.id)
    ).all()
    holders = [(area, person) for area, person, role in rows if roles[area] is role]
    accounts = reachable_accounts(session, {person for _, person in holders})
    found: dict[int, dict[int, Account]] = {area.id: {} for area in areas}
    for area, person in holders:
        if person in accounts:
            found[area][person] = accounts[person]
    return {area: list(some.values()) for area, some in found.items()}
