"""Many rows as one parameter: a statement that changes a thousand of them is one statement, read and sent once.

With a set of parameters a row, SQLite is entered and left once a row, and whoever else wants to run in this process
takes its place each time: an alert waits behind a broadcast's records.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import CompoundSelect, Integer, Select, String, Subquery, bindparam, column, func, select
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, TypeEngine

from models.types import BigId, UtcDateTime


def listed(dialect: str, parameter: str, **kinds: type[int | str | list[Any]]) -> Subquery:
    """The rows of a parameter, a JSON array of arrays of values in the order of `kinds`: numbers, words, or JSON."""
    given = bindparam(parameter, type_=JSON(none_as_null=True) if dialect == "sqlite" else JSONB())
    every = func.json_each(given) if dialect == "sqlite" else func.jsonb_array_elements(given)
    values = every.table_valued(column("value", JSON if dialect == "sqlite" else JSONB), name="listed")
    wanted = [
        _value(dialect, values.c.value, place, kind).label(name) for place, (name, kind) in enumerate(kinds.items())
    ]
    return select(*wanted).subquery("rows")


def _value(dialect: str, value: Any, place: int, kind: type[Any]) -> Any:
    if dialect == "sqlite":
        return func.json_extract(value, f"$[{place}]", type_=_SQLITE[kind])
    return value[place] if kind is list else as_type(value[place].astext, _POSTGRES[kind])


_SQLITE: dict[type[Any], TypeEngine[Any]] = {int: Integer(), str: String(), list: cast(Any, JSON())}
_POSTGRES: dict[type[Any], TypeEngine[Any]] = {int: BigId, str: String()}


class Fetched:
    """A question whose rows come back as one: for questions of plain columns that are asked many times a second."""

    def __init__(self, question: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self._question = question
        self._moments = [at for at, one in enumerate(question.selected_columns) if isinstance(one.type, UtcDateTime)]
        inner = question.subquery()
        self._as_one = select(func.json_group_array(func.json_array(*inner.c, type_=String()), type_=String()))

    def rows(self, session: Session, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The rows, in whatever order they come."""
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return connection.execute(self._question, given).all()
        rows: list[list[Any]] = json.loads(connection.execute(self._as_one, given).scalar_one())
        for row in rows:
            for place in self._moments:
                row[place] = None if row[place] is None else datetime.fromisoformat(row[place]).replace(tzinfo=UTC)
        return rows
