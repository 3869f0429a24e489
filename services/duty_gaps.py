"""Grids with nobody on duty: an alarm of their own, until somebody is on again (没人值班)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from models import Account, Appointment, DutyGap, Household, Quarantine
from models.people import OFF_DUTY
from models.statements import spelled
from rules.duty import AT_THE_DOORS
from rules.escalation import Kind, Outcome
from rules.ladder import Severity
from rules.quarantine import QuarantineStatus
from services.places import end, raise_at, to_tell_anew
from services.shift_ends import see_to_ends
from services.shifts import LOOKED_AT_ONCE, look_again
from services.staff import Instant, in_force, on_at, on_shift


def watch(session: Session, now: datetime) -> dict[str, int]:
    """The tick: opens a gap where nobody is on, and closes it where somebody is again or nobody is in quarantine."""
    tidied, ends = _tidy(session, now), see_to_ends(session, now)
    changed = look_again(session, now)
    shifts = {**ends, "shifts": changed, "left": int(changed == LOOKED_AT_ONCE)}
    empty = nobody_on(session, now)
    present = {one.grid_id: one for one in session.scalars(select(DutyGap).where(DutyGap.closed_at.is_(None)))}
    if not empty and not present:
        return {"opened": 0, "closed": 0, "again": 0, "tidied": tidied, **shifts}
    watched = with_quarantines(session, empty)
    past = [one for grid, one in present.items() if grid not in watched]
    for one in past:
        _close(session, now, one, Outcome.NOBODY_TO_WATCH if one.grid_id in empty else Outcome.SOMEBODY_ON)
    fresh = [DutyGap(grid_id=grid, opened_at=now) for grid in sorted(watched - present.keys())]
    session.add_all(fresh)
    again = to_tell_anew(session, now, [one for one in present.values() if one.closed_at is None])
    for one in (*fresh, *again):
        _tell(session, now, one)
    return {"opened": len(fresh), "closed": len(past), "again": len(again), "tidied": tidied, **shifts}


def _tell(session: Session, now: datetime, one: DutyGap) -> None:
    alarm = raise_at(session, now, Kind.NO_ONE_ON_DUTY, Severity.ROUTINE, one.grid_id)
    one.escalation_id = alarm.id


def _close(session: Session, now: datetime, one: DutyGap, outcome: Outcome) -> None:
    one.closed_at = now
    session.flush()
    if one.escalation_id is not None:
        end(session, now, one.escalation_id, outcome)


def nobody_on(session: Session, now: datetime) -> set[int]:
    """The grids with nobody on duty at `now`."""
    return set(session.scalars(_NOBODY_ON, {"now": now}))


def _nobody_on(now: Instant) -> Select[int]:
    """The grids with nobody on duty: `rules.duty.nobody_is_on`, for the database.

    It begins at those who are off, who are few and have an index of their own: a city has thousands of grids. Whom the
    roster has off is no news: of the hours with nobody on it the community hears in advance (`services.outlook`).
    """
    other = aliased(Appointment)
    able = exists().where(
        other.area_id == Appointment.area_id,
        other.role.in_(AT_THE_DOORS),
        other.since <= now,
        or_(other.until.is_(None), other.until > now),
        on_at(now, other),
        exists().where(Account.person_id == other.person_id, Account.reachable),
    )
    off = and_(OFF_DUTY, or_(Appointment.off_until.is_(None), Appointment.off_until > now))
    mine = Appointment.role.in_(AT_THE_DOORS) & in_force(now) & on_shift(now)
    return select(Appointment.area_id).where(off, mine, ~able).distinct()


_NOBODY_ON = _nobody_on(bindparam("now", type_=Appointment.since.type))
"""Put together once: it is asked every few seconds, and takes longer to put together than to answer."""


def _tidy(session: Session, now: datetime) -> int:
    """Whose rest was over a day ago is simply on duty: they stand no longer among those who are off."""
    over = update(Appointment).where(OFF_DUTY, Appointment.off_until <= now - timedelta(days=1))
    done = session.execute(over.values(on_duty=True, off_until=None).returning(Appointment.id))
    return len(done.all())


def with_quarantines(session: Session, grids: Collection[int]) -> set[int]:
    """Those of these grids in which somebody is in quarantine."""
    if not grids:
        return set()
    watched = exists().where(
        Quarantine.household_id == Household.id, Quarantine.status == spelled(QuarantineStatus.ACTIVE)
    )
    return set(session.scalars(select(Household.grid_id).where(Household.grid_id.in_(grids), watched).distinct()))
