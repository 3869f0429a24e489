"""The database and the rule agree about who is on duty, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Person
from models.db import Database
from models.vault import Vault
from rules.duty import is_on
from rules.policy import Policy
from rules.roles import Level, Role
from services import register
from services.staff import on_at
from tests.harness import DAY, local

NOW = local(DAY, "20:00")
AROUND = (None, *(NOW + timedelta(microseconds=step) for step in (-1, 0, 1)))


def test_the_database_and_the_rule_say_the_same(new_database: Callable[[], str]) -> None:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())
    found, expected = database.apply(_on)
    database.close()
    assert found == expected
    assert len(found) == 1 + 2 + len(AROUND) - 1


def _on(session: Session) -> tuple[set[int], set[int]]:
    area: Area = register.add_area(session, code="C", name="包头市", level=Level.CITY, parent=None)
    for on_duty, until in product((True, False), AROUND):
        person: Person = register.add_person(session, NOW, name="李网格员")
        appointed = register.appoint(session, NOW, person=person, role=Role.CITY, area=area)
        appointed.on_duty, appointed.off_until = on_duty, until
    session.flush()
    every = session.scalars(select(Appointment)).all()
    found = set(session.scalars(select(Appointment.id).where(on_at(NOW))))
    return found, {one.id for one in every if is_on(one.on_duty, one.off_until, NOW)}
