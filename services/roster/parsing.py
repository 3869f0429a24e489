"""Tables turned into rows: every cell checked, every mistake named, good rows kept."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.roster.cells import Cell, is_blank, plain
from services.roster.errors import CellError, RowError
from services.roster.reading import Table
from services.roster.sheets import Column, Sheet, header_key

R = TypeVar("R")

REMARK = "#"
"""A row whose first filled cell begins so is a remark or an example: not imported."""

_HEADER_WITHIN = 5
"""A title may stand above the headers."""


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A good row, and the number that Excel shows beside it."""

    number: int
    row: R


@dataclass(frozen=True, slots=True)
class Parsed(Generic[R]):
    """What one sheet holds."""

    title: str
    headers: Mapping[str, str]
    """By field: the header as the file writes it."""
    lines: Sequence[Line[R]]
    errors: Sequence[RowError]
    warnings: Sequence[RowError]
    rejected: int
    identities: Collection[Hashable] = frozenset()
    """What no two good rows share."""

    def error(self, line: Line[R], field: str, key: str, **args: str) -> RowError:
        """Something wrong with a good row that shows only against the records."""
        return RowError(self.title, line.number, self.headers.get(field, field), key, args)


def parse(sheet: Sheet[R], table: Table, identities: Callable[[R], Sequence[Hashable]]) -> Parsed[R]:
    """The rows of a table; `identities` are what no two rows of one file may share."""
    at, columns = _header(sheet, table)
    headers = {column.field: plain(table.rows[at][index]) for index, column in columns.items()}
    body = [(number, cells) for number, cells in enumerate(table.rows[at + 1 :], at + 2) if not _is_idle(cells)]
    errors = _missing(sheet, table, at, headers)
    if errors:
        return Parsed(table.title, headers, (), errors, (), len(body))
    lines: list[Line[R]] = []
    seen: dict[Hashable, int] = {}
    for number, cells in body:
        found = _parse_row(sheet, columns, cells)
        if not isinstance(found, list):
            first = next((seen[one] for one in identities(found) if one in seen), None)
            if first is None:
                seen.update(dict.fromkeys(identities(found), number))
                lines.append(Line(number, found))
                continue
            found = [(sheet.columns[0].field, CellError("roster-duplicate", first=str(first)))]
        errors += [
            RowError(table.title, number, headers.get(field, ""), wrong.key, wrong.args_for_text)
            for field, wrong in found
        ]
    return Parsed(
        table.title, headers, lines, errors, _unknown(table, at, columns), len(body) - len(lines), seen.keys()
    )


def _is_idle(cells: Sequence[Cell]) -> bool:
    first = next((cell for cell in cells if not is_blank(cell)), None)
    return first is None or (isinstance(first, str) and plain(first).startswith(REMARK))


def _header(sheet: Sheet[R], table: Table) -> tuple[int, dict[int, Column]]:
    """The row that names the most columns, and the columns by position; of one named twice the first counts."""
    best: tuple[int, dict[int, Column]] = (0, {})
    for at, cells in enumerate(table.rows[:_HEADER_WITHIN]):
        columns: dict[int, Column] = {}
        for index, cell in enumerate(cells):
            column = sheet.by_header.get(header_key(cell)) if isinstance(cell, str) else None
            if column and column not in columns.values():
                columns[index] = column
        if len(columns) > len(best[1]):
            best = at, columns
    return best


def _missing(sheet: Sheet[R], table: Table, at: int, headers: Mapping[str, str]) -> list[RowError]:
    return [
        RowError(table.title, at + 1, column.zh, "roster-header-missing", {"column": column.zh, "english": column.en})
        for column in sheet.columns
        if column.required and column.field not in headers
    ]


def _unknown(table: Table, at: int, columns: Mapping[int, Column]) -> list[RowError]:
    return [
        RowError(table.title, at + 1, plain(cell), "roster-column-ignored")
        for index, cell in enumerate(table.rows[at])
        if index not in columns and isinstance(cell, str) and not is_blank(cell)
    ]


def _parse_row(
    sheet: Sheet[R], columns: Mapping[int, Column], cells: Sequence[Cell]
) -> R | list[tuple[str, CellError]]:
    values: dict[str, object] = {}
    problems: list[tuple[str, CellError]] = []
    for index, column in columns.items():
        cell = cells[index] if index < len(cells) else None
        if is_blank(cell):
            if column.required:
                problems.append((column.field, CellError("roster-required")))
            continue
        try:
            values[column.field] = column.parse(cell)
        except CellError as wrong:
            problems.append((column.field, wrong))
    return problems or sheet.check(values) or sheet.row(**values)
