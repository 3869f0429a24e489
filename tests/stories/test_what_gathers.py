"""The message that gathers what was too much for an hour shows how things stand: taken, finished, told anew."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from models import Mention
from rules.policy import Policy
from rules.roles import Level, Role
from services import register
from services.areas import by_code
from tests.harness import DAY, Town, local, make_town

pytestmark = pytest.mark.telegram

NEWER = "这条有了新的，请看最新那条。"


@pytest.fixture
async def empty_town(database_url: str) -> AsyncIterator[Town]:
    """Two alarms an hour: the second gathers the rest."""
    async with make_town(database_url, local(DAY, "07:00"), Policy(alarms_an_hour=2)) as town:
        yield town


def lonely(town: Town, *numbers: int) -> None:
    """Grids without a worker; somebody lives in each who has no phone."""
    with town.database.transaction() as session:
        community = by_code(session, "V1")
        for number in numbers:
            register.add_area(session, code=f"N{number}", name=f"新{number}网格", level=Level.GRID, parent=community)
    for number in numbers:
        town.houses("1号", [(f"老人{number}", "户主")], code=f"N{number}")


@pytest.mark.needs("edits")
async def test_it_shows_who_took_what_and_says_when_all_of_it_is_done(town: Town) -> None:
    lonely(town, 1, 2, 3)
    community, second = town.phone("孙社区"), town.employs("冯社区", Role.COMMUNITY, "V1")
    await town.at("08:05")
    rest, other = await community.hears("合在这一条：2 件"), await second.hears("合在这一条：2 件")
    assert "2. 新3网格：1 户没有回音" in community.again(rest).text
    heard = len(second.inbox())
    alone = await community.presses(rest, "2")
    assert "老人3" in alone.text
    await community.presses(alone, "我来处理")
    assert "2. 新3网格：1 户没有回音 · 👤 孙社区 在处理" in second.again(other).text
    await community.presses(alone, "联系上了")
    assert "2. ✅ 新3网格：都有回音了" in second.again(other).text
    assert "还剩 1 件" in second.again(other).text
    await second.presses(await second.presses(other, "1"), "我来处理")
    await second.presses(second.inbox()[-1], "联系上了")
    assert community.again(rest).text == "✅ 这一条里的 2 件都办完了。"
    assert community.again(rest).buttons == ()
    assert len(second.inbox()) == heard + 1, "nothing rang; one was looked at"


async def test_a_newer_one_has_what_was_left_in_the_older(town: Town) -> None:
    lonely(town, 1, 2, 3)
    community = town.phone("孙社区")
    await town.at("08:05")
    old = await community.hears("合在这一条：2 件")
    await community.presses(await community.presses(old, "1"), "我来处理")
    lonely(town, 4, 5)
    await town.at("18:05")
    new = await community.hears("合在这一条：4 件")
    assert (community.again(old).text, community.again(old).buttons) == (NEWER, ())
    assert {f"新{number}网格" for number in (2, 3, 4, 5)} <= set(re.findall(r"新.网格", new.text))
    await community.presses(await community.presses(new, "4"), "我来处理")
    assert community.again(old).text == NEWER, "it speaks of nothing any more"
    assert "👤 孙社区" in community.again(new).text


async def test_it_speaks_of_each_of_its_lists_from_its_arrival_on(town: Town) -> None:
    lonely(town, 1, 2, 3)
    community = town.phone("孙社区")
    await town.at("08:05")
    shown = await community.hears("合在这一条：2 件")
    spoken = town.read(lambda session: session.scalars(select(Mention.about).order_by(Mention.about)).all())
    assert [one.partition("/")[0] for one in spoken] == ["bundle:silent", "bundle:silent"]
    assert "还剩" not in shown.text
