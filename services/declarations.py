"""Returnees declare themselves; staff approve, and a quarantine begins with the right days (返乡申报)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Declaration, Household, JoinStatus, Person
from rules.declarations import Refusal
from rules.errors import NotAllowedError
from rules.ladder import NOBODY_LEFT_RETRY, Ladder, climb_on
from rules.mail import Priority
from rules.release import next_call
from services import register
from services.accounts import language_of
from services.audit import record, record_quarantine
from services.chain import reach, snapshot
from services.changes import bring_up_to_date
from services.dates import day_for
from services.dossier import members
from services.mailbox import post, say
from services.orders import running
from services.policy import policy_at
from services.words import text_for

BATCH = 200


def waiting_of(session: Session, household_id: int) -> Declaration | None:
    """What a household has declared and nobody has decided."""
    mine = select(Declaration).where(Declaration.household_id == household_id, Declaration.status == JoinStatus.WAITING)
    return session.scalar(mine.limit(1))


def declare(
    session: Session,
    now: datetime,
    account: Account,
    person: Person,
    home: Household,
    *,
    origin: str,
    arrived_on: date,
    ticket: str,
    whole_household: bool,
) -> Declaration:
    """Puts down what somebody says, and asks the grid's staff."""
    one = Declaration(
        account_id=account.id,
        person_id=person.id,
        household_id=home.id,
        origin=origin,
        arrived_on=arrived_on,
        ticket=ticket,
        whole_household=whole_household,
        next_at=now,
        created_at=now,
    )
    session.add(one)
    session.flush()
    subject = f"person:{person.id}"
    record(session, now, actor_id=person.id, act="declare", subject=subject, arrived_on=arrived_on.isoformat())
    _ask(session, now, one)
    return one


def ask_on(session: Session, now: datetime) -> dict[str, int]:
    """The tick: of what nobody has decided, the next one up is asked."""
    due = session.scalars(
        select(Declaration)
        .where(Declaration.status == JoinStatus.WAITING, Declaration.next_at <= now)
        .order_by(Declaration.next_at)
        .limit(BATCH)
    ).all()
    for one in due:
        _ask(session, now, one)
    return {"asked": len(due), "left": int(len(due) == BATCH)}


def _ask(session: Session, now: datetime, one: Declaration) -> None:
    grid = session.get_one(Household, one.household_id).grid_id
    around = reach(session, now, snapshot(session, now, grid, Ladder.ORDINARY))
    found, _ = climb_on(around.candidates, one.step)
    if found.step is None:
        one.next_at = now + NOBODY_LEFT_RETRY
        return
    policy = policy_at(session, grid)
    told_at = policy.awake(now)
    one.step, one.next_at = found.step, next_call(told_at, policy)
    for person in found.tell:
        account = around.accounts[person]
        post(session, now, account, Priority.PROMPT, "declaration", about=f"declaration:{one.id}", due_at=told_at)


def those_of(session: Session, one: Declaration) -> Sequence[Person]:
    """Whom a declaration is about."""
    if not one.whole_household:
        return [session.get_one(Person, one.person_id)]
    return [person for _, person in members(session, one.household_id)]


def approve(session: Session, now: datetime, one: Declaration, by: int) -> date:
    """The quarantine begins with the day of arrival; its last day. Who is in a longer one stays in that.

    Raises `NotAllowedError` when it has been decided already.
    """
    _decided(session, now, one, JoinStatus.APPROVED, by)
    home = session.get_one(Household, one.household_id)
    lasts = []
    for person in those_of(session, one):
        present = running(session, person.id)
        if present is None or present.first_day < one.arrived_on:
            present = register.quarantine(
                session, now, person=person, household=home, first_day=one.arrived_on, reason="返乡", origin=one.origin
            )
            last_day = present.last_day.isoformat()
            record_quarantine(session, now, person.id, by, "begun", declaration=one.id, last_day=last_day)
        lasts.append(present.last_day)
    last = max(lasts)
    _tell(session, now, one, "declared-approved", first=one.arrived_on, last=last)
    return last


def refuse(session: Session, now: datetime, one: Declaration, by: int, why: Refusal) -> None:
    """No quarantine, and the reason is told. Raises `NotAllowedError` when it has been decided already."""
    _decided(session, now, one, JoinStatus.REFUSED, by)
    one.why = why.value
    _tell(session, now, one, f"declared-{why.value.replace('_', '-')}")


def _decided(session: Session, now: datetime, one: Declaration, status: JoinStatus, by: int) -> None:
    if one.status is not JoinStatus.WAITING:
        raise NotAllowedError(one.status.value)
    one.status, one.decided_by, one.decided_at = status, by, now
    session.flush()
    bring_up_to_date(session, now, f"declaration:{one.id}")
    record(session, now, actor_id=by, act=status.value, subject=f"declaration:{one.id}")


def _tell(session: Session, now: datetime, one: Declaration, key: str, **days: date) -> None:
    account = session.get_one(Account, one.account_id)
    language = language_of(session, account)
    mark = text_for(language, "list-mark")
    name = mark.join(person.name for person in those_of(session, one))
    said = {what: day_for(session, account, day) for what, day in days.items()}
    say(session, now, account, key, {"name": name, **said})
