"""Faults: which calls they meet, how often, and what the caller sees."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiohttp import ClientSession, ServerDisconnectedError

from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import until

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]
Control = Callable[..., Coroutine[Any, Any, Any]]


async def test_a_status_fault_is_seen_once_and_nothing_is_done(bot: Bot, world: World, phone: int) -> None:
    world.arm_fault("status", status=500, description="Internal Server Error: restart")
    with pytest.raises(TelegramServerError, match="restart"):
        await bot.send_message(phone, "x")
    assert world.messages(phone, "grid_bot") == []
    await bot.send_message(phone, "x")
    assert len(world.messages(phone, "grid_bot")) == 1


async def test_an_injected_429_carries_its_seconds(bot: Bot, world: World, phone: int) -> None:
    world.arm_fault("status", status=429, retry_after=7)
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(phone, "x")
    assert caught.value.retry_after == 7
    assert world.figures_now()["throttled"] == 1


async def test_a_description_is_supplied_where_none_is_given(call: Call, world: World) -> None:
    world.arm_fault("status", status=503)
    assert (await call("getMe"))["description"] == "Service Unavailable"
    world.arm_fault("status", status=429, retry_after=3)
    assert (await call("getMe"))["description"] == "Too Many Requests: retry after 3"


async def test_an_html_page_is_no_json(bot: Bot, world: World, phone: int) -> None:
    world.arm_fault("html")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(phone, "x")
    assert world.messages(phone, "grid_bot") == []
    assert world.figures_now()["errors"] == {"502": 1}


async def test_a_dropped_connection_has_no_answer(
    sandbox: Sandbox, http: ClientSession, world: World, phone: int
) -> None:
    world.arm_fault("drop", method="sendMessage")
    url = f"{sandbox.api_base}/bot1001:secret/sendMessage"
    with pytest.raises((ServerDisconnectedError, ConnectionResetError)):
        await http.post(url, json={"chat_id": phone, "text": "x"})
    assert world.messages(phone, "grid_bot") == []


async def test_a_delayed_call_is_done_after_its_seconds(call: Call, world: World, phone: int) -> None:
    world.arm_fault("delay", seconds=0.2)
    began = asyncio.get_running_loop().time()
    assert (await call("sendMessage", chat_id=phone, text="x"))["ok"]
    assert asyncio.get_running_loop().time() - began > 0.19
    assert len(world.messages(phone, "grid_bot")) == 1


async def test_accepted_then_time_out(bot: Bot, world: World, phone: int) -> None:
    world.arm_fault("timeout", seconds=30, method="send*")
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(phone, "x", request_timeout=1)
    assert len(world.messages(phone, "grid_bot")) == 1, "it was delivered although nobody heard of it"


async def test_a_refusal_keeps_silent_under_a_timeout_fault_too(call: Call, world: World, phone: int) -> None:
    world.arm_fault("timeout", seconds=0.2)
    began = asyncio.get_running_loop().time()
    assert (await call("sendMessage", chat_id=phone, text=""))["error_code"] == 400
    assert asyncio.get_running_loop().time() - began > 0.19


@pytest.mark.parametrize(
    ("details", "met"),
    [
        ({}, True),
        ({"method": "sendMessage"}, True),
        ({"method": "send*"}, True),
        ({"method": "edit*"}, False),
        ({"bot": "grid_bot"}, True),
        ({"bot": "other_bot"}, False),
        ({"phone": 5_000_001}, True),
        ({"phone": 5_000_002}, False),
    ],
)
async def test_a_fault_meets_matching_calls_only(
    call: Call, world: World, phone: int, details: dict[str, Any], met: bool
) -> None:
    world.arm_fault("status", status=500, **details)
    answer = await call("sendMessage", chat_id=phone, text="x")
    assert answer["ok"] is not met
    assert world.faults.all() == [] or not met


@pytest.mark.parametrize(("times", "failures"), [(1, 1), (3, 3), (0, 5)])
async def test_a_fault_lasts_as_often_as_told(call: Call, world: World, times: int, failures: int) -> None:
    world.arm_fault("status", status=500, times=times)
    answers = [await call("getMe") for _ in range(5)]
    assert sum(not answer["ok"] for answer in answers) == failures


async def test_faults_are_listed_and_removed_over_http(control: Control, call: Call) -> None:
    first = (await control("POST", "faults", {"kind": "status", "status": 500, "times": 0}))["id"]
    second = (await control("POST", "faults", {"kind": "drop", "method": "sendPhoto"}))["id"]
    listed = await control("GET", "faults")
    assert [(fault["id"], fault["kind"], fault["method"]) for fault in listed] == [
        (first, "status", "*"),
        (second, "drop", "sendPhoto"),
    ]
    assert [fault["id"] for fault in await control("DELETE", f"faults/{first}")] == [second]
    assert (await call("getMe"))["ok"]
    assert await control("DELETE", "faults") == []
    assert await control("GET", "faults") == []


async def test_stopping_cuts_a_delay_short(sandbox: Sandbox, call: Call, world: World, phone: int) -> None:
    world.arm_fault("delay", seconds=50)
    waiting = asyncio.create_task(call("sendMessage", chat_id=phone, text="x"))
    await until(lambda: not world.faults.all())
    assert world.messages(phone, "grid_bot") == [], "nothing is done before its seconds are over"
    await sandbox.stop()
    assert (await asyncio.wait_for(waiting, 40))["ok"]
