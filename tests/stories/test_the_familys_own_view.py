"""A family looks at itself: which day, the last values, what is owed, and everybody's curve as a picture."""

from __future__ import annotations

import struct
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import OutboxMessage
from rules.mail import MailState
from tests.harness import DAY, Phone, Town


def picture(phone: Phone) -> tuple[int, int] | None:
    """How wide and high the picture under the newest message is, in pixels; None when there is none."""
    newest = [one for one in phone.town.sandbox.world.messages(phone.number, phone.bot) if one.from_bot][-1]
    if newest.content.file is None:
        return None
    content = newest.content.file.content
    assert content.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", content[16:24])
    return wide, high


@pytest.mark.needs("captions")
async def test_the_days_the_values_and_who_is_missing_by_name(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    before = await mother.says("状态")
    assert "王芳：第 1/14 天，最近 还没有量，还剩 13 天" in before.text
    assert "还没报：王芳、王建国、王小宝，12:00 前都可以" in before.text
    assert picture(mother) is None  # nothing to draw yet

    await mother.says("我36.5 爷爷36.7")
    after = await mother.says("状态")
    assert "王建国：第 1/14 天，最近 36.7" in after.text
    assert "还没报：王小宝，12:00 前" in after.text
    assert picture(mother) == (720, 3 * 212)
    await town.at("12:01")
    missed = (await mother.says("状态")).text
    assert "上一轮没报：王小宝，现在补报也可以" in missed
    assert "× 是没报的一次" in missed
    await mother.says("宝宝36.9")
    assert "都报了，谢谢" in (await mother.says("状态")).text


async def test_the_last_day_says_so_and_afterwards_what_is_looked_at(town: Town) -> None:
    town.houses("9号", [("孙大海", "户主")], first_day=DAY - timedelta(days=13))
    man = town.joins("孙大海")
    await town.at("09:00")
    await man.says("36.5")
    assert "第 14/14 天" in (await man.says("状态")).text
    assert "今天是最后一天" in (await man.says("状态")).text
    await town.forward(hours=24)
    assert "网格员正在核实" in (await man.says("状态")).text  # of all the other days nothing is known


@pytest.mark.needs("captions")
async def test_nobody_sees_another_familys_curves(town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.phone("张强").says("36.4")
    assert "王" not in (await town.phone("张强").says("状态")).text
    assert picture(town.phone("张强")) == (720, 212)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.needs("captions")
async def test_a_rare_character_in_a_name_is_no_obstacle(town: Town, language: str) -> None:
    town.houses("9号", [("李喆堃", "户主")])
    man = town.joins("李喆堃", language)
    await town.at("08:00")
    await man.says("36.5")
    assert "李喆堃" in (await man.says("/status")).text
    assert picture(man) == (720, 212)
    left = select(OutboxMessage).where(OutboxMessage.template == "status", OutboxMessage.state != MailState.SENT)
    assert town.read(lambda session: session.scalars(left).all()) == []
