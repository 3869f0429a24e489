"""When somebody is on duty: what they said themselves, their posts and the roster, put together (值班)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from models import Appointment, Area
from rules.duty import is_on
from rules.shifts import Stint, shifts_of_days
from rules.times import days_between, local_date
from services.policy import default_policy
from services.shifts import holidays_at, hours_of, known_stints
from services.staff import appointments

A_WEEK = 7


def is_on_duty(session: Session, now: datetime, mine: Sequence[tuple[Appointment, Area]]) -> bool:
    """Whether somebody is on duty in one of their appointments."""
    stints = known_stints(session, now, {one.person_id for one, _ in mine})
    return any(stands(one, stints, now) for one, _ in mine)


def stands(one: Appointment, stints: Mapping[int, Stint], now: datetime) -> bool:
    """Whether somebody is on duty in an appointment; `stints` are those of whoever is on the roster."""
    return is_on(one.on_duty, one.off_until, now, one.on_until, _stint(one, stints))


def _stint(one: Appointment, stints: Mapping[int, Stint]) -> Stint | None:
    """The roster is about one's own posts: whoever stands in for somebody is on for as long as they said."""
    return None if one.stands_for else stints.get(one.person_id)


def on_again_at(session: Session, now: datetime, mine: Sequence[tuple[Appointment, Area]]) -> datetime | None:
    """When somebody who is off duty is on by themselves: rest over, shift begun; None: when they say so."""
    stints = known_stints(session, now, {one.person_id for one, _ in mine})
    ends = [on_again(one, stints, now) for one, _ in mine if not stands(one, stints, now)]
    return min((one for one in ends if one is not None), default=None)


def on_again(one: Appointment, stints: Mapping[int, Stint], now: datetime) -> datetime | None:
    """When somebody who is off duty in an appointment is on again; None: when they say so, or not in sight."""
    resting = not is_on(one.on_duty, one.off_until, now)
    if resting and one.off_until is None:
        return None
    stint = _stint(one, stints)
    rested = one.off_until if resting and one.off_until else now
    if stint is None or stint.covers(rested):
        return rested
    return None if stint.starts == stint.ends else max(stint.starts, rested)


def week_of(session: Session, now: datetime, person_id: int) -> dict[date, list[tuple[time, time]]]:
    """The shifts of somebody on the roster in the seven days from today on, a day each; empty for everybody else."""
    rows = hours_of(session, [person_id]).get(person_id, [])
    if not rows:
        return {}
    today = local_date(now, default_policy(session).timezone)
    days = days_between(today, today + timedelta(days=A_WEEK - 1))
    holidays = holidays_at(session, {one.area_id for one in rows}, days[0], days[-1])
    return shifts_of_days(rows, days, holidays)


def on_until(one: Appointment, stints: Mapping[int, Stint], now: datetime) -> datetime | None:
    """Until when somebody on the roster is on."""
    stint = _stint(one, stints)
    if stint is None:
        return None
    ends = stint.ends if stint.covers(now) else now
    return max(ends, one.on_until) if one.on_until else ends


def stays_beyond(session: Session, now: datetime, person_id: int, ends_at: datetime) -> bool:
    """Whether somebody is on duty beyond the end of a shift: they said so, or came back."""
    mine = [one for one, _ in appointments(session, now, person_id) if one.stands_for is None]
    stints = known_stints(session, max(now, ends_at), [person_id])
    return any(stands(one, stints, max(now, ends_at)) for one in mine)
