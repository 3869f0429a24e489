"""Somebody comes back whom the bot could not reach: what they missed is told once, and asked what still matters."""

from __future__ import annotations

import pytest

from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Phone, Town, requests_of


async def head_says(town: Town, words: str) -> None:
    """A notice to every door."""
    head = town.phone("赵网格长")
    await head.says("通知")
    preview = await head.says(words)
    await head.presses(preview, "发送")


def heard_since(phone: Phone, before: int) -> list[str]:
    return [one.text for one in phone.inbox()[before:]]


@pytest.mark.needs("silent return")
async def test_who_comes_back_within_the_slot_is_asked_and_told_what_they_missed(town: Town) -> None:
    resident = town.phone("张强")
    await resident.blocks_the_bot()
    await head_says(town, "明天停水")
    await head_says(town, "改成后天停水")
    await town.at("08:00")
    assert requests_of(town, "5号")[DAY, Half.MORNING] is RequestStatus.UNREACHABLE
    await town.forward(minutes=1)
    before = len(resident.inbox())
    await resident.unblocks_the_bot()
    told, asked = heard_since(resident, before)
    assert "有 2 条通知" in told
    assert "改成后天停水" in told
    assert "请量体温" in asked
    await resident.presses(resident.inbox()[before], "看通知")
    assert [resident.heard("明天停水"), resident.heard("后天停水")] == [1, 2]
    await resident.presses(await resident.hears("明天停水"), "收到")
    await resident.says("36.5")
    assert requests_of(town, "5号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    assert "✅" in (await town.phone("李网格员").hears("张强")).text


@pytest.mark.needs("silent return")
async def test_who_comes_back_after_two_days_is_asked_for_what_is_running_only(town: Town) -> None:
    resident = town.phone("张强")
    await resident.blocks_the_bot()
    await town.forward(hours=49)
    before = len(resident.inbox())
    await resident.unblocks_the_bot()
    heard = heard_since(resident, before)
    assert len(heard) == 1
    assert "请量体温" in heard[0]


async def test_what_was_told_is_not_told_again(town: Town) -> None:
    resident = town.phone("张强")
    await resident.blocks_the_bot()
    await head_says(town, "明天停水")
    await resident.unblocks_the_bot()
    assert resident.heard("欢迎回来") == 1
    await resident.blocks_the_bot()
    await resident.unblocks_the_bot()
    await resident.says("状态")
    assert resident.heard("欢迎回来") == 1


@pytest.mark.needs("silent return")
async def test_a_worker_who_comes_back_hears_how_much_is_open(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("08:00")
    await worker.blocks_the_bot()
    await town.phone("王芳").says("我36.5 小宝38.4 王建国37.9")
    before = len(worker.inbox())
    await worker.unblocks_the_bot()
    [told] = heard_since(worker, before)
    assert "2 件事还没处理完" in told
    assert "38.4" not in told
    listed = await worker.presses(worker.inbox()[-1], "看要处理的事")
    assert "王小宝" in listed.text


@pytest.mark.needs("silent return")
async def test_who_missed_nothing_hears_nothing(town: Town) -> None:
    for name in ("王芳", "李网格员"):
        phone = town.phone(name)
        await phone.blocks_the_bot()
        before = len(phone.inbox())
        await phone.unblocks_the_bot()
        assert heard_since(phone, before) == []
        assert len(heard_since(phone, before)) == 0
        await phone.starts()
        assert len(heard_since(phone, before)) == 1
