"""The shifts of people on the duty roster, and everybody's present or next time on duty, kept (排班)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from models import Appointment, Area, Holiday, Shift, ShiftTime
from models.statements import insert_rows
from rules.shifts import AHEAD, Holidays, Hours, Stint, next_stint
from rules.times import local_date
from services.areas import numbers
from services.policy import default_policy

LOOKED_AT_ONCE = 500
"""People whose shift is over, worked out anew in one tick: a city changes shift at one moment."""


def hours_of(session: Session, people: Collection[int]) -> dict[int, list[Hours]]:
    """Their rows of the roster, by person; who has none is not there."""
    found: dict[int, list[Hours]] = {}
    rows = select(Shift).where(Shift.person_id.in_(people)).order_by(Shift.id)
    for one in session.scalars(rows):
        when = one.weekday or one.day
        if when is not None:
            found.setdefault(one.person_id, []).append(Hours(one.area_id, when, one.starts, one.ends))
    return found


def holidays_at(session: Session, areas: Collection[int], first: date, last: date) -> Holidays:
    """The holidays from one local date to another, by area: those of everywhere, and of everything above it."""
    days = session.execute(select(Holiday.area_id, Holiday.day).where(Holiday.day.between(first, last))).all()
    if not days:
        return {}
    paths = session.execute(select(Area.id, Area.path).where(Area.id.in_(areas))).all()
    return {
        area: {day for at, day in days if at is None or at in line}
        for area, line in ((area, numbers(path)) for area, path in paths)
    }


def stints_of(session: Session, now: datetime, people: Collection[int]) -> dict[int, Stint]:
    """The present or next time on duty of those of these people who are on the roster, from its rows."""
    rows = hours_of(session, people) if people else {}
    if not rows:
        return {}
    zone = default_policy(session).timezone
    today = local_date(now, zone)
    areas = {one.area_id for mine in rows.values() for one in mine}
    holidays = holidays_at(session, areas, today - timedelta(days=1), today + AHEAD)
    return {person: next_stint(mine, now, holidays, zone) for person, mine in rows.items()}


def known_stints(session: Session, now: datetime, people: Collection[int]) -> dict[int, Stint]:
    """The same as it is kept: who is not there is not on the roster."""
    kept = session.execute(
        select(ShiftTime.person_id, ShiftTime.starts_at, ShiftTime.ends_at).where(ShiftTime.person_id.in_(people))
    )
    return up_to_date(session, now, {person: Stint(starts, ends) for person, starts, ends in kept})


def up_to_date(session: Session, now: datetime, kept: Mapping[int, Stint]) -> dict[int, Stint]:
    """What is kept, and worked out anew where its end is past: no tick can be late for an alarm."""
    past = [person for person, one in kept.items() if one.ends <= now]
    return {**kept, **stints_of(session, now, past)} if past else dict(kept)


def keep(session: Session, now: datetime, people: Collection[int]) -> None:
    """Works out anew, and keeps, the time on duty of these people; who is on the roster no more is no longer kept."""
    session.execute(delete(ShiftTime).where(ShiftTime.person_id.in_(people)))
    rows = [
        {"person_id": person, "starts_at": one.starts, "ends_at": one.ends, "look_at": one.look_at(now)}
        for person, one in stints_of(session, now, people).items()
    ]
    insert_rows(session, ShiftTime, rows)


def keep_all(session: Session, now: datetime, path: str | None = None) -> None:
    """The same for everybody on the roster (`path`: of the areas below it), in parts."""
    chosen = select(Shift.person_id).distinct()
    if path is not None:
        chosen = chosen.join(Area, Area.id == Shift.area_id).where(Area.path.startswith(path, autoescape=True))
    people = list(session.scalars(chosen))
    for at in range(0, len(people), LOOKED_AT_ONCE):
        keep(session, now, people[at : at + LOOKED_AT_ONCE])


def look_again(session: Session, now: datetime) -> int:
    """Works out anew whose time on duty is over, or about to be; how many."""
    come = select(ShiftTime.person_id).where(ShiftTime.look_at <= now).order_by(ShiftTime.look_at)
    people = list(session.scalars(come.limit(LOOKED_AT_ONCE)))
    if people:
        keep(session, now, people)
    return len(people)


def posts_of(session: Session, area_ids: Collection[int], now: datetime) -> list[Appointment]:
    """The own posts in these areas that are in force: those of whom a roster can be written."""
    return list(
        session.scalars(
            select(Appointment)
            .where(Appointment.area_id.in_(area_ids), Appointment.stands_for.is_(None), Appointment.since <= now)
            .where(or_(Appointment.until.is_(None), Appointment.until > now))
            .order_by(Appointment.id)
        )
    )
