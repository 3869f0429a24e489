"""Duty: until when somebody rests, who gets the alarms meanwhile, and who is on (值班)."""

import pytest

from rules.roles import Role
from tests.harness import DAY, Town
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_rest_ends_by_itself_and_the_alarms_come_back(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await town.at("09:00")
    off = await worker.presses(await worker.says("值班"), "休息到今晚8点")
    assert "20:00 自动上班" in off.text
    await town.phone("张强").says("38.4")
    assert worker.heard("发烧") == 0
    assert "李网格员不在班" in (await head.hears("发烧：张强 38.4")).text
    await town.at("20:01")
    await worker.hears("您又在班了")
    await town.phone("王芳").says("爷爷38.8")
    await worker.hears("发烧：王建国 38.8")


async def test_the_last_one_of_a_grid_is_told_who_gets_the_alarms_now(town: Town) -> None:
    town.employs("刘网格员", Role.GRID_WORKER)
    await town.at("09:00")
    one, other = town.phone("李网格员"), town.phone("刘网格员")
    assert "告警现在发给 刘网格员" in (await one.presses(await one.says("值班"), "休息到明早")).text
    last = await other.presses(await other.says("值班"), "下班")
    assert "没有别的网格员在班，告警直接发给 赵网格长（网格长）" in last.text
    assert "回来时按“上班”" in last.text
    assert "赵网格长" in (await other.says("值班")).text
    await other.presses(await other.says("值班"), "上班")
    assert "告警现在发给 刘网格员" in (await one.says("值班")).text


async def test_heads_and_the_community_see_by_name_who_is_on(town: Town) -> None:
    await town.at("09:00")
    worker = town.phone("李网格员")
    assert "谁在班" not in (await worker.presses(await worker.says("值班"), "休息3天")).text
    seen = (await town.phone("赵网格长").says("值班")).text
    assert "第一网格：李网格员（休息到 2月13日 08:00）、赵网格长 ✓" in seen
    assert "第二网格" not in seen
    seen = (await town.phone("孙社区").says("值班")).text
    assert "赵网格长 ✓" in seen
    assert "第二网格：没有人" in seen
    assert "谁在班" not in (await town.phone("钱街道").says("值班")).text


async def test_whoever_comes_back_early_hears_nothing_at_the_end_of_the_rest(town: Town) -> None:
    await town.at("09:00")
    worker = town.phone("李网格员")
    off = await worker.presses(await worker.says("值班"), "休息到今晚")
    await worker.presses(off, "上班")
    await town.at("21:00")
    assert worker.heard("又在班") == 0
    await town.phone("张强").says("38.4")
    await worker.hears("发烧：张强 38.4")


@pytest.mark.not_on("wechat")
async def test_an_evening_that_is_over_is_offered_no_more(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("09:00")
    asked = await worker.says("值班")
    await town.at("19:45")
    again = await worker.presses(asked, "今晚8点")
    assert again.labels == ("休息到明早8点", "休息3天", "下班，回来再按", "请人代班")
    await town.at("02:00", DAY.replace(day=DAY.day + 1))
    assert (await worker.says("值班")).labels[:2] == ("休息到今晚8点", "休息到今早8点")
