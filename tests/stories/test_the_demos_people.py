"""The people of the demo on each messenger: they see what a phone shows, and choose as one does there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.cast import Actor
from bot.demo.choice import Choice
from bot.demo.crowd import Crowd
from bot.demo.handset import Offer, offers
from bot.demo.lines import TELEGRAM, WECHAT, WECOM, Line, line_of, lines_of
from bot.demo.manners import Manner
from bot.demo.once import play
from bot.demo.promises import check, kept_on_the_way
from models import Household, Person
from rules.escalation import State
from rules.roles import Role
from tests.harness import BOT, DAY, USERNAME, Town, alarms_of, local, make_town

GRID = "第一网格"


@pytest.fixture(params=["telegram", "wechat", "wecom"])
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def village(database_url: str, messenger: str) -> AsyncIterator[Town]:
    """A family that answers, one that does not, and their worker, five minutes before the first round."""
    async with make_town(database_url, local(DAY, "07:55"), messenger=messenger) as town:
        town.houses("3号", [("王芳", "户主"), ("王小宝", "儿子")])
        town.houses("5号", [("张强", "户主")])
        for name in ("王芳", "张强"):
            town.joins(name)
        town.employs("李网格员", Role.GRID_WORKER)
        yield town


def cast(town: Town, messenger: str) -> list[Actor]:
    """The people of the village as the demo knows them."""
    line = Line(BOT, USERNAME, messenger)
    homes = {"王芳": ("3号", ("王芳", "王小宝")), "张强": ("5号", ("张强",))}
    manners = {"王芳": Manner.IN_TIME, "张强": Manner.SILENT, "李网格员": Manner.WORKER}
    actors = []
    for name, manner in manners.items():
        room, family = homes.get(name, ("", ()))
        phone = town.phone(name).number
        town.sandbox.world.change_phone(phone, driver="auto")
        with town.database.transaction() as session:
            person = session.scalars(select(Person.id).where(Person.name == name)).one()
            home = session.scalar(select(Household.id).where(Household.room == room))
        actors.append(Actor(phone, person, name, "", "", manner, line, home, GRID, family))
    return actors


async def test_a_morning_is_lived_through_and_every_promise_is_kept(village: Town, messenger: str) -> None:
    crowd = Crowd(cast(village, messenger))
    await play(village.stage, crowd, local(DAY, "12:45"))
    morning = [one for one in village.read(lambda session: check(session, DAY, crowd.said)) if "asked" not in one.name]
    kept = [*morning, *kept_on_the_way(village.sandbox.world.figures_now())]
    assert [(one.name, one.broken) for one in kept if one.broken] == []
    assert {name for name, _ in crowd.said} == {"王芳", "王小宝", "张强"}  # one of them by the worker, at the door
    assert alarms_of(village) == [State.CLOSED]
    typed = [
        one.content.body.text for one in village.sandbox.world.messages(village.phone("李网格员").number, USERNAME)
    ]
    assert ("1" in typed) is (messenger == "wechat")


def message(text: str, *buttons: str) -> dict[str, Any]:
    return {"id": 1, "text": text, "buttons": [[{"text": one, "data": f"key:{one}"}] for one in buttons]}


@pytest.mark.parametrize(
    ("line", "shown", "expected"),
    [
        (TELEGRAM, message("发烧", "我来处理"), [Offer("我来处理", key="key:我来处理")]),
        (TELEGRAM, message("收到"), []),
        (WECHAT, message("发烧", "1. 我来处理"), [Offer("我来处理", "1", "key:1. 我来处理")]),
        (WECHAT, message("发烧\n1. 我来处理"), [Offer("发烧"), Offer("我来处理", "1")]),
        (WECOM, message("1\n2\n全部我来处理"), [Offer("1"), Offer("2"), Offer("全部我来处理")]),
    ],
    ids=["buttons", "words", "links", "numbers", "a list"],
)
def test_what_can_be_chosen_is_what_is_shown(line: Line, shown: dict[str, Any], expected: list[Offer]) -> None:
    assert offers(shown, line) == expected


def test_residents_are_no_members_of_a_corporation_and_a_mixed_town_has_everybody() -> None:
    for choice in Choice:
        residents = {line_of(choice, manner, number, staff=False) for manner in Manner for number in range(4)}
        staff = {line_of(choice, Manner.OFFICIAL, number, staff=True) for number in range(4)}
        assert residents | staff <= set(lines_of(choice))
    assert {line_of(Choice.WECOM, Manner.IN_TIME, number, staff=False) for number in range(4)} == {WECHAT}
    assert {line_of(Choice.ALL, Manner.IN_TIME, number, staff=False) for number in range(4)} == {TELEGRAM, WECHAT}
    first = [line_of(Choice.ALL, one, 0, staff=one is not Manner.FEVER) for one in (Manner.FEVER, Manner.WORKER)]
    assert first == [WECHAT, WECOM]
