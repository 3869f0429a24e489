"""The schema of a database: brought up to date, or checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from models.record import Record

_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


_ONE_AT_A_TIME = 0x67726964
"""The number of the advisory lock: "grid"."""


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """While no other process changes the schema of this database; several start at the same time."""
    if engine.dialect.name == "sqlite":
        yield
        return
    # On a connection of its own: a transaction that waited for the lock would not see what was done meanwhile.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _ONE_AT_A_TIME})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _ONE_AT_A_TIME})


def upgrade(engine: Engine) -> None:
    """Applies every migration that is missing, all in one transaction."""
    config = _config()
    with alone(engine), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current(engine: Engine) -> str | None:
    """The revision of the database; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(engine: Engine) -> list[str]:
    """Where the tables differ from what the program expects; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [repr(one) for one in compare_metadata(context, Record.metadata)]
