"""Two fevers of one place at one instant, on two machines: they are found to belong together all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from models import Escalation, Household, Resident
from models.db import Database, is_conflict
from models.vault import Vault
from rules.escalation import Kind
from rules.ladder import Severity
from rules.policy import Policy
from services.fevers import raise_fever
from tests.harness import DAY, local

NOON = local(DAY, "12:00")


def falls_ill(session: Session, person: int) -> None:
    home = session.scalars(
        select(Household).join(Resident, Resident.household_id == Household.id).where(Resident.person_id == person)
    ).one()
    detail = {"celsius": 38.4}
    raise_fever(session, NOON, home, person, Severity.URGENT, request_id=None, detail=detail)


def clusters(session: Session) -> int:
    return session.scalar(select(func.count()).where(Escalation.kind == Kind.CLUSTER)) or 0


def test_the_second_begins_again_and_sees_the_first(new_database: Callable[[], str]) -> None:
    database = Database(new_database(), Vault(b"a key for the tests"), replace(Policy(), cluster_size=2))
    if database.is_sqlite:
        database.close()
        pytest.skip("one transaction writes at a time")
    build(database, Plan(4, DAY, per_grid=4))
    one, other = database.apply(lambda session: session.scalars(select(Resident.person_id).limit(2)).all())
    with pytest.raises(DBAPIError) as lost:
        _at_once(database, one, other)
    assert is_conflict(lost.value)
    database.apply(falls_ill, other)
    assert database.apply(clusters) == 1
    database.close()


def _at_once(database: Database, one: int, other: int) -> None:
    with database.transaction() as slow:
        assert clusters(slow) == 0  # from here on it sees the records as they are now
        database.apply(falls_ill, one)
        falls_ill(slow, other)
