"""The sheet 工作人员 put into people and appointments."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Person
from rules.roles import LEVEL_OF_ROLE, Role, is_held_at
from services.register import index_of_phone, phone_of, write_person
from services.roster.areas import areas_by_code
from services.roster.errors import RowError
from services.roster.outcomes import Outcome, Verdict, verdict
from services.roster.parsing import Line, Parsed
from services.roster.rows import StaffRow

Post = tuple[Role, int]
"""A role in the area with this id."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say about the rows at hand."""

    areas: dict[str, Area]
    by_phone: dict[tuple[bytes | None, str], Person]
    by_member: dict[str, Person]
    by_post: dict[Post, list[Person]]
    appointments: dict[tuple[int, Role, int], Appointment]
    in_file: Collection[Hashable]
    """Every (name, phone, role, area) of the whole file."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A row and whom it is about."""

    row: StaffRow
    person: Person
    changed: bool


def apply_staff(
    session: Session, now: datetime, parsed: Parsed[StaffRow], lines: Sequence[Line[StaffRow]]
) -> list[Outcome]:
    """Puts some lines in: a person is known by WeCom account, phone, or appointment, each with the name; or is new."""
    known = _look_up(session, parsed, lines)
    errors: list[RowError] = []
    members: list[_Member] = []
    for line in lines:
        problem = _problem(parsed, line, known)
        if problem:
            errors.append(problem)
        else:
            members.append(_member(session, now, line.row, known))
    session.flush()
    return [*errors, *(_appoint(session, now, known, one) for one in members)]


def _look_up(session: Session, parsed: Parsed[StaffRow], lines: Sequence[Line[StaffRow]]) -> _Known:
    areas = areas_by_code(session, (line.row.area for line in lines))
    phones = {index_of_phone(session, line.row.phone) for line in lines if line.row.phone}
    people = session.scalars(select(Person).where(Person.phone_index.in_(phones)).order_by(Person.id.desc()))
    by_phone = {(one.phone_index, one.name): one for one in people}
    members = {line.row.member.casefold() for line in lines if line.row.member}
    by_member = {one.member or "": one for one in session.scalars(select(Person).where(Person.member.in_(members)))}
    wanted = [area.id for area in areas.values()]
    by_post: dict[Post, list[Person]] = {}
    appointments = {}
    for appointment, person in session.execute(
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.area_id.in_(wanted))
        .order_by(Appointment.id)
    ):
        by_post.setdefault((appointment.role, appointment.area_id), []).append(person)
        appointments[person.id, appointment.role, appointment.area_id] = appointment
    return _Known(areas, by_phone, by_member, by_post, appointments, parsed.identities)


def _problem(parsed: Parsed[StaffRow], line: Line[StaffRow], known: _Known) -> RowError | None:
    row = line.row
    area = known.areas.get(row.area)
    if area is None:
        return parsed.error(line, "area", "roster-area-unknown", code=row.area)
    wanted = LEVEL_OF_ROLE[row.role]
    if not is_held_at(row.role, area.level):
        args = {"role": row.role.value, "wanted": wanted.value, "level": area.level.value}
        return parsed.error(line, "area", "roster-role-level", code=row.area, **args)
    holder = known.by_member.get(row.member.casefold())
    if holder is not None and holder.name != row.name:
        return parsed.error(line, "member", "roster-member-taken", value=row.member, name=holder.name)
    return None


def _find(session: Session, row: StaffRow, known: _Known) -> Person | None:
    if row.member and (person := known.by_member.get(row.member.casefold())):
        return person
    if row.phone and (person := known.by_phone.get((index_of_phone(session, row.phone), row.name))):
        return person
    for person in known.by_post.get((row.role, known.areas[row.area].id), ()):
        if person.name == row.name and not _is_another(session, person, row, known):
            return person
    return None


def _is_another(session: Session, person: Person, row: StaffRow, known: _Known) -> bool:
    """Two of one name hold the same post when the file gives each a phone of their own."""
    phone = phone_of(session, person)
    return bool(row.phone and phone and (person.name, phone, row.role, row.area) in known.in_file)


def _member(session: Session, now: datetime, row: StaffRow, known: _Known) -> _Member:
    person = _find(session, row, known)
    if person is None:
        person = Person(name=row.name, sex="", created_at=now)
        session.add(person)
    changed = write_person(session, person, phone=row.phone, member=row.member)
    if person.member:
        known.by_member[person.member] = person
    known.by_phone[person.phone_index, person.name] = person
    return _Member(row, person, changed)


def _appoint(session: Session, now: datetime, known: _Known, member: _Member) -> Verdict:
    person, role, area_id = member.person, member.row.role, known.areas[member.row.area].id
    appointment = known.appointments.get((person.id, role, area_id))
    if appointment is None:
        session.add(Appointment(person_id=person.id, role=role, area_id=area_id, since=now))
        return Verdict.ADDED
    ended = appointment.stands_for is not None or (appointment.until is not None and appointment.until <= now)
    if ended:
        appointment.since, appointment.until, appointment.stands_for = now, None, None
    return verdict(added=False, changed=member.changed or ended)
