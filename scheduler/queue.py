"""The distributed engine's own tables: in a schema of their own, made at the start, never migrated.

They hold wake-ups alone, so another version of the library makes them anew: nothing that is owed is in them.
"""

from importlib.metadata import version

from procrastinate.schema import SchemaManager
from sqlalchemy import URL, Engine, text

from models.migrate import alone

SCHEMA = "gridbot_queue"


def make_queue(engine: Engine) -> None:
    """The tables of the installed version; what another version left is dropped."""
    wanted = f"procrastinate {version('procrastinate')}"
    with alone(engine), engine.begin() as connection:
        found = connection.scalar(
            text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name"),
            {"name": SCHEMA},
        )
        if found == wanted:
            return
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS '{wanted}'"))
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        # The driver's own cursor: many statements, and per cent signs that mean nothing.
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - it is connected
        raw.execute(SchemaManager.get_schema())


def address_of(url: URL) -> str:
    """libpq's address of the queue, from that of the records."""
    return (
        url.set(drivername="postgresql")
        .update_query_dict({"options": f"-csearch_path={SCHEMA}", "application_name": "gridbot"}, append=False)
        .render_as_string(hide_password=False)
    )
