"""An area chooses for itself: inherited, changed in the chat or by the command line, from the next round on."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import cli
from models import AuditEntry, Household, Person, Quarantine, ReportRequest
from rules.rounds import Half
from services import register
from services.homes import household_of
from services.policies import choose
from services.policy import policy_at
from tests.harness import DAY, ZONE, Town

pytestmark = pytest.mark.telegram


def opened(town: Town, room: str) -> list[str]:
    """When a household was asked, by the local clock."""

    def look(session: Session) -> list[str]:
        rows = session.scalars(
            select(ReportRequest.opens_at)
            .join(Household, Household.id == ReportRequest.household_id)
            .where(Household.room == room)
            .order_by(ReportRequest.opens_at)
        )
        return [f"{one.astimezone(ZONE):%H:%M}" for one in rows]

    return town.read(look)


async def test_what_is_no_choice_is_answered_with_the_choices(town: Town) -> None:
    boss = town.phone("孙社区")
    asked = await boss.says("规则")
    wrong = await boss.says("25:00")
    assert "请按一条" in wrong.text
    assert wrong.labels == asked.labels


async def test_the_community_changes_the_next_round_in_the_chat(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("08:01")
    groups = await community.says("规则")
    assert "西河楞 的规则" in groups.text
    assert len(groups.buttons) <= 8, "a screen for one thumb"
    asks = await community.presses(groups, "问体温的时间")
    assert "晚上几点问：18:00" in asks.text
    value = await community.presses(asks, "晚上几点问")
    assert "现在是 18:00" in value.text
    assert "这个不行" in (await community.says("晚上七点")).text
    assert "改成 19:30" in (await community.says("19:30")).text
    await town.at("18:30")
    assert opened(town, "3号") == ["08:00"]
    await town.at("19:31")
    assert opened(town, "3号") == ["08:00", "19:30"]
    assert "晚上好" in (await town.phone("王芳").hears("晚上好")).text

    def noted(session: Session) -> AuditEntry:
        return session.scalars(select(AuditEntry).where(AuditEntry.act == "policy")).one()

    entry = town.read(noted)
    assert entry.detail == {"name": "evening", "before": None, "value": "19:30"}
    groups = await community.presses(await community.hears("改成 19:30"), "再看规则")
    assert "问体温的时间（1）" in groups.labels
    shown = await community.presses(groups, "问体温的时间")
    assert "晚上几点问：19:30（西河楞定的）" in shown.text
    back = await community.presses(await community.presses(shown, "晚上几点问"), "上一步")
    assert "晚上几点问：19:30" in back.text
    assert "看哪一类" in (await community.presses(back, "上一步")).text


async def test_symptoms_are_read_and_written_by_their_names(town: Town) -> None:
    community = town.phone("孙社区")
    asks = await community.presses(await community.says("规则"), "度数和症状")
    assert "问哪些症状：喘不上气、胸口疼、人不清醒、咳嗽、没力气、拉肚子、闻不到味" in asks.text
    value = await community.presses(asks, "问哪些症状")
    assert "现在是 喘不上气、胸口疼" in value.text
    assert "这个不行" in (await community.says("咳嗽、脚气")).text
    changed = (await community.says("恶心、吐、咳嗽，嗓子疼")).text
    assert "改成 喘不上气、胸口疼、人不清醒、恶心、吐、咳嗽、嗓子疼" in changed


async def test_a_grid_keeps_its_own_and_a_worker_changes_nothing(town: Town) -> None:
    worker = town.phone("李网格员")
    assert "社区和上级" in (await worker.says("规则")).text
    grid, community, now = town.area("G1"), town.area("V1"), town.now
    with town.database.transaction() as session:
        choose(session, now, session.merge(grid), "abnormal", "37.0", None)
        choose(session, now, session.merge(community), "abnormal", "37.2", None)
        assert policy_at(session, grid.id).thresholds.abnormal == 37.0
    await town.at("08:00")
    assert "偏高" in (await town.phone("张强").says("37.1")).text


async def test_a_morning_that_has_passed_is_asked_at_once_and_only_once(town: Town) -> None:
    await town.at("07:40")
    with town.database.transaction() as session:
        choose(session, town.now, session.merge(town.area("G1")), "morning", "07:35", None)
    await town.forward(minutes=1)
    assert opened(town, "5号") == ["07:35"]
    await town.at("17:59")
    assert opened(town, "5号") == ["07:35"]

    def next_halves(session: Session) -> set[Half | None]:
        return set(session.scalars(select(Quarantine.next_half)))

    assert town.read(next_halves) == {Half.EVENING}


def test_the_command_line_shows_sets_and_takes_back(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.db import Database
    from models.vault import Vault
    from rules.policy import Policy
    from tests.harness import DAY, local, raise_the_house

    database = Database(database_url, Vault(b"a key for the tests"), Policy())
    database.apply(raise_the_house, local(DAY, "07:00"))
    database.close()
    monkeypatch.setenv("GRIDBOT_DATABASE_URL", database_url)
    monkeypatch.setenv("GRIDBOT_ENCRYPTION_KEY", "a key for the tests of the command line")
    run = CliRunner().invoke
    assert run(cli, ["policy", "set", "--area", "V1", "evening", "19:00"]).output == "evening = 19:00\n"
    assert "evening = 19:00  (西河楞)" in run(cli, ["policy", "show", "--area", "G1"]).output
    found = json.loads(run(cli, ["policy", "show", "--area", "G2", "--json"]).output)
    assert found["evening"] == {"value": "19:00", "by": "西河楞"}
    assert found["morning"]["by"] is None
    wrong = run(cli, ["policy", "set", "--area", "V1", "evening", "25:00"])
    assert (wrong.exit_code, "25:00" in wrong.output) == (1, True)
    assert run(cli, ["policy", "show", "--area", "nowhere"]).exit_code == 1
    assert run(cli, ["policy", "unset", "--area", "V1", "evening"]).output == "evening = 18:00\n"
    assert run(cli, ["policy", "unset", "--area", "V1", "evening"]).exit_code == 1


async def test_the_days_of_a_quarantine_hold_for_those_that_begin_from_then_on(town: Town) -> None:
    community, worker = town.phone("孙社区"), town.phone("李网格员")
    await town.at("09:00")
    await community.presses(await community.presses(await community.says("规则"), "隔离"), "隔离多少天")
    assert "这个不行" in (await community.says("61")).text
    assert "以后开始的隔离起用，已经在隔离的不变" in (await community.says("10")).text
    town.houses("8号", [("何平", "户主")], first_day=None)
    shown = await worker.says("/quarantine 何平")
    assert "第 1 天，共 10 天，到 2020-02-19" in (await worker.presses(shown, "从今天起隔离 10 天")).text
    with town.database.transaction() as session:  # the roster is imported again, and names no days
        person = session.scalars(select(Person).where(Person.name == "王芳")).one()
        home = household_of(session, person.id)
        assert home is not None
        register.quarantine(session, town.now, person=person, household=home, first_day=DAY)

    def days(session: Session) -> list[int]:
        return [(one.last_day - one.first_day).days + 1 for one in session.scalars(select(Quarantine))]

    assert sorted(town.read(days)) == [10, 14, 14, 14, 14]
