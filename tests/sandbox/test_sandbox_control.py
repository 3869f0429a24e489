"""The control API and the page over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from sandbox.control import PAGE
from sandbox.server import Sandbox
from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]
Control = Callable[..., Coroutine[Any, Any, Any]]

BUTTON = {"inline_keyboard": [[{"text": "正常", "callback_data": "ok"}]]}
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


async def test_the_clock_is_read_set_announced_and_skipped(control: Control) -> None:
    noon = {"now": "2020-02-05T12:00:00Z", "speed": 0.0, "version": 1, "next": None}
    assert await control("GET", "clock") == noon
    moved = await control("PUT", "clock", {"now": "2020-02-05T21:00:00+08:00"})
    assert moved == {**noon, "now": "2020-02-05T13:00:00Z", "version": 2}
    announced = {"at": "2020-02-06T00:00:00Z", "zh": "早上一轮", "en": "morning round"}
    told = await control("PUT", "clock/next", announced)
    assert (told["next"], told["version"]) == (announced, 2)
    assert (await control("POST", "clock/skip"))["now"] == "2020-02-06T00:00:00Z"
    assert (await control("PUT", "clock", {"speed": 3600}))["speed"] == 3600
    await asyncio.sleep(0.05)
    assert (await control("GET", "clock"))["now"] >= "2020-02-06T00:03"


async def test_a_waiting_clock_call_answers_with_the_change(control: Control, world: World) -> None:
    waiting = asyncio.create_task(control("GET", "clock?after=1&wait=25"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    world.clock.forward(hours=1)
    assert (await asyncio.wait_for(waiting, 20))["version"] == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("PUT", "clock", {"now": "2020-02-05T11:59:59Z"}, 400, "never goes back"),
        ("PUT", "clock", {"now": "soon"}, 400, "not an ISO 8601 time"),
        ("PUT", "clock", {"speed": "fast"}, 400, "wrong speed"),
        ("PUT", "clock", {"speed": -1}, 400, "speed must be"),
        ("PUT", "clock", [], 400, "must be a JSON object"),
        ("PUT", "clock/next", 5, 400, "JSON object or null"),
        ("PUT", "clock/next", {"at": "2020-02-06T00:00:00Z"}, 400, "zh is missing"),
        ("POST", "clock/skip", None, 400, "nothing has been announced"),
        ("GET", "events?after=x", None, 400, "wrong after"),
        ("GET", "events?wait=x", None, 400, "wrong wait"),
        ("POST", "bots", {"token": "1002:abc", "username": "b", "name": "x"}, 400, "a username is"),
        ("POST", "bots", {"token": "1002:abc", "username": "bbb"}, 400, "name is missing"),
        ("POST", "phones", {"note": "x"}, 400, "name is missing"),
        ("POST", "phones", [5], 400, "a phone is a JSON object"),
        ("POST", "phones", {"name": "x", "id": "7"}, 400, "wrong id"),
        ("POST", "phones", {"name": "x", "started": "grid_bot"}, 400, "wrong started"),
        ("POST", "phones", {"name": "x", "started": ["nobody"]}, 404, "no bot 'nobody'"),
        ("POST", "phones", {"name": "x", "age": 5}, 400, "no 'age'"),
        ("GET", "phones/4", None, 404, "no phone 4"),
        ("PUT", "phones/5000001", {"driver": 5}, 400, "wrong driver"),
        ("GET", "phones/5000001/messages?bot=nobody", None, 404, "no bot 'nobody'"),
        ("POST", "phones/5000001/send", {"bot": "grid_bot"}, 400, "text is missing"),
        ("POST", "phones/5000001/send", {"bot": "grid_bot", "text": 5}, 400, "wrong text"),
        ("POST", "phones/5000001/send", {"bot": "grid_bot", "contact": "1"}, 400, "wrong contact"),
        ("POST", "phones/5000001/press", {"bot": "grid_bot", "data": "x"}, 400, "message_id is missing"),
        ("POST", "phones/5000001/press", {"bot": "grid_bot", "message_id": 1, "data": "x"}, 400, "no button 'x'"),
        ("POST", "phones/5000001/block", {}, 400, "bot is missing"),
        ("POST", "faults", {"kind": "flood"}, 400, "kind must be one of"),
        ("POST", "faults", {"kind": "status"}, 400, "needs a status"),
        ("POST", "faults", {"kind": "delay", "seconds": "1"}, 400, "wrong seconds"),
        ("POST", "faults", {"kind": "delay", "times": -1}, 400, "times and seconds"),
        ("POST", "faults", {"kind": "status", "status": 200}, 400, "status 400 to 599"),
        ("POST", "faults", {"kind": "drop", "colour": 1}, 400, "wrong fault"),
        ("DELETE", "faults/7", None, 404, "no fault 7"),
        ("PUT", "links", [5], 400, "list of links"),
        ("GET", "files/nothing", None, 404, "no such file"),
        ("GET", "nowhere", None, 404, "no /sandbox/nowhere"),
        ("DELETE", "phones", None, 400, "no DELETE"),
    ],
)
async def test_what_is_wrong_is_told(
    control: Control, phone: int, method: str, path: str, body: Any, status: int, error: str
) -> None:
    assert error in (await control(method, path, body, status=status))["error"]


async def test_a_body_that_is_no_json_is_told(sandbox: Sandbox, http: ClientSession) -> None:
    async with http.put(f"{sandbox.page_base}/sandbox/clock", data=b"{") as response:
        assert (response.status, await response.json()) == (400, {"error": "the body is not JSON"})


async def test_bots_and_phones_are_added_and_changed(control: Control) -> None:
    made = await control("POST", "bots", {"token": "1002:abc", "username": "other_bot", "name": "另一个"})
    assert made == {
        "id": 1002,
        "username": "other_bot",
        "name": "另一个",
        "channel": "telegram",
        "commands": [],
        "webhook": False,
        "pending": 0,
    }
    assert [bot["username"] for bot in await control("GET", "bots")] == ["grid_bot", "other_bot"]
    phones = await control("POST", "phones", [{"name": "王芳", "started": ["grid_bot"]}, {"id": 7, "name": "李伟"}])
    assert [phone["id"] for phone in phones] == [5_000_001, 7]
    chat = {"blocked": False, "started": True, "unread": 0, "last": None, "channel": "telegram"}
    assert phones[0]["chats"] == {"grid_bot": chat}
    changed = await control("PUT", "phones/7", {"role": "grid_worker", "driver": "auto", "show": False})
    assert (changed["role"], changed["driver"], changed["show"]) == ("grid_worker", "auto", False)
    assert await control("GET", "phones/7") == changed
    assert len(await control("GET", "phones")) == 2


async def test_a_phone_speaks_presses_reads_and_blocks(control: Control, call: Call, world: World, phone: int) -> None:
    path = f"phones/{phone}"
    said = await control("POST", f"{path}/send", {"bot": "grid_bot", "text": "36.5"})
    assert (said["text"], said["from"]) == ("36.5", "user")
    shared = {"bot": "grid_bot", "contact": {"phone_number": "138", "own": False}}
    assert (await control("POST", f"{path}/send", shared))["contact"]["phone_number"] == "138"
    asked = (await call("sendMessage", chat_id=phone, text="?", reply_markup=BUTTON))["result"]
    press = {"bot": "grid_bot", "message_id": asked["message_id"], "data": "ok"}
    pressed = await control("POST", f"{path}/press", press)
    assert (await call("answerCallbackQuery", **pressed))["ok"]
    assert (await control("GET", path))["chats"]["grid_bot"]["unread"] == 1
    assert (await control("POST", f"{path}/read", {"bot": "grid_bot"}))["chats"]["grid_bot"]["unread"] == 0
    assert (await control("POST", f"{path}/block", {"bot": "grid_bot"}))["chats"]["grid_bot"]["blocked"]
    assert not (await control("POST", f"{path}/unblock", {"bot": "grid_bot"}))["chats"]["grid_bot"]["blocked"]
    started = await control("POST", f"{path}/start", {"bot": "grid_bot", "payload": "abc"})
    assert started["text"] == "/start abc"
    later = await control("GET", f"{path}/messages?bot=grid_bot&after={said['id']}")
    assert [message["id"] for message in later] == [2, asked["message_id"], started["id"]]
    assert (await control("POST", f"{path}/deactivate"))["deactivated"]


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_files_go_in_as_multipart_and_come_back_by_their_url(
    sandbox: Sandbox, http: ClientSession, phone: int, kind: str
) -> None:
    form = FormData({"bot": "grid_bot", "caption": "车票"})
    form.add_field(kind, PIXEL, filename="票.png", content_type="image/png")
    async with http.post(f"{sandbox.page_base}/sandbox/phones/{phone}/send", data=form) as response:
        message = await response.json()
    assert message["text"] == "车票"
    url = message["photo"] if kind == "photo" else message["document"]["url"]
    async with http.get(sandbox.page_base + url) as response:
        assert await response.read() == PIXEL
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        shown = (response.content_type, response.headers["Content-Disposition"])
    expected = ("image/png", "inline") if kind == "photo" else ("application/octet-stream", "attachment")
    assert shown == expected


async def test_a_multipart_without_a_file_or_with_a_broken_one_is_told(
    sandbox: Sandbox, http: ClientSession, phone: int
) -> None:
    url = f"{sandbox.page_base}/sandbox/phones/{phone}/send"
    for content, error in ((None, "photo, document or voice is missing"), (b"x", "Bad Request: IMAGE_PROCESS_FAILED")):
        form = FormData({"bot": "grid_bot"})
        form.add_field("photo" if content else "other", content or b"x", filename="x")
        async with http.post(url, data=form) as response:
            assert (response.status, await response.json()) == (400, {"error": error})
    async with http.post(url, data=b"--y", headers={"Content-Type": "multipart/form-data; boundary=x"}) as response:
        assert (response.status, await response.json()) == (400, {"error": "Bad Request: can't parse multipart body"})


async def test_events_come_in_order_and_can_be_waited_for(control: Control, world: World, phone: int) -> None:
    first = await control("GET", "events?after=0")
    assert [(e["seq"], e["kind"]) for e in first["events"]] == [(1, "bot"), (2, "phone")]
    waiting = asyncio.create_task(control("GET", f"events?after={first['last']}&wait=25"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    world.send_text(phone, "grid_bot", "36.5")
    [event] = (await asyncio.wait_for(waiting, 20))["events"]
    assert (event["seq"], event["kind"], event["phone"], event["bot"]) == (3, "user_sent", phone, "grid_bot")
    assert event["message"]["text"] == "36.5"
    assert event["at"] == "2020-02-05T12:00:00Z"
    world.clock.forward(hours=1)
    clock = (await control("GET", "events?after=3"))["events"][0]
    assert (clock["kind"], clock["now"], clock["version"]) == ("clock", "2020-02-05T13:00:00Z", 2)
    assert await control("GET", "events?after=999999") == {"last": 4, "events": []}


async def test_events_come_at_most_a_thousand_at_a_time(control: Control, world: World) -> None:
    for _ in range(1500):
        world.journal.add("typing")
    first = await control("GET", "events?after=0")
    assert (len(first["events"]), first["last"]) == (1000, 1000)
    assert len((await control("GET", "events?after=1000"))["events"]) == 501


async def test_an_event_keeps_the_message_as_it_was(control: Control, call: Call, phone: int) -> None:
    sent = (await call("sendMessage", chat_id=phone, text="一"))["result"]
    await call("editMessageText", chat_id=phone, message_id=sent["message_id"], text="二")
    events = (await control("GET", "events?after=2"))["events"]
    assert [(e["kind"], e["message"]["text"]) for e in events] == [("bot_sent", "一"), ("bot_edited", "二")]


async def test_the_stream_sends_what_was_and_what_comes(
    sandbox: Sandbox, http: ClientSession, world: World, phone: int
) -> None:
    async with asyncio.timeout(60), http.get(f"{sandbox.page_base}/sandbox/stream?after=1") as response:
        assert response.content_type == "text/event-stream"
        assert await response.content.readuntil(b"\n\n") == b": open\n\n"
        frame = await response.content.readuntil(b"\n\n")
        world.send_text(phone, "grid_bot", "36.5")
        later = await response.content.readuntil(b"\n\n")
    assert frame.startswith(b"id: 2\ndata: ")
    assert json.loads(frame.split(b"data: ")[1])["kind"] == "phone"
    assert json.loads(later.split(b"data: ")[1])["message"]["text"] == "36.5"


async def test_figures_count_calls_errors_and_messages(control: Control, call: Call, phone: int) -> None:
    await call("sendMessage", chat_id=phone, text="x")
    await call("sendMessage", chat_id=phone, text="")
    await call("getMe")
    assert await control("GET", "figures") == {
        "calls": {"sendMessage": 2, "getMe": 1},
        "errors": {"400": 1},
        "sent": 1,
        "edited": 0,
        "dropped": 0,
        "throttled": 0,
        "worst_second": {"grid_bot": 1},
    }


async def test_links_for_the_page_are_kept(control: Control) -> None:
    assert await control("GET", "links") == []
    links = [{"url": "http://127.0.0.1:1/", "zh": "看板", "en": "Board"}]
    assert await control("PUT", "links", links) == links
    assert await control("GET", "links") == links


async def test_the_page_and_its_files_are_served(sandbox: Sandbox, http: ClientSession) -> None:
    async with http.get(sandbox.page_base) as response:
        assert await response.read() == (PAGE / "index.html").read_bytes()
    async with http.get(f"{sandbox.page_base}/static/api.js") as response:
        assert "javascript" in response.content_type
        assert response.headers["Cache-Control"] == "no-cache"
    async with http.get(f"{sandbox.page_base}/static/../control.py") as response:
        assert response.status == 404
