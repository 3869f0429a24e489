"""A town of any size, for measurements: households of three in quarantine, the first of each has joined."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.app import register_bots
from models import Account
from models.db import Database
from models.migrate import upgrade
from models.vault import Vault
from rules.policy import Policy
from rules.roles import Level
from services import register

BOT = "telegram"
OPENING = datetime(2020, 2, 10, 0, 0, tzinfo=UTC)


@contextmanager
def town(households: int) -> Iterator[Database]:
    """A fresh SQLite file with so many households; everything in it is invented."""
    with tempfile.TemporaryDirectory(prefix="gridbot-bench-") as folder:
        database = Database(f"sqlite:///{folder}/bench.db", Vault(b"a key for measuring"), Policy())
        upgrade(database.engine)
        database.apply(_settle, households)
        yield database
        database.close()


def _settle(session: Session, households: int) -> None:
    before = OPENING - timedelta(hours=1)
    register_bots(session, {BOT: "telegram"})
    area = None
    for level in (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID):
        area = register.add_area(session, code=level.value, name=level.value, level=level, parent=area)
    for number in range(households):
        if area is None:
            return
        household = register.household_at(session, area, str(number))
        for member in range(3):
            person = register.add_person(session, before, name=f"人{number}号{'甲乙丙'[member]}")
            register.add_resident(session, before, person=person, household=household)
            register.quarantine(session, before, person=person, household=household, first_day=date(2020, 2, 10))
            if member == 0:
                session.add(Account(bot=BOT, address=str(number), person_id=person.id, created_at=before))
