"""The hours of the coming day at which nobody of a grid is on the roster, said in advance (没人的班)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, DutyOutlook, Shift
from rules.duty import AT_THE_DOORS
from rules.mail import Priority
from rules.roles import Level, Role
from rules.shifts import Stint, said_next, stints, uncovered
from rules.times import days_between, local_date
from services.areas import areas_below, numbers
from services.chain import standing
from services.duty_gaps import with_quarantines
from services.mailbox import post
from services.policy import default_policy, policy_at
from services.shifts import holidays_at, hours_of
from services.staff import holders, in_force

A_DAY = timedelta(days=1)
AT_ONCE = 20
"""Communities looked at in one tick: a city's hear at the same hour."""


def expect(session: Session, now: datetime, areas: Iterable[Area]) -> None:
    """The communities of areas with a roster hear from the next morning on."""
    above = {number for area in areas for number in numbers(area.path)}
    known = set(session.scalars(select(DutyOutlook.area_id)))
    fresh = session.scalars(select(Area.id).where(Area.id.in_(above - known), Area.level == Level.COMMUNITY))
    next_at = said_next(now, default_policy(session).timezone)
    session.add_all(DutyOutlook(area_id=one, next_at=next_at) for one in fresh)


def look_ahead(session: Session, now: datetime) -> dict[str, int]:
    """The tick: each community hears once a day, and only where somebody is missing."""
    come = select(DutyOutlook).where(DutyOutlook.next_at <= now).order_by(DutyOutlook.next_at, DutyOutlook.id)
    due = session.scalars(come.limit(AT_ONCE)).all()
    told = sum(_look(session, now, one) for one in due)
    return {"looked": len(due), "told": told, "left": int(len(due) == AT_ONCE)}


def _look(session: Session, now: datetime, one: DutyOutlook) -> bool:
    community = session.get_one(Area, one.area_id)
    grids = {area.id for area in areas_below(session, [community.path], Level.GRID)}
    rostered = set(session.scalars(select(Shift.area_id).where(Shift.area_id.in_(grids)).distinct()))
    if not rostered:
        session.delete(one)
        return False
    one.next_at = said_next(now, default_policy(session).timezone)
    alone = alone_at(session, now, with_quarantines(session, rostered))
    if not alone:
        return False
    spans = [[grid, each.starts.isoformat(), each.ends.isoformat()] for grid, parts in alone.items() for each in parts]
    about = f"area:{community.id}"
    people = {held.person_id for held in holders(session, now, Role.COMMUNITY, [community.id])}
    around = standing(session, now, people)
    on = {person for person in people if around.why_not(person, Role.COMMUNITY) is None}
    due_at = policy_at(session, community.id).awake(now)
    for person in sorted(on or people & around.accounts.keys()):
        account = around.accounts[person]
        post(session, now, account, Priority.PROMPT, "outlook", args={"spans": spans}, about=about, due_at=due_at)
    return True


def alone_at(session: Session, now: datetime, grids: Collection[int]) -> dict[int, list[Stint]]:
    """By grid: the parts of the coming day in which none of its workers and heads is on the roster.

    Whoever is on no roster, or stands in, is on all the time: their grid is not here.
    """
    doors = select(Appointment).where(Appointment.area_id.in_(grids), Appointment.role.in_(AT_THE_DOORS), in_force(now))
    posts = session.scalars(doors.order_by(Appointment.area_id, Appointment.id)).all()
    rows = hours_of(session, {one.person_id for one in posts})
    zone = default_policy(session).timezone
    today = local_date(now, zone)
    days = days_between(today - A_DAY, today + A_DAY)
    areas = {one.area_id for mine in rows.values() for one in mine}
    holidays = holidays_at(session, areas, days[0], days[-1])
    found: dict[int, list[Stint]] = {}
    for grid in sorted(grids):
        mine = [one for one in posts if one.area_id == grid]
        if all(one.person_id in rows and one.stands_for is None for one in mine):
            on = [each for one in mine for each in stints(rows[one.person_id], days, holidays, zone)]
            if parts := uncovered([each for each in on if each.ends > now], now, now + A_DAY):
                found[grid] = parts
    return found
