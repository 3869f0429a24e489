"""Grids with nobody on duty: the community is told, then whoever comes next, until somebody is on again (没人值班)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from models import Account, Appointment, DutyGap, Household, Quarantine
from models.people import OFF_DUTY
from models.statements import spelled
from rules.duty import AT_THE_DOORS
from rules.errors import NotAllowedError
from rules.ladder import NOBODY_LEFT_RETRY, Ladder, climb
from rules.quarantine import QuarantineStatus
from services.audit import record
from services.chain import reach, snapshot
from services.hours import tell_in_time
from services.mailbox import bring_up_to_date
from services.policy import policy_at
from services.shift_ends import see_to_ends
from services.shifts import LOOKED_AT_ONCE, look_again
from services.staff import in_force, on_at, on_shift


def watch(session: Session, now: datetime) -> dict[str, int]:
    """The tick: opens a gap where nobody is on, closes it where somebody is again, and tells the next one up."""
    tidied, ends = _tidy(session, now), see_to_ends(session, now)
    changed = look_again(session, now)
    shifts = {**ends, "shifts": changed, "left": int(changed == LOOKED_AT_ONCE)}
    empty = set(session.scalars(nobody_on(now)))
    present = {one.grid_id: one for one in session.scalars(select(DutyGap).where(DutyGap.closed_at.is_(None)))}
    if not empty and not present:
        return {"opened": 0, "closed": 0, "told": 0, "tidied": tidied, **shifts}
    empty = with_quarantines(session, empty)
    over = [one for grid, one in present.items() if grid not in empty]
    for one in over:
        one.closed_at, one.next_at = now, None
        session.flush()
        bring_up_to_date(session, now, f"duty_gap:{one.id}")
    fresh = [DutyGap(grid_id=grid, opened_at=now, step=-1, next_at=now) for grid in sorted(empty - present.keys())]
    session.add_all(fresh)
    session.flush()
    due = [one for one in (*present.values(), *fresh) if one.next_at is not None and one.next_at <= now]
    for one in due:
        _tell(session, now, one)
    return {"opened": len(fresh), "closed": len(over), "told": len(due), "tidied": tidied, **shifts}


def nobody_on(now: datetime) -> Select[int]:
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


def _tell(session: Session, now: datetime, one: DutyGap) -> None:
    chain = snapshot(session, now, one.grid_id, Ladder.ORDINARY)
    doors = max((at for at, step in enumerate(chain) if step["role"] in AT_THE_DOORS), default=-1)
    around = reach(session, now, chain)
    found = climb(around.candidates, max(one.step, doors))
    if found.step is None:  # everybody above was told already: from the community again
        found = climb(around.candidates, doors)
    if found.step is None:
        one.next_at = now + NOBODY_LEFT_RETRY
        return
    told_at = policy_at(session, one.grid_id).awake(now)
    one.step, one.next_at = found.step, told_at + timedelta(minutes=chain[found.step]["minutes"])
    about = f"duty_gap:{one.id}"
    for person in found.tell:
        tell_in_time(session, now, around.accounts[person], "duty_gap", about=about, due_at=told_at)


def see_to(session: Session, now: datetime, one: DutyGap, person_id: int) -> None:
    """Somebody finds people for it: nobody else is told. Raises `NotAllowedError` when it is over, or seen to."""
    if one.closed_at is not None or one.seen_to_by is not None:
        raise NotAllowedError("seen to")
    one.seen_to_by, one.next_at = person_id, None
    session.flush()
    record(session, now, actor_id=person_id, act="see to duty", subject=f"area:{one.grid_id}", gap=one.id)
    bring_up_to_date(session, now, f"duty_gap:{one.id}")
