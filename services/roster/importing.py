"""Importing: a file read and checked, its good rows put in, a few hundred to a transaction."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from models.db import Database
from services.audit import record
from services.roster.areas import apply_areas, by_depth
from services.roster.errors import RowError
from services.roster.outcomes import Counts, Outcome
from services.roster.parsing import Line, Parsed, parse
from services.roster.reading import Table, read_tables
from services.roster.residents import apply_residents
from services.roster.rows import AreaRow, ResidentRow, StaffRow
from services.roster.sheets import AREAS, RESIDENTS, STAFF, Sheet
from services.roster.staff import apply_staff

R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told (rows done, rows in all)."""

CHUNK = 500
"""Rows a transaction: enough to be quick, few enough that an alert need not wait behind them."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: the counts of each sheet by its key, the mistakes, and the columns left out."""

    counts: dict[str, Counts]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...]


def import_roster(database: Database, path: Path, now: datetime, progress: Progress | None = None) -> ImportReport:
    """Puts a workbook, or a folder of .csv files, into the records; importing it again changes nothing.

    Good rows go in, bad ones are named in the report. Raises `RosterFileError` when the file as a whole cannot be read.
    """
    tables = read_tables(path)
    areas = parse_sheet(tables, AREAS, _area_identities)
    staff = parse_sheet(tables, STAFF, _staff_identities)
    residents = parse_sheet(tables, RESIDENTS, _resident_identities)
    every: tuple[Parsed[AreaRow] | Parsed[StaffRow] | Parsed[ResidentRow], ...] = (areas, staff, residents)
    steps = _Steps(database, now, progress or _quietly, sum(len(one.lines) for one in every))
    found = (
        (AREAS.key, areas, steps.through(apply_areas, areas, sorted(areas.lines, key=by_depth))),
        (STAFF.key, staff, steps.through(apply_staff, staff, staff.lines)),
        (RESIDENTS.key, residents, steps.through(apply_residents, residents, residents.lines)),
    )
    report = report_of(found)
    with database.transaction() as session:
        errors = len(report.errors)
        record(session, now, actor_id=None, act="import", subject="roster", rows=steps.total, errors=errors)
    return report


def report_of(found: Iterable[tuple[str, Parsed[Any], Iterable[Outcome]]]) -> ImportReport:
    """What an import did, from what each sheet held and what became of its good rows."""
    counts: dict[str, Counts] = {}
    errors: list[RowError] = []
    warnings: list[RowError] = []
    for key, parsed, outcomes in found:
        counts[key] = Counts(rejected=parsed.rejected)
        wrong = list(parsed.errors)
        for outcome in outcomes:
            counts[key].count(outcome)
            wrong += [outcome] if isinstance(outcome, RowError) else []
        errors += sorted(wrong, key=lambda one: one.row)
        warnings += parsed.warnings
    return ImportReport(counts, tuple(errors), tuple(warnings))


@dataclass(slots=True)
class _Steps:
    """Goes through rows in chunks, and says how far it has come."""

    database: Database
    now: datetime
    progress: Progress
    total: int
    done: int = 0

    def through(
        self,
        apply: Callable[[Session, datetime, Parsed[R], Sequence[Line[R]]], list[Outcome]],
        parsed: Parsed[R],
        lines: Sequence[Line[R]],
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for start in range(0, len(lines), CHUNK):
            chunk = lines[start : start + CHUNK]
            outcomes += self.database.apply(apply, self.now, parsed, chunk)
            self.done += len(chunk)
            self.progress(self.done, self.total)
        return outcomes


def _quietly(_done: int, _total: int) -> None:
    """Nobody watches."""


def parse_sheet(tables: dict[str, Table], sheet: Sheet[R], identities: Callable[[R], Sequence[Hashable]]) -> Parsed[R]:
    """What one sheet of the tables that were read holds; nothing when it is not there."""
    table = tables.get(sheet.key)
    return parse(sheet, table, identities) if table else Parsed(sheet.zh, {}, (), (), (), 0)


def _area_identities(row: AreaRow) -> Sequence[Hashable]:
    return (row.code,)


def _staff_identities(row: StaffRow) -> Sequence[Hashable]:
    return ((row.name, row.phone, row.role, row.area),)


def _resident_identities(row: ResidentRow) -> Sequence[Hashable]:
    door = (row.area, row.room, row.name)
    return (door, row.id_number) if row.id_number else (door,)
