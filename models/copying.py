"""A whole database copied into another, of the same kind or not: for the day on which a town outgrows its file.

Read at one instant, written in one transaction, and compared before that is committed: the copy is whole, or there is
none. The column types of the tables do the translating, so an instant, a word or a list is the same on both sides.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, Table, bindparam, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

import models
from models.migrate import current, newest

TABLES: Sequence[Table] = models.Record.metadata.sorted_tables
"""Each after those that it refers to."""
BATCH = 2000
"""Rows in memory at one time."""
_DIGITS = 16


class CopyError(Exception):
    """The copy was not made, and nothing was changed; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: how many rows, and a digest of all of them in whatever order."""

    table: str
    rows: int
    digest: str


class _Count:
    """Counts rows, and adds up their digests: so the order in which a database gives them makes no difference."""

    def __init__(self, table: Table) -> None:
        self._table, self._rows, self._sum = table, 0, 0

    def add(self, rows: Sequence[Row[Any]]) -> None:
        self._rows += len(rows)
        self._sum += sum(_digest(row) for row in rows)

    def result(self) -> Copied:
        digest = (self._sum % (1 << 8 * _DIGITS)).to_bytes(_DIGITS, "big").hex()
        return Copied(self._table.name, self._rows, digest)


def copy(source: Engine, target: Engine, said: Callable[[Copied], None] = lambda _: None) -> list[Copied]:
    """Copies every row; `said` hears of each table once it is written. Raises `CopyError`."""
    _look_at_schemas(source, target)
    with source.begin() as reading, target.begin() as writing:
        _keep_to_ourselves(writing)
        copied = []
        for table in TABLES:
            copied.append(_copy_table(table, reading, writing))
            said(copied[-1])
        for wanted, table in zip(copied, TABLES, strict=True):
            if (found := _look(table, writing)) != wanted:
                raise CopyError(f"{table.name}: {wanted.rows} rows were read, {found.rows} are there or they differ")
    return copied


def _look_at_schemas(source: Engine, target: Engine) -> None:
    wanted = newest()
    for engine, which in ((source, "source"), (target, "target")):
        found = current(engine)
        if found != wanted:
            at = "has no tables" if found is None else f"is at {found}"
            raise CopyError(f"the {which} {at}, this program needs {wanted}: gridbot db upgrade")


def _keep_to_ourselves(writing: Connection) -> None:
    """Nobody else writes into the target meanwhile, and there is nothing in it."""
    if writing.dialect.name == "postgresql":  # a transaction of ours on SQLite has the file to itself
        writing.execute(text(f"LOCK TABLE {', '.join(table.name for table in TABLES)} IN EXCLUSIVE MODE"))
    for table in TABLES:
        if writing.execute(select(table).limit(1)).first() is not None:
            raise CopyError(f"the target is not empty: there are rows in {table.name}")


def _copy_table(table: Table, reading: Connection, writing: Connection) -> Copied:
    count = _Count(table)
    forward = {column.name for column in forward_columns(table)}
    later: list[dict[str, Any]] = []
    try:
        for rows in _read(table, reading):
            count.add(rows)
            values = [dict(row._mapping) for row in rows]
            later += [_taken_out(value, forward) for value in values if any(value[name] for name in forward)]
            writing.execute(insert(table), values)
        for at in range(0, len(later), BATCH):
            writing.execute(_put_in(table, forward), later[at : at + BATCH])
        _go_on_counting(table, writing)
    except DBAPIError as error:
        raise CopyError(f"{table.name}: {str(error.orig).splitlines()[0]}") from error
    return count.result()


def forward_columns(table: Table) -> list[Column[Any]]:
    """The columns that may name a row which is written only later: of the same table, or in a circle of tables."""
    later = TABLES[TABLES.index(table) :]
    return [column for column in table.columns if any(key.column.table in later for key in column.foreign_keys)]


def _taken_out(value: dict[str, Any], forward: set[str]) -> dict[str, Any]:
    """What is filled in once every row is there; the row goes in without."""
    taken = {"number": value["id"], **{f"to_{name}": value[name] for name in forward}}
    value.update(dict.fromkeys(forward))
    return taken


def _put_in(table: Table, forward: set[str]) -> Any:
    values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in forward}
    return update(table).where(table.c.id == bindparam("number")).values(values)


def _go_on_counting(table: Table, writing: Connection) -> None:
    """The next number is one that no row has; SQLite sees to that by itself."""
    column = table.autoincrement_column
    if writing.dialect.name != "postgresql" or column is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    if (last := writing.scalar(select(func.max(column)))) is not None:
        writing.execute(select(func.setval(sequence, last)))


def _look(table: Table, connection: Connection) -> Copied:
    count = _Count(table)
    for rows in _read(table, connection):
        count.add(rows)
    return count.result()


def _read(table: Table, connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    found = connection.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": BATCH})
    yield from found.partitions()


def _digest(row: Row[Any]) -> int:
    written = json.dumps(list(row), sort_keys=True, default=_plain).encode()
    return int.from_bytes(blake2b(written, digest_size=_DIGITS).digest(), "big")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(type(value).__name__)
