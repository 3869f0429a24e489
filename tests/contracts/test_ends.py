"""The ends of many quarantines: a few questions for all of them, whatever their number."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Asked, OutboxMessage, Person, Quarantine, Release, ReportRequest, Source, TemperatureReading
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from rules.quarantine import QuarantineStatus
from rules.rounds import Half, RequestStatus
from services import register
from services.areas import by_code
from services.certificates import Standing, check, code_of
from services.ends import begin_and_end
from tests.contracts.counting import counted
from tests.harness import BOT, DAY, local, raise_the_house

EVENING = local(DAY, "18:30")


@pytest.fixture
def database(database_url: str) -> Database:
    opened = Database(database_url, Vault(b"a key for the tests"), Policy())
    opened.apply(raise_the_house, local(DAY, "07:00"))
    return opened


def _families(session: Session, count: int) -> None:
    """Each alone behind a door, for one day that was answered; every third was silent in the morning."""
    grid = by_code(session, "G1")
    assert grid
    morning = local(DAY, "08:00")
    for number in range(count):
        home = register.household_at(session, grid, f"{number}号")
        person = register.add_person(session, morning, name=f"甲{number}")
        register.add_resident(session, morning, person=person, household=home)
        register.quarantine(session, morning, person=person, household=home, first_day=DAY, days=1)
        session.add(Account(bot=BOT, address=f"{number}", person_id=person.id, created_at=morning))
        for half in Half:
            silent = half is Half.MORNING and number % 3 == 0
            status = RequestStatus.MISSED if silent else RequestStatus.REPORTED
            at = local(DAY, "08:00" if half is Half.MORNING else "18:00")
            row = ReportRequest(household_id=home.id, grid_id=grid.id, day=DAY, half=half, status=status)
            row.opens_at, row.miss_at = at, at + timedelta(hours=4)
            session.add(row)
            session.flush()
            session.add(Asked(request_id=row.id, person_id=person.id))
            if not silent:
                value = TemperatureReading(person_id=person.id, request_id=row.id, celsius=36.5, at=at)
                value.source = Source.CHAT
                session.add(value)
    for one in session.scalars(select(Quarantine)):
        one.next_day = one.next_half = one.next_at = None
        one.end_at = EVENING


def _statements(database: Database) -> tuple[Counter[str], dict[str, int]]:
    with counted(database) as asked:
        counts = database.apply(begin_and_end, EVENING)
    return Counter(one.split(None, 1)[0] for one in asked), counts


def test_the_clear_go_and_the_others_are_asked_about_with_few_statements(database: Database) -> None:
    with database.transaction() as session:
        _families(session, 30)
    asked, counts = _statements(database)
    assert counts == {"begun": 0, "ended": 0, "released": 20, "to_decide": 10, "left": 0}
    assert asked["SELECT"] < 60
    again = database.apply(begin_and_end, EVENING)
    assert sum(again.values()) == 0
    with database.transaction() as session:
        assert len(session.scalars(select(Release)).all()) == 20
        said = session.scalars(select(OutboxMessage.template)).all()
        assert Counter(said) == {"released": 20, "say": 10}
        assert {one.end_step for one in session.scalars(select(Quarantine)) if one.released_at is None} == {0}
    midnight = local(DAY + timedelta(days=1), "00:00")
    assert database.apply(begin_and_end, midnight)["ended"] == 20
    with database.transaction() as session:
        left = session.scalars(select(Quarantine).where(Quarantine.status == QuarantineStatus.ACTIVE)).all()
        assert len(left) == 10
    database.close()


def test_a_code_is_valid_from_its_day_on_and_no_other_key_makes_one(database: Database) -> None:
    with database.transaction() as session:
        _families(session, 2)
    database.apply(begin_and_end, EVENING)
    with database.transaction() as session:
        [row] = session.scalars(select(Release)).all()
        code = code_of(session, row)
        assert check(session, EVENING, code).standing is Standing.NOT_YET
        found = check(session, EVENING + timedelta(hours=6), code)
        assert found.standing is Standing.VALID
        assert found.certificate is not None
        assert found.certificate.masked == "甲*"
        assert session.get_one(Person, 2).name not in (found.certificate.masked, found.certificate.area)
        for wrong in (code[:-1] + ("A" if code[-1] != "A" else "B"), code[:-2], "", "é" * 40):
            assert check(session, EVENING, wrong).standing is Standing.UNKNOWN
        row.secret = bytes(6)
        assert check(session, EVENING, code).standing is Standing.UNKNOWN
    database.close()
