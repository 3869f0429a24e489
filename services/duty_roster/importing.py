"""Importing a duty roster: read and checked, its good rows put in, some areas to a transaction."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy.orm import Session

from models.db import Database
from services.audit import record
from services.duty_roster.applying import Applied, apply_holidays, apply_shifts
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.duty_roster.sheets import DUTY_SHEETS, HOLIDAYS, SHIFTS
from services.roster.errors import RowError
from services.roster.importing import CHUNK, ImportReport, parse_sheet, report_of
from services.roster.outcomes import Verdict
from services.roster.parsing import Line, Parsed
from services.roster.reading import read_tables
from services.shifts import keep_all


@dataclass(frozen=True, slots=True)
class DutyReport(ImportReport):
    """What an import did; `removed` shifts stood in the roster of people in the file, and not in the file."""

    removed: int


def import_duty(database: Database, path: Path, now: datetime) -> DutyReport:
    """Puts a workbook, or a folder of .csv files, into the records; importing it again changes nothing.

    Good rows go in, bad ones are named in the report. Whoever is in the file has its rows and no others; whoever is not
    keeps theirs. Raises `RosterFileError` when the file as a whole cannot be read.
    """
    tables = read_tables(path, DUTY_SHEETS)
    shifts = parse_sheet(tables, SHIFTS, _shift_identities)
    holidays = parse_sheet(tables, HOLIDAYS, _holiday_identities)
    days = database.apply(_holidays, now, holidays)
    done = [database.apply(_shifts, now, shifts, part) for part in _parts(shifts.lines)]
    with database.transaction() as session:
        errors = len(shifts.errors) + len(holidays.errors)
        record(session, now, actor_id=None, act="import", subject="duty", rows=len(shifts.lines), errors=errors)
    worked = [outcome for one in done for outcome in one.outcomes]
    report = report_of(((SHIFTS.key, shifts, worked), (HOLIDAYS.key, holidays, days)))
    return DutyReport(report.counts, report.errors, report.warnings, sum(one.removed for one in done))


def _holidays(session: Session, now: datetime, parsed: Parsed[HolidayRow]) -> list[RowError | Verdict]:
    """All of them at once: there are a few dozen a year. Who works when is worked out anew where one is new."""
    outcomes = apply_holidays(session, now, parsed, parsed.lines)
    if Verdict.ADDED in outcomes:
        keep_all(session, now)
    return outcomes


def _shifts(session: Session, now: datetime, parsed: Parsed[ShiftRow], lines: Sequence[Line[ShiftRow]]) -> Applied:
    return apply_shifts(session, now, parsed, lines, whole=not parsed.errors)


def _parts(lines: Sequence[Line[ShiftRow]]) -> Iterable[list[Line[ShiftRow]]]:
    """Whole areas, some hundred rows at a time: what one person has there is looked at together."""
    part: list[Line[ShiftRow]] = []
    for _, own in groupby(sorted(lines, key=lambda line: line.row.area), key=lambda line: line.row.area):
        part += own
        if len(part) >= CHUNK:
            yield part
            part = []
    if part:
        yield part


def _shift_identities(row: ShiftRow) -> Sequence[Hashable]:
    return ((row.name, row.phone, row.area, row.when, row.starts, row.ends),)


def _holiday_identities(row: HolidayRow) -> Sequence[Hashable]:
    return ((row.day, row.area),)
