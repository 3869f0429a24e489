"""Whether a database is in use: for whoever is about to move it, and would leave behind what is written meanwhile."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from models.db import APPLICATION

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = :ours AND pid <> pg_backend_pid()"
)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for any other."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def is_open(file: Path) -> bool:
    """Whether any process has a SQLite file open: each holds a shared lock on it for as long as it does."""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return True
        raise
    finally:
        connection.close()
    return False


def others_connected(connection: Connection) -> int:
    """How many other connections a service of ours has to this PostgreSQL database."""
    return connection.scalar(_OTHERS, {"ours": APPLICATION}) or 0
