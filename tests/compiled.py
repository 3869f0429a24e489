"""Statements compiled once for all databases of a run: a story has its own, and asks it what every other one asks."""

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect

from models.db import Database

_DIALECTS: dict[str, Dialect] = {}
_COMPILED: dict[str, dict[object, object]] = {}


def compile_once(database: Database) -> Database:
    """SQLAlchemy keeps what it compiles by engine and dialect: those of this database become those of the first."""
    for engine in (database.engine, database._reader):
        _share(engine)
    return database


def _share(engine: Engine) -> None:
    with engine.connect():
        kind = engine.dialect.name
    engine.dialect = _DIALECTS.setdefault(kind, engine.dialect)
    engine.update_execution_options(compiled_cache=_COMPILED.setdefault(kind, {}))
