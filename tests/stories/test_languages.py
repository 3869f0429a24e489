"""Everybody reads their own language, whoever wrote; and no name can do harm."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from rules.roles import Role
from tests.harness import Phone, Town

CHINESE = re.compile(r"[\u3400-\u9fff]+")
ENGLISH_SENTENCE = re.compile(r"[A-Za-z]+( [A-Za-z]+){3,}")
REGISTER = ("包头市", "昆区", "昆河镇", "西河楞", "第一网格", "第二网格", "户主", "子")
"""What the register says in its own words."""
BILINGUAL = ("中文", "用哪种语言")


def foreign(phone: Phone, *written: str) -> list[str]:
    """Chinese words in an English reader's chat that are neither the register's nor what people wrote."""
    found = []
    for message in phone.inbox():
        text = " ".join((message.text, *message.labels))
        for one in (*REGISTER, *BILINGUAL, *written):
            text = text.replace(one, "")
        found += CHINESE.findall(text)
    return found


@pytest.fixture
async def readers(empty_town: Town) -> Town:
    """A family, a worker and a head who read English, and a worker who reads Chinese."""
    town = empty_town
    for name, role in (("Bo Wang", Role.GRID_WORKER), ("Mei Zhao", Role.GRID_HEAD), ("李网格员", Role.GRID_WORKER)):
        town.employs(name, role)
    town.houses("3", [("Fang", "户主"), ("Tim", "子")])
    town.joins("Fang")
    for name in ("Bo Wang", "Mei Zhao", "Fang"):
        chosen = await town.phone(name).presses(await town.phone(name).says("/language"), "English")
        assert "English" in chosen.text
    return town


async def test_a_day_in_english_has_no_chinese_sentence_and_a_day_in_chinese_no_english_one(readers: Town) -> None:
    town, resident, worker, head = readers, *(readers.phone(name) for name in ("Fang", "Bo Wang", "Mei Zhao"))
    for words in ("/help", "/status", "/family", "/report", "365", "hello"):
        await resident.says(words)
    await town.at("08:00")
    await resident.says("Fang 36.5")
    await resident.says("Tim 38.4")
    await resident.presses(await resident.hears("38.4"), "Cough")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "I take it")
    for words in ("/help", "/today", "/alerts", "/duty", "/invite", "/export", "/notice"):
        await worker.says(words)
        await head.says(words)
    await head.says("明天停水，请大家存水。")
    await head.presses(head.inbox()[-1], "Send")
    await town.at("18:00")
    await town.at("22:30")
    await town.forward(hours=4)

    assert {phone.name: foreign(phone, "明天停水", "请大家存水", "李网格员") for phone in (resident, worker, head)} == {
        "Fang": [],
        "Bo Wang": [],
        "Mei Zhao": [],
    }
    chinese = town.phone("李网格员")
    assert chinese.inbox()
    assert [one.text for one in chinese.inbox() if ENGLISH_SENTENCE.search(one.text)] == []


async def test_a_change_of_language_holds_for_what_is_not_sent_yet_and_inside_a_form(town: Town) -> None:
    head = town.phone("赵网格长")
    await head.says("通知")
    await head.presses(await head.says("/language"), "English")
    preview = await head.says("明天停水")
    assert "Send" in preview.labels[0]


class _Tags(HTMLParser):
    """The tags that a piece of HTML has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)


@pytest.mark.parametrize("name", ["<b>", "&lt;", "</b><script>alert(1)</script>", "{ $name }", '"><img src=x>'])
async def test_no_name_can_do_harm(empty_town: Town, name: str) -> None:
    town = empty_town
    worker = town.employs("李网格员", Role.GRID_WORKER)
    head = town.employs(f"{name}长", Role.GRID_HEAD)
    town.houses(f"{name}号", [(name, "户主")])
    resident = town.joins(name)
    await town.at("08:00")
    await resident.says("38.4")
    alert = await worker.hears(f"{name}")
    assert f"{name}号" in alert.text
    await head.says("通知")
    await head.presses(await head.says(f"请注意 {name}"), "发送")
    await resident.hears(f"请注意 {name}")
    seen = town.sandbox.world.messages(resident.number, resident.bot)
    tags = _Tags()
    for message in (*seen, *town.sandbox.world.messages(worker.number, worker.bot)):
        tags.feed(message.as_json()["html"])
    assert set(tags.seen) <= {"b", "br"}
