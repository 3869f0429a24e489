"""Exporting: the duty roster and the holidays in the sheets that they are imported from."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Holiday, Person, Shift
from models.db import Database
from rules.shifts import Weekday, When
from services.audit import record
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.duty_roster.sheets import DUTY_SHEETS, HOLIDAYS, SHIFTS
from services.register import phone_of
from services.roster.writing import Rows, write_rows


def export_duty(database: Database, path: Path, now: datetime) -> None:
    """Writes the duty roster: a workbook when `path` ends in .xlsx, else a folder of .csv files."""
    with database.transaction() as session:
        record(session, now, actor_id=None, act="export", subject="duty")
        rows: Rows = {SHIFTS.key: shift_rows(session), HOLIDAYS.key: holiday_rows(session)}
    write_rows(path, rows, DUTY_SHEETS)


def shift_rows(session: Session) -> list[ShiftRow]:
    """The whole roster, place by place; the weekdays of one person with the same hours are one row."""
    rows = session.execute(
        select(Shift, Person, Area.code)
        .join(Person, Person.id == Shift.person_id)
        .join(Area, Area.id == Shift.area_id)
        .order_by(Area.path, Person.id)
    )
    found: list[ShiftRow] = []
    for _, own in groupby(rows, key=lambda row: (row[1].id, row[2])):
        mine = list(own)
        person, code = mine[0][1], mine[0][2]
        phone = phone_of(session, person) or ""
        found += _rows_of([one for one, _, _ in mine], person.name, code, phone)
    return found


def _rows_of(shifts: Iterable[Shift], name: str, code: str, phone: str) -> Iterable[ShiftRow]:
    def order(one: Shift) -> tuple[bool, int, bool, str, str, str]:
        """Weekdays before holidays before dates; of each kind by the times."""
        special = one.weekday is Weekday.HOLIDAY
        return (
            one.day is not None,
            int(special),
            one.starts is None,
            f"{one.starts}",
            f"{one.ends}",
            f"{one.day or tuple(Weekday).index(one.weekday or Weekday.HOLIDAY)}",
        )

    for _, own in groupby(sorted(shifts, key=order), key=lambda one: (order(one)[:5], one.day)):
        mine = list(own)
        when: tuple[When, ...] = tuple(days for one in mine if (days := one.weekday or one.day) is not None)
        yield ShiftRow(name, code, when, mine[0].starts, mine[0].ends, phone)


def holiday_rows(session: Session) -> list[HolidayRow]:
    """Every holiday, in the order of their dates."""
    rows = session.execute(
        select(Holiday.day, Area.code, Holiday.name)
        .outerjoin(Area, Area.id == Holiday.area_id)
        .order_by(Holiday.day, Holiday.area_id.is_not(None), Area.path)
    )
    return [HolidayRow(day, code or "", name) for day, code, name in rows]
