"""Many rows at once, for records that nobody typed: a city is put down in seconds, not by its register."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from models.record import Record

Row = dict[str, Any]


def fill(session: Session, record: type[Record], rows: Sequence[Row]) -> None:
    """Puts rows into a record's table; what a row leaves out gets the column's default.

    Vocabularies are given as their words, times aware.
    """
    if not rows:
        return
    table = record.__table__
    assert isinstance(table, Table)  # noqa: S101 - a record always has one
    given = {name: table.c[name] for name in [*rows[0], *(one.name for one in table.c if _has_default(one))]}
    defaults = {name: _default(column) for name, column in given.items() if name not in rows[0]}
    if session.get_bind().dialect.name == "postgresql":
        _copy(session, table, list(given), ({**defaults, **row} for row in rows))
    else:
        session.execute(insert(table), [{**defaults, **row} for row in rows])


def set_numbers(session: Session, records: Iterable[type[Record]]) -> None:
    """The next row of each record gets a number of its own: PostgreSQL does not look at numbers that were given."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for record in records:
        table = record.__table__
        newest = session.scalar(select(func.max(table.c.id)))
        session.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :newest)"),
            {"name": str(table), "newest": newest or 1},
        )


def _has_default(column: Any) -> bool:
    return column.default is not None


def _default(column: Any) -> Any:
    value = column.default.arg
    return value(None) if callable(value) else value


def _copy(session: Session, table: Table, names: list[str], rows: Iterable[Row]) -> None:
    """COPY: three times as quick as any INSERT."""
    connection: Any = session.connection().connection.driver_connection
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(map(_quoted, names))}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([_plain(row[name]) for name in names])


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


def _quoted(name: str) -> str:
    return f'"{name}"'
