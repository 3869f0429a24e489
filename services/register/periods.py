"""Quarantines put down or corrected: from which day, for how many."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Household, Person, Quarantine
from rules.quarantine import QuarantineStatus, day_number, last_day, status_on
from rules.times import local_date
from services.policy import default_policy, policy_at
from services.quarantines import plan_slots
from services.register.writing import change
from services.releases import take_back


def quarantine(
    session: Session,
    now: datetime,
    *,
    person: Person,
    household: Household,
    first_day: date,
    days: int | None = None,
    reason: str = "",
    origin: str = "",
) -> Quarantine:
    """Puts a quarantine of `days` local dates down (None: as many as the area orders), or corrects what it overlaps."""
    known = session.scalars(select(Quarantine).where(Quarantine.person_id == person.id)).all()
    one, _ = order(
        session,
        now,
        known,
        person=person,
        household=household,
        first_day=first_day,
        days=days,
        reason=reason,
        origin=origin,
    )
    session.flush()
    return one


def order(
    session: Session,
    now: datetime,
    known: Sequence[Quarantine],
    *,
    person: Person,
    household: Household,
    first_day: date,
    days: int | None,
    reason: str = "",
    origin: str = "",
) -> tuple[Quarantine, bool]:
    """Like `quarantine` for callers who hold the person's `known` quarantines; also whether anything changed."""
    last = last_day(first_day, days or _usual(session, known, household, first_day))
    one = _same_or_overlapping(known, first_day, last)
    if one is None:
        one = Quarantine(person_id=person.id, household_id=household.id, reason=reason, origin=origin, created_at=now)
        _set_days(session, now, one, first_day, last)
        session.add(one)
        return one, True
    changed = change(one, reason=reason or one.reason, origin=origin or one.origin)
    # An unchanged period is left alone: a quarantine that somebody ended early does not begin again.
    if (one.first_day, one.last_day) != (first_day, last) and not _made_longer(session, one, first_day, last):
        _set_days(session, now, one, first_day, last)
        changed = True
    return one, changed


def _usual(session: Session, known: Iterable[Quarantine], household: Household, first_day: date) -> int:
    """As many days as the area orders now; one that began on that day keeps what was ordered then."""
    for one in known:
        if one.first_day == first_day:
            return day_number(one.last_day, one.first_day)
    return policy_at(session, household.grid_id).quarantine_days


def _made_longer(session: Session, one: Quarantine, first: date, last: date) -> bool:
    """Whether staff made it longer than the roster says: a roster that is imported again does not take that back."""
    if first != one.first_day or last >= one.last_day:
        return False
    said = select(AuditEntry).where(AuditEntry.act == "quarantine", AuditEntry.subject == f"person:{one.person_id}")
    return any(entry.detail.get("what") == "longer" for entry in session.scalars(said))


def _same_or_overlapping(known: Iterable[Quarantine], first: date, last: date) -> Quarantine | None:
    """Other days that overlap an open quarantine correct it; a person is never in two at a time."""
    by_start = sorted(known, key=lambda one: one.first_day, reverse=True)
    for one in by_start:
        if one.first_day == first:
            return one
    for one in by_start:
        if one.status is not QuarantineStatus.ENDED and one.first_day <= last and first <= one.last_day:
            return one
    return None


def _set_days(session: Session, now: datetime, one: Quarantine, first: date, last: date) -> None:
    known = one.id is not None
    runs = known and one.status is not QuarantineStatus.ENDED
    one.first_day, one.last_day = first, last
    today = local_date(now, default_policy(session).timezone)
    one.status = status_on(today, first, last)
    if runs and one.status is QuarantineStatus.ENDED:
        one.status = QuarantineStatus.ACTIVE  # over is what runs only when it is decided that its person may go
    one.ended_at = now if one.status is QuarantineStatus.ENDED else None
    if known and (one.released_at is not None or one.end_step >= 0):
        take_back(session, now, one)
    plan_slots(session, now, one)
