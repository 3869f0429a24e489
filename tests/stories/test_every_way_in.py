"""The same morning through either library, whether we ask for updates or Telegram brings them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from rules.roles import Role
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Town, local, make_town, readings_of, requests_of

pytestmark = pytest.mark.needs("bot api")


@pytest.fixture(params=[(client, webhook) for client in ("aiogram", "ptb") for webhook in (False, True)])
async def town(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Town]:
    """A worker, and a family in quarantine; it is 07:00."""
    client, webhook = request.param
    async with make_town(database_url, local(DAY, "07:00"), client=client, webhook=webhook) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.houses("3号", [("王芳", "户主"), ("王小宝", "子")])
        town.joins("王芳")
        yield town


async def test_a_family_is_asked_and_answers_and_a_fever_is_in_somebodys_hands(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.hears("王小宝")
    await mother.says("36.5 小宝38.4")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")

    assert readings_of(town) == {"王芳": [36.5], "王小宝": [38.4]}
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}
    assert "李网格员" in worker.again(alert).text


async def test_who_blocks_the_bot_and_comes_back_is_heard(town: Town) -> None:
    mother = town.phone("王芳")
    await mother.blocks_the_bot()
    await mother.unblocks_the_bot()
    assert "36.5" in (await mother.says("36.5")).text
