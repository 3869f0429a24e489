"""Webhooks: delivered with the secret, in order, repeated until taken; methods in the answer are carried out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from sandbox.webhook_delivery import pause_before
from sandbox.world import World
from tests.patience import until

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


class Hook:
    """A webhook under the test's hand: answers what `answers` say, then 200."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[Callable[[], web.Response]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.most_at_once = 0
        self._at_once = 0

    async def handle(self, request: web.Request) -> web.Response:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.received.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.gate.wait()
        self._at_once -= 1
        return self.answers.pop(0)() if self.answers else web.Response()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.received]


async def serve(application: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, application = Hook(), web.Application()
    application.router.add_post("/hook", hook.handle)
    runner, hook.url = await serve(application)
    yield hook
    hook.gate.set()
    await runner.cleanup()


async def test_updates_arrive_in_order_with_the_secret_and_are_then_gone(
    call: Call, world: World, phone: int, hook: Hook
) -> None:
    world.send_text(phone, "grid_bot", "早先的")
    assert (await call("setWebhook", url=hook.url, secret_token="s-3_cret"))["ok"]
    for n in range(3):
        world.send_text(phone, "grid_bot", str(n))
    await until(lambda: len(hook.received) == 4)
    assert hook.texts() == ["早先的", "0", "1", "2"]
    assert set(hook.secrets) == {"s-3_cret"}
    await until(lambda: not len(world.bot("grid_bot").updates))
    info = (await call("getWebhookInfo"))["result"]
    assert info == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
    }


async def test_without_a_secret_there_is_no_header(call: Call, world: World, phone: int, hook: Hook) -> None:
    await call("setWebhook", url=hook.url)
    world.send_text(phone, "grid_bot", "x")
    await until(lambda: hook.received)
    assert hook.secrets == [None]


async def test_a_failure_is_repeated_before_anything_else_of_that_chat(
    call: Call, world: World, phone: int, hook: Hook
) -> None:
    hook.answers = [lambda: web.Response(status=500), lambda: web.Response(status=503, headers={"Retry-After": "0"})]
    await call("setWebhook", url=hook.url)
    world.send_text(phone, "grid_bot", "一")
    world.send_text(phone, "grid_bot", "二")
    await until(lambda: len(hook.received) == 4)
    assert hook.texts() == ["一", "一", "一", "二"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] == world.clock.unix()


async def test_chats_do_not_wait_for_each_other_up_to_max_connections(call: Call, world: World, hook: Hook) -> None:
    phones = [world.add_phone(str(n)).id for n in range(5)]
    hook.gate.clear()
    await call("setWebhook", url=hook.url, max_connections=3)
    for number in phones:
        world.send_text(number, "grid_bot", "x")
    await until(lambda: len(hook.received) == 3)
    await asyncio.sleep(0.05)
    hook.gate.set()
    await until(lambda: len(hook.received) == 5)
    assert hook.most_at_once == 3


async def test_what_grows_too_old_while_waiting_is_dropped(call: Call, world: World, phone: int, hook: Hook) -> None:
    hook.answers = [lambda: web.Response(status=500)]
    hook.gate.clear()
    await call("setWebhook", url=hook.url)
    world.send_text(phone, "grid_bot", "旧")
    await until(lambda: hook.received)
    world.clock.forward(hours=25)
    hook.gate.set()
    world.send_text(phone, "grid_bot", "新")
    await until(lambda: len(hook.received) == 2)
    assert hook.texts() == ["旧", "新"]


async def test_a_lost_connection_is_told_and_deleting_hands_over_to_polling(
    call: Call, world: World, phone: int, unused_tcp_port: int
) -> None:
    await call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook")
    world.send_text(phone, "grid_bot", "x")
    webhook = world.bot("grid_bot").webhook
    assert webhook is not None
    await until(lambda: webhook.last_error_message)
    assert (await call("getWebhookInfo"))["result"]["pending_update_count"] == 1
    await call("deleteWebhook")
    assert (await call("getWebhookInfo"))["result"]["url"] == ""
    assert len((await call("getUpdates"))["result"]) == 1


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_pending_updates_can_be_dropped(call: Call, world: World, phone: int, hook: Hook, method: str) -> None:
    world.send_text(phone, "grid_bot", "x")
    assert (await call(method, url=hook.url, drop_pending_updates=True))["ok"]
    assert world.bots["grid_bot"].as_json()["pending"] == 0


