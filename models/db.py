"""Engines and transactions: synchronous functions on worker threads.

`await db.run(function, ...)` is one transaction. Synchronous transactions measured 2.7 to 6 times faster than the async
session on SQLite, no slower on PostgreSQL, and no awaited network call can hide inside one.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from models.record import Record
from models.vault import Vault
from rules.policy import Policy

P = ParamSpec("P")
T = TypeVar("T")

POSTGRES_THREADS = 8
APPLICATION = "gridbot"
"""What our connections are called in PostgreSQL."""
PREPARED_AFTER = 5
"""How often a connection has a statement planned anew before it keeps a plan: the driver's own custom."""
MOST_CONFLICTS = 20
_LOST = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock."""
_CONFLICTS = {*_LOST, "23505"}
"""And a row that somebody else has just inserted."""


class _Holding(Session):
    """A session that knows what it has loaded until it ends: SQLAlchemy's forgets what nobody holds, and asks again."""


@event.listens_for(_Holding, "loaded_as_persistent")
def _hold(session: Session, record: object) -> None:
    session.info.setdefault("held", []).append(record)


class Database:
    """One database, the vault for what is sealed in it, and the policy that holds where no area says otherwise."""

    def __init__(self, url: str, vault: Vault, policy: Policy) -> None:
        self.url = engine_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = make_engine(self.url)
        self.vault = vault
        self._info = {"vault": vault, "policy": policy}
        # SQLite has one writer: one thread never waits for its own lock.
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, "db")
        self._reader = make_reader(self.url)
        self._reading = ThreadPoolExecutor(1, "reader")
        self.troubles: Counter[str] = Counter()
        """How many transactions were run again (`conflict`) and how many failed (`error`) since the start."""

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back when an error leaves it; for scripts and tests."""
        with _Holding(self.engine, expire_on_commit=False, info=self._info) as session, session.begin():
            yield session

    def apply(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(session, ...)` in one transaction, on the caller's thread.

        When another transaction changed the same rows first (PostgreSQL only), it is run again from the start: what
        it read was old. So `function` must do nothing but read and write the session.
        """
        for _ in range(MOST_CONFLICTS):
            try:
                with self.transaction() as session:
                    return function(session, *args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _CONFLICTS:
                    self.troubles["error"] += 1
                    raise
                self.troubles["conflict"] += 1
                time.sleep(random.uniform(0, 0.02))
        with self.transaction() as session:
            return function(session, *args, **kwargs)

    async def run(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(session, ...)` in one transaction, on a database thread."""

        def work() -> T:
            return self.apply(function, *args, **kwargs)

        # The thread sees the caller's context: what is written and logged there has its cause.
        return await asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, work)

    async def look(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(session, ...)`, which only reads, at one instant and on a connection of its own: it waits for no
        transaction, and none waits for it.
        """

        def work() -> T:
            with Session(self._reader, info=self._info) as session, session.begin():
                return function(session, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._reading, copy_context().run, work)

    def close(self) -> None:
        """Waits for running transactions and closes every connection."""
        for threads in (self._threads, self._reading):
            threads.shutdown(wait=True)
        for engine in (self.engine, self._reader):
            engine.dispose()


def is_conflict(error: BaseException) -> bool:
    """Whether a transaction lost against another one on PostgreSQL, and has to be run again from the start."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _LOST


def vault_of(session: Session) -> Vault:
    """The vault of the session's database."""
    vault = session.info["vault"]
    assert isinstance(vault, Vault)  # noqa: S101 - put there by Database
    return vault


def insert_into(session: Session, record: type[Record]) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows what to do about a conflict, in the words of the session's database."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(record)
    return postgresql.insert(record)


def engine_url(url: str) -> URL:
    """The URL with the driver that we use: psycopg 3 for PostgreSQL, the standard library's for SQLite."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def make_engine(url: URL) -> Engine:
    """An engine. SQLite connections are durable (WAL, synchronous=FULL) and take the write lock when they begin.

    Its errors, which are logged, do not quote what was to be written: names and temperatures.
    """
    if url.get_backend_name() != "sqlite":
        # A name, by which somebody who wants the database for themselves sees that a service has it (models.occupied).
        # Repeatable read: a row read here and changed elsewhere meanwhile is a conflict, never a lost update.
        engine = create_engine(
            url,
            pool_size=POSTGRES_THREADS,
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            hide_parameters=True,
            connect_args={"application_name": APPLICATION, "prepare_threshold": PREPARED_AFTER},
        )
        event.listen(engine, "checkin", _prepare_again)
        return engine
    engine = _sqlite(url)
    # SQLite numbers the rows of one INSERT in their order, so they need not go in one by one to get their numbers back.
    engine.dialect.insertmanyvalues_implicit_sentinel = InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_again(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """What a transaction said about its own plans (`models.statements.plan_for_these_rows`) holds for it alone."""
    if connection is not None:
        connection.prepare_threshold = PREPARED_AFTER


def make_reader(url: URL) -> Engine:
    """An engine that only reads, each transaction of one instant; it holds up no writer, and none holds it up."""
    if url.get_backend_name() != "sqlite":
        engine = make_engine(url)
        return engine.execution_options(postgresql_readonly=True)
    engine = _sqlite(url)
    event.listen(engine, "connect", _prepare_reader)
    event.listen(engine, "begin", _begin_deferred)
    return engine


def _sqlite(url: URL) -> Engine:
    return create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 30},
        hide_parameters=True,
        json_deserializer=_from_json,
    )


def _from_json(text: str) -> Any:
    # Most lists are empty, and a batch reads a thousand of them.
    return [] if text == "[]" else json.loads(text)


def _prepare_reader(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; we do, below
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that turns into a writer can fail with "database is locked"; an immediate one waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
