"""How a bot shows itself: menus and descriptions, written only where they differ; every adapter alike."""

from __future__ import annotations

import pytest

from channels.port import Address, Channel, Introduction, Menu, Unreachable
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, USERNAME

pytestmark = pytest.mark.telegram

REPORT = Menu((("report", "上报体温"),))
INTRODUCTIONS = {
    "": Introduction(REPORT, "每天报两次体温。", "网格通"),
    "en": Introduction(Menu((("report", "Report temperatures"),)), "Temperatures, twice a day.", "Grid"),
}


def writes(sandbox: Sandbox) -> int:
    return sum(count for method, count in sandbox.world.figures.calls.items() if method.startswith("setMy"))


async def test_menus_and_descriptions_are_there_in_each_language(channel: Channel, sandbox: Sandbox) -> None:
    await channel.introduce(INTRODUCTIONS)

    bot = sandbox.world.bot(USERNAME)
    assert {language: menu for (_, language), menu in bot.commands.items()} == {
        "": [{"command": "report", "description": "上报体温"}],
        "en": [{"command": "report", "description": "Report temperatures"}],
    }
    assert bot.texts == {
        ("description", ""): "每天报两次体温。",
        ("description", "en"): "Temperatures, twice a day.",
        ("short_description", ""): "网格通",
        ("short_description", "en"): "Grid",
    }


async def test_what_stands_there_already_is_not_written_again(channel: Channel, sandbox: Sandbox) -> None:
    await channel.introduce(INTRODUCTIONS)
    assert writes(sandbox) == 6
    await channel.introduce(INTRODUCTIONS)
    assert writes(sandbox) == 6

    await channel.introduce({**INTRODUCTIONS, "": Introduction(REPORT, "每天报两次体温，早晚各一次。", "网格通")})
    assert writes(sandbox) == 7


async def test_a_chat_can_have_a_menu_of_its_own(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    await channel.introduce(INTRODUCTIONS)
    await channel.show_menu(chat, Menu((("alerts", "要处理的事"),)))

    menus = sandbox.world.bot(USERNAME).commands
    assert [{"command": "alerts", "description": "要处理的事"}] in menus.values()
    assert len(menus) == 3


async def test_a_menu_for_nobody_is_unreachable(channel: Channel) -> None:
    with pytest.raises(Unreachable):
        await channel.show_menu(Address(BOT, "424242"), REPORT)
