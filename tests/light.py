"""What a test's database need not do: compile what every other one has compiled, and wait for the disk."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import Dialect

from bot.simulate.running import never_wait
from models.db import Database

_DIALECTS: dict[str, Dialect] = {}
_COMPILED: dict[str, dict[object, object]] = {}


def light(database: Database) -> Database:
    """One that outlives a killed process, but no loss of power, like the tests' PostgreSQL.

    SQLAlchemy keeps what it compiles by engine and dialect: those of this database become those of the first.
    """
    if database.is_sqlite:
        event.listen(database.engine, "connect", never_wait)
    for engine in (database.engine, database._reader):
        _share(engine)
    return database


def _share(engine: Engine) -> None:
    with engine.connect():
        kind = engine.dialect.name
    engine.dialect = _DIALECTS.setdefault(kind, engine.dialect)
    engine.update_execution_options(compiled_cache=_COMPILED.setdefault(kind, {}))
