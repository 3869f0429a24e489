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
    String,
    any_,
    cast,
    column,
    func,
    insert,
    literal,
    select,
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
    # As text: the driver looks at each number of a list, and takes longer over them than the server does.
    return whose == any_(cast(literal(f"{{{','.join(map(str, numbers))}}}", String), ARRAY(BigInteger)))


PLANNING = {"plan_cache_mode": "force_custom_plan", "enable_seqscan": "off", "random_page_cost": "1.1"}


def plan_for_these_rows(session: Session) -> None:
    """For the rest of the transaction PostgreSQL plans each statement for the lists that it is given, by indexes.

    Left to itself it reads the accounts of a whole city at every part of some thousand households; and a plan that was
    made in the first minute, when tables were small, is kept by the connection until the round is open.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(*(func.set_config(name, value, True) for name, value in PLANNING.items())))


def spelled(word: StrEnum) -> ColumnElement[Any]:
    """A word of a vocabulary, written into the statement: no database sees that a partial index fits a parameter."""
    return literal(word.value, String, literal_execute=True)


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
