"""A town of any size, for measurements: households in quarantine, the first of each has joined."""

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import URL, create_engine, text
from sqlalchemy.orm import Session

from bench.servers import postgres
from models import Account
from models.db import Database, engine_url
from models.migrate import upgrade
from models.vault import Vault
from rules.policy import Policy
from rules.roles import Level
from services import register
from services.areas import by_code
from services.bots import register_bots

BOT = "telegram"
OPENING = datetime(2020, 2, 10, 0, 0, tzinfo=UTC)
MEMBERS = 3
AT_ONCE = 100
"""Households settled in one transaction: a session that holds thousands of people grows slow."""
OWN_SERVER = "postgresql"
"""In place of an address: a PostgreSQL of our own, for as long as it is measured."""


@contextmanager
def town(households: int, members: int = MEMBERS, server: str | None = None) -> Iterator[Database]:
    """A fresh database with so many households of so many members; everything in it is invented.

    `server` is the address of a PostgreSQL on which a database may be made; None: a SQLite file.
    """
    with _fresh(server) as url:
        database = Database(url, Vault(b"a key for measuring"), Policy())
        upgrade(database.engine)
        for first in range(0, households, AT_ONCE):
            database.apply(_settle, range(first, min(first + AT_ONCE, households)), members)
        yield database
        database.close()


@contextmanager
def copied(original: Database) -> Iterator[Database]:
    """A copy of a town, on the same file system or server: each way that is measured gets the same one."""
    if original.is_sqlite:
        with tempfile.TemporaryDirectory(prefix="gridbot-bench-") as folder:
            with original.engine.connect() as connection:
                connection.connection.execute(f"VACUUM INTO '{folder}/bench.db'")
            yield from _opened(f"sqlite:///{folder}/bench.db")
        return
    original.engine.dispose()  # nobody may be connected to what is copied
    with _made(original.url, f'TEMPLATE "{original.url.database}"') as url:
        yield from _opened(url)


def _opened(url: str) -> Iterator[Database]:
    database = Database(url, Vault(b"a key for measuring"), Policy())
    yield database
    database.close()


@contextmanager
def a_server(wanted: str | None) -> Iterator[str | None]:
    """The PostgreSQL to measure on: the address that was given, or our own for `OWN_SERVER`; None stays None."""
    if wanted != OWN_SERVER:
        yield wanted
        return
    with postgres() as address:
        yield address


@contextmanager
def _fresh(server: str | None) -> Iterator[str]:
    if server is None:
        with tempfile.TemporaryDirectory(prefix="gridbot-bench-") as folder:
            yield f"sqlite:///{folder}/bench.db"
        return
    with _made(engine_url(server)) as url:
        yield url


@contextmanager
def _made(server: URL, how: str = "") -> Iterator[str]:
    name = f"gridbot_bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" {how}'))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


def _settle(session: Session, households: Sequence[int], members: int) -> None:
    before = OPENING - timedelta(hours=1)
    register_bots(session, {BOT: "telegram"})
    area = by_code(session, Level.GRID.value)
    for level in () if area else (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID):
        area = register.add_area(session, code=level.value, name=level.value, level=level, parent=area)
    for number in households:
        if area is None:
            return
        household = register.household_at(session, area, str(number))
        for member in range(members):
            person = register.add_person(session, before, name=f"人{number}号{'甲乙丙'[member]}")
            register.add_resident(session, before, person=person, household=household)
            register.quarantine(session, before, person=person, household=household, first_day=date(2020, 2, 10))
            if member == 0:
                session.add(Account(bot=BOT, address=str(number), person_id=person.id, created_at=before))
