"""A running sandbox with one bot and one phone, at noon of 5 February 2020, the clock standing still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from sandbox.server import Sandbox
from sandbox.world import World

NOON = datetime(2020, 2, 5, 12, tzinfo=UTC)
TOKEN = "1001:secret"
USERNAME = "grid_bot"

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(NOON)
    sandbox.world.add_bot(TOKEN, USERNAME, "网格通")
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
def phone(world: World) -> int:
    """The id of a phone whose holder has started the bot."""
    return world.add_phone("王芳", started=(USERNAME,)).id


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """The real aiogram client."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.api_base)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def call(sandbox: Sandbox, http: ClientSession) -> Call:
    """A raw call with a JSON body; answers the envelope, whose error code is the HTTP status."""

    async def call(method: str, **parameters: Any) -> dict[str, Any]:
        async with http.post(f"{sandbox.api_base}/bot{TOKEN}/{method}", json=parameters) as response:
            envelope: dict[str, Any] = await response.json()
            assert response.status == envelope.get("error_code", 200)
            assert envelope["ok"] is (response.status == 200)
            return envelope

    return call


@pytest.fixture
def control(sandbox: Sandbox, http: ClientSession) -> Callable[..., Coroutine[Any, Any, Any]]:
    """A call of the control API; answers the JSON, and raises AssertionError for another status than expected."""

    async def control(method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        given = {} if body is None else {"json": body}
        async with http.request(method, f"{sandbox.page_base}/sandbox/{path}", **given) as response:
            answer = await response.json()
            assert response.status == status, answer
            return answer

    return control
