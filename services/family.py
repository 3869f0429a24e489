"""A family corrects what is known of it, and says who of it is asked; staff hear of what concerns them (家人)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Household, Person, Quarantine, Resident
from rules.errors import NotAllowedError
from rules.family import MOST_MEMBERS, Part, age_on, is_minor, may_stop
from rules.mail import Priority
from rules.quarantine import QuarantineStatus
from rules.times import local_date
from services import register
from services.audit import record
from services.chain import first_told
from services.changes import not_left
from services.dossier import members
from services.mailbox import post
from services.policy import default_policy, policy_at

GATHER = timedelta(minutes=10)
"""What a family corrects in one sitting is told to its staff in one message."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of a household, as the family sees them."""

    resident: Resident
    person: Person
    age: int | None
    """Full years; None: unknown."""
    joined: bool
    """Has a chat that can be reached."""

    @property
    def is_child(self) -> bool:
        """Whether they are never asked."""
        return self.resident.part is Part.CHILD or is_minor(self.age)

    @property
    def is_asked(self) -> bool:
        """Whether they are asked now."""
        return self.joined and self.resident.part is Part.ASKED and not self.is_child


def family_of(session: Session, now: datetime, household_id: int) -> list[Member]:
    """Everybody behind a door, in the register's order."""
    people = members(session, household_id)
    joined = _joined(session, [person.id for _, person in people])
    return [Member(resident, person, age_of(session, now, person), person.id in joined) for resident, person in people]


def age_of(session: Session, now: datetime, person: Person) -> int | None:
    """Full years by the identity number; None where the register has none."""
    number = register.id_number_of(session, person)
    return age_on(local_date(now, default_policy(session).timezone), number) if number else None


def _joined(session: Session, people: Collection[int]) -> set[int]:
    rows = session.scalars(select(Account.person_id).where(Account.person_id.in_(people), Account.reachable))
    return {one for one in rows if one is not None}


def note_minors(session: Session, now: datetime, person: Person) -> None:
    """Somebody has joined: a minor by their identity number is never asked from the first slot on."""
    if not is_minor(age_of(session, now, person)):
        return
    for one in session.scalars(select(Resident).where(Resident.person_id == person.id, Resident.part != Part.CHILD)):
        one.part = Part.CHILD


def rename(session: Session, now: datetime, by: int, home: Household, one: Member, name: str) -> None:
    """The name was wrong. Raises `NotAllowedError` when another of the household has it."""
    if any(other.person.name == name for other in family_of(session, now, home.id) if other.person is not one.person):
        raise NotAllowedError(name)
    before, one.person.name = one.person.name, name
    _changed(session, now, by, home, one.person, "renamed", before=before, name=name)


def relate(session: Session, now: datetime, by: int, home: Household, one: Member, relation: str) -> None:
    """The relation to the head of the register was wrong."""
    before, one.resident.relation = one.resident.relation, relation
    _changed(session, now, by, home, one.person, "related", before=before, relation=relation)


def nickname(session: Session, now: datetime, by: int, home: Household, one: Member, call: str) -> None:
    """What the family calls somebody; staff need not know."""
    before, one.resident.nickname = one.resident.nickname, call
    _written(session, now, by, home, one.person, "nicknamed", before=before, call=call)


def put_at_the_head(session: Session, now: datetime, by: int, home: Household, one: Member) -> None:
    """Whom staff ask for at the door from now on; the relations stay as the register has them."""
    for other in family_of(session, now, home.id):
        other.resident.heads = other.resident is one.resident
    _changed(session, now, by, home, one.person, "head")


def add(session: Session, now: datetime, by: int, home: Household, name: str, relation: str, *, child: bool) -> Person:
    """Somebody lives here of whom the register knows nothing; whether they are in quarantine is for staff to say.

    Raises `NotAllowedError` when somebody of that name is there already, or there are `MOST_MEMBERS`.
    """
    there = members(session, home.id)
    if len(there) >= MOST_MEMBERS or any(person.name == name for _, person in there):
        raise NotAllowedError(name)
    person = register.add_person(session, now, name=name)
    resident = register.add_resident(session, now, person=person, household=home, relation=relation)
    resident.part = Part.CHILD if child else Part.ASKED
    _changed(session, now, by, home, person, "added", relation=relation)
    return person


def take_out(session: Session, now: datetime, by: int, home: Household, one: Member) -> None:
    """They live here no more; what was measured stays.

    Raises `NotAllowedError` for somebody in quarantine, whom only staff may let go, and for whoever asks for it.
    """
    if one.person.id == by or is_held(session, one.person.id):
        raise NotAllowedError(one.person.name)
    session.delete(one.resident)
    session.flush()
    keep_somebody_asked(session, now, home.id)
    _changed(session, now, by, home, one.person, "removed")


def is_held(session: Session, person_id: int) -> bool:
    """Whether somebody is, or will be, in quarantine."""
    not_over = (Quarantine.person_id == person_id) & (Quarantine.status != QuarantineStatus.ENDED)
    return session.scalar(select(Quarantine.id).where(not_over).limit(1)) is not None


def leave_alone(session: Session, now: datetime, by: int, home: Household, one: Member, part: Part) -> None:
    """Somebody is not asked any more, or is a child. Raises `NotAllowedError` when nobody would be left to ask."""
    asked = [other.person.id for other in family_of(session, now, home.id) if other.is_asked]
    if one.is_asked and not may_stop(one.person.id, asked):
        raise NotAllowedError(one.person.name)
    one.resident.part = part
    _written(session, now, by, home, one.person, "part", part=part.value)


def ask_too(session: Session, now: datetime, by: int, home: Household, one: Member) -> None:
    """Somebody is asked again: an adult by their own word, or one who was put down as a child and is none."""
    one.resident.part = Part.ASKED
    _written(session, now, by, home, one.person, "part", part=Part.ASKED.value)


def keep_somebody_asked(session: Session, now: datetime, household_id: int) -> None:
    """Whoever was the only one asked is gone: of those who are left, the adults who have joined are asked again."""
    session.flush()
    everybody = family_of(session, now, household_id)
    if any(one.is_asked for one in everybody):
        return
    for one in everybody:
        if one.joined and not one.is_child:
            one.resident.part = Part.ASKED


def _written(
    session: Session, now: datetime, by: int, home: Household, person: Person, what: str, **detail: object
) -> None:
    session.flush()
    subject = f"household:{home.id}"
    record(session, now, actor_id=by, act="family", subject=subject, what=what, person=person.id, **detail)


def _changed(session: Session, now: datetime, by: int, home: Household, person: Person, what: str, **said: str) -> None:
    """Written down, and told to the grid's staff."""
    _written(session, now, by, home, person, what, **said)
    known_as = said["before"] if what == "renamed" else person.name
    _tell_staff(session, now, by, home, {"what": what, "args": {"person": known_as, **said}})


def _tell_staff(session: Session, now: datetime, by: int, home: Household, change: dict[str, Any]) -> None:
    """What a family corrects in one sitting is one message, and none at night."""
    about, due_at = f"household:{home.id}", max(now + GATHER, policy_at(session, home.grid_id).awake(now))
    by_account = {one.account_id: one for one in session.scalars(not_left("family_changes", [about]))}
    for account in first_told(session, now, home.grid_id):
        if present := by_account.get(account.id):
            present.args = {**present.args, "changes": [*present.args["changes"], change]}
        else:
            args = {"by": by, "changes": [change]}
            post(session, now, account, Priority.NOTICE, "family_changes", args=args, about=about, due_at=due_at)
