"""What people decide about a quarantine once it is there: begun in the chat, longer, over before its time (隔离)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Household, Person, Quarantine, Resident
from rules.doors import Found
from rules.honesty import Reply
from rules.mail import Priority
from rules.quarantine import QuarantineStatus, day_number
from rules.release import longer_until
from rules.times import local_date
from services import register
from services.areas import within
from services.audit import record, record_quarantine
from services.certificates import send
from services.homes import household_of
from services.mailbox import say
from services.moving import owes_no_more
from services.phones import account_for
from services.policy import policy_at
from services.quarantines import plan_slots
from services.questioning import ask_family, wishes_to_see
from services.releases import certify, revoke, take_back
from services.slots import open_slots
from services.words import Value

LONGER = (3, 7)
"""By how many days a quarantine is made longer with one press."""


def named(session: Session, paths: Iterable[str], name: str) -> list[tuple[Person, Household]]:
    """Those of this name who live in these subtrees."""
    rows = session.execute(
        select(Person, Household)
        .join(Resident, Resident.person_id == Person.id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.grid_id)
        .where(Person.name == name, within(paths))
        .order_by(Household.id, Person.id)
    )
    return [(person, home) for person, home in rows]


def running(session: Session, person_id: int) -> Quarantine | None:
    """The quarantine of a person that is not over."""
    return session.scalar(
        select(Quarantine)
        .where(Quarantine.person_id == person_id, Quarantine.status != QuarantineStatus.ENDED)
        .order_by(Quarantine.first_day)
        .limit(1)
    )


def begin_today(session: Session, now: datetime, person: Person, household: Household, by: int) -> Quarantine:
    """From today on, for as many days as the area orders; the slot that is open now asks already."""
    today = local_date(now, policy_at(session, household.grid_id).timezone)
    one = register.quarantine(session, now, person=person, household=household, first_day=today)
    _written(session, now, one, by, "begun", days=day_number(one.last_day, one.first_day))
    return one


def make_longer(session: Session, now: datetime, one: Quarantine, days: int, by: int) -> None:
    """So many days more, from today on when the last day is past; the family is told until when."""
    zone = policy_at(session, session.get_one(Household, one.household_id).grid_id).timezone
    one.last_day = longer_until(one.last_day, days, local_date(now, zone))
    if one.next_at is None:
        plan_slots(session, now, one)
    take_back(session, now, one)
    _written(session, now, one, by, "longer", days=days)
    whole = day_number(one.last_day, one.first_day)
    _tell(session, now, one, "quarantine-longer", {"days": days, "whole": whole})


def end_early(session: Session, now: datetime, one: Quarantine, by: int | None) -> None:
    """Over as of now: what an open slot still wants of this person it wants no more; the family is told.

    Whoever is in hospital is not released: no certificate lets them pass a gate.
    """
    in_hospital = one.excused_why == Found.IN_HOSPITAL
    one.status, one.ended_at = QuarantineStatus.ENDED, now
    one.next_day = one.next_half = one.next_at = None
    for request in session.scalars(open_slots(now, one.household_id, one.person_id)).all():
        owes_no_more(session, now, request, one.person_id, "released")
    _written(session, now, one, by, "ended", why=Found.IN_HOSPITAL.value if in_hospital else "")
    if in_hospital:
        revoke(session, now, [one.id])
        _tell(session, now, one, "quarantine-ended-in-hospital", {})
        return
    policy = policy_at(session, session.get_one(Household, one.household_id).grid_id)
    [row] = certify(session, now, {one.id: local_date(now, policy.timezone)}, by=by)
    _tell(session, now, one, "quarantine-ended", {})
    send(session, now, row, policy.awake(now))


def ask_again(session: Session, now: datetime, person: Person, by: Person) -> bool:
    """Asks the family for a value of somebody now, with a photo of the thermometer; False when nobody can be asked.

    A question, not a reproach: the reason stays with whoever asks. The audit has who asked.
    """
    if not ask_family(session, now, person, Reply.PHOTO, by):
        return False
    if home := household_of(session, person.id):
        wishes_to_see(session, now, home, by)
    record(session, now, actor_id=by.id, act="ask_again", subject=f"person:{person.id}")
    return True


def _written(session: Session, now: datetime, one: Quarantine, by: int | None, what: str, **detail: object) -> None:
    session.flush()
    record_quarantine(session, now, one.person_id, by, what, last_day=one.last_day.isoformat(), **detail)


def _tell(session: Session, now: datetime, one: Quarantine, key: str, args: dict[str, Value]) -> None:
    account = account_for(session, one.person_id)
    if account is None:
        return
    name = session.get_one(Person, one.person_id).name
    due_at = policy_at(session, session.get_one(Household, one.household_id).grid_id).awake(now)
    say(session, now, account, key, {"name": name, **args}, priority=Priority.NOTICE, due_at=due_at)
