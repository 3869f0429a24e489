"""Somebody may go: decided, told, over at the end of the last day; or taken back (解除隔离)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from secrets import token_bytes

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Household, Quarantine, Release
from rules.mail import Priority
from rules.quarantine import QuarantineStatus
from rules.release import free_from, last_miss, over_at
from services.audit import record_quarantine
from services.certificates import SECRET, send, standing_of
from services.changes import bring_all_up_to_date
from services.mailbox import post
from services.phones import phones_of
from services.policy import awake_at
from services.verdicts import policies_of, verdicts


def release(session: Session, now: datetime, ones: Sequence[Quarantine], *, by: int | None, by_rule: bool) -> None:
    """They may go out when their last day is over, or now when it is; each gets a certificate and kind words."""
    policies = policies_of(session, ones)
    for one in ones:
        one.released_at, one.end_at = now, over_at(one.last_day, policies[one.id].timezone)
        if one.end_at <= now:
            one.status, one.ended_at = QuarantineStatus.ENDED, now
        last_day = one.last_day.isoformat()
        record_quarantine(session, now, one.person_id, by, "released", by_rule=by_rule, last_day=last_day)
    days = {one.id: free_from(one.last_day, now, policies[one.id].timezone) for one in ones}
    certify(session, now, days, by=by, by_rule=by_rule)
    _say_goodbye(session, now, ones)
    _bring_lists_up_to_date(session, now, ones)


def certify(
    session: Session, now: datetime, days: Mapping[int, date], *, by: int | None, by_rule: bool = False
) -> list[Release]:
    """Certificates of quarantines, each valid from its day on. Of a quarantine one holds at most."""
    revoke(session, now, days)
    rows = [
        Release(
            quarantine_id=number,
            secret=token_bytes(SECRET),
            valid_from=day,
            by_rule=by_rule,
            by_id=by,
            created_at=now,
        )
        for number, day in days.items()
    ]
    session.add_all(rows)
    session.flush()
    return rows


def revoke(session: Session, now: datetime, numbers: Iterable[int]) -> None:
    """What was given for these quarantines is valid no more."""
    session.flush()
    given = update(Release).where(Release.quarantine_id.in_(list(numbers)), Release.revoked_at.is_(None))
    session.execute(given.values(revoked_at=now))


def take_back(session: Session, now: datetime, one: Quarantine) -> None:
    """The quarantine goes on: nobody is asked any more whether its person may go, and no certificate holds."""
    if one.released_at is not None:
        revoke(session, now, [one.id])
    one.released_at, one.end_step = None, -1
    one.end_at = last_miss(one.last_day, policies_of(session, [one])[one.id])
    session.flush()
    _bring_lists_up_to_date(session, now, [one])


def end_or_withdraw(session: Session, now: datetime, released: Sequence[Quarantine]) -> int:
    """The last day is over: so is the quarantine, unless something came up since the rule let somebody go; how many."""
    by_rule = _by_rule(session, released)
    found = verdicts(session, [one for one in released if one.id in by_rule])
    withdrawn = [one for one in released if one.id in found and found[one.id].doubts]
    for one in released:
        if one not in withdrawn:
            one.status, one.ended_at = QuarantineStatus.ENDED, now
    for one in withdrawn:
        revoke(session, now, [one.id])
        one.released_at, one.end_at = None, now  # a human decides, with the next look
        record_quarantine(session, now, one.person_id, None, "withdrawn", doubts=list(found[one.id].doubts))
    return len(released) - len(withdrawn)


def _by_rule(session: Session, released: Sequence[Quarantine]) -> set[int]:
    numbers = {one.id for one in released}
    if not numbers:
        return set()
    rows = select(Release.quarantine_id).where(Release.quarantine_id.in_(numbers), Release.by_rule)
    return set(session.scalars(rows.where(Release.revoked_at.is_(None))))


def _say_goodbye(session: Session, now: datetime, ones: Sequence[Quarantine]) -> None:
    """One message a phone for everybody of the household who may go; with several, a picture for each besides."""
    doors = phones_of(session, {one.household_id for one in ones})
    rows = session.scalars(select(Household).where(Household.id.in_(doors)))
    grids = {home.id: home.grid_id for home in rows}
    starts = awake_at(session, now, set(grids.values()))
    for household, accounts in doors.items():
        people = [one.id for one in ones if one.household_id == household]
        start = starts[grids[household]]
        for account in accounts:
            post(session, now, account, Priority.NOTICE, "released", args={"quarantines": people}, due_at=start)
        session.flush()
        given = [row for one in people if len(people) > 1 and (row := standing_of(session, one))]
        for row in given:
            send(session, now, row, start)


def _bring_lists_up_to_date(session: Session, now: datetime, ones: Sequence[Quarantine]) -> None:
    homes = {one.household_id for one in ones if one.end_step >= 0 or one.released_at is None}
    grids = session.scalars(select(Household.grid_id).where(Household.id.in_(homes)).distinct())
    bring_all_up_to_date(session, now, [f"releases:{grid}" for grid in grids])
