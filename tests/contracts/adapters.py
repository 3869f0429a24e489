"""The adapters that must hold the port's contract, and what its tests say to them."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from socket import socket
from typing import Protocol

import pytest
from aiohttp import web

from channels.port import Channel, Choice, Incoming, Message, Span
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_client import TelegramClient
from channels.telegram_polling import Polling
from channels.telegram_ptb import PtbClient
from channels.telegram_webhook import Webhook
from channels.wechat_channel import WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_updates import incoming
from channels.wecom_channel import WeComChannel
from channels.wecom_client import WeComClient
from channels.wecom_updates import incoming as wecom_incoming
from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount, open_account
from sandbox.wecom.account import Application, open_application
from web.callbacks import mount

TOKEN, BOT, USERNAME = "1000001:AAE-sandbox-token", "telegram", "gridbot"
APPID, APP_SECRET, CALLBACK_TOKEN, AES_KEY = "wxsandbox", "app-secret", "callback-token", "k" * 42 + "A"
NOON = datetime(2020, 2, 5, 12, tzinfo=UTC)


class MakeChannel(Protocol):
    """How an adapter is made: the bot's name here, its token, where the messenger listens, and its patience."""

    def __call__(
        self, name: str, token: str, api_base: str, *, poll_seconds: int = ..., request_seconds: float = ...
    ) -> Channel: ...


def telegram(client: Callable[[str, str, float], TelegramClient]) -> MakeChannel:
    """Telegram through a library's client."""

    def make(
        name: str, token: str, api_base: str, *, poll_seconds: int = 2, request_seconds: float = 1.0
    ) -> TelegramChannel:
        return TelegramChannel(name, client(token, api_base, request_seconds), Polling(poll_seconds))

    return make


class CalledChannel(TelegramChannel):
    """A channel that Telegram calls, and the door at which it does; closed with the channel."""

    def __init__(self, name: str, client: TelegramClient) -> None:
        self.door = socket()
        self.door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{self.door.getsockname()[1]}/telegram/opaque"
        super().__init__(name, client, Webhook(address, "the-secret"))

    async def close(self) -> None:
        await super().close()
        self.door.close()


def called(client: Callable[[str, str, float], TelegramClient]) -> MakeChannel:
    """Telegram through a library's client, by webhooks."""

    def make(
        name: str, token: str, api_base: str, *, poll_seconds: int = 2, request_seconds: float = 1.0
    ) -> TelegramChannel:
        return CalledChannel(name, client(token, api_base, request_seconds))

    return make


impatient = pytest.mark.parametrize("request_seconds", [1.5], ids=["impatient"])
"""For a test in which silence is the story: the channel gives up soon. Any other waits for a busy machine."""

ADAPTERS: Mapping[str, MakeChannel] = {
    "aiogram": telegram(AiogramClient),
    "ptb": telegram(PtbClient),
}
"""Another adapter joins with one line."""
APPLICATION = "wecom"
"""The adapter that is made for an application of the sandbox, which calls it."""
SERVICE_ACCOUNT = "wechat"
"""The adapter that is made for an account of the sandbox, which calls it."""
WAYS_IN: Mapping[str, MakeChannel] = {
    **ADAPTERS,
    "aiogram called": called(AiogramClient),
    "ptb called": called(PtbClient),
}
"""The adapters, by whichever way updates come to them."""


class CalledByWeChat(WeChatChannel):
    """A service account that the sandbox calls, and the door at which it does; closed with the channel."""

    def __init__(self, name: str, sandbox: Sandbox, request_seconds: float, silence_seconds: float) -> None:
        self.door = socket()
        self.door.bind(("127.0.0.1", 0))
        client = WeChatClient(APPID, APP_SECRET, sandbox.wechat_base, request_seconds)
        seal = Seal(CALLBACK_TOKEN, (AES_KEY,), APPID)
        super().__init__(
            name, client, SealedCalls(name, seal, incoming, silence_seconds=silence_seconds), title=USERNAME
        )
        account_of(sandbox).callback = f"http://127.0.0.1:{self.door.getsockname()[1]}/wechat"

    async def close(self) -> None:
        await super().close()
        self.door.close()


def account_of(sandbox: Sandbox) -> ServiceAccount:
    """The sandbox's service account."""
    account = sandbox.world.bot(USERNAME)
    assert isinstance(account, ServiceAccount)
    return account


def open_service_account(sandbox: Sandbox) -> ServiceAccount:
    """A service account under the name of the bot; nobody is at its address yet."""
    account = open_account(
        sandbox.world,
        appid=APPID,
        secret=APP_SECRET,
        callback="http://127.0.0.1:9/wechat",
        callback_token=CALLBACK_TOKEN,
        aes_key=AES_KEY,
        username=USERNAME,
        name="网格通",
    )
    account.seconds = 1.0
    return account


