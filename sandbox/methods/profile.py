"""What a bot says about itself: commands, descriptions, the menu button."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.bots import DEFAULT_SCOPE
from sandbox.errors import bad_request
from sandbox.methods.call import Call, Handler
from sandbox.parameters import CHAT_ID

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LONGEST_TEXTS = {"description": 512, "short_description": 120, "name": 64}


def _language(call: Call) -> str:
    language = call.parameters.text("language_code").lower()
    if not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(call: Call) -> str:
    given = call.parameters.structure("scope", "BotCommandScope")
    if given is None:
        return DEFAULT_SCOPE
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommandScope: Object expected as BotCommandScope")
    kind = str(given.get("type"))
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    scope: dict[str, Any] = {"type": kind}
    for name in SCOPES[kind]:
        if name not in given:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
        scope[name] = str(given[name])
    if "chat_id" in scope:
        if not CHAT_ID.fullmatch(scope["chat_id"]):
            raise bad_request("chat not found")
        call.world.chat_for_bot(call.bot, int(scope["chat_id"]))
    return json.dumps(scope)


def _commands(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in given]


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = item.get("command"), item.get("description")
    if not isinstance(command, str) or not isinstance(description, str):
        raise bad_request('can\'t parse BotCommand: Can\'t find field "command" or "description"')
    command = command.removeprefix("/")
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


async def set_my_commands(call: Call) -> bool:
    """The list of commands for a scope and a language; an empty one deletes it."""
    key = (_scope(call), _language(call))
    commands = _commands(call.parameters.structure("commands", "commands"))
    call.bot.commands.pop(key, None)
    if commands:
        call.bot.commands[key] = commands
    call.world.journal.add("bot", bot=call.bot.username)
    return True


async def get_my_commands(call: Call) -> list[dict[str, str]]:
    """The list set for exactly this scope and language."""
    return call.bot.commands.get((_scope(call), _language(call)), [])


async def delete_my_commands(call: Call) -> bool:
    """Forget the list of a scope and a language."""
    call.bot.commands.pop((_scope(call), _language(call)), None)
    call.world.journal.add("bot", bot=call.bot.username)
    return True


def _setter(kind: str) -> Handler:
    async def set_text(call: Call) -> bool:
        text = call.parameters.text(kind)
        if len(text) > LONGEST_TEXTS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        call.bot.texts[(kind, _language(call))] = text
        return True

    return set_text


def _getter(kind: str) -> Handler:
    async def get_text(call: Call) -> dict[str, str]:
        texts, fallback = call.bot.texts, call.bot.name if kind == "name" else ""
        return {kind: texts.get((kind, _language(call))) or texts.get((kind, "")) or fallback}

    return get_text


async def set_chat_menu_button(call: Call) -> bool:
    """The button beside the input field, of one chat or by default."""
    button = call.parameters.structure("menu_button", "MenuButton") or {"type": "default"}
    if not isinstance(button, dict) or str(button.get("type")) not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    call.bot.menu_buttons[_menu_chat(call)] = button
    return True


async def get_chat_menu_button(call: Call) -> dict[str, Any]:
    """The button beside the input field."""
    buttons = call.bot.menu_buttons
    return buttons.get(_menu_chat(call)) or buttons.get(0) or {"type": "commands"}


def _menu_chat(call: Call) -> int:
    return call.chat().place.id if call.parameters.text("chat_id") else 0


METHODS: dict[str, Handler] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
