"""Groups as strict as Telegram's: who hears what, who may write, how much, and what becomes of a group."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramMigrateToChat
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.errors import ControlError, UnknownError
from sandbox.groups import Group
from sandbox.world import World
from tests.sandbox.conftest import USERNAME, Call

Control = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def neighbour(world: World) -> int:
    return world.add_phone("张强").id


@pytest.fixture
def group(world: World, phone: int, neighbour: int) -> Group:
    """A group of two, in which the bot is."""
    made = world.groups.create("一网格", [phone, neighbour])
    world.groups.add_bot(made.id, phone, USERNAME)
    world.bot(USERNAME).updates.clear()
    return made


def updates(world: World) -> list[dict[str, Any]]:
    """What the bot would be told now; it is forgotten then."""
    queue = world.bot(USERNAME).updates
    found = [update.as_json() for update in queue.take(100)]
    queue.clear()
    return found


def texts(world: World) -> list[str]:
    return [one["message"]["text"] for one in updates(world) if "text" in one.get("message", {})]


async def error(call: Call, chat: int, **more: Any) -> tuple[int, str]:
    envelope = await call("sendMessage", chat_id=chat, text="x", **more)
    return envelope["error_code"], envelope["description"]


def test_a_startgroup_link_brings_the_bot_in_and_hands_over_the_payload(
    world: World, phone: int, neighbour: int
) -> None:
    made = world.groups.create("一网格", [phone, neighbour])
    world.groups.add_bot(made.id, phone, USERNAME, "abc-1")
    member, joined, start = updates(world)
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert member["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert member["my_chat_member"]["chat"] == {"id": made.id, "type": "group", "title": "一网格"}
    assert member["my_chat_member"]["from"]["id"] == phone
    assert joined["message"]["new_chat_members"][0]["username"] == USERNAME
    assert start["message"]["text"] == f"/start@{USERNAME} abc-1"
    assert start["message"]["entities"][0]["type"] == "bot_command"
    assert start["message"]["from"]["id"] == phone
    world.groups.add_bot(made.id, neighbour, USERNAME, "abc-2")  # it is in already: only the command comes
    assert texts(world) == [f"/start@{USERNAME} abc-2"]


async def test_privacy_mode_shows_commands_replies_and_service_messages_only(
    world: World, group: Group, phone: int, neighbour: int, bot: Bot
) -> None:
    sent = await bot.send_message(group.id, "你好")
    world.groups.say(group.id, phone, "36.5")
    world.groups.say(group.id, phone, f"/help@{USERNAME}")
    world.groups.say(group.id, phone, "/help@other_bot")
    world.groups.say(group.id, phone, "/help")
    world.groups.say(group.id, phone, "help /help")
    world.groups.say(group.id, neighbour, "好的", bot=USERNAME, reply_to=sent.message_id)
    assert texts(world) == [f"/help@{USERNAME}", "/help", "好的"]
    world.groups.leave(group.id, neighbour)
    assert updates(world)[0]["message"]["left_chat_member"]["id"] == neighbour
    assert "36.5" in [message.content.body.text for message in world.groups.messages(group.id, USERNAME)]


def test_a_bare_command_is_for_the_bot_that_wrote_last(world: World, group: Group, phone: int) -> None:
    world.add_bot("1002:secret", "other_bot", "别的")
    world.groups.add_bot(group.id, phone, "other_bot")
    other = world.groups.chat(world.bot("other_bot"), group)
    other.new_message(0, world.groups.messages(group.id, USERNAME)[0].content, by=None)
    updates(world)
    world.groups.say(group.id, phone, "/help")
    assert texts(world) == []


async def test_a_button_in_a_group_tells_who_pressed_it(
    world: World, group: Group, neighbour: int, bot: Bot, call: Call
) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="收到", callback_data="ok")]])
    sent = await bot.send_message(group.id, "通知", reply_markup=markup)
    assert sent.chat.type == "group"
    query = world.groups.press(group.id, neighbour, USERNAME, sent.message_id, "ok")
    pressed = updates(world)[0]["callback_query"]
    assert (pressed["from"]["id"], pressed["message"]["chat"]["id"], pressed["data"]) == (neighbour, group.id, "ok")
    assert await bot.answer_callback_query(query)
    assert (await call("answerCallbackQuery", callback_query_id=query))["error_code"] == 400
    await bot.edit_message_text("通知，1 人收到", chat_id=group.id, message_id=sent.message_id)
    with pytest.raises(ControlError, match="no button"):
        world.groups.press(group.id, neighbour, USERNAME, sent.message_id, "ok")


@pytest.mark.parametrize(("supergroup", "kind"), [(False, "group"), (True, "supergroup")])
async def test_a_bot_that_was_put_out_is_told_so(
    world: World, phone: int, call: Call, supergroup: bool, kind: str
) -> None:
    group = world.groups.create("一网格", [phone], supergroup=supergroup)
    assert (await error(call, group.id))[1] == "Bad Request: chat not found"
    world.groups.add_bot(group.id, phone, USERNAME)
    updates(world)
    world.groups.remove_bot(group.id, phone, USERNAME)
    assert updates(world)[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await error(call, group.id) == (403, f"Forbidden: bot was kicked from the {kind} chat")
    world.groups.say(group.id, phone, f"/help@{USERNAME}")
    assert texts(world) == []
    with pytest.raises(ControlError, match="is not in the group"):
        world.groups.remove_bot(group.id, phone, USERNAME)


async def test_a_deleted_group_is_found_out_when_writing(world: World, group: Group, phone: int, call: Call) -> None:
    world.groups.delete(group.id)
    assert await error(call, group.id) == (403, "Forbidden: the group chat was deleted")
    with pytest.raises(ControlError, match="over"):
        world.groups.say(group.id, phone, "/help")


async def test_an_upgrade_gives_the_group_a_new_id(
    world: World, group: Group, phone: int, neighbour: int, bot: Bot
) -> None:
    first = await bot.send_message(group.id, "旧群")
    new = world.groups.upgrade(group.id, phone)
    assert str(new.id).startswith("-100")
    moved, member, arrived = updates(world)
    assert (moved["message"]["chat"]["id"], moved["message"]["migrate_to_chat_id"]) == (group.id, new.id)
    assert (arrived["message"]["chat"]["id"], arrived["message"]["migrate_from_chat_id"]) == (new.id, group.id)
    assert member["my_chat_member"]["chat"]["type"] == "supergroup"
    with pytest.raises(TelegramMigrateToChat) as refusal:
        await bot.send_message(group.id, "x")
    assert refusal.value.migrate_to_chat_id == new.id
    assert refusal.value.message.endswith("group chat was upgraded to a supergroup chat")
    with pytest.raises(TelegramMigrateToChat):
        await bot.edit_message_text("y", chat_id=group.id, message_id=first.message_id)
    assert (await bot.send_message(new.id, "新群")).chat.type == "supergroup"
    world.groups.say(new.id, neighbour, f"/help@{USERNAME}")
    assert texts(world) == [f"/help@{USERNAME}"]
    with pytest.raises(ControlError, match="already"):
        world.groups.upgrade(new.id, phone)


async def test_twenty_messages_a_minute_a_group_and_a_429_after_that(
    world: World, group: Group, phone: int, call: Call
) -> None:
    for _ in range(20):
        assert (await call("sendMessage", chat_id=group.id, text="x"))["ok"]
        world.clock.forward(seconds=1)
    refused = await call("sendMessage", chat_id=group.id, text="x")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 40})
    assert (await call("sendMessage", chat_id=phone, text="x"))["ok"]  # nobody else waits
    world.clock.forward(seconds=40)
    assert (await call("sendMessage", chat_id=group.id, text="x"))["ok"]


@pytest.mark.parametrize(("key", "word"), [("request_contact", "phone number"), ("request_location", "location")])
async def test_what_is_one_persons_cannot_be_asked_of_a_group(
    group: Group, phone: int, call: Call, key: str, word: str
) -> None:
    keyboard = {"keyboard": [[{"text": "号码", key: True}]]}
    expected = (400, f"Bad Request: {word} can be requested in private chats only")
    assert await error(call, group.id, reply_markup=keyboard) == expected
    assert (await call("sendMessage", chat_id=phone, text="x", reply_markup=keyboard))["ok"]


async def test_a_group_can_be_looked_at_and_given_a_menu(group: Group, bot: Bot, call: Call, world: World) -> None:
    assert (await bot.get_chat(group.id)).title == "一网格"
    scope = {"type": "chat", "chat_id": group.id}
    commands = [{"command": "help", "description": "怎么用"}]
    assert (await call("setMyCommands", scope=scope, commands=commands))["ok"]
    assert (await call("getMyCommands", scope=scope))["result"] == commands
    assert (await call("setMyCommands", scope={**scope, "chat_id": -5}, commands=commands))["error_code"] == 400
    world.groups.delete(group.id)
    assert (await call("getChat", chat_id=group.id))["error_code"] == 403


def test_only_members_do_anything_in_a_group(world: World, group: Group) -> None:
    stranger = world.add_phone("路人").id
    for act in (
        lambda: world.groups.say(group.id, stranger, "你好"),
        lambda: world.groups.upgrade(group.id, stranger),
        lambda: world.groups.leave(group.id, stranger),
    ):
        with pytest.raises(ControlError, match="not in the group"):
            act()
    world.groups.join(group.id, stranger)
    world.groups.say(group.id, stranger, f"/help@{USERNAME}")
    assert texts(world) == [f"/help@{USERNAME}"]
    with pytest.raises(UnknownError):
        world.groups.say(-7, stranger, "你好")
    with pytest.raises(ControlError, match="title"):
        world.groups.create("", [stranger])


async def test_groups_over_the_control_api(control: Control, phone: int, bot: Bot) -> None:
    made = await control("POST", "groups", {"title": "一网格", "members": [phone]})
    path = f"groups/{made['id']}"
    added = await control("POST", f"{path}/add", {"phone": phone, "bot": USERNAME, "payload": "abc"})
    assert added["bots"] == {USERNAME: "member"}
    sent = await bot.send_message(made["id"], "大家好")
    answer = {"phone": phone, "text": "好的", "bot": USERNAME, "reply_to": sent.message_id}
    await control("POST", f"{path}/send", answer)
    service, start, hello, reply = await control("GET", f"{path}/messages?bot={USERNAME}")
    assert service["service"]["new_chat_members"][0]["username"] == USERNAME
    assert (start["text"], start["speaker"], start["group"]) == (f"/start@{USERNAME} abc", phone, made["id"])
    assert (hello["from"], hello["speaker"], hello["text"]) == ("bot", None, "大家好")
    assert (reply["from"], reply["phone"], reply["text"]) == ("user", None, "好的")
    events = (await control("GET", "events"))["events"]
    assert [one["group"] for one in events if one["kind"] == "bot_sent"] == [made["id"]]
    new = await control("POST", f"{path}/upgrade", {"phone": phone})
    assert (await control("GET", path))["moved_to"] == new["id"]
    assert (await control("DELETE", f"groups/{new['id']}"))["deleted"] is True
    assert len(await control("GET", "groups")) == 2
    await control("POST", f"{path}/send", {"phone": phone, "text": "x"}, status=400)
    await control("GET", "groups/-1", status=404)
    await control("POST", "groups", {"title": "x", "members": "all"}, status=400)
