"""What a bot says about itself, and what it may know of a person."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)

from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]

REPORT = [BotCommand(command="report", description="上报体温")]
TODAY = [BotCommand(command="today", description="今日情况")]


async def test_commands_are_kept_by_scope_and_language(bot: Bot, world: World, phone: int) -> None:
    chat = BotCommandScopeChat(chat_id=phone)
    await bot.set_my_commands(REPORT)
    await bot.set_my_commands(TODAY, scope=chat, language_code="en")
    assert [command.command for command in await bot.get_my_commands()] == ["report"]
    assert [command.command for command in await bot.get_my_commands(scope=chat, language_code="en")] == ["today"]
    assert await bot.get_my_commands(scope=chat) == []
    await bot.delete_my_commands(scope=chat, language_code="en")
    assert await bot.get_my_commands(scope=chat, language_code="en") == []
    await bot.set_my_commands([])
    assert await bot.get_my_commands() == []


async def test_the_page_shows_the_commands_of_private_chats(bot: Bot, world: World) -> None:
    await bot.set_my_commands(REPORT)
    assert world.bots["grid_bot"].as_json()["commands"] == [{"command": "report", "description": "上报体温"}]
    await bot.set_my_commands(TODAY, scope=BotCommandScopeAllPrivateChats())
    assert world.bots["grid_bot"].as_json()["commands"] == [{"command": "today", "description": "今日情况"}]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"commands": [{"command": "上报", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a"}]}, 'can\'t parse BotCommand: Can\'t find field "command" or "description"'),
        ({"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
        ({"commands": [], "scope": 5}, "can't parse BotCommandScope: Object expected as BotCommandScope"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 4}}, "chat not found"),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value)[:30],
)
async def test_wrong_commands_are_refused(call: Call, parameters: dict[str, Any], description: str) -> None:
    refused = await call("setMyCommands", **parameters)
    assert (refused["error_code"], refused["description"]) == (400, f"Bad Request: {description}")


async def test_descriptions_fall_back_to_the_one_without_a_language(bot: Bot) -> None:
    await bot.set_my_description("体温上报")
    await bot.set_my_description("Temperatures", language_code="en")
    await bot.set_my_short_description("体温")
    assert (await bot.get_my_description()).description == "体温上报"
    assert (await bot.get_my_description(language_code="en")).description == "Temperatures"
    assert (await bot.get_my_description(language_code="fr")).description == "体温上报"
    assert (await bot.get_my_short_description()).short_description == "体温"
    assert (await bot.get_my_name()).name == "网格通"


@pytest.mark.parametrize(
    ("method", "name", "longest", "description"),
    [
        ("setMyDescription", "description", 512, "description is too long"),
        ("setMyShortDescription", "short_description", 120, "short description is too long"),
        ("setMyName", "name", 64, "name is too long"),
    ],
)
async def test_descriptions_have_limits(call: Call, method: str, name: str, longest: int, description: str) -> None:
    assert (await call(method, **{name: "好" * longest}))["ok"]
    assert (await call(method, **{name: "好" * (longest + 1)}))["description"] == f"Bad Request: {description}"


async def test_the_menu_button_has_a_default_and_exceptions(bot: Bot, call: Call, phone: int) -> None:
    assert await bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    assert await bot.set_chat_menu_button(chat_id=phone, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "default"
    assert (await bot.get_chat_menu_button(chat_id=phone)).type == "commands"
    refused = await call("setChatMenuButton", menu_button={"type": "rocket"})
    assert refused["description"] == "Bad Request: can't parse MenuButton: Unsupported type specified"


async def test_a_bot_knows_the_chats_it_has_been_in(bot: Bot, call: Call, world: World, phone: int) -> None:
    chat = await bot.get_chat(phone)
    assert (chat.id, chat.type, chat.first_name) == (phone, "private", "王芳")
    stranger = world.add_phone("李伟").id
    assert (await call("getChat", chat_id=stranger))["description"] == "Bad Request: chat not found"
