"""A grid with nobody on duty: an alarm that begins above it, and is over by itself when somebody is on again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import DutyGap, Escalation
from rules.escalation import Kind, Outcome, State
from rules.roles import Role
from tests.harness import Phone, Town


def alarms(town: Town) -> list[tuple[State, Outcome | None]]:
    """Those about a grid with nobody on."""

    def look(session: Session) -> list[tuple[State, Outcome | None]]:
        mine = select(Escalation).where(Escalation.kind == Kind.NO_ONE_ON_DUTY).order_by(Escalation.id)
        return [(one.state, one.outcome) for one in session.scalars(mine)]

    return town.read(look)


async def all_go_off(town: Town) -> None:
    for name in ("李网格员", "赵网格长"):
        await goes_off(town.phone(name))


async def goes_off(phone: Phone) -> None:
    await phone.presses(await phone.says("值班"), "休息到今晚")


async def test_the_community_hears_once_and_it_is_over_when_somebody_is_on_again(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("09:00")
    await goes_off(town.phone("李网格员"))
    await town.forward(minutes=2)
    assert community.heard("没人值班") == 0
    await goes_off(town.phone("赵网格长"))
    await town.forward(minutes=2)
    told = await community.hears("第一网格 没人值班")
    assert "李网格员（休息到 20:00）" in told.text
    assert "赵网格长（休息到 20:00）" in told.text
    await town.forward(hours=3)
    assert community.heard("没人值班") == 1
    assert town.phone("钱街道").heard("没人值班") == 0
    await town.at("20:02")
    over = community.again(told)
    assert "又有人值班了（系统，20:00）" in over.text
    assert over.buttons == ()
    assert alarms(town) == [(State.CLOSED, Outcome.SOMEBODY_ON)]


async def test_nobody_sees_to_it_and_the_next_one_up_hears(town: Town) -> None:
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(hours=4, minutes=1)
    await town.phone("钱街道").hears("第一网格 没人值班")


async def test_whoever_takes_it_is_named_and_it_lapses_like_any_other(town: Town) -> None:
    community, street = town.phone("孙社区"), town.phone("钱街道")
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(minutes=2)
    told = await community.hears("没人值班")
    await community.presses(told, "我来处理")
    held = community.again(told)
    assert "孙社区 在处理" in held.text
    assert "已上门" not in [text for text, _ in held.buttons], "there is no door to go to"
    listed = await street.says("/alerts")
    assert "没人值班 · 西河楞 第一网格" in listed.text
    assert "孙社区" in listed.text
    await town.forward(hours=3, minutes=55)
    assert street.heard("没人值班</b>") + street.heard("第一网格 没人值班") == 0
    await community.hears("快到时间了：没人值班")
    await town.forward(minutes=10)
    assert street.heard("第一网格 没人值班") == 1, "nobody acknowledges for ever"


async def test_what_is_finished_by_hand_is_not_told_again_while_it_lasts_for_a_day(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("09:00")
    for name in ("李网格员", "赵网格长"):
        phone = town.phone(name)
        await phone.presses(await phone.says("值班"), "下班")
    await town.forward(minutes=2)
    told = await community.hears("没人值班")
    await community.presses(told, "我来处理")
    await community.presses(community.again(told), "已安排人值班")
    assert "已安排人值班（孙社区" in community.again(told).text
    await town.forward(hours=23)
    assert community.heard("第一网格 没人值班") == 1
    await town.forward(hours=1, minutes=10)
    assert community.heard("第一网格 没人值班") == 2, "a day later still nobody is on"
    assert alarms(town) == [(State.CLOSED, Outcome.STAFFED), (State.OPEN, None)]


async def test_what_is_over_is_not_opened_again(town: Town) -> None:
    community, worker = town.phone("孙社区"), town.phone("李网格员")
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(minutes=2)
    told = await community.hears("没人值班")
    await community.presses(told, "我来处理")
    await community.presses(community.again(told), "社区先接着")
    assert community.again(told).labels == ("重新打开",)
    await worker.presses(await worker.says("值班"), "上班")
    await town.forward(minutes=2)
    assert community.again(told).buttons == ()
    number = town.read(lambda session: session.scalars(select(DutyGap.escalation_id)).one())
    await community.forges(f"reopen:{number}")
    assert community.heard("已经过去了") == 1


async def test_an_old_button_takes_the_alarm_that_there_is_now(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(minutes=2)
    told = await community.hears("没人值班")
    await town.phone("李网格员").forges("dutygap:1")
    await community.forges("dutygap:1")
    assert "在处理" in community.again(told).text


async def test_at_night_it_waits_for_the_morning_and_is_dropped_when_it_is_over(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("21:45")
    for name in ("李网格员", "赵网格长"):
        phone = town.phone(name)
        await phone.presses(await phone.says("值班"), "下班")
    await town.at("07:00")
    assert community.heard("没人值班") == 0
    await town.phone("李网格员").presses(await town.phone("李网格员").says("值班"), "上班")
    await town.at("08:30")
    assert community.heard("没人值班") == 0


@pytest.mark.parametrize("on_duty", [True, False])
async def test_a_grid_without_anybody_in_quarantine_needs_nobody(empty_town: Town, on_duty: bool) -> None:
    town = empty_town
    worker = town.employs("李网格员", Role.GRID_WORKER)
    community = town.employs("孙社区", Role.COMMUNITY, "V1")
    if on_duty:
        town.houses("3号", [("王芳", "户主")])
    else:
        await worker.presses(await worker.says("值班"), "下班")
    await town.at("12:00")
    assert community.heard("没人值班") == 0
