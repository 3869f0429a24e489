"""Telegram's calls: refused unless they are Telegram's, answered with 200 only when committed; and set up by us."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from channels.port import Accept, Answer, Call, Incoming, Message, Route, Text
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_client import TelegramClient
from channels.telegram_ptb import PtbClient
from channels.telegram_updates import ALLOWED
from channels.telegram_webhook import SECRET_HEADER, Webhook
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, TOKEN, USERNAME, pending
from tests.patience import until

SECRET, URL = "the-secret", "http://127.0.0.1:9/telegram/opaque"
MESSAGE: dict[str, Any] = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1580889600,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "王芳"},
        "text": "36.5",
    },
}


MakeClient = Callable[[str, str, float], TelegramClient]
FAILED = "could not reach the webhook"


@dataclass
class Desk:
    """Where batches arrive; refuses while `closed`."""

    heard: list[Incoming] = field(default_factory=list)
    closed: bool = False
    riding: dict[str, Message] = field(default_factory=dict)

    async def accept(self, batch: Sequence[Incoming]) -> dict[str, Message]:
        if self.closed:
            raise RuntimeError("the disk is full")
        self.heard.extend(batch)
        return self.riding


def route_of(channel: TelegramChannel, accept: Accept) -> Route:
    [route] = channel.routes(accept)
    return route


@pytest.fixture(params=[AiogramClient, PtbClient], ids=["aiogram", "ptb"])
def make_client(request: pytest.FixtureRequest) -> MakeClient:
    make: MakeClient = request.param
    return make


@pytest.fixture
async def channel(make_client: MakeClient, sandbox: Sandbox) -> AsyncIterator[TelegramChannel]:
    client = make_client(TOKEN, sandbox.api_base, 2.0)
    channel = TelegramChannel(BOT, client, Webhook(URL, SECRET, watch_seconds=0.05))
    yield channel
    await channel.close()


def called(body: bytes, secret: str | None = SECRET) -> Call:
    return Call("POST", {}, {} if secret is None else {SECRET_HEADER: secret}, body)


async def answered(channel: TelegramChannel, desk: Desk, call: Call) -> Answer:
    return await route_of(channel, desk.accept).answer(call)


async def test_an_update_is_taken_in(channel: TelegramChannel) -> None:
    desk = Desk()
    assert (await answered(channel, desk, called(json.dumps(MESSAGE).encode()))).status == HTTPStatus.OK
    assert [(one.update_id, one.content) for one in desk.heard] == [("7", Text("36.5"))]


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", "密", "\udcff\ud800"], ids=repr)
async def test_a_call_without_the_secret_is_refused(channel: TelegramChannel, secret: str | None) -> None:
    desk = Desk()
    assert (await answered(channel, desk, called(json.dumps(MESSAGE).encode(), secret))).status == HTTPStatus.FORBIDDEN
    assert desk.heard == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1%s}' % (b"0" * 3000),
        b"\xff\xfe",
        b"[" * 99_999,
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_a_body_that_is_no_update_is_refused(channel: TelegramChannel, body: bytes) -> None:
    desk = Desk()
    assert (await answered(channel, desk, called(body))).status == HTTPStatus.BAD_REQUEST
    assert desk.heard == []


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 8, "poll": {"id": "1"}},
        {"update_id": 9, "message": {"text": "no chat"}},
        {"update_id": 10, "callback_query": "not one"},
        {"update_id": 11, "callback_query": {"data": "no id"}},
        {"update_id": 12, "message": MESSAGE["message"] | {"from": {"id": 5, "language_code": ["zh"]}}},
        {"update_id": 13, "message": MESSAGE["message"] | {"date": 10**30}},
    ],
    ids=str,
)
async def test_an_update_that_nobody_understands_does_not_come_for_ever(
    channel: TelegramChannel, update: dict[str, object]
) -> None:
    desk = Desk()
    assert (await answered(channel, desk, called(json.dumps(update).encode()))).status == HTTPStatus.OK
    assert desk.heard == []


async def test_what_is_not_committed_is_asked_for_again(channel: TelegramChannel) -> None:
    desk = Desk(closed=True)
    answer = await answered(channel, desk, called(json.dumps(MESSAGE).encode()))
    assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert int(answer.headers["Retry-After"]) > 0


@given(st.binary(max_size=300), st.text(st.sampled_from("the-srcX密\0\ud800\udcff"), max_size=40))
async def test_whatever_a_stranger_calls_with_nothing_comes_of_it(body: bytes, secret: str) -> None:
    desk = Desk()
    channel = TelegramChannel(BOT, AiogramClient(TOKEN, "http://127.0.0.1:9"), Webhook(URL, SECRET))
    answer = await answered(channel, desk, called(body, secret))
    assert answer.status == HTTPStatus.FORBIDDEN
    assert desk.heard == []


# Set up and kept so


async def test_it_is_set_up_with_its_secret_and_says_what_it_wants(channel: TelegramChannel, sandbox: Sandbox) -> None:
    listening = asyncio.create_task(channel.listen(Desk().accept))
    bot = sandbox.world.bot(USERNAME)
    await until(lambda: bot.webhook is not None)
    await until(lambda: sandbox.world.figures.calls["getWebhookInfo"] > 0)

    assert bot.webhook
    assert (bot.webhook.url, bot.webhook.secret) == (URL, SECRET)
    assert sorted(bot.updates.allowed or ()) == sorted(ALLOWED)
    listening.cancel()


async def test_what_waited_for_a_poller_is_kept(channel: TelegramChannel, sandbox: Sandbox, phone: int) -> None:
    sandbox.world.send_text(phone, USERNAME, "36.5")
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: sandbox.world.bot(USERNAME).webhook is not None)
    listening.cancel()

    assert pending(sandbox) == 1


async def test_it_stays_when_the_house_stops(channel: TelegramChannel, sandbox: Sandbox) -> None:
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: sandbox.world.bot(USERNAME).webhook is not None)
    listening.cancel()
    await channel.close()

    assert sandbox.world.bot(USERNAME).webhook is not None


async def test_it_is_set_again_when_somebody_else_changed_it(channel: TelegramChannel, sandbox: Sandbox) -> None:
    bot = sandbox.world.bot(USERNAME)
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: bot.webhook is not None)
    bot.webhook = None
    await until(lambda: sandbox.world.bot(USERNAME).webhook is not None)
    listening.cancel()

    assert sandbox.world.figures.calls["setWebhook"] == 2


async def test_it_is_set_up_when_the_messenger_comes_back(channel: TelegramChannel, sandbox: Sandbox) -> None:
    sandbox.world.arm_fault("status", method="setWebhook", status=502)
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: sandbox.world.bot(USERNAME).webhook is not None)
    listening.cancel()

    assert sandbox.world.figures.calls["setWebhook"] == 2


async def test_only_what_we_want_is_brought_though_somebody_else_wanted_more(
    channel: TelegramChannel, sandbox: Sandbox
) -> None:
    updates = sandbox.world.bot(USERNAME).updates
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: sandbox.world.figures.calls["getWebhookInfo"] > 0)
    updates.allow(["message", "poll"])
    await until(lambda: sorted(updates.allowed or ()) == sorted(ALLOWED))
    listening.cancel()

    assert sandbox.world.figures.calls["setWebhook"] == 2


async def test_a_certificate_of_our_own_is_shown(make_client: MakeClient, sandbox: Sandbox) -> None:
    shown = b"-----BEGIN CERTIFICATE-----"
    webhook = Webhook(URL, SECRET, certificate=shown)
    channel = TelegramChannel(BOT, make_client(TOKEN, sandbox.api_base, 2.0), webhook)
    listening = asyncio.create_task(channel.listen(Desk().accept))
    bot = sandbox.world.bot(USERNAME)
    await until(lambda: bot.webhook is not None)
    listening.cancel()
    await channel.close()

    assert bot.webhook
    assert bot.webhook.certificate == shown


async def test_what_telegram_could_not_deliver_is_reported_once(
    channel: TelegramChannel, sandbox: Sandbox, phone: int
) -> None:
    bot, calls = sandbox.world.bot(USERNAME), sandbox.world.figures.calls
    with capture_logs() as logs:
        listening = asyncio.create_task(channel.listen(Desk().accept))
        await until(lambda: bot.webhook is not None)
        sandbox.world.send_text(phone, USERNAME, "36.5")  # nobody listens at the address
        await until(lambda: any(FAILED in one["event"] for one in logs))
        looks = calls["getWebhookInfo"]
        await until(lambda: calls["getWebhookInfo"] > looks + 3)
        listening.cancel()

    [told] = [one for one in logs if FAILED in one["event"]]
    assert (told["at"], told["waiting"]) == ("2020-02-05 12:00 UTC", 1)
    assert "Cannot connect to host" in told["error"]
    assert SECRET not in str(logs)


async def test_check_says_what_telegram_has_against_it(channel: TelegramChannel, sandbox: Sandbox, phone: int) -> None:
    bot = sandbox.world.bot(USERNAME)
    assert (await channel.check())["trouble"] == [
        "the webhook is not set to this service: the next start with webhook sets it"
    ]
    listening = asyncio.create_task(channel.listen(Desk().accept))
    await until(lambda: sandbox.world.bot(USERNAME).webhook is not None)
    assert (await channel.check())["trouble"] == []
    sandbox.world.send_text(phone, USERNAME, "36.5")
    await until(lambda: bool(bot.webhook and bot.webhook.last_error_date))
    listening.cancel()
    failed, waits = (await channel.check())["trouble"]
    assert failed.startswith("Telegram's last call that failed, at 2020-02-05 12:00 UTC: ")
    assert waits == "updates that wait at Telegram: 1"
    bot.updates.allow(["poll"])
    assert (await channel.check())["trouble"][0] == (
        "the webhook has another allowed_updates: the next start sets it again"
    )
