"""sendMessage and its kin, through aiogram and as other clients send them; every refusal in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import GetGameHighScores
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiohttp import ClientSession, FormData

from sandbox.server import Sandbox
from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def test_a_message_reaches_the_phone_as_written(bot: Bot, world: World, phone: int) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text="正常", callback_data="ok"),
                InlineKeyboardButton(text="说明", url="https://a.b"),
            ]
        ]
    )
    sent = await bot.send_message(phone, "<b>😀体温</b> /report", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.text, sent.chat.id, sent.chat.type, sent.from_user and sent.from_user.is_bot) == (
        "😀体温 /report",
        phone,
        "private",
        True,
    )
    assert [(e.type, e.offset, e.length) for e in sent.entities or ()] == [("bold", 0, 4), ("bot_command", 5, 7)]
    assert sent.date.isoformat() == "2020-02-05T12:00:00+00:00"
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == keyboard.model_dump()
    [message] = world.messages(phone, "grid_bot")
    assert message.as_json() == {
        "id": sent.message_id,
        "bot": "grid_bot",
        "phone": phone,
        "from": "bot",
        "date": "2020-02-05T12:00:00Z",
        "edited": None,
        "text": "😀体温 /report",
        "html": '<b>😀体温</b> <span class="command">/report</span>',
        "entities": [
            {"type": "bold", "offset": 0, "length": 4},
            {"type": "bot_command", "offset": 5, "length": 7},
        ],
        "photo": None,
        "document": None,
        "voice": None,
        "contact": None,
        "location": None,
        "card": None,
        "buttons": [[{"text": "正常", "data": "ok"}, {"text": "说明", "url": "https://a.b"}]],
        "keyboard": None,
        "deleted": False,
    }


@pytest.mark.parametrize(
    ("markup", "keyboard"),
    [
        (
            ReplyKeyboardMarkup(
                keyboard=[[KeyboardButton(text="上报"), KeyboardButton(text="电话", request_contact=True)]]
            ),
            [["上报", "电话"]],
        ),
        (ReplyKeyboardRemove(), "remove"),
        (ForceReply(), None),
        (InlineKeyboardMarkup(inline_keyboard=[]), None),
    ],
)
async def test_reply_keyboards_reach_the_phone(
    bot: Bot, world: World, phone: int, markup: ReplyKeyboardMarkup, keyboard: object
) -> None:
    sent = await bot.send_message(phone, "x", reply_markup=markup)
    assert sent.reply_markup is None
    assert world.messages(phone, "grid_bot")[0].as_json()["keyboard"] == keyboard


async def test_given_entities_are_used_instead_of_a_parse_mode(bot: Bot, phone: int) -> None:
    sent = await bot.send_message(phone, " 发热", entities=[MessageEntity(type="bold", offset=1, length=2)])
    assert [(e.type, e.offset, e.length) for e in sent.entities or ()] == [("bold", 0, 2)]


async def test_a_reply_shows_what_it_answers(bot: Bot, world: World, phone: int) -> None:
    question = world.send_text(phone, "grid_bot", "在吗")
    answer = await bot.send_message(phone, "在", reply_parameters=ReplyParameters(message_id=question.id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "在吗"
    more = await bot.send_message(phone, "请说", reply_parameters=ReplyParameters(message_id=answer.message_id))
    assert more.reply_to_message is not None
    assert more.reply_to_message.reply_to_message is None, "only one level is shown"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(phone, "在", reply_parameters=ReplyParameters(message_id=99))
    loose = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    assert (await bot.send_message(phone, "在", reply_parameters=loose)).reply_to_message is None


LONG = "好" * 4096


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": LONG + "!"}, "message is too long"),
        ({"text": "x" * 40_000}, "text is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "x", "entities": "["}, "can't parse entities JSON object"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 4}, "chat not found"),
        ({"text": "x", "chat_id": -100123}, "chat not found"),
        ({"text": "x", "chat_id": "@wangfang"}, "chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        ({"text": "x", "reply_parameters": 5}, "object expected as reply parameters"),
        ({"text": "x", "reply_markup": inline({"text": "a", "callback_data": "b" * 65})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": inline({"text": "a", "callback_data": "好" * 22})}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": inline({"text": "a", "callback_data": ""})}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": inline({"text": "a"})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": inline({"callback_data": "a"})},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "reply_markup": inline({"text": "", "callback_data": "a"})},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": inline({"text": "a", "url": "nowhere"})},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": inline(*[{"text": "a", "callback_data": "b"}] * 101)},
            "reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"text": "x", "reply_markup": {"keyboard": ["a"]}}, 'field "keyboard" must be an Array of Arrays'),
        ({"text": "x", "reply_markup": {"keyboard": [[""]]}}, "keyboard button text must be non-empty"),
        (
            {"text": "x", "reply_markup": {"keyboard": [[5]]}},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
    ],
)
async def test_a_wrong_message_is_refused(
    call: Call, world: World, phone: int, parameters: dict[str, Any], description: str
) -> None:
    assert await call("sendMessage", **{"chat_id": phone, **parameters}) == {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: {description}",
    }
    assert world.messages(phone, "grid_bot") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": LONG},
        {"text": f"<b>{LONG}</b>", "parse_mode": "html"},
        {"text": "x", "reply_markup": inline({"text": "a", "callback_data": "b" * 64})},
        {"text": "x", "reply_markup": inline(*[{"text": "a", "callback_data": "b"}] * 100)},
        {"text": 36.5},
    ],
)
async def test_the_largest_allowed_passes(call: Call, phone: int, parameters: dict[str, Any]) -> None:
    assert (await call("sendMessage", chat_id=phone, **parameters))["ok"]


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction"])
@pytest.mark.parametrize(
    ("condition", "description"),
    [
        ("stranger", "bot can't initiate conversation with a user"),
        ("blocked", "bot was blocked by the user"),
        ("deactivated", "user is deactivated"),
    ],
)
async def test_people_out_of_reach(
    call: Call, world: World, phone: int, method: str, condition: str, description: str
) -> None:
    if condition == "stranger":
        phone = world.add_phone("李伟").id
    elif condition == "blocked":
        world.block(phone, "grid_bot")
    else:
        world.deactivate(phone)
    refused = await call(method, chat_id=phone, text="x", action="typing")
    assert (refused["error_code"], refused["description"]) == (403, f"Forbidden: {description}")


async def test_aiogram_tells_the_errors_apart(bot: Bot, sandbox: Sandbox, world: World, phone: int) -> None:
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(phone, "<b>", parse_mode="HTML")
    world.block(phone, "grid_bot")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(phone, "x")
    with pytest.raises(TelegramNotFound):
        await bot(GetGameHighScores(user_id=phone))
    stranger = Bot("1001:wrong", session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.api_base)))
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await stranger.session.close()


async def test_writing_first_or_starting_opens_the_conversation(call: Call, world: World) -> None:
    writer, starter = world.add_phone("王芳").id, world.add_phone("李伟").id
    world.send_text(writer, "grid_bot", "你好")
    world.start(starter, "grid_bot")
    for number in (writer, starter):
        assert (await call("sendMessage", chat_id=number, text="x"))["ok"]


async def test_typing_is_journalled_and_a_wrong_action_refused(bot: Bot, call: Call, world: World, phone: int) -> None:
    await bot.send_chat_action(phone, ChatAction.TYPING)
    event = world.journal.after(world.journal.last - 1)[0]
    assert (event["kind"], event["phone"], event["action"]) == ("typing", phone, "typing")
    refused = await call("sendChatAction", chat_id=phone, action="dancing")
    assert refused["description"] == "Bad Request: wrong parameter action in request"


KEYBOARD = json.dumps(inline({"text": "a", "callback_data": "b"}))


def as_multipart(fields: dict[str, str]) -> FormData:
    form = FormData()
    for name, value in fields.items():
        form.add_field(name, value, content_type="text/plain")
    return form


@pytest.mark.parametrize("shape", ["form", "multipart", "query", "json strings"])
async def test_parameters_arrive_in_every_shape(
    sandbox: Sandbox, http: ClientSession, world: World, phone: int, shape: str
) -> None:
    fields = {"chat_id": str(phone), "text": "体温 36.5 & 好", "reply_markup": KEYBOARD, "disable_notification": "true"}
    url = f"{sandbox.api_base}/bot1001:secret/sendMessage"
    requests: dict[str, Any] = {
        "form": {"data": fields},
        "multipart": {"data": as_multipart(fields)},
        "query": {"params": fields},
        "json strings": {"json": fields},
    }
    async with http.request("GET" if shape == "query" else "POST", url, **requests[shape]) as response:
        assert (await response.json())["ok"]
    [message] = world.messages(phone, "grid_bot")
    assert message.content.body.text == "体温 36.5 & 好"
    assert message.as_json()["buttons"] == [[{"text": "a", "data": "b"}]]


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot1001:wrong/getMe", 401, "Unauthorized"),
        ("/botnobody/getMe", 401, "Unauthorized"),
        ("/bot1001:secret/makeTea", 404, "Not Found: method not found"),
        ("/bot1001:secret/", 404, "Not Found: method not found"),
        ("/nowhere", 404, "Not Found"),
        ("/file/bot1001:secret/photos/file_9.jpg", 404, "Not Found"),
        ("/file/bot1001:wrong/photos/file_9.jpg", 401, "Unauthorized"),
    ],
)
async def test_paths_that_lead_nowhere(
    sandbox: Sandbox, http: ClientSession, path: str, status: int, description: str
) -> None:
    async with http.get(sandbox.api_base + path) as response:
        assert response.status == status
        assert await response.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize(("body", "description"), [("{", "can't parse JSON object"), ("[]", "object expected")])
async def test_a_body_that_is_no_object_is_refused(
    sandbox: Sandbox, http: ClientSession, body: str, description: str
) -> None:
    url = f"{sandbox.api_base}/bot1001:secret/getMe"
    async with http.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["description"] == f"Bad Request: {description}"


async def test_method_names_know_no_case(call: Call) -> None:
    me = (await call("GETME"))["result"]
    assert (me["id"], me["is_bot"], me["username"], me["first_name"]) == (1001, True, "grid_bot", "网格通")
    assert {"can_join_groups", "can_read_all_group_messages", "supports_inline_queries"} <= me.keys()
