"""Workbooks and folders of .csv files, read into rows of cells."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from services.roster.cells import Cell
from services.roster.errors import RosterFileError
from services.roster.sheets import SHEETS, Sheet, header_key

ESCAPED = ("'=", "'+", "'-", "'@", "''")
"""Text that a spreadsheet would take for a formula stands behind an apostrophe in a .csv file (see `writing`)."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it stands in the file: its name there, and every row from the first on."""

    title: str
    rows: Sequence[Sequence[Cell]]


def read_tables(path: Path, sheets: Sequence[Sheet[Any]] = SHEETS) -> dict[str, Table]:
    """The sheets of a workbook, or of a folder of .csv files, by the key of the sheet.

    Raises `RosterFileError` for what is missing, cannot be opened or holds none of the sheets.
    """
    if not path.exists():
        raise RosterFileError("roster-file-missing", path=str(path))
    tables = _from_folder(path, sheets) if path.is_dir() else _from_workbook(path, sheets)
    if not tables:
        raise RosterFileError(
            "roster-no-sheets", path=str(path), sheets="、".join(f"{one.zh} ({one.en})" for one in sheets)
        )
    return tables


def _from_workbook(path: Path, sheets: Sequence[Sheet[Any]]) -> dict[str, Table]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            return {
                sheet.key: Table(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
                for sheet, title in _named(book.sheet_names, sheets)
            }
    except PasswordError:
        raise RosterFileError("roster-file-locked", path=str(path)) from None
    except (CalamineError, OSError) as error:
        raise RosterFileError("roster-file-unreadable", path=str(path), why=str(error)) from error


def _from_folder(path: Path, sheets: Sequence[Sheet[Any]]) -> dict[str, Table]:
    files = {file.stem: file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"}
    return {sheet.key: Table(title, _from_csv(files[title])) for sheet, title in _named(files, sheets)}


def _named(titles: Iterable[str], sheets: Sequence[Sheet[Any]]) -> Iterable[tuple[Sheet[Any], str]]:
    for title in titles:
        for sheet in sheets:
            if header_key(title) in {header_key(sheet.zh), header_key(sheet.en)}:
                yield sheet, title


def _from_csv(path: Path) -> list[list[Cell]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [[_unescaped(cell) for cell in row] for row in csv.reader(file)]
    except UnicodeDecodeError:
        raise RosterFileError("roster-not-utf8", path=str(path)) from None
    except (csv.Error, OSError) as error:
        raise RosterFileError("roster-file-unreadable", path=str(path), why=str(error)) from error


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith(ESCAPED) else cell
