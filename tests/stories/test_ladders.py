"""Each kind of alarm has a ladder, and an area chooses it: who is told, how long they have, how often (规则)."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli import cli
from models import Escalation
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from tests.harness import DAY, Town, local, raise_the_house

pytestmark = pytest.mark.telegram


async def test_the_community_has_its_workers_told_twice_before_the_head_of_the_grid(town: Town) -> None:
    community, mother = town.phone("孙社区"), town.phone("王芳")
    await town.at("08:01")
    asks = await community.presses(await community.says("规则"), "告警找谁")
    assert "发烧告警：10,10,15,30,30,60" in asks.text
    value = await community.presses(asks, "发烧告警")
    assert "网格员：10 分钟" in value.text
    wrong = await community.says("十分钟")
    assert "要六段" in wrong.text
    assert "最多 120" in (await community.says("10，10，15，30，30，121")).text
    changed = await community.says("5×2，10，15，30，30，60")
    assert "改成 5×2,10,15,30,30,60，新开的告警起用" in changed.text
    again = await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    assert "网格员：5 分钟，找 2 次" in again.text
    await community.presses(again, "取消")

    await mother.says("我38.4 爷爷36.5 宝宝36.5")
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await worker.hears("38.4")
    await town.forward(minutes=6)
    assert len([one for one in worker.inbox() if "38.4" in one.text]) == 2
    assert not [one for one in head.inbox() if "38.4" in one.text]
    await town.forward(minutes=5)
    await head.hears("38.4")


async def test_an_alarm_that_is_open_keeps_the_ladder_with_which_it_opened(town: Town) -> None:
    community, mother = town.phone("孙社区"), town.phone("王芳")
    await town.at("08:01")
    await mother.says("我38.4 爷爷36.5 宝宝36.5")
    await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    await community.says("60,-,-,-,-,60")

    def steps(session: Session) -> list[tuple[str, float]]:
        chain = session.scalars(select(Escalation.chain)).one()
        return [(step["role"], step["minutes"]) for step in chain]

    assert town.read(steps)[0] == ("grid_worker", 10)
    await town.forward(minutes=11)
    await town.phone("赵网格长").hears("38.4")


async def test_levels_are_left_out_and_told_together(town: Town) -> None:
    community, mother = town.phone("孙社区"), town.phone("王芳")
    await town.at("08:01")
    await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    await community.says("- + 15 30 30 60")
    again = await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    assert "网格员：不找" in again.text
    assert "网格长：和上一级一起找" in again.text
    await community.presses(again, "取消")
    await mother.says("我38.4 爷爷36.5 宝宝36.5")
    head = await town.phone("赵网格长").hears("38.4")
    await community.hears("38.4")
    assert not [one for one in town.phone("李网格员").inbox() if "38.4" in one.text]
    await town.phone("赵网格长").presses(head, "我来处理")
    assert "赵网格长" in (await community.hears("38.4")).text


def test_the_command_line_says_what_is_wrong(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(database_url, Vault(b"a key for the tests"), Policy())
    database.apply(raise_the_house, local(DAY, "07:00"))
    database.close()
    monkeypatch.setenv("GRIDBOT_DATABASE_URL", database_url)
    monkeypatch.setenv("GRIDBOT_ENCRYPTION_KEY", "a key for the tests of the command line")
    run = CliRunner().invoke
    done = run(cli, ["policy", "set", "--area", "V1", "ladder_missed", "60×2, 120, 240, -, +, 720"])
    assert done.output == "ladder_missed = 60x2,120,240,-,+,720\n"
    assert "ladder_missed = 60x2,120,240,-,+,720  (西河楞)" in run(cli, ["policy", "show", "--area", "G1"]).output
    wrong = run(cli, ["policy", "set", "--area", "V1", "ladder_emergency", "3,5,5,10,10,45"])
    assert wrong.exit_code == 1
    assert "45: 1 to 30 minutes" in wrong.output
    assert run(cli, ["policy", "set", "--area", "V1", "ladder_ordinary", "3,5,5,10,10,45"]).exit_code == 2


async def test_at_night_others_are_told_and_in_the_morning_the_day_goes_on(town: Town) -> None:
    """The grid's head and the street sleep, whoever is told has longer; by day the next one up is told as ever."""
    community, mother = town.phone("孙社区"), town.phone("王芳")
    worker, head, street = town.phone("李网格员"), town.phone("赵网格长"), town.phone("钱街道")
    await town.at("20:00")
    asked = await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    assert "夜里要是不一样" in asked.text
    changed = await community.says("10,10,15,30,30,60 夜 20,-,120,-,-,120")
    assert "改成 10,10,15,30,30,60 夜 20,-,120,-,-,120" in changed.text
    again = await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    assert "夜里：\n· 网格员：20 分钟\n· 网格长：不找" in again.text
    await community.presses(again, "取消")

    await town.at("05:45")
    await mother.says("我38.4 爷爷36.5 宝宝36.5")
    await worker.hears("38.4")
    await town.at("06:06")
    told = await community.hears("38.4")
    assert "李网格员" not in told.text, "nobody was passed over: the head is not told at night"
    assert head.heard("38.4") == 0
    await town.at("08:07")
    assert street.heard("38.4") == 1, "the community's two hours began at night, the next one up is the day's"
    assert head.heard("38.4") == 0


async def test_an_alarm_of_the_evening_goes_on_at_night_above_whoever_was_told(town: Town) -> None:
    community, mother = town.phone("孙社区"), town.phone("王芳")
    await town.at("20:00")
    await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "发烧告警")
    await community.says("10,10,15,30,30,60/20,20,20,-,-,20")
    await town.at("21:15")
    await mother.says("我38.4 爷爷36.5 宝宝36.5")
    await town.at("21:26")
    await town.phone("赵网格长").hears("38.4")
    await town.at("21:36")
    await community.hears("38.4")
    assert town.phone("李网格员").heard("38.4") == 1
    await town.at("21:57")
    assert town.phone("周市级").heard("38.4") == 1
    assert town.phone("钱街道").heard("38.4") == 0


async def test_what_can_wait_has_no_night(town: Town) -> None:
    community = town.phone("孙社区")
    asked = await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "漏报告警")
    assert "夜里不打扰人" in asked.text
    assert "要六段" in (await community.says("60,120,240,480,480,720 夜 60,60,60,60,60,60")).text
