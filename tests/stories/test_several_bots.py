"""Several bots in one service: each serves its areas, and keeps to those who joined through it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.introducing import Strangers
from models import Account, Bot, OutboxMessage
from rules.mail import MailState
from rules.policy import Policy
from rules.roles import Role
from services.areas import by_code
from services.bots import bot_for, join_link
from services.invites import invite
from tests.harness import BOT, BOTS, DAY, Town, local, make_town

pytestmark = pytest.mark.needs("several bots")
SECOND = "second"


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """The second bot serves the second grid, the first whatever is left; it is 07:00."""
    async with make_town(database_url, local(DAY, "07:00"), bots=(BOT, SECOND), areas="second=G2") as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.houses("3号", [("王芳", "户主")])
        town.houses("8号", [("张强", "户主")], code="G2")
        town.joins("王芳")
        town.joins("张强", bot=SECOND)
        yield town


async def test_everybody_is_asked_by_the_bot_through_which_they_joined(town: Town) -> None:
    await town.at("08:00")
    for name in ("王芳", "张强"):
        await town.phone(name).hears("36.5")
        assert "36.5" in (await town.phone(name).says("36.5")).text


async def test_how_long_a_notice_takes_goes_by_the_rate_of_the_slowest_bot(database_url: str) -> None:
    slow = Policy(rates={SECOND: 0.01})
    async with make_town(database_url, local(DAY, "09:00"), slow, bots=(BOT, SECOND), areas="second=G2") as town:
        community = town.employs("孙社区", Role.COMMUNITY, "V1")
        town.houses("3号", [("王芳", "户主")])
        town.houses("8号", [("张强", "户主")], code="G2")
        town.joins("王芳")
        await community.says("通知")
        assert "大约 1 秒" in (await community.says("明早八点核酸")).text
        await community.says("取消")
        town.joins("张强", bot=SECOND)
        await community.says("通知")
        assert "大约 1 分钟" in (await community.says("明早八点核酸")).text


async def test_an_invite_leads_to_the_bot_that_serves_the_area(town: Town) -> None:
    def link(code: str) -> str:
        with town.database.transaction() as session:
            area = by_code(session, code)
            assert area
            made = invite(session, town.now, role=Role.RESIDENT, area=area)
            return join_link(session, area.id, made)

    assert link("G1").startswith("https://t.me/gridbot?start=")
    assert link("G2").startswith("https://t.me/gridbot_two?start=")


async def test_an_area_below_one_that_is_served_is_served_too(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00"), bots=(BOT, SECOND), areas="telegram=C,second=V1") as town:
        ids = {code: town.area(code).id for code in ("C", "D1", "S1", "V1", "G1")}
        with town.database.transaction() as session:
            serving = {code: bot_for(session, area) for code, area in ids.items()}
    assert serving == {"C": BOT, "D1": BOT, "S1": BOT, "V1": SECOND, "G1": SECOND}


async def test_who_has_two_chats_is_written_to_where_they_spoke_last_and_at_once_in_the_other_when_that_is_lost(
    town: Town,
) -> None:
    first = town.phone("李网格员")
    second = town.joins("李网格员", bot=SECOND)
    await first.says("/today")
    await town.forward(minutes=1)
    await second.says("/today")
    await town.at("08:00")
    await town.phone("王芳").says("38.4")
    assert (first.heard("38.4"), second.heard("38.4")) == (0, 1)

    await second.blocks_the_bot()
    await town.at("18:00")
    await town.phone("王芳").says("38.6")
    await first.hears("38.6")


async def test_a_bot_whose_token_is_refused_holds_up_nobody(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00"), bots=(BOT,)) as town:
        town.sandbox.world.arm_fault("status", bot="gridbot", method="getMe", status=401, description="Unauthorized")
        town.houses("3号", [("王芳", "户主")])
        mother = town.joins("王芳")
        await town.at("08:00")
        await mother.hears("36.5")


async def test_a_bot_that_could_not_introduce_itself_does_so_later(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00")) as town:
        app = town.stage.app
        again = Strangers(app.database, app.channels)
        town.sandbox.world.arm_fault("status", bot="gridbot", method="getMe", status=502)
        with town.database.transaction() as session:
            session.get_one(Bot, BOT).username = ""
        await again.introduce()
        assert town.read(lambda session: session.get_one(Bot, BOT).username) == ""
        await again.introduce()
        assert town.read(lambda session: session.get_one(Bot, BOT).username) == BOTS[BOT][1]


async def test_what_a_bot_shows_of_itself_is_written_once(town: Town) -> None:
    calls = town.sandbox.world.figures.calls
    before = {method: count for method, count in calls.items() if method.startswith("setMy")}
    app = town.stage.app
    await Strangers(app.database, app.channels).introduce()
    assert {method: count for method, count in calls.items() if method.startswith("setMy")} == before
    assert sum(before.values()) == 12  # two bots, two languages: menu, description, short description


async def test_the_menu_of_a_chat_is_that_of_its_person(town: Town) -> None:
    def menu() -> list[str]:
        found = [
            [one["command"] for one in commands]
            for (scope, _), commands in town.sandbox.world.bot("gridbot").commands.items()
            if str(worker.number) in scope
        ]
        return found[0] if found else []

    with town.database.transaction() as session:
        area = by_code(session, "G1")
        assert area
        code = invite(session, town.now, role=Role.GRID_WORKER, area=area)
    worker = town.stranger("新网格员")
    await worker.starts(code)
    assert menu() == []
    await worker.says("新网格员")
    assert menu() == ["today", "alerts", "doors", "find", "breach", "duty", "invite", "export", "help", "language"]
    sent = select(OutboxMessage).where(OutboxMessage.template == "menu", OutboxMessage.state == MailState.SENT)
    assert len(town.read(lambda session: session.scalars(sent).all())) == 1
    account = town.read(
        lambda session: session.scalars(select(Account).where(Account.address == str(worker.number))).one()
    )
    assert account.menu == "zh-CN today alerts doors find breach duty invite export help language"
