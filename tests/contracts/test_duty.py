"""The database and the rule agree about who is on duty, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Person
from models.db import Database
from models.vault import Vault
from rules.duty import is_on
from rules.ladder import Candidate, WhyNot
from rules.policy import Policy
from rules.roles import Level, Role
from services import register
from services.chain import Standing
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


def test_who_stands_in_is_told_at_the_step_of_whom_they_stand_in_for() -> None:
    chain = [{"role": "grid_worker", "people": [1, 3]}, {"role": "grid_head", "people": [2, 1]}]
    worker, head = Role.GRID_WORKER, Role.GRID_HEAD
    around = Standing({(2, head), (9, worker), (8, worker)}, {1, 2, 3, 8, 9}, _accounts(2, 3, 9), {(1, worker): [9, 8]})
    assert around.candidates(chain) == (
        (
            Candidate(1, WhyNot.OFF_DUTY),
            Candidate(3, WhyNot.OFF_DUTY),
            Candidate(9, None),
            Candidate(8, WhyNot.UNREACHABLE),
        ),
        (Candidate(2, None), Candidate(1, WhyNot.OFF_DUTY)),
    )


def test_nobody_is_told_twice_who_stands_in_for_a_colleague_of_the_same_step() -> None:
    chain = [{"role": "grid_worker", "people": [1, 2]}]
    around = Standing({(2, Role.GRID_WORKER)}, {1, 2}, _accounts(2), {(1, Role.GRID_WORKER): [2]})
    assert around.candidates(chain) == ((Candidate(1, WhyNot.OFF_DUTY), Candidate(2, None)),)


def _accounts(*people: int) -> dict[int, Account]:
    return {one: Account(person_id=one) for one in people}
