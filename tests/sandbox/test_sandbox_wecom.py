"""The sandbox's application: what it drops without a word, codes for one change, members who are not reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.server import Sandbox
from sandbox.wecom.account import Application, open_application
from sandbox.wecom.sending import send
from sandbox.world import World
from tests.sandbox.tencent import APPLICATION, WECOM, Api, House, card, codes

Control = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def application(control: Control, world: World) -> Application:
    assert (await control("POST", "bots", APPLICATION))["channel"] == "wecom"
    found = world.bot(WECOM)
    assert isinstance(found, Application)
    return found


@pytest.fixture
def member(application: Application, world: World) -> int:
    return world.add_phone("李网格员", started=(application.username,)).id


@pytest.fixture
def api(sandbox: Sandbox, http: ClientSession) -> Api:
    return Api(sandbox, http)


@pytest.fixture
async def house(control: Control, application: Application) -> AsyncIterator[House]:
    house = House()
    await house.open()
    await control("PUT", f"bots/{application.username}", {"callback": house.address})
    yield house
    await house.close()


def words(member: int, text: str = "你好") -> dict[str, Any]:
    return {"touser": str(member), "msgtype": "text", "agentid": 7, "text": {"content": text}}


def sent_card(member: int, task: str, *labels: str) -> dict[str, Any]:
    return {"touser": str(member), "msgtype": "template_card", "agentid": 7, "template_card": card(task, *labels)}


@pytest.mark.parametrize(("seconds", "most"), [(1, 30), (3, 1000)], ids=["a minute", "an hour"])
def test_beyond_the_limit_it_says_ok_and_shows_nothing(seconds: float, most: int) -> None:
    world = World()
    secrets = {"secret": "s", "callback": "", "callback_token": "t", "aes_key": "k"}
    application = open_application(world, username=WECOM, name="网格通", corp="corp", **secrets)
    application.agent = 7
    member = world.add_phone("李网格员", started=(WECOM,)).id
    times = most + 20
    for _ in range(times):
        assert send(world, application, words(member))["errcode"] == 0
        world.clock.forward(seconds=seconds)
    assert (len(world.messages(member, WECOM)), world.figures.dropped) == (most, 20)
    world.clock.forward(hours=1)
    send(world, application, words(member))
    assert len(world.messages(member, WECOM)) == most + 1


async def test_who_is_not_reached_is_named_inside_a_success(
    application: Application, member: int, api: Api, world: World
) -> None:
    token = await api.wecom_token()
    application.unlicensed.add(member)
    first = await api.wecom("message/send", token, **words(member))
    world.block(member, WECOM)
    second = await api.wecom("message/send", token, **words(member))
    assert codes([first, second]) == [0, 0]
    assert (first["unlicenseduser"], second["invaliduser"]) == (str(member), str(member))
    assert codes([await api.wecom("message/send", token, **words(999))]) == [81013]
    assert world.messages(member, WECOM) == []


async def test_a_code_changes_a_card_once_within_three_days(
    member: int, api: Api, house: House, world: World, control: Control
) -> None:
    token = await api.wecom_token()
    first = await api.wecom("message/send", token, **sent_card(member, "t1", "我来处理"))
    assert codes([await api.wecom("message/send", token, **sent_card(member, "t1", "我来处理"))]) == [42014]

    async def change(code: str, **to: Any) -> int:
        body = {"agentid": 7, "response_code": code, "template_card": card("t1", "完成", **to)}
        return int((await api.wecom("message/update_template_card", await api.wecom_token(), **body))["errcode"])

    assert [await change(first["response_code"]) for _ in range(2)] == [0, 42031]
    [shown] = world.messages(member, WECOM)
    await control("POST", f"phones/{member}/press", {"bot": WECOM, "message_id": shown.id, "data": "key:完成"})
    [pressed] = await house.heard(1)
    assert (pressed["Event"], pressed["EventKey"], pressed["TaskId"]) == ("template_card_event", "key:完成", "t1")
    assert await change(pressed["ResponseCode"], done="✓") == 0
    assert shown.as_json()["card"] == {
        "kind": "buttons",
        "title": "发烧：王建国",
        "lines": ["第一网格 3号"],
        "done": "✓",
    }
    late = await api.wecom("message/send", await api.wecom_token(), **sent_card(member, "t2", "我来处理"))
    world.clock.forward(hours=72)
    assert await change(late["response_code"]) == 42031


async def test_the_menu_of_an_application_is_clicked_in_wecoms_words(
    member: int, api: Api, house: House, control: Control
) -> None:
    buttons = [{"type": "click", "name": "今日", "key": "/today"}]
    token = await api.wecom_token()
    assert codes([await api.wecom("menu/create?agentid=8", token, button=buttons)]) == [40056]
    assert codes([await api.wecom("menu/create?agentid=7", token, button=buttons)]) == [0]
    [shown] = [one for one in await control("GET", "bots") if one["username"] == WECOM]
    assert shown["menu"] == buttons
    await control("POST", f"phones/{member}/click", {"bot": WECOM, "key": "/today"})
    assert await house.events(1) == [("event", "click", "/today")]


def entry(name: str = "今日", **more: Any) -> dict[str, Any]:
    return {"type": "click", "name": name, "key": "/today"} | more


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([entry()] * 4, 40016),
        ([{"name": "更多", "sub_button": [entry()] * 6}], 40023),
        ([entry("今" * 6)], 40018),
        ([entry("")], 40018),
        ([{"name": "更多", "sub_button": [entry("今" * 14)]}], 40018),
        ([entry(key="k" * 129)], 40019),
        ([entry(key="")], 40019),
        ([entry(type="shout")], 40017),
        ([entry(type="view")], 40020),
        ([entry(type="view", url="https://grid.example.org/"), entry(key="k" * 128)], 0),
        ([{"name": "今" * 5, "sub_button": [entry("今" * 13)] * 5}], 0),
    ],
)
async def test_a_menu_that_is_none_is_refused_and_the_present_one_stays(
    application: Application, api: Api, buttons: list[dict[str, Any]], code: int
) -> None:
    application.menu = [entry("旧的")]
    assert codes([await api.wecom("menu/create?agentid=7", await api.wecom_token(), button=buttons)]) == [code]
    assert application.menu == ([entry("旧的")] if code else buttons)


async def test_tokens_end_and_a_wrong_secret_gets_none(member: int, api: Api, world: World) -> None:
    token = await api.wecom_token()
    world.clock.forward(seconds=7200)
    answers = [await api.wecom("message/send", one, **words(member)) for one in ("", "nobody's", token)]
    assert codes(answers) == [41001, 40001, 42001]
