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
