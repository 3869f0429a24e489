"""Exporting: the register of today in the sheets that it is imported from."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from models import Appointment, Area, Household, Person, Quarantine, Resident
from models.db import Database
from services.audit import record
from services.register import id_number_of, phone_of
from services.roster import lookups
from services.roster.rows import AreaRow, ResidentRow, StaffRow
from services.roster.sheets import AREAS, RESIDENTS, STAFF
from services.roster.vocabulary import ROLES
from services.roster.writing import write_rows
from services.staff import in_force

PAGE = 1000
"""Rows read in one transaction."""


def export_roster(database: Database, path: Path, now: datetime, *, within: str = "/") -> None:
    """Writes the register: a workbook when `path` ends in .xlsx, else a folder of .csv files.

    `within` is the path of an area: only what lies in it is written. It holds the appointments in force at `now` and
    everybody's newest quarantine; the audit notes that it was taken.
    """
    with database.transaction() as session:
        record(session, now, actor_id=None, act="export", subject="roster")
    write_rows(
        path,
        {
            AREAS.key: database.apply(_areas, within),
            STAFF.key: database.apply(_staff, now, within),
            RESIDENTS.key: _residents(database, within),
        },
    )


def _areas(session: Session, within: str) -> list[AreaRow]:
    above = aliased(Area)
    chosen = select(Area, above.code).outerjoin(above, above.id == Area.parent_id).where(_lies_in(within))
    rows = session.execute(chosen.order_by(Area.id))
    found = [AreaRow(area.code, area.name, area.level, parent or "") for area, parent in rows]
    return sorted(found, key=lambda one: one.level.depth)


def _lies_in(path: str) -> ColumnElement[bool]:
    return Area.path.startswith(path, autoescape=True)


def _staff(session: Session, now: datetime, within: str) -> list[StaffRow]:
    rows = session.execute(
        select(Person, Appointment.role, Area.code)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Area, Area.id == Appointment.area_id)
        .where(in_force(now), Appointment.stands_for.is_(None), Appointment.role.in_(ROLES), _lies_in(within))
        .order_by(Area.path, Appointment.id)
    )
    return [
        StaffRow(person.name, role, code, phone_of(session, person) or "", person.member or "")
        for person, role, code in rows
    ]


def _residents(database: Database, within: str) -> Iterator[ResidentRow]:
    """Page by page, household by household, so that a large register holds up nobody."""
    after = (0, 0)
    while True:
        rows, last = database.apply(_residents_after, after, within)
        yield from rows
        if last is None:
            return
        after = last


def _residents_after(
    session: Session, after: tuple[int, int], within: str
) -> tuple[list[ResidentRow], tuple[int, int] | None]:
    rows = session.execute(_page(after, within)).all()
    quarantines = lookups.quarantines(session, [person.id for _, person, _, _ in rows])
    found = [
        _resident_row(session, resident, person, room, code, quarantines.get(person.id, ()))
        for resident, person, room, code in rows
    ]
    last = rows[-1][0] if len(rows) == PAGE else None
    return found, (last.household_id, last.id) if last else None


def _page(after: tuple[int, int], within: str) -> Select[Resident, Person, str, str]:
    return (
        select(Resident, Person, Household.room, Area.code)
        .join(Person, Person.id == Resident.person_id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(tuple_(Resident.household_id, Resident.id) > tuple_(*after), _lies_in(within))
        .order_by(Resident.household_id, Resident.id)
        .limit(PAGE)
    )


def _resident_row(
    session: Session, resident: Resident, person: Person, room: str, code: str, quarantines: Sequence[Quarantine]
) -> ResidentRow:
    newest = max(quarantines, key=lambda one: one.first_day, default=None)
    stay: dict[str, Any] = {}
    if newest:
        stay = {
            "first_day": newest.first_day,
            "days": (newest.last_day - newest.first_day).days + 1,
            "reason": newest.reason,
            "origin": newest.origin,
        }
    return ResidentRow(
        area=code,
        room=room,
        name=person.name,
        sex=person.sex,
        id_number=id_number_of(session, person) or "",
        phone=phone_of(session, person) or "",
        relation=resident.relation,
        tags=tuple(resident.tags),
        **stay,
    )
