"""The sandbox's service account: what it calls with, how long it waits, when it lets one write."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import ClientSession, web

from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount
from sandbox.world import World
from tests.patience import until
from tests.sandbox.tencent import ACCOUNT, WECHAT, Api, House, codes

Control = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    await house.open()
    yield house
    await house.close()


@pytest.fixture
async def account(control: Control, world: World) -> ServiceAccount:
    """An account that nobody answers for yet, and that waits a moment only."""
    assert (await control("POST", "bots", ACCOUNT))["channel"] == "wechat"
    found = world.bot(WECHAT)
    assert isinstance(found, ServiceAccount)
    found.seconds = 0.2
    return found


@pytest.fixture
def follower(account: ServiceAccount, world: World) -> int:
    return world.add_phone("王芳", started=(account.username,)).id


@pytest.fixture
def api(sandbox: Sandbox, http: ClientSession) -> Api:
    return Api(sandbox, http)


async def answers_at(control: Control, house: House) -> None:
    await control("PUT", f"bots/{WECHAT}", {"callback": house.address})


# Calls


async def test_what_happens_waits_until_somebody_says_where_it_is_to_be_brought(
    control: Control, house: House, follower: int, world: World
) -> None:
    world.send_text(follower, WECHAT, "36.5")
    [account] = [one for one in await control("GET", "bots") if one["username"] == WECHAT]
    assert account["pending"] == 1
    nowhere = house.address.replace("callback", "elsewhere")  # where nobody says the console's word back
    await control("PUT", f"bots/{WECHAT}", {"callback": nowhere}, status=400)
    await answers_at(control, house)
    [call] = await house.heard(1)
    assert (call["MsgType"], call["Content"], call["FromUserName"]) == ("text", "36.5", str(follower))
    await until(lambda: len(world.bot(WECHAT).updates) == 0)


async def test_without_an_answer_it_is_brought_three_times_more_and_then_lost(
    control: Control, house: House, follower: int, world: World
) -> None:
    await answers_at(control, house)
    house.planned = [None, None, None, None]
    world.send_text(follower, WECHAT, "36.5")
    world.send_text(follower, WECHAT, "36.6")
    calls = await house.heard(5)
    assert [one["Content"] for one in calls] == ["36.5"] * 4 + ["36.6"]
    assert len({one["MsgId"] for one in calls}) == 2  # by which a repetition is known
    assert [one["phone"] for one in world.journal.after(0) if one["kind"] == "unavailable"] == [follower]


async def test_an_answer_to_the_second_call_is_one_in_time(
    control: Control, house: House, follower: int, world: World
) -> None:
    await answers_at(control, house)
    house.planned = [None]
    world.send_text(follower, WECHAT, "36.5")
    await house.heard(2)
    await until(lambda: len(world.bot(WECHAT).updates) == 0)
    assert world.figures.calls["unavailable"] == 0


async def test_what_is_answered_otherwise_does_not_come_again(
    control: Control, house: House, follower: int, world: World
) -> None:
    await answers_at(control, house)
    house.planned = [web.Response(status=500), web.Response(text="what?")]
    for words in ("1", "2", "3"):
        world.send_text(follower, WECHAT, words)
    assert [one["Content"] for one in await house.heard(3)] == ["1", "2", "3"]
    assert world.figures.calls["unavailable"] == 2


async def test_everything_that_a_phone_does_is_said_in_wechats_words(
    control: Control, house: House, account: ServiceAccount, world: World
) -> None:
    await answers_at(control, house)
    phone = f"phones/{world.add_phone('陈奶奶').id}"
    account.menu = [{"name": "更多", "sub_button": [{"type": "click", "name": "状态", "key": "/status"}]}]
    bot = {"bot": WECHAT}
    await control("POST", f"{phone}/start", {**bot, "payload": "G1-abc"})
    await control("POST", f"{phone}/start", {**bot, "payload": "G2-def"})
    await control("POST", f"{phone}/click", {**bot, "key": "/status"})
    await control("POST", f"{phone}/send", {**bot, "voice": {"seconds": 3}})
    await control("POST", f"{phone}/send", {**bot, "location": {"latitude": 40.6, "longitude": 109.8, "label": "村口"}})
    await control("POST", f"{phone}/block", bot)
    await control("POST", f"{phone}/start", {**bot, "payload": "G3-ghi"})
    assert await house.events(7) == [
        ("event", "subscribe", "qrscene_G1-abc"),
        ("event", "SCAN", "G2-def"),
        ("event", "CLICK", "/status"),
        ("voice",),
        ("location", "村口"),
        ("event", "unsubscribe"),
        ("event", "subscribe", "qrscene_G3-ghi"),
    ]
    voice, place = house.calls[3], house.calls[4]
    assert voice["Format"] == "amr"
    assert (place["Location_X"], place["Location_Y"]) == ("40.6", "109.8")


async def test_what_somebody_said_can_be_fetched(
    control: Control, house: House, follower: int, api: Api, sandbox: Sandbox, http: ClientSession
) -> None:
    await answers_at(control, house)
    await control("POST", f"phones/{follower}/send", {"bot": WECHAT, "voice": {"seconds": 2}})
    [call] = await house.heard(1)
    query = {"access_token": await api.wechat_token(), "media_id": call["MediaId"]}
    async with http.get(f"{sandbox.wechat_base}/cgi-bin/media/get", params=query) as answer:
        content = await answer.read()
    assert (content[:6], len(content)) == (b"#!AMR\n", 6 + 2 * 50)


async def test_what_is_no_place_no_voice_and_not_in_the_menu_is_refused(control: Control, follower: int) -> None:
    for wrong in ({"location": {"latitude": 91, "longitude": 0}}, {"voice": {"seconds": 0}}, {"voice": "ah"}):
        await control("POST", f"phones/{follower}/send", {"bot": WECHAT, **wrong}, status=400)
    await control("POST", f"phones/{follower}/click", {"bot": WECHAT, "key": "/status"}, status=400)
    await control("PUT", "bots/grid_bot", {"callback": "http://127.0.0.1:9"}, status=400)
    await control("POST", "bots", {**ACCOUNT, "username": "another", "channel": "pigeon"}, status=400)


async def test_a_link_that_is_pressed_is_words_of_whoever_pressed_it(
    control: Control, house: House, follower: int, api: Api, world: World
) -> None:
    await answers_at(control, house)
    menu = {"head_content": "有人发热", "list": [{"id": "take:1", "content": "1. 我来处理"}], "tail_content": ""}
    token = await api.wechat_token()
    await api.wechat("message/custom/send", token, touser=str(follower), msgtype="msgmenu", msgmenu=menu)
    shown = world.messages(follower, WECHAT)[0]
    await control("POST", f"phones/{follower}/press", {"bot": WECHAT, "message_id": shown.id, "data": "take:1"})
    assert await house.events(1) == [("text", "1. 我来处理", "take:1")]
    assert [(one.from_bot, one.content.body.text) for one in world.messages(follower, WECHAT)][-1] == (
        False,
        "1. 我来处理",
    )


# The window


async def test_five_may_follow_a_message_three_a_click_and_none_two_days_of_silence(
    control: Control, account: ServiceAccount, api: Api, world: World
) -> None:
    phone = world.add_phone("王芳", started=(WECHAT,)).id
    token = await api.wechat_token()

    async def write(times: int) -> list[int]:
        body = {"touser": str(phone), "msgtype": "text", "text": {"content": "你好"}}
        return codes([await api.wechat("message/custom/send", token, **body) for _ in range(times)])

    async def window() -> dict[str, Any]:
        described = await control("GET", f"phones/{phone}")
        found: dict[str, Any] = described["chats"][WECHAT]["window"]
        return found

    assert await window() == {"left": 5, "until": "2020-02-07T12:00:00Z"}
    assert await write(6) == [0] * 5 + [45047]
    account.inbox.add("click", {"key": "/status"}, phone)
    assert await window() == {"left": 3, "until": "2020-02-07T12:00:00Z"}
    assert await write(4) == [0] * 3 + [45047]
    world.clock.forward(hours=1)
    world.send_text(phone, WECHAT, "36.5")
    world.clock.forward(hours=47, minutes=59)
    token = await api.wechat_token()
    assert await write(1) == [0]
    world.clock.forward(minutes=1)
    assert await write(1) == [45015]
    assert await window() == {"left": 0, "until": None}


async def test_a_template_message_needs_no_window_and_is_a_card(follower: int, api: Api, world: World) -> None:
    world.clock.forward(hours=48)
    data = {"thing1": {"value": "请量体温"}, "thing2": {"value": "王芳"}}
    sent = await api.wechat(
        "message/template/send", await api.wechat_token(), touser=str(follower), template_id="T1", data=data
    )
    assert sent["errcode"] == 0
    [shown] = [one.as_json() for one in world.messages(follower, WECHAT)]
    assert shown["card"] == {"kind": "template", "title": "请量体温", "lines": ["王芳"], "done": ""}


# Tokens


async def test_a_token_ends_after_two_hours_and_overlaps_with_the_next(follower: int, api: Api, world: World) -> None:
    async def code(token: str) -> int:
        body = {"touser": str(follower), "msgtype": "text", "text": {"content": "你好"}}
        return int((await api.wechat("message/custom/send", token, **body))["errcode"])

    first = await api.wechat_token()
    assert first == await api.wechat_token()
    assert [await code(one) for one in ("", "nobody's", first)] == [41001, 40001, 0]
    world.clock.forward(seconds=6901)
    second = await api.wechat_token()
    assert second != first
    assert [await code(one) for one in (first, second)] == [0, 0]
    world.clock.forward(seconds=300)
    assert [await code(one) for one in (first, second)] == [42001, 0]
    third = await api.wechat_token(force_refresh=True)
    assert [await code(one) for one in (second, third)] == [40001, 0]
