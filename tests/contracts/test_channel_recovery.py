"""A channel goes on listening after whatever the messenger, or another process, did to it; every adapter alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession

from channels.port import Channel, Text
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, TOKEN, USERNAME, Listener, MakeChannel, listening, pending
from tests.patience import until

pytestmark = pytest.mark.telegram


async def test_it_listens_on_after_somebody_else_polled(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: sandbox.world.figures.calls["getUpdates"] > 0)
        sandbox.world.arm_fault(
            "status", method="getUpdates", status=409, description="Conflict: terminated by other getUpdates request"
        )
        sandbox.world.send_text(phone, USERNAME, "第一句")
        await until(lambda: len(listener.heard) == 1)
        sandbox.world.send_text(phone, USERNAME, "第二句")
        await until(lambda: len(listener.heard) == 2)

    assert sandbox.world.figures.errors[409] == 1
    assert listener.contents == [Text("第一句"), Text("第二句")]


@pytest.mark.parametrize("fault", [{"kind": "html"}, {"kind": "drop"}, {"kind": "status", "status": 500}], ids=str)
async def test_it_listens_on_after_a_fault_of_the_messenger(
    channel: Channel, sandbox: Sandbox, phone: int, fault: dict[str, Any]
) -> None:
    sandbox.world.arm_fault(**fault, method="deleteWebhook")
    sandbox.world.arm_fault(**fault, method="getUpdates")
    sandbox.world.send_text(phone, USERNAME, "36.5")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    assert listener.contents == [Text("36.5")]


async def test_it_listens_on_after_the_messenger_was_away(
    make_channel: MakeChannel, sandbox: Sandbox, phone: int
) -> None:
    port = urlsplit(sandbox.api_base).port or 0
    channel = make_channel(BOT, TOKEN, sandbox.api_base, poll_seconds=2, request_seconds=1.0)
    listener = Listener()
    again = Sandbox(datetime(2020, 2, 5, 13, tzinfo=UTC))
    again.world.add_bot(TOKEN, USERNAME, "网格通")
    again.world.add_phone("王芳", phone_id=phone)
    async with listening(channel, listener):
        sandbox.world.send_text(phone, USERNAME, "去之前")
        await until(lambda: pending(sandbox) == 0)
        await sandbox.stop()
        for _ in range(2):  # the numbers go on where they were, as at a messenger that comes back
            again.world.send_text(phone, USERNAME, "回来之后")
        await again.start(port=port)
        await until(lambda: len(listener.heard) == 2)
    await channel.close()
    await again.stop()

    assert listener.contents == [Text("去之前"), Text("回来之后")]


async def test_a_webhook_left_behind_is_taken_away_and_what_waits_there_is_kept(
    channel: Channel, sandbox: Sandbox, phone: int
) -> None:
    await set_webhook(sandbox, "http://127.0.0.1:9/telegram/old")
    sandbox.world.send_text(phone, USERNAME, "36.5")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: len(listener.heard) == 1)

    assert sandbox.world.bot(USERNAME).webhook is None


async def set_webhook(sandbox: Sandbox, url: str) -> None:
    async with (
        ClientSession() as http,
        http.post(f"{sandbox.api_base}/bot{TOKEN}/setWebhook", json={"url": url}) as done,
    ):
        assert done.status == 200
