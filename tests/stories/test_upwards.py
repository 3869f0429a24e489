"""Upwards: who sees what of the open alarms, the day's brief, and the story of one alarm."""

import pytest
from sqlalchemy import select

from models import AuditEntry
from rules.roles import Role
from tests.harness import Heard, Town


def many_silent(town: Town, *, homes: int = 11) -> None:
    for number in range(homes):
        town.houses(f"{20 + number}号", [(f"住户{number}", "户主")])
        town.joins(f"住户{number}")


async def noon(town: Town) -> None:
    """A fever that the worker has in hand, and everybody else silent."""
    await town.at("11:50")
    await town.phone("张强").says("38.4")
    await town.phone("李网格员").presses(await town.phone("李网格员").hears("38.4"), "我来处理")
    await town.at("12:02")


def lines(message: Heard) -> list[str]:
    return [line for line in message.text.split("\n") if line[:1].isdigit()]


async def test_the_list_says_how_old_each_is_and_who_has_it(town: Town) -> None:
    await noon(town)
    listed = await town.phone("孙社区").says("告警")
    assert "没办完的：2 件，1 件没人接" in listed.text
    assert lines(listed) == [
        "1. 体温 张强 · 第一网格 5号 · 12 分钟 · 👤 李网格员",
        "2. 漏报 王芳 · 第一网格 3号 · 2 分钟 ⏳",
    ]


@pytest.mark.not_on("wechat", "wecom")
async def test_a_filter_changes_the_message_it_stands_under(town: Town) -> None:
    many_silent(town)
    await noon(town)
    head = town.phone("赵网格长")
    listed = await head.says("告警")
    before = len(head.inbox())
    await head.presses(listed, "没人接 12")
    shown = head.again(listed)
    assert shown.text.startswith("没人接的：12 件\n")
    assert "李网格员" not in shown.text
    await head.presses(listed, "后面的")
    assert [line.split(".")[0] for line in lines(head.again(listed))] == ["9", "10", "11", "12"]
    await head.presses(listed, "全部 13")
    await head.presses(listed, "按类型看")
    await head.presses(listed, "漏报 12")
    await head.presses(listed, "没人接 12")
    assert "没人接的 · 漏报：12 件" in head.again(listed).text
    await head.presses(listed, "✓ 漏报")
    await head.presses(listed, "全部类型")
    await head.presses(listed, "我的 0")
    assert "我手里的：0 件" in head.again(listed).text
    await town.phone("李网格员").presses(await town.phone("李网格员").says("告警"), "我的 1")
    assert len(head.inbox()) == before


@pytest.mark.not_on("wechat", "wecom")
async def test_those_above_narrow_it_to_an_area_below(town: Town) -> None:
    town.houses("9号", [("钱奶奶", "户主")], code="G2")
    town.joins("钱奶奶")
    many_silent(town, homes=3)
    await noon(town)
    street = town.phone("钱街道")
    listed = await street.says("告警")
    assert "西河楞 第一网格" in listed.text
    await street.presses(listed, "没人接")
    community = town.phone("孙社区")
    listed = await community.says("告警")
    assert "西河楞" not in listed.text
    await community.presses(listed, "按区域看")
    await community.presses(listed, "第二网格 1")
    assert [line[3:] for line in lines(community.again(listed))] == ["漏报 钱奶奶 · 第二网格 9号 · 2 分钟 ⏳"]
    await community.presses(listed, "✓ 第二网格")
    await community.presses(listed, "全部区域")
    assert "没办完的：6 件" in community.again(listed).text


async def test_nobody_sees_what_is_not_theirs_and_every_look_is_written_down(town: Town) -> None:
    town.employs("别的网格员", Role.GRID_WORKER, "G2")
    await noon(town)
    other = town.phone("别的网格员")
    assert "没有要处理的事" in (await other.says("告警")).text
    grid = town.area("G1").id
    forged = await other.forges(f"alarms:0:a:-:{grid}:-:1")
    assert "没有要处理的事" in forged.text
    assert "没看懂" in (await other.forges("alarms:0:x:-:-:-:1")).text
    assert "工作人员" in (await town.phone("王芳").says("告警")).text
    looks = select(AuditEntry.detail).where(AuditEntry.subject == "alarms").order_by(AuditEntry.id)
    assert [one["view"] for one in town.read(lambda session: session.scalars(looks).all())] == [
        "0:a:-:-:-",
        f"0:a:-:{grid}:-",
    ]


async def test_a_number_made_up_changes_nobody_elses_message(town: Town) -> None:
    many_silent(town, homes=2)
    await noon(town)
    head, community = town.phone("赵网格长"), town.phone("孙社区")
    listed = await head.says("告警")
    await community.says("告警")
    key = next(key for label, key in listed.buttons if label.startswith("没人接"))
    assert (await community.forges(key)).text.startswith("没人接的")
    assert head.again(listed).text == listed.text
    assert len(community.inbox()) == 2


async def test_an_old_button_still_opens_the_list(town: Town) -> None:
    await noon(town)
    assert "没办完的：2 件" in (await town.phone("赵网格长").forges("alarms:0")).text
