"""Workbooks in the chat: the register and the day's temperatures of one's own area."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from models import AuditEntry, Export
from rules.media import MediaState
from tests.harness import Phone, Town


def workbook(phone: Phone) -> tuple[str, CalamineWorkbook]:
    """The last file that the bot has sent here: its name and what is in it."""
    found = phone.town.sandbox.world.messages(phone.number, phone.bot)
    file = [one.content.file for one in found if one.from_bot and one.content.file][-1]
    assert file
    return file.name, CalamineWorkbook.from_filelike(BytesIO(file.content))


@pytest.mark.needs("files")
async def test_the_community_has_the_days_temperatures(town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 37.0")
    community = town.phone("孙社区")
    assert "台账" in " ".join((await community.says("导出")).labels)
    await community.presses(community.inbox()[-1], "西河楞 · 今天的体温")
    await community.hears("请妥善保管")
    name, book = workbook(community)
    assert name == "西河楞 体温 2020-02-10.xlsx"
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["网格", "房号", "姓名", "早上", "晚上"]
    assert rows[1:] == [
        ["第一网格", "3号", "王芳", 36.5, ""],
        ["第一网格", "3号", "王建国", 36.6, ""],
        ["第一网格", "3号", "王小宝", 37.0, ""],
        ["第一网格", "5号", "张强", "还没报", ""],
    ]


@pytest.mark.needs("files")
async def test_the_register_of_ones_own_area_and_of_no_other(town: Town) -> None:
    town.houses("8号", [("外人", "户主")], code="G2")
    head = town.phone("赵网格长")
    await head.presses(await head.says("导出"), "第一网格 · 台账")
    await head.hears("请妥善保管")
    _, book = workbook(head)
    residents = book.get_sheet_by_name("居民").to_python()
    names = [row[2] for row in residents[1:]]
    assert names == ["王芳", "王建国", "王小宝", "张强"]
    taken = select(AuditEntry).where(AuditEntry.act == "export", AuditEntry.actor_id.is_not(None))
    assert len(town.read(lambda session: session.scalars(taken).all())) == 1


async def test_a_resident_has_no_register(town: Town) -> None:
    assert "工作人员" in (await town.phone("王芳").says("导出")).text


async def test_a_workbook_does_not_stay_longer_than_a_day(town: Town) -> None:
    head = town.phone("赵网格长")
    await head.presses(await head.says("导出"), "第一网格 · 今天的体温")
    await town.forward(hours=25)
    assert await town.stage.app.errands.tidy() == 1
    assert town.read(lambda session: session.scalars(select(Export)).one().state) is MediaState.GONE