async def test_a_new_url_takes_over_at_once(call: Call, world: World, phone: int, hook: Hook) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/wrong")
    await call("setWebhook", url=hook.url, allowed_updates=["message"])
    world.send_text(phone, "grid_bot", "x")
    await until(lambda: hook.received)
    assert (await call("getWebhookInfo"))["result"]["allowed_updates"] == ["message"]
    assert (await call("setWebhook", url=""))["ok"]
    assert world.bots["grid_bot"].webhook is None


async def test_the_last_of_many_changes_wins(call: Call, world: World, phone: int, hook: Hook) -> None:
    hook.gate.clear()
    await call("setWebhook", url=hook.url)
    world.send_text(phone, "grid_bot", "x")
    await until(lambda: hook.received)
    await asyncio.gather(*(call("setWebhook", url=f"{hook.url}?{n}") for n in range(20)))
    hook.gate.set()
    await call("setWebhook", url=hook.url, secret_token="last")
    world.send_text(phone, "grid_bot", "y")
    await until(lambda: "y" in hook.texts())
    assert hook.secrets[-1] == "last"


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "nowhere"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org/x"}, "bad webhook: the sandbox delivers to loopback addresses only"),
        ({"url": "http://[::1/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://localhost/x", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://localhost/x", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(call: Call, parameters: dict[str, str], description: str) -> None:
    refused = await call("setWebhook", **parameters)
    assert refused["description"] == f"Bad Request: {description}"


def as_json(phone: int) -> web.Response:
    return web.json_response({"method": "sendMessage", "chat_id": phone, "text": "收到"})


def as_form(phone: int) -> web.Response:
    body = f"method=sendMessage&chat_id={phone}&text=%E6%94%B6%E5%88%B0"
    return web.Response(text=body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("answer", [as_json, as_form])
async def test_a_method_in_the_answer_is_carried_out(
    call: Call, world: World, phone: int, hook: Hook, answer: Callable[[int], web.Response]
) -> None:
    hook.answers = [lambda: answer(phone)]
    await call("setWebhook", url=hook.url)
    world.send_text(phone, "grid_bot", "36.5")
    await until(lambda: len(world.messages(phone, "grid_bot")) == 2)
    assert world.messages(phone, "grid_bot")[1].content.body.text == "收到"


async def test_a_failing_or_unreadable_answer_does_not_stop_the_delivery(
    call: Call, world: World, phone: int, hook: Hook
) -> None:
    hook.answers = [
        lambda: web.json_response({"method": "sendMessage", "chat_id": phone, "text": ""}),
        lambda: web.Response(text="{", content_type="application/json"),
        lambda: web.Response(body=b"x", headers={"Content-Type": "multipart/form-data"}),
        lambda: web.Response(text="thanks"),
    ]
    await call("setWebhook", url=hook.url)
    for n in range(5):
        world.send_text(phone, "grid_bot", str(n))
    await until(lambda: len(hook.received) == 5)
    assert world.figures.errors[400] == 3
    assert hook.texts() == ["0", "1", "2", "3", "4"]


async def test_aiograms_webhook_server_answers_with_a_method(bot: Bot, world: World, phone: int) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> TelegramMethod[Message]:
        return SendMessage(chat_id=message.chat.id, text=f"{message.text}，收到")

    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s").register(application, "/hook")
    runner, url = await serve(application)
    try:
        await bot.set_webhook(url, secret_token="s")
        world.send_text(phone, "grid_bot", "36.5")
        await until(lambda: len(world.messages(phone, "grid_bot")) == 2)
    finally:
        await bot.delete_webhook()
        await runner.cleanup()
    assert world.messages(phone, "grid_bot")[1].content.body.text == "36.5，收到"


@pytest.mark.parametrize(
    ("attempt", "retry_after", "seconds"),
    [
        (1, None, 0),
        (2, None, 2),
        (3, None, 4),
        (4, "", 8),
        (9, None, 60),
        (1, "7", 7),
        (1, "9999", 3600),
        (2, "x", 2),
    ],
)
def test_pauses_grow_and_obey_retry_after(attempt: int, retry_after: str | None, seconds: float) -> None:
    assert pause_before(attempt, retry_after) == seconds
