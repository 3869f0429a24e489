"""Stand-ins: one's duty in a colleague's hands until a time, when they have said yes (代班)."""

import pytest
from sqlalchemy import select

from models import Person
from rules.roles import Role
from tests.harness import Phone, Town
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def asks(town: Town, until: str = "到今晚8点", whom: str = "刘网格员") -> Phone:
    """李网格员 of the first grid asks 刘网格员 of the second, whose phone this is."""
    town.employs(whom, Role.GRID_WORKER, "G2")
    await town.at("09:00")
    worker = town.phone("李网格员")
    when = await worker.presses(await worker.says("值班"), "请人代班")
    who = await worker.presses(when, until)
    sent = await worker.presses(who, whom)
    assert f"已经问 {whom} 了" in sent.text
    return town.phone(whom)


@pytest.mark.not_on("wechat")
async def test_a_colleague_who_says_yes_gets_the_alarms_until_then(town: Town) -> None:
    colleague, worker, head = await asks(town), town.phone("李网格员"), town.phone("赵网格长")
    asked = await colleague.hears("李网格员 请您代班")
    assert "第一网格，到 20:00" in asked.text
    await colleague.presses(asked, "我来代")
    await worker.hears("刘网格员 答应代班。您下班了，20:00 自动上班")
    assert "刘网格员 ✓（代李网格员）" in (await head.says("值班")).text
    assert "您在替 李网格员 代班，到 20:00" in (await colleague.says("值班")).text
    await town.phone("张强").says("38.4")
    alert = await colleague.hears("发烧：张强 38.4")
    assert "李网格员不在班" in alert.text
    assert worker.heard("38.4") == head.heard("38.4") == 0
    await colleague.presses(alert, "我来处理")
    await town.phone("张强").hears("刘网格员")
    await town.at("20:01")
    await worker.hears("您又在班了")
    await colleague.hears("替 李网格员 代班结束了")
    await town.phone("王芳").says("爷爷38.8")
    await worker.hears("发烧：王建国 38.8")
    assert colleague.heard("王建国 38.8") == 0


async def test_until_the_other_says_yes_nothing_changes(town: Town) -> None:
    colleague, worker = await asks(town), town.phone("李网格员")
    await town.phone("张强").says("38.4")
    await worker.hears("发烧：张强 38.4")
    assert colleague.heard("38.4") == 0
    await colleague.presses(await colleague.hears("请您代班"), "代不了")
    told = await worker.hears("刘网格员 代不了，您还在班")
    await worker.presses(told, "请人代班")


async def test_whoever_comes_back_early_is_on_duty_and_the_other_hears_it(town: Town) -> None:
    colleague, worker = await asks(town, "3天"), town.phone("李网格员")
    await colleague.presses(await colleague.hears("请您代班"), "我来代")
    await worker.presses(await worker.hears("答应代班"), "上班")
    await colleague.hears("替 李网格员 代班结束了")
    await town.phone("张强").says("38.4")
    await worker.hears("发烧：张强 38.4")
    assert colleague.heard("38.4") == 0


async def test_a_stand_in_who_cannot_go_on_leaves_it_to_the_next(town: Town) -> None:
    colleague, worker, head = await asks(town), town.phone("李网格员"), town.phone("赵网格长")
    await colleague.presses(await colleague.hears("请您代班"), "我来代")
    await colleague.presses(await colleague.says("值班"), "不能再代班了")
    await worker.hears("刘网格员 不能再代班了，告警直接发给下一个人")
    await town.phone("张强").says("38.4")
    await head.hears("发烧：张强 38.4")
    assert colleague.heard("38.4") == 0


@pytest.mark.not_on("wechat")
async def test_a_request_that_is_over_changes_nothing(town: Town) -> None:
    colleague, worker = await asks(town), town.phone("李网格员")
    asked = await colleague.hears("请您代班")
    await town.at("20:01")
    assert "已经过去了" in (await colleague.presses(asked, "我来代")).text
    await town.phone("张强").says("38.4")
    await worker.hears("发烧：张强 38.4")


@pytest.mark.not_on("wechat", "wecom")
async def test_only_a_colleague_can_be_asked_and_only_they_can_answer(town: Town) -> None:
    colleague, worker, city = await asks(town), town.phone("李网格员"), town.phone("周市级")
    await colleague.hears("请您代班")
    await worker.forges("standin:yes:1")
    assert worker.heard("答应代班") == 0
    number = town.read(lambda session: session.scalars(select(Person.id).where(Person.name == "周市级")).one())
    await worker.forges(f"standin:ask:tonight:{number}")
    assert city.heard("代班") == 0
