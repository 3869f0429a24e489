"""Directives on both databases: as many statements for many nodes as for few, and once whatever runs at one time."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.cli import cli
from models import Account, Area, Directive, DirectiveStep, Notice, OutboxMessage
from models.db import Database
from models.vault import Vault
from rules.directives import Step
from rules.notice_life import NoticeAct
from rules.policy import Policy
from rules.roles import Level, Role
from services import register
from services.directives.advancing import go_on
from services.directives.confirming import confirm, pass_on
from services.directives.issuing import issue
from services.notice_life import change
from services.owing import owe_ahead
from services.spreading import spread
from tests.contracts.counting import counted
from tests.harness import BOT, DAY, local, raise_the_house
from tests.light import light

MORNING = local(DAY, "09:00")


def settle(session: Session, grids: int) -> None:
    """A community with so many grids, each with a head and a household."""
    raise_the_house(session, MORNING)
    community = session.scalars(select(Area).where(Area.code == "V1")).one()
    _staff(session, "社区", Role.COMMUNITY, community)
    for number in range(grids):
        grid = register.add_area(session, code=f"N{number}", name=f"{number}", level=Level.GRID, parent=community)
        _staff(session, f"网格长{number}", Role.GRID_HEAD, grid)
        person = register.add_person(session, MORNING, name=f"住户{number}")
        home = register.household_at(session, grid, "1号")
        register.add_resident(session, MORNING, person=person, household=home)
        session.add(Account(bot=BOT, address=person.name, person_id=person.id, created_at=MORNING))


def _staff(session: Session, name: str, role: Role, area: Area) -> None:
    person = register.add_person(session, MORNING, name=name)
    register.appoint(session, MORNING, person=person, role=role, area=area)
    session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=MORNING))


def account_of(session: Session, name: str) -> Account:
    return session.scalars(select(Account).where(Account.address == name)).one()


def issued(session: Session) -> Directive:
    account = account_of(session, "社区")
    return issue(
        session,
        MORNING,
        author_id=account.person_id or 0,
        account=account,
        area=session.scalars(select(Area).where(Area.code == "V1")).one(),
        body="每户一个出入口。",
        minutes=60,
        urgent=False,
        to_doors=True,
    )


def a_life(database: Database) -> list[int]:
    """How many statements each of its ticks takes, from being told until it has gone past everybody."""
    taken = []
    for minutes in (0, 31, 46, 61):
        with counted(database) as asked:
            database.apply(go_on, MORNING + timedelta(minutes=minutes))
        taken.append(len(asked))
    return taken


def test_as_many_statements_for_many_nodes_as_for_few(new_database: Callable[[], str]) -> None:
    taken = {}
    for grids in (3, 24):
        database = light(Database(new_database(), Vault(b"a key for the tests"), Policy()))
        database.apply(settle, grids)
        database.apply(issued)
        taken[grids] = a_life(database)
        with database.transaction() as session:
            assert session.scalars(select(DirectiveStep.state)).all().count(Step.GONE_PAST) == grids + 2
            mail = select(func.count(OutboxMessage.id)).where(OutboxMessage.edits_id.is_(None))
            told = mail.where(OutboxMessage.template.in_(["directive", "directive_again"]))
            assert session.scalar(told) == 2 * grids + 1  # once and again, and the author
            # Of two grids with nobody at once, and of all the others at the end.
            assert session.scalar(mail.where(OutboxMessage.template == "directive_late")) == 2
        database.close()
    assert taken[3] == taken[24]


def test_run_twice_and_pressed_at_the_same_time_it_goes_out_once(database: Database) -> None:
    database.apply(settle, 3)
    database.apply(issued)
    later = MORNING + timedelta(minutes=61)
    for now in (MORNING, MORNING, later - timedelta(minutes=1), later, later, later):
        database.apply(_go_on_and_spread, now)
    with database.transaction() as session:
        assert session.scalar(select(func.count(Notice.id))) == 5
        copies = select(func.count(OutboxMessage.id)).where(OutboxMessage.template == "notice")
        assert session.scalar(copies) == 3


def _go_on_and_spread(session: Session, now: datetime) -> None:
    go_on(session, now)
    while spread(session, now)["left"] or owe_ahead(session, now)["left"]:
        pass


def test_a_press_meets_the_tick_and_one_of_them_is_first(database: Database, database_url: str) -> None:
    database.apply(settle, 1)
    database.apply(issued)
    database.apply(go_on, MORNING)
    end = MORNING + timedelta(minutes=60)

    def press(session: Session) -> None:
        account = account_of(session, "网格长0")
        step = session.scalars(select(DirectiveStep).where(DirectiveStep.person_id == account.person_id)).one()
        confirm(session, end, step, account)
        if step.state is Step.CONFIRMED:
            pass_on(session, end, step, account)

    if database.is_sqlite:
        database.apply(press)
        database.apply(go_on, end)
    else:
        other = Database(database_url, database.vault, Policy())
        with ThreadPoolExecutor(1) as elsewhere:
            with database.transaction() as slow:
                press(slow)
                slow.flush()
                ticking = elsewhere.submit(other.apply, go_on, end)
            ticking.result()
        other.close()
    with database.transaction() as session:
        grid = select(Area.id).where(Area.code == "N0")
        assert session.scalar(select(func.count(Notice.id)).where(Notice.area_id.in_(grid))) == 1


def test_with_nothing_due_it_asks_one_short_question(database: Database) -> None:
    database.apply(settle, 2)
    database.apply(issued)
    database.apply(go_on, MORNING)
    database.apply(go_on, MORNING)
    with counted(database) as asked:
        counts = database.apply(go_on, MORNING)
    assert not any(counts.values())
    assert sum("directive_steps" in one for one in asked) == 1


def test_whoever_passes_it_on_cannot_hold_it_up_or_take_it_back(database: Database) -> None:
    database.apply(settle, 1)
    database.apply(issued)
    for minutes in (0, 61):
        database.apply(_go_on_and_spread, MORNING + timedelta(minutes=minutes))
    with database.transaction() as session:
        head, author = (account_of(session, name).person_id or 0 for name in ("网格长0", "社区"))
        notice = session.scalars(select(Notice).where(Notice.area_id == _grid(session))).one()
        later = MORNING + timedelta(hours=2)
        assert not change(session, later, notice, NoticeAct.WITHDRAWN, head)
        assert not change(session, later, notice, NoticeAct.CORRECTED, author, "不用了。")
        assert change(session, later, notice, NoticeAct.WITHDRAWN, author)


def _grid(session: Session) -> int:
    return session.scalars(select(Area.id).where(Area.code == "N0")).one()


def test_the_command_line_says_where_each_stands(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDBOT_DATABASE_URL", database_url)
    monkeypatch.setenv("GRIDBOT_ENCRYPTION_KEY", "a key for the tests of the command line")
    database.apply(settle, 1)
    database.apply(issued)
    database.apply(go_on, MORNING)
    run = CliRunner().invoke
    assert run(cli, ["directive", "list"]).output == "1  2020-02-10T01:00Z  V1 西河楞  每户一个出入口。\n"
    shown = json.loads(run(cli, ["directive", "show", "1", "--json"]).output)
    assert shown["text"] == "每户一个出入口。"
    assert {one["area"]: one["state"] for one in shown["nodes"]} == {
        "V1": "done",
        "G1": "gone_past",
        "G2": "gone_past",
        "N0": "told",
    }
    told = run(cli, ["directive", "show", "1"]).output
    assert "N0  0  已送到，等确认\n" in told
    assert "V1  西河楞  已确认  社区 2020-02-10T01:00Z\n" in told
    assert json.loads(run(cli, ["directive", "list", "--json"]).output)[0]["ended"] is False
    missing = run(cli, ["directive", "show", "9"])
    assert (missing.exit_code, missing.stderr) == (1, "Error: directive 9: there is none of this number\n")
