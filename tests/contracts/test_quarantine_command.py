"""`gridbot quarantine`: for one person of the register, named without doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import cli
from models import Household, Quarantine
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from rules.quarantine import QuarantineStatus
from services import register
from services.areas import by_code
from tests.harness import raise_the_house

KEY = "a key for the tests of the command line"


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("GRIDBOT_DATABASE_URL", database_url)
    monkeypatch.setenv("GRIDBOT_ENCRYPTION_KEY", KEY)
    opened = Database(database_url, Vault(b"a key for the tests"), Policy())
    opened.apply(raise_the_house, datetime.now(UTC))
    opened.apply(_two_of_one_name, datetime.now(UTC))
    opened.close()
    return Database(database_url, Vault(b"a key for the tests"), Policy())


def _two_of_one_name(session: Session, now: datetime) -> None:
    for code, room, name in (("G1", "3号", "王芳"), ("G2", "9号", "王芳"), ("G1", "5号", "张强")):
        area = by_code(session, code)
        assert area
        person = register.add_person(session, now, name=name)
        home = register.household_at(session, area, room)
        register.add_resident(session, now, person=person, household=home, relation="户主")


def test_it_begins_is_corrected_and_ends(database: Database) -> None:
    run = CliRunner().invoke
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    begun = run(cli, ["quarantine", "start", "--area", "C", "--first", f"{tomorrow}", "--days", "3", "张强"])
    assert begun.output == f"张强: {tomorrow} - {tomorrow + timedelta(days=2)}\n"
    assert run(cli, ["quarantine", "release", "--area", "G1", "张强"]).output == "张强: released\n"

    def look(session: Session) -> tuple[date, QuarantineStatus, datetime | None]:
        one = session.scalars(select(Quarantine)).one()
        return one.first_day, one.status, one.next_at

    with database.transaction() as session:
        assert look(session) == (tomorrow, QuarantineStatus.ENDED, None)
    database.close()
    assert run(cli, ["quarantine", "release", "--area", "G1", "张强"]).exit_code == 1


def test_whom_it_is_about_is_never_guessed(database: Database) -> None:
    database.close()
    run = CliRunner().invoke
    several = run(cli, ["quarantine", "start", "--area", "C", "王芳"])
    assert (several.exit_code, "3号, 9号" in several.output) == (1, True)
    assert run(cli, ["quarantine", "start", "--area", "C", "--room", "9号", "王芳"]).exit_code == 0
    assert run(cli, ["quarantine", "start", "--area", "G2", "张强"]).exit_code == 1
    assert run(cli, ["quarantine", "start", "--area", "nowhere", "张强"]).exit_code == 1
    assert run(cli, ["quarantine", "start", "--area", "C"]).exit_code == 2


def test_somebody_is_excused_comes_back_and_goes_on_elsewhere(database: Database) -> None:
    run = CliRunner().invoke
    one = ["--area", "G1", "张强"]
    today = datetime.now(UTC).date()
    assert run(cli, ["quarantine", "excuse", "--why", "on_leave", *one]).exit_code == 1
    assert run(cli, ["quarantine", "start", *one]).exit_code == 0
    until = today + timedelta(days=4)
    said = run(cli, ["quarantine", "excuse", "--why", "on_leave", "--until", f"{until}", *one])
    assert said.output == f"张强: excused until {until}\n"

    def look(session: Session) -> tuple[date | None, str, str]:
        row = session.scalars(select(Quarantine)).one()
        return row.excused_until, row.excused_why, session.get_one(Household, row.household_id).room

    with database.transaction() as session:
        assert look(session) == (until, "on_leave", "5号")
    past = today - timedelta(days=3)
    assert (
        "that day is over" in run(cli, ["quarantine", "excuse", "--why", "on_leave", "--until", f"{past}", *one]).output
    )
    assert run(cli, ["quarantine", "back", *one]).output == "张强: asked again\n"
    assert run(cli, ["quarantine", "transfer", "--to", "S1", "--door", "7号", *one]).exit_code == 1
    moved = run(cli, ["quarantine", "transfer", "--to", "G2", "--door", "7号", *one])
    assert moved.output == "张强: now at G2 7号\n"
    with database.transaction() as session:
        assert look(session) == (None, "", "7号")
    database.close()
