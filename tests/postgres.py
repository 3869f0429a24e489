"""A PostgreSQL of the tests' own, which waits for no disk; and what is done on a server outside any transaction.

`python -m tests.postgres` runs one: prints its address, and ends with everything it kept on SIGTERM.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, text

from bench.servers import postgres
from models.db import engine_url, make_engine

COPIES_FILES = 150_000
"""From this version on a database may be copied file by file; small ones are made several times as fast so."""


@contextmanager
def own_server() -> Iterator[URL]:
    """Starts one. What it keeps does not outlive it, so it need not be safe from a loss of power."""
    with postgres() as address:
        url = engine_url(address)
        on_server(url, *(f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes")))
        on_server(url, "SELECT pg_reload_conf()")
        yield url


def on_server(server: URL, *commands: str) -> None:
    """Commands outside a transaction."""
    engine = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()


def copy_database(server: URL, template: str, name: str) -> None:
    """A database like the template."""
    engine = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
        how = "STRATEGY file_copy" if version >= COPIES_FILES else ""
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {how}'))
    engine.dispose()


def main() -> None:
    """Starts the server, prints one line with its address, and waits to be ended."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    with own_server() as url:
        sys.stdout.write(f"{url.render_as_string(hide_password=False)}\n")
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main()
