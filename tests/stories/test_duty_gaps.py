"""A grid with nobody on duty: one alarm to the community, closed by itself when somebody is on again."""

import pytest

from rules.roles import Role
from tests.harness import Phone, Town


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
    assert "20:00 起又有人接了" in over.text
    assert over.buttons == ()


async def test_nobody_sees_to_it_and_the_next_one_up_hears(town: Town) -> None:
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(hours=4, minutes=1)
    await town.phone("钱街道").hears("第一网格 没人值班")


async def test_whoever_sees_to_it_is_named_and_nobody_else_is_told(town: Town) -> None:
    community, street = town.phone("孙社区"), town.phone("钱街道")
    await town.at("09:00")
    await all_go_off(town)
    await town.forward(minutes=2)
    told = await community.hears("没人值班")
    await community.presses(told, "我来安排")
    assert "孙社区 在安排" in community.again(told).text
    await town.forward(hours=8)
    assert street.heard("没人值班") == 0
    await street.forges("dutygap:1")
    assert street.heard("已经有人在办") == 1
    await town.phone("李网格员").forges("dutygap:1")


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
