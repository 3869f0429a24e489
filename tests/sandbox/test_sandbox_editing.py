"""Edits, deletions and answers to pressed buttons."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, Message

from sandbox.methods.editing import NOT_MODIFIED
from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="正常", callback_data="ok")]])
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


async def test_an_edit_replaces_text_and_keyboard_and_says_when(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "体温？", reply_markup=KEYBOARD)
    world.clock.forward(minutes=1)
    edited = await bot.edit_message_text("<b>谢谢</b>", chat_id=phone, message_id=sent.message_id, parse_mode="HTML")
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("谢谢", None)
    [message] = world.messages(phone, "grid_bot")
    shown = message.as_json()
    assert (shown["html"], shown["edited"], shown["buttons"]) == ("<b>谢谢</b>", "2020-02-05T12:01:00Z", [])
    assert world.journal.after(world.journal.last - 1)[0]["kind"] == "bot_edited"
    assert world.figures_now()["edited"] == 1


async def test_a_keyboard_alone_can_change(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "体温？")
    await bot.edit_message_reply_markup(chat_id=phone, message_id=sent.message_id, reply_markup=KEYBOARD)
    assert world.messages(phone, "grid_bot")[0].as_json()["buttons"] == [[{"text": "正常", "data": "ok"}]]


async def test_a_caption_can_change(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_photo(phone, BufferedInputFile(PIXEL, "t.png"), caption="车票")
    edited = await bot.edit_message_caption(chat_id=phone, message_id=sent.message_id, caption="火车票")
    assert isinstance(edited, Message)
    assert edited.caption == "火车票"
    assert edited.photo is not None


@pytest.mark.parametrize("method", ["text", "caption", "reply_markup"])
async def test_an_edit_without_a_change_is_refused(call: Call, bot: Bot, phone: int, method: str) -> None:
    if method == "caption":
        sent = await bot.send_photo(phone, BufferedInputFile(PIXEL, "t.png"), caption="x", reply_markup=KEYBOARD)
    else:
        sent = await bot.send_message(phone, "x", reply_markup=KEYBOARD)
    name = {"text": "editMessageText", "caption": "editMessageCaption", "reply_markup": "editMessageReplyMarkup"}[
        method
    ]
    same = {"text": "x", "caption": "x", "reply_markup": KEYBOARD.model_dump(exclude_none=True)}
    refused = await call(name, chat_id=phone, message_id=sent.message_id, **same)
    assert (refused["error_code"], refused["description"]) == (400, f"Bad Request: {NOT_MODIFIED}")


@pytest.mark.parametrize(
    ("method", "target", "parameters", "description"),
    [
        ("editMessageText", "none", {"text": "y"}, "message to edit not found"),
        ("editMessageText", "deleted", {"text": "y"}, "message to edit not found"),
        ("editMessageText", "user's", {"text": "y"}, "message can't be edited"),
        ("editMessageText", "keyboard", {"text": "y"}, "message can't be edited"),
        ("editMessageText", "photo", {"text": "y"}, "there is no text in the message to edit"),
        ("editMessageText", "text", {"text": ""}, "message text is empty"),
        ("editMessageText", "text", {"text": "y", "reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
        ("editMessageCaption", "text", {"caption": "y"}, "there is no caption in the message to edit"),
        ("editMessageCaption", "photo", {"caption": "y" * 1025}, "message caption is too long"),
        ("editMessageReplyMarkup", "none", {}, "message to edit not found"),
        ("deleteMessage", "none", {}, "message to delete not found"),
        ("deleteMessage", "deleted", {}, "message to delete not found"),
        ("deleteMessage", "old", {}, "message can't be deleted for everyone"),
    ],
)
async def test_what_cannot_be_edited_or_deleted(
    call: Call,
    bot: Bot,
    world: World,
    phone: int,
    method: str,
    target: str,
    parameters: dict[str, Any],
    description: str,
) -> None:
    message_id = await make(target, call, bot, world, phone)
    refused = await call(method, chat_id=phone, message_id=message_id, **parameters)
    assert (refused["error_code"], refused["description"]) == (400, f"Bad Request: {description}")


async def make(target: str, call: Call, bot: Bot, world: World, phone: int) -> int:
    if target == "none":
        return 99
    if target == "user's":
        return world.send_text(phone, "grid_bot", "x").id
    if target == "photo":
        return (await bot.send_photo(phone, BufferedInputFile(PIXEL, "t.png"))).message_id
    markup = {"keyboard": [["a"]]} if target == "keyboard" else None
    sent = await call("sendMessage", chat_id=phone, text="x", reply_markup=markup)
    if target == "deleted":
        assert (await call("deleteMessage", chat_id=phone, message_id=sent["result"]["message_id"]))["ok"]
    if target == "old":
        world.clock.forward(hours=48, seconds=1)
    message_id: int = sent["result"]["message_id"]
    return message_id


async def test_a_deactivated_persons_messages_cannot_be_edited(call: Call, world: World, phone: int) -> None:
    sent = (await call("sendMessage", chat_id=phone, text="x"))["result"]
    world.deactivate(phone)
    refused = await call("editMessageText", chat_id=phone, message_id=sent["message_id"], text="y")
    assert refused["description"] == "Forbidden: user is deactivated"


async def test_a_deleted_message_stays_known_but_is_not_unread(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "x")
    assert await bot.delete_message(phone, sent.message_id)
    assert world.messages(phone, "grid_bot")[0].deleted
    chat = world.describe(world.phone(phone))["chats"]["grid_bot"]
    assert (chat["unread"], chat["last"]) == (0, None)
    assert world.journal.after(world.journal.last - 1)[0]["kind"] == "bot_deleted"


async def test_a_press_reaches_the_bot_with_its_message_and_is_answered(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "体温？", reply_markup=KEYBOARD)
    query_id = world.press(phone, "grid_bot", sent.message_id, "ok")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.id, query.data, query.from_user.id, query.message.message_id) == (
        query_id,
        "ok",
        phone,
        sent.message_id,
    )
    await bot.answer_callback_query(query.id, "收到", show_alert=True)
    event = world.journal.after(world.journal.last - 1)[0]
    assert {name: event[name] for name in ("kind", "callback_query_id", "text", "alert", "phone")} == {
        "kind": "answered",
        "callback_query_id": query_id,
        "text": "收到",
        "alert": True,
        "phone": phone,
    }


@pytest.mark.parametrize("reason", ["answered", "old", "unknown", "another bot's"])
async def test_a_stale_press_cannot_be_answered(bot: Bot, call: Call, world: World, phone: int, reason: str) -> None:
    sent = await bot.send_message(phone, "体温？", reply_markup=KEYBOARD)
    query_id = world.press(phone, "grid_bot", sent.message_id, "ok")
    if reason == "answered":
        await bot.answer_callback_query(query_id)
    elif reason == "old":
        world.clock.forward(seconds=150)
    elif reason == "unknown":
        query_id = "1"
    else:
        other = world.add_bot("1002:other", "other_bot", "另一个")
        world.chat(other, world.phone(phone)).started = True
        query_id = world.callbacks.open(_message_of(world, phone), "ok", world.clock.micros()).id
    refused = await call("answerCallbackQuery", callback_query_id=query_id)
    assert (refused["error_code"], refused["description"]) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


def _message_of(world: World, phone: int) -> Any:
    return world.send_text(phone, "other_bot", "x")


async def test_a_press_can_be_answered_until_its_time_is_over(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "体温？", reply_markup=KEYBOARD)
    query_id = world.press(phone, "grid_bot", sent.message_id, "ok")
    world.clock.forward(seconds=149)
    assert await bot.answer_callback_query(query_id)


async def test_an_answer_is_at_most_200_characters(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_message(phone, "体温？", reply_markup=KEYBOARD)
    query_id = world.press(phone, "grid_bot", sent.message_id, "ok")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query_id, "好" * 201)
