"""A roster written as a workbook, or as a folder of .csv files."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from services.roster.cells import FIRST_DATE, LAST_DATE, MOST_DAYS
from services.roster.reading import ESCAPED
from services.roster.rows import Roster
from services.roster.sheets import AREAS, RESIDENTS, SHEETS, STAFF, Column, Sheet, Shown
from services.words import LANGUAGES, text_for

WORKBOOK = ".xlsx"

_MADE = datetime(2020, 1, 1, tzinfo=UTC)
"""The workbook's date of making is fixed: the same rows make the same bytes."""
_LAST_ROW = 1_048_575
_FORMULA_STARTS = tuple({one[1] for one in ESCAPED})

Rows = Mapping[str, Iterable[Any]]
"""By the key of the sheet."""


def rows_of(roster: Roster) -> Rows:
    """The rows of a roster, by the key of their sheet."""
    return {AREAS.key: roster.areas, STAFF.key: roster.staff, RESIDENTS.key: roster.residents}


def write_roster(path: Path, roster: Roster) -> None:
    """Writes the three sheets: a workbook when `path` ends in .xlsx, else a folder of .csv files."""
    write_rows(path, rows_of(roster))


def write_rows(path: Path, rows: Rows, sheets: Sequence[Sheet[Any]] = SHEETS) -> None:
    """Like `write_roster`, for rows that are fetched while they are written; only one is held at a time."""
    if path.suffix.lower() != WORKBOOK:
        _write_folder(path, rows, sheets)
        return
    book = open_workbook(path)
    with book:
        for sheet in sheets:
            write_sheet(book, sheet, rows[sheet.key])


def _write_folder(path: Path, rows: Rows, sheets: Sequence[Sheet[Any]]) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        # The mark at the beginning tells Excel that it is UTF-8.
        with (path / f"{sheet.zh}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.zh for column in sheet.columns)
            writer.writerows([_as_text(cell) for cell in sheet.shown(row)] for row in rows[sheet.key])


def _as_text(cell: Shown) -> str:
    """A name that a spreadsheet would run as a formula goes behind an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def open_workbook(path: Path) -> Workbook:
    """An empty workbook that is written row by row, without holding the rows in memory."""
    book = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "author": "gridbot"})
    return book


def write_sheet(
    book: Workbook, sheet: Sheet[Any], rows: Iterable[Any], examples: Sequence[Sequence[Shown]] = ()
) -> None:
    """One sheet: headers with notes and drop-downs, grey examples if any, then the rows."""
    page = book.add_worksheet(sheet.zh)
    page.set_tab_color(sheet.colour)
    page.freeze_panes(1, 0)
    page.set_row(0, 24)
    page.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(sheet.columns) - 1)}{_LAST_ROW + 1}"})
    formats = [book.add_format(_FORMATS[column.kind]) for column in sheet.columns]
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, formats[index])
        page.data_validation(1, index, _LAST_ROW, index, _validation(column))
        page.write_comment(0, index, note(column), {"x_scale": 2, "y_scale": 1.2})
        look = {"bold": True, "font_color": "white", "bg_color": sheet.colour, "valign": "vcenter", "border": 1}
        if not column.required:
            look |= {"bold": False, "font_color": sheet.colour, "bg_color": "#F2F2F2"}
        page.write_string(0, index, column.zh, book.add_format(look))
    greys = [book.add_format({**_FORMATS[column.kind], **_EXAMPLE}) for column in sheet.columns]
    every = chain(((cells, greys) for cells in examples), ((sheet.shown(row), formats) for row in rows))
    last = 1
    for last, (cells, looks) in enumerate(every, 1):
        _write_row(page, last, cells, looks)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)


_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "days": {"num_format": "0", "align": "left"},
}
_EXAMPLE = {"italic": True, "font_color": "#808080"}


def note(column: Column) -> str:
    """What belongs into a column, in every language."""
    return "\n".join(text_for(language, column.note or _NOTES[column.field]) for language in LANGUAGES)


_NOTES = {
    "code": "roster-note-code",
    "name": "roster-note-name",
    "level": "roster-note-level",
    "parent": "roster-note-parent",
    "phone": "roster-note-phone",
    "role": "roster-note-role",
    "area": "roster-note-area",
    "member": "roster-note-member",
    "room": "roster-note-room",
    "sex": "roster-note-sex",
    "id_number": "roster-note-id-number",
    "relation": "roster-note-relation",
    "tags": "roster-note-tags",
    "first_day": "roster-note-first-day",
    "days": "roster-note-days",
    "reason": "roster-note-reason",
    "origin": "roster-note-origin",
}


def _validation(column: Column) -> dict[str, Any]:
    """What Excel offers and questions; it warns only, since the import understands more than the list."""
    warning = {"error_type": "warning", "ignore_blank": True}
    if column.choices:
        return {"validate": "list", "source": list(column.choices), **warning}
    if column.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": FIRST_DATE, "maximum": LAST_DATE, **warning}
    if column.kind == "days":
        return {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": MOST_DAYS, **warning}
    return {"validate": "any"}


def _write_row(page: Worksheet, number: int, cells: Sequence[Shown], formats: Sequence[Any]) -> None:
    for index, cell in enumerate(cells):
        match cell:
            case None:
                continue
            case date():
                page.write_datetime(number, index, cell, formats[index])
            case int():
                page.write_number(number, index, cell, formats[index])
            case str():
                page.write_string(number, index, cell, formats[index])
