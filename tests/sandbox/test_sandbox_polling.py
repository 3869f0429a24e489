"""getUpdates: long poll, confirmation, one poller, ageing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from sandbox.server import Sandbox
from sandbox.world import World
from tests.patience import until

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


async def numbers(call: Call, **parameters: Any) -> list[int]:
    return [update["update_id"] for update in (await call("getUpdates", **parameters))["result"]]


async def polled(world: World) -> None:
    """Until somebody's long poll is at the messenger, and waits there."""
    await until(lambda: world.bot("grid_bot").poll)


async def test_updates_stay_until_a_higher_offset_confirms_them(call: Call, world: World, phone: int) -> None:
    for text in ("一", "二", "三"):
        world.send_text(phone, "grid_bot", text)
    first = await numbers(call)
    assert first == list(range(first[0], first[0] + 3))
    assert await numbers(call) == first
    assert await numbers(call, offset=first[1]) == first[1:]
    assert await numbers(call) == first[1:], "the first is confirmed for good"
    assert await numbers(call, offset=first[-1] + 1) == []


async def test_an_update_shows_who_said_what(bot: Bot, world: World, phone: int) -> None:
    sent = world.send_text(phone, "grid_bot", "/start abc")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.message_id, update.message.text, update.message.chat.id) == (sent.id, "/start abc", phone)
    assert (update.message.from_user.first_name, update.message.from_user.language_code) == ("王芳", "zh")
    assert [(e.type, e.offset, e.length) for e in update.message.entities or ()] == [("bot_command", 0, 6)]


@pytest.mark.parametrize(("limit", "expected"), [(2, 2), (0, 1), (1000, 100), (None, 100)])
async def test_the_limit_is_between_1_and_100(
    call: Call, world: World, phone: int, limit: int | None, expected: int
) -> None:
    for n in range(101):
        world.send_text(phone, "grid_bot", str(n))
    assert len(await numbers(call, limit=limit)) == expected


async def test_a_negative_offset_keeps_only_the_last(call: Call, world: World, phone: int) -> None:
    for n in range(5):
        world.send_text(phone, "grid_bot", str(n))
    everything = await numbers(call)
    assert await numbers(call, offset=-2) == everything[-2:]
    assert await numbers(call) == everything[-2:]


async def test_a_long_poll_answers_with_the_first_update(call: Call, world: World, phone: int) -> None:
    poll = asyncio.create_task(numbers(call, timeout=50))
    await polled(world)
    assert not poll.done()
    world.send_text(phone, "grid_bot", "36.5")
    assert len(await asyncio.wait_for(poll, 40)) == 1


async def test_a_long_poll_ends_after_its_real_seconds(call: Call) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert await numbers(call, timeout=1) == []
    assert 0.9 < loop.time() - started < 30


async def test_stopping_sends_pollers_home(sandbox: Sandbox, call: Call) -> None:
    poll = asyncio.create_task(numbers(call, timeout=50))
    await polled(sandbox.world)
    await sandbox.stop()
    assert await asyncio.wait_for(poll, 40) == []


async def test_the_older_of_two_pollers_is_terminated(bot: Bot, world: World, phone: int) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=50))
    await polled(world)
    newer = asyncio.create_task(bot.get_updates(timeout=50))
    with pytest.raises(TelegramConflictError) as caught:
        await asyncio.wait_for(older, 40)
    assert caught.value.message == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    world.send_text(phone, "grid_bot", "36.5")
    assert len(await asyncio.wait_for(newer, 40)) == 1


async def test_polling_and_a_webhook_exclude_each_other(call: Call, world: World) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await polled(world)
    assert (await call("setWebhook", url="http://127.0.0.1:9/hook"))["ok"]
    assert (await asyncio.wait_for(poll, 40))["description"] == "Conflict: terminated by setWebhook request"
    refused = await call("getUpdates")
    assert (refused["error_code"], refused["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["ok"]


async def test_allowed_updates_hold_until_changed(call: Call, world: World, phone: int) -> None:
    await call("getUpdates", allowed_updates=["my_chat_member", "nonsense"])
    world.send_text(phone, "grid_bot", "不要")
    world.block(phone, "grid_bot")
    await call("getUpdates")
    world.unblock(phone, "grid_bot")
    world.send_text(phone, "grid_bot", "不要")
    updates = (await call("getUpdates", allowed_updates=[]))["result"]
    assert ["my_chat_member" in update for update in updates] == [True, True]
    world.send_text(phone, "grid_bot", "要")
    assert "message" in (await call("getUpdates"))["result"][-1]


async def test_allowed_updates_come_as_a_json_text_too(call: Call, world: World, phone: int) -> None:
    await call("getUpdates", allowed_updates='["callback_query"]')
    world.send_text(phone, "grid_bot", "不要")
    assert await numbers(call) == []


async def test_updates_age_by_the_sandbox_clock(call: Call, world: World, phone: int) -> None:
    sent = (
        await call(
            "sendMessage",
            chat_id=phone,
            text="?",
            reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
        )
    )["result"]
    world.send_text(phone, "grid_bot", "36.5")
    world.press(phone, "grid_bot", sent["message_id"], "b")
    world.clock.forward(seconds=149)
    assert len(await numbers(call)) == 2
    world.clock.forward(seconds=1)
    assert len(await numbers(call)) == 1, "a callback query is kept for 150 seconds"
    world.clock.forward(hours=24)
    assert await numbers(call) == []


async def test_numbering_goes_on_after_everything_is_confirmed(call: Call, world: World, phone: int) -> None:
    world.send_text(phone, "grid_bot", "一")
    [first] = await numbers(call)
    await numbers(call, offset=first + 1)
    world.send_text(phone, "grid_bot", "二")
    assert await numbers(call) == [first + 1]


async def test_each_bot_has_its_own_updates_and_message_numbers(call: Call, world: World, phone: int) -> None:
    world.add_bot("1002:other", "other_bot", "另一个")
    world.send_text(phone, "other_bot", "给别人")
    assert await numbers(call) == []
    assert world.send_text(phone, "grid_bot", "x").id == 1