class CalledByWeCom(WeComChannel):
    """An application that the sandbox calls, and the door at which it does; closed with the channel."""

    def __init__(self, name: str, sandbox: Sandbox, request_seconds: float, silence_seconds: float) -> None:
        self.door = socket()
        self.door.bind(("127.0.0.1", 0))
        application = application_of(sandbox)
        client = WeComClient(APPID, APP_SECRET, application.agent, sandbox.wecom_base, request_seconds)
        seal = Seal(CALLBACK_TOKEN, (AES_KEY,), APPID)
        callbacks = SealedCalls(name, seal, wecom_incoming, echo_sealed=True, silence_seconds=silence_seconds)
        super().__init__(name, client, callbacks, title=USERNAME)
        application.callback = f"http://127.0.0.1:{self.door.getsockname()[1]}/wecom"

    async def close(self) -> None:
        await super().close()
        self.door.close()


def application_of(sandbox: Sandbox) -> Application:
    """The sandbox's application."""
    application = sandbox.world.bot(USERNAME)
    assert isinstance(application, Application)
    return application


def open_wecom(sandbox: Sandbox) -> Application:
    """An application under the name of the bot; nobody is at its address yet."""
    application = open_application(
        sandbox.world,
        corp=APPID,
        secret=APP_SECRET,
        callback="http://127.0.0.1:9/wecom",
        callback_token=CALLBACK_TOKEN,
        aes_key=AES_KEY,
        username=USERNAME,
        name="网格通",
    )
    application.seconds = 1.0
    return application


def wecom_application(sandbox: Sandbox) -> MakeChannel:
    """WeCom, for the application of this sandbox."""

    def make(
        name: str, token: str, api_base: str, *, poll_seconds: int = 2, request_seconds: float = 1.0
    ) -> WeComChannel:
        return CalledByWeCom(name, sandbox, request_seconds, silence_seconds=1.5)

    return make


def service_account(sandbox: Sandbox) -> MakeChannel:
    """WeChat, for the account of this sandbox."""

    def make(
        name: str, token: str, api_base: str, *, poll_seconds: int = 2, request_seconds: float = 1.0
    ) -> WeChatChannel:
        return CalledByWeChat(name, sandbox, request_seconds, silence_seconds=1.5)

    return make


def called_in_the_sealed_way(adapter: str, sandbox: Sandbox) -> MakeChannel | None:
    """How WeChat's and WeCom's adapters are made; None for another."""
    return {SERVICE_ACCOUNT: service_account, APPLICATION: wecom_application}.get(adapter, lambda _: None)(sandbox)


def plain(*lines: str, choices: Sequence[tuple[str, str]] = ()) -> Message:
    """A message without emphasis; one row of choices as (key, label)."""
    row = tuple(Choice(key, label) for key, label in choices)
    return Message(tuple((Span(line),) for line in lines), (row,) if row else ())


class Listener:
    """Takes batches from a channel that listens, and may refuse some first."""

    def __init__(self, *, refuse: int = 0, look: Callable[[], int] = lambda: 0) -> None:
        self.batches: list[list[Incoming]] = []
        self.refused: list[list[Incoming]] = []
        self.looks: list[int] = []
        self._refuse = refuse
        self._look = look

    async def accept(self, batch: Sequence[Incoming]) -> dict[str, Message]:
        """Keeps the batch, and what `look` saw before and after a moment of work; or raises."""
        if not batch:
            return {}
        self.looks.append(self._look())
        if len(self.refused) < self._refuse:
            self.refused.append(list(batch))
            raise RuntimeError("not committed")
        await asyncio.sleep(0.02)
        self.looks.append(self._look())
        self.batches.append(list(batch))
        return {}

    @property
    def heard(self) -> list[Incoming]:
        """Everything accepted, in order."""
        return [one for batch in self.batches for one in batch]

    @property
    def contents(self) -> list[object]:
        """What was in it, in order."""
        return [one.content for one in self.heard]


def pending(sandbox: Sandbox) -> int:
    """How many updates the bot has not confirmed."""
    return len(sandbox.world.bot(USERNAME).updates)


@asynccontextmanager
async def listening(channel: Channel, listener: Listener) -> AsyncIterator[None]:
    """The channel listens in the background, and can be called if it wants to be; what ends it early is raised."""
    async with _callable(channel, listener):
        task = asyncio.create_task(channel.listen(listener.accept))
        try:
            yield
            if task.done():
                task.result()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def _callable(channel: Channel, listener: Listener) -> AsyncIterator[None]:
    if not isinstance(channel, CalledChannel | CalledByWeChat | CalledByWeCom):
        yield
        return
    site = web.Application()
    mount(site, channel.routes(listener.accept))
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, channel.door.dup()).start()
    try:
        yield
    finally:
        await runner.cleanup()


def picture() -> bytes:
    """A white pixel as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
