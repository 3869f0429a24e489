"""Both clients speak the published Bot API; and the check that says so of the whole suite bites."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from channels.telegram_aiogram import AiogramClient
from channels.telegram_client import TelegramClient, Upload
from channels.telegram_ptb import PtbClient
from sandbox.bot_api import WATCHERS
from sandbox.parameters import Parameters
from sandbox.server import Sandbox
from tests.conformance import PLACE, Checker, Publication, publication
from tests.contracts.adapters import TOKEN, USERNAME, picture

EVERY_METHOD = {
    "getme",
    "getupdates",
    "sendmessage",
    "sendphoto",
    "senddocument",
    "editmessagetext",
    "editmessagecaption",
    "deletemessage",
    "answercallbackquery",
    "getfile",
    "setwebhook",
    "deletewebhook",
    "getwebhookinfo",
    "getmycommands",
    "setmycommands",
    "getmydescription",
    "setmydescription",
    "getmyshortdescription",
    "setmyshortdescription",
}


@pytest.fixture
def published() -> Publication:
    found = publication()
    if found is None:
        pytest.skip(f"the published Bot API is not at {PLACE.name}")
    return found


@pytest.fixture
def checker(published: Publication) -> Iterator[Checker]:
    checker = Checker(published)
    WATCHERS.append(checker)
    yield checker
    WATCHERS.remove(checker)


@pytest.mark.parametrize("make", [AiogramClient, PtbClient], ids=["aiogram", "ptb"])
async def test_every_call_of_a_client_is_one_of_the_bot_api(
    make: Callable[[str, str, float], TelegramClient], checker: Checker, sandbox: Sandbox, phone: int
) -> None:
    client = make(TOKEN, sandbox.api_base, 5.0)
    choices = {"inline_keyboard": [[{"text": "我来处理", "callback_data": "take:1"}]]}
    asking = {"keyboard": [[{"text": "发送", "request_contact": True}]], "resize_keyboard": True}
    await client.get_me()
    said = await client.send_text(phone, "<b>有人发热</b>", choices)
    await client.send_text(phone, "您的电话？", asking)
    await client.edit_text(phone, said.message_id, "已处理", None)
    sandbox.world.clock.forward(seconds=10)
    photo = await client.send_photo(phone, Upload("a.png", content=picture()), "体温计", choices)
    await client.send_photo(phone, Upload("a.png", known=photo.media), "", None)
    await client.edit_caption(phone, photo.message_id, "看过了", None)
    await client.send_document(phone, Upload("a.xlsx", content=b"PK"), "台账", None)
    await client.delete(phone, photo.message_id)
    await client.download(photo.media, 1_000_000)
    sandbox.world.send_text(phone, USERNAME, "36.5")
    await client.get_updates(offset=None, wait=0, allowed=["message", "callback_query"])
    for language in ("", "en"):
        await client.set_commands([("report", "上报体温")], language)
        await client.get_commands(language)
        await client.set_description("每天两次", language)
        await client.get_description(language)
        await client.set_short_description("网格通", language)
        await client.get_short_description(language)
    await client.set_commands([("alerts", "要处理的事")], "", phone)
    await client.set_webhook("http://127.0.0.1:9/telegram/x", secret="secret", allowed=["message"], connections=40)
    await client.webhook_info()
    await client.delete_webhook()
    sandbox.world.clock.forward(seconds=10)
    pressed = await client.send_text(phone, "按一下", choices)
    await client.answer_callback(sandbox.world.press(phone, USERNAME, pressed.message_id, "take:1"))
    await client.close()

    assert checker.faults == []
    assert checker.seen == EVERY_METHOD


@pytest.mark.parametrize(
    ("method", "values", "fault"),
    [
        ("sendMessages", {}, "no such method"),
        ("sendMessage", {"chat_id": 5}, "text is missing"),
        ("sendMessage", {"chat_id": 5, "text": "x", "colour": "red"}, "colour is no parameter"),
        ("sendMessage", {"chat_id": 5, "text": 36.5}, "is no string"),
        ("sendMessage", {"chat_id": {}, "text": "x"}, "is no number"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "长" * 201}, "201 characters, not 0 to 200"),
        ("setMyCommands", {"commands": '[{"command": "report"}]'}, "description is missing"),
        ("setMyCommands", {"commands": '{"command": "report"}'}, "is no list"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": '{"inline_keyboard": [["x"]]}'}, "reply_markup"),
        ("getUpdates", {"timeout": "soon"}, "is no number"),
        ("sendMessage", {"chat_id": 5, "text": "x", "protect_content": "perhaps"}, "is no boolean"),
    ],
)
def test_what_does_not_conform_is_found(
    published: Publication, method: str, values: dict[str, object], fault: str
) -> None:
    assert fault in " ".join(published.faults(method, Parameters(values)))
