"""Answers that look made up are a question to the worker, gentle and rare; chance asks anybody for a photo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from models import AnswerQuestion, AuditEntry
from rules.honesty import Reply
from rules.policy import Policy
from rules.roles import Role
from tests.contracts.adapters import picture
from tests.harness import DAY, ZONE, Town, local, make_town, readings_of

pytestmark = pytest.mark.telegram


@pytest.fixture
def town(empty_town: Town) -> Town:
    """One man, who answers at every slot, and his worker: nobody else is silent, and no alarm climbs for days."""
    empty_town.employs("李网格员", Role.GRID_WORKER)
    empty_town.houses("5号", [("张强", "户主")])
    empty_town.joins("张强")
    return empty_town


async def four_days_alike(town: Town) -> None:
    """Eight slots with one value, given when there was time to measure; it is the fifth day, in the morning."""
    man = town.phone("张强")
    await town.at("08:00")
    for minutes in (21, 9, 34, 17, 5, 44, 12, 28):
        await town.forward(minutes=minutes)
        await man.says("36.5")
        await town.at("18:00" if town.now.astimezone(ZONE).hour < 12 else "08:00")


async def test_the_same_value_for_four_days_is_a_gentle_question_at_one_oclock(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    await four_days_alike(town)
    await town.at("12:59")
    assert worker.heard("留意") == 0
    await town.at("13:01")
    asks = await worker.hears("留意")
    assert "5号" in asks.text
    assert "张强 连着 8 次都报 36.5" in asks.text
    assert "别先怪人家" in asks.text
    assert man.heard("留意") == 0  # it is nobody's business but the worker's

    said = await worker.presses(asks, "请现在拍照再量")
    assert "已经请 张强 现在拍照再量一次" in said.text
    assert "拍一张体温计的照片" in (await man.hears("网格员 李网格员 请 张强")).text
    assert "都问清楚了" in worker.again(asks).text
    assert "还没有再报" in (await worker.presses(said, "看再报了没有")).text
    photos = len(worker.inbox())
    await man.sends_photo(picture(), "36.6")
    assert len(worker.inbox()) == photos + 1
    assert readings_of(town)["张强"][-1] == 36.6
    assert "张强 之后报了 36.6（13:01）" in (await worker.presses(said, "看再报了没有")).text
    kept = town.read(lambda session: session.scalars(select(AnswerQuestion)).one())
    assert kept.reply is Reply.PHOTO
    acts = town.read(lambda session: session.scalars(select(AuditEntry).where(AuditEntry.act == "question")).all())
    assert len(acts) == 1


@pytest.mark.many_days
async def test_a_household_that_is_all_right_is_not_mentioned_again_for_a_week(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    await four_days_alike(town)
    await town.at("13:01")
    asks = await worker.hears("留意")
    await worker.presses(asks, "了解，没问题")
    for _ in range(4):
        await man.says("36.5")
        await town.at("18:00")
        await man.says("36.5")
        await town.at("13:01")
    assert worker.heard("留意") <= 1
    key = next(data for label, data in asks.buttons if "没问题" in label)
    await worker.forges(key)
    await worker.hears("已经有人问过了")


async def test_only_staff_of_the_place_clear_it_up(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    await four_days_alike(town)
    await town.at("13:01")
    asks = await worker.hears("留意")
    key = next(data for label, data in asks.buttons if "没问题" in label)
    assert "不归您管" in (await man.forges(key)).text


@pytest.mark.needs("captions")
async def test_chance_asks_for_a_photo_in_the_prompt_itself(database_url: str) -> None:
    everybody = replace(Policy(), spot_checks=1.0)
    async with make_town(database_url, local(DAY, "07:00"), everybody) as town:
        worker = town.employs("李网格员", Role.GRID_WORKER)
        town.houses("5号", [("张强", "户主")])
        man = town.joins("张强")
        await town.at("08:00")
        assert "这次抽到您家：请给 张强 的体温计拍张照片" in (await man.hears("请量体温")).text
        await man.sends_photo(picture(), "36.6")
        assert "张强" in (await worker.hears("5号")).text
        assert len(man.inbox()) == 2  # the prompt, and the confirmation
