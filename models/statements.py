"""What statements about many rows need on both databases: long lists, rows that are given, how many were changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Dialect,
    Executable,
    Float,
    String,
    any_,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeEngine

from models.record import Record

Row = Mapping[str, Any]


def among(session: Session, whose: InstrumentedAttribute[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column holds one of these numbers; they are one parameter, however many they are."""
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(list(numbers))).table_valued("value")
        return whose.in_(select(each.c.value))
    return whose == any_(_array(numbers))


def each(session: Session, **columns: Sequence[int]) -> FromClause:
    """Numbers as a table to begin a join with; each column is one parameter, however many its numbers are.

    Its columns are named as they are given, and are of one length.
    """
    if session.get_bind().dialect.name == "sqlite":
        rows = func.json_each(json.dumps(list(zip(*columns.values(), strict=True)))).table_valued("value")
        values = (func.json_extract(rows.c.value, f"$[{at}]", type_=BigInteger()) for at in range(len(columns)))
        return select(*(one.label(name) for name, one in zip(columns, values, strict=True))).subquery("each")
    lists = func.unnest(*map(_array, columns.values()))
    return lists.table_valued(*(column(name, BigInteger) for name in columns)).render_derived("each")


def _array(numbers: Iterable[int]) -> ColumnElement[Any]:
    """As text: the driver looks at each number of a list, and takes longer over them than the server does."""
    return cast(literal(f"{{{','.join(map(str, numbers))}}}", String), ARRAY(BigInteger))


PLANNING = {
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "join_collapse_limit": "1",
    "random_page_cost": "1.1",
}


def plan_for_these_rows(session: Session) -> None:
    """For the rest of the transaction PostgreSQL plans each statement for the lists that it is given, and takes row
    after row by indexes, the tables in the order in which the statement names them.

    Left to itself it reads the accounts of a whole city at every part of some thousand households; and it joins tables
    of which it knows nothing yet, those that the round itself fills, as if they were empty.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(*(func.set_config(name, value, True) for name, value in PLANNING.items())))
        # A prepared statement soon keeps one plan for all lists. Not by `plan_cache_mode`: that would have the check of
        # each foreign key planned anew too, 0.05 to 0.1 ms a row.
        driver: Any = session.connection().connection.driver_connection
        driver.prepare_threshold = None


def spelled(word: StrEnum) -> ColumnElement[Any]:
    """A word of a vocabulary, written into the statement: no database sees that a partial index fits a parameter."""
    return literal(word.value, String, literal_execute=True)


def seconds_between(session: Session, start: Any, end: Any) -> ColumnElement[float]:
    """The seconds from one instant to another, in the database's words."""
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce((func.julianday(end) - func.julianday(start)) * 86_400.0, Float)
    return type_coerce(func.extract("epoch", end - start), Float)


def rows_changed(session: Session, statement: Executable) -> int:
    """Runs an INSERT, UPDATE or DELETE; how many rows it touched."""
    # Without the option it is -1 for an INSERT … SELECT on PostgreSQL.
    done: Any = session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(done.rowcount)


def given(session: Session, record: type[Record], rows: Sequence[Row], **also: TypeEngine[Any]) -> FromClause:
    """Rows as a table to select from: one parameter, however many they are.

    Their columns have the types of the record's, those that it has not are of a type in `also`.
    """
    dialect = session.get_bind().dialect
    types = {name: also[name] if name in also else record.__table__.c[name].type for name in rows[0]}
    said = _as_json(dialect, types, rows)
    if dialect.name == "sqlite":
        each = func.json_each(said).table_valued("value")
        columns = (func.json_extract(each.c.value, f"$.{name}", type_=one).label(name) for name, one in types.items())
        return select(*columns).subquery("given")
    recordset = func.jsonb_to_recordset(cast(literal(said, String), JSONB))
    return recordset.table_valued(*(column(name, one) for name, one in types.items())).render_derived(
        "given", with_types=True
    )


def _as_json(dialect: Dialect, types: Mapping[str, TypeEngine[Any]], rows: Sequence[Row]) -> str:
    """The rows as JSON, each value as the database would have been handed it, but for what is JSON already."""
    bound = {
        name: processor
        for name, one in types.items()
        if not isinstance(one, JSON) and (processor := one.dialect_impl(dialect).bind_processor(dialect))
    }
    plain = [{name: bound[name](value) if name in bound else value for name, value in row.items()} for row in rows]
    return json.dumps(plain, ensure_ascii=False, default=str)


def insert_rows(session: Session, record: type[Record], rows: Sequence[Row]) -> None:
    """Writes rows down, in their order, by one statement; what they leave out has the column's default."""
    if not rows:
        return
    source = given(session, record, rows)
    session.execute(insert(record).from_select(list(rows[0]), select(source)))
