"""Flood limits by the sandbox clock, as arithmetic and as real 429s."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from sandbox.clock import SECOND
from sandbox.limits import BOT_MESSAGES_A_SECOND, CHAT_BURST, BotLimit, ChatLimit
from sandbox.server import Sandbox
from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


def accepted(limit: BotLimit | ChatLimit, times: list[int]) -> list[int]:
    taken = []
    for now in times:
        if not limit.wait(now):
            limit.spend(now)
            taken.append(now)
    return taken


steps = st.lists(st.integers(0, SECOND // 4), min_size=1, max_size=300)


@given(steps)
def test_no_sliding_second_of_a_bot_holds_more_than_thirty(gaps: list[int]) -> None:
    times = [sum(gaps[: i + 1]) for i in range(len(gaps))]
    limit = BotLimit()
    taken = accepted(limit, times)
    busiest = max(sum(start <= t < start + SECOND for t in taken) for start in taken)
    assert busiest <= BOT_MESSAGES_A_SECOND
    assert limit.worst == busiest


@given(steps)
def test_a_chat_takes_one_a_second_and_a_burst_of_five(gaps: list[int]) -> None:
    times = [sum(gaps[: i + 1]) for i in range(len(gaps))]
    taken = accepted(ChatLimit(), times)
    for i, start in enumerate(taken):
        for j, end in enumerate(taken[i:], 1):
            assert j <= CHAT_BURST + (end - start) // SECOND + 1


def test_a_steady_second_is_never_refused() -> None:
    times = [i * SECOND for i in range(100)]
    assert accepted(ChatLimit(), times) == times


def test_thirty_fit_into_one_moment_and_again_exactly_a_second_later() -> None:
    times = [0] * 30 + [SECOND] * 30
    assert accepted(BotLimit(), times) == times


def test_everything_is_refused_until_the_announced_pause_is_over() -> None:
    limit = BotLimit()
    accepted(limit, [0] * 30)
    assert limit.wait(SECOND // 2) == 1
    assert limit.wait(SECOND) == 1, "the window is free, but the pause lasts until 1.5 s"
    assert limit.wait(SECOND * 3 // 2) == 0


async def test_the_sixth_message_to_a_chat_in_one_second_meets_429(bot: Bot, world: World, phone: int) -> None:
    for n in range(CHAT_BURST):
        await bot.send_message(phone, str(n))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(phone, "too much")
    assert caught.value.retry_after == 1
    other = world.add_phone("李伟", started=("grid_bot",)).id
    await bot.send_message(other, "another chat is free")
    world.clock.forward(seconds=1)
    await bot.send_message(phone, "again")
    assert world.figures_now()["throttled"] == 1


async def test_a_429_carries_its_seconds_in_the_envelope_and_the_header(
    sandbox: Sandbox, http: ClientSession, phone: int
) -> None:
    url = f"{sandbox.api_base}/bot1001:secret/sendMessage"
    for _ in range(CHAT_BURST):
        await http.post(url, json={"chat_id": phone, "text": "x"})
    async with http.post(url, json={"chat_id": phone, "text": "x"}) as response:
        assert response.headers["Retry-After"] == "1"
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }


async def test_edits_count_towards_the_thirty_of_the_bot_but_not_towards_the_chat(call: Call, phone: int) -> None:
    sent = (await call("sendMessage", chat_id=phone, text="0"))["result"]
    for n in range(1, 30):
        assert (await call("editMessageText", chat_id=phone, message_id=sent["message_id"], text=str(n)))["ok"]
    refused = await call("editMessageText", chat_id=phone, message_id=sent["message_id"], text="30")
    assert refused["parameters"] == {"retry_after": 1}
    assert (await call("sendMessage", chat_id=phone, text="x"))["error_code"] == 429


async def test_the_worst_second_is_counted_by_the_sandbox_clock(call: Call, world: World) -> None:
    phones = [world.add_phone(str(n), started=("grid_bot",)).id for n in range(40)]
    for number in phones:
        assert (await call("sendMessage", chat_id=number, text="x"))["ok"]
        world.clock.forward(milliseconds=100)
    figures = world.figures_now()
    assert figures["worst_second"] == {"grid_bot": 10}
    assert (figures["sent"], figures["throttled"]) == (40, 0)


async def test_the_page_learns_until_when_a_chat_is_muted(call: Call, world: World, phone: int) -> None:
    for _ in range(CHAT_BURST + 1):
        await call("sendMessage", chat_id=phone, text="x")
    assert world.describe(world.phone(phone))["chats"]["grid_bot"]["muted_until"] == "2020-02-05T12:00:01Z"
    world.clock.forward(seconds=1)
    assert "muted_until" not in world.describe(world.phone(phone))["chats"]["grid_bot"]
