"""One person, several messengers: told where they are, at once elsewhere when that fails, and twice only of a fever."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.cli import cli
from models import Account, OutboxMessage, Person
from rules.mail import MailState
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from services.register import write_person
from tests.harness import DAY, Phone, Town, local, make_town, requests_of
from tests.several import WECHAT, WECOM, application, wechat_and_wecom

pytestmark = pytest.mark.needs("several bots")
OFF = {"status": 403, "description": "Forbidden: bot was blocked by the user", "method": "sendMessage"}


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """A worker, a head, one family; Telegram, WeChat and WeCom; it is 07:00."""
    async with make_town(database_url, local(DAY, "07:00"), messenger="telegram", others=wechat_and_wecom) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.employs("赵网格长", Role.GRID_HEAD)
        town.houses("3号", [("王芳", "户主")])
        town.joins("王芳")
        yield town


def on(town: Town, name: str, bot: str) -> Phone:
    """The same person on another messenger, where they have just said something."""
    return town.joins(name, bot=bot)


async def test_a_fever_comes_on_both_and_one_press_counts_for_both(town: Town) -> None:
    telegram = town.phone("李网格员")
    wecom = on(town, "李网格员", WECOM)
    await town.at("08:00")
    await town.phone("王芳").says("38.4")
    alert = await wecom.hears("38.4")
    other = await telegram.hears("38.4")
    await wecom.presses(alert, "我来处理")
    assert "李网格员 在处理" in telegram.again(other).text
    assert town.phone("赵网格长").heard("38.4") == 0


async def test_the_press_may_be_on_the_other_one(town: Town) -> None:
    telegram = town.phone("李网格员")
    wecom = on(town, "李网格员", WECOM)
    await town.at("08:00")
    await town.phone("王芳").says("39.2")
    await telegram.presses(await telegram.hears("39.2"), "我来处理")
    await wecom.hears("李网格员 在处理")


async def test_a_fever_that_one_messenger_does_not_take_keeps_nobody_waiting(town: Town) -> None:
    telegram, head = town.phone("李网格员"), town.phone("赵网格长")
    wecom = on(town, "李网格员", WECOM)
    application(town).unlicensed.add(wecom.number)
    await town.at("08:00")
    await town.phone("王芳").says("38.4")
    assert (telegram.heard("38.4"), wecom.heard("38.4"), head.heard("38.4")) == (1, 0, 0)
    await telegram.blocks_the_bot()
    await town.phone("王芳").says("39.6")
    await head.hears("39.6")


async def test_what_is_no_emergency_comes_once_where_they_wrote_last(town: Town) -> None:
    telegram, wecom = town.phone("李网格员"), on(town, "李网格员", WECOM)
    await wecom.says("/today")
    await town.at("12:05")
    assert (wecom.heard("王芳"), telegram.heard("王芳")) == (1, 0)  # a silent household


async def test_a_list_that_still_gathers_goes_with_whoever_writes_elsewhere(town: Town) -> None:
    telegram, wecom = town.phone("李网格员"), on(town, "李网格员", WECOM)
    await telegram.says("/today")
    await town.at("12:00")
    await wecom.says("帮助")  # the list of the silent waits for half a minute
    await town.forward(minutes=2)
    assert (wecom.heard("王芳"), telegram.heard("王芳")) == (1, 0)


async def test_what_one_does_not_take_comes_at_once_on_the_other_before_the_chain_climbs(town: Town) -> None:
    telegram, head = town.phone("李网格员"), town.phone("赵网格长")
    wecom = on(town, "李网格员", WECOM)
    await wecom.says("/today")
    application(town).unlicensed.add(wecom.number)
    await town.at("12:05")
    assert (telegram.heard("王芳"), wecom.heard("王芳"), head.heard("王芳")) == (1, 0, 0)
    states = town.read(lambda session: set(session.scalars(select(OutboxMessage.state)).all()))
    assert MailState.MOVED in states


async def test_a_resident_moves_from_wechat_to_telegram_and_back(town: Town) -> None:
    telegram, wechat = town.phone("王芳"), on(town, "王芳", WECHAT)
    await wechat.says("帮助")
    await town.at("08:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (1, 0)
    await telegram.says("36.5")
    await town.at("18:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (1, 1)
    await wechat.says("36.6")
    await town.at("08:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (2, 1)


async def test_where_wechat_has_shut_its_window_the_prompt_comes_on_telegram(town: Town) -> None:
    telegram, wechat = town.phone("王芳"), on(town, "王芳", WECHAT)
    await wechat.says("帮助")
    with town.database.transaction() as session:
        session.scalars(select(Account).where(Account.bot == WECHAT)).one().window = []  # two days are over
    await town.at("08:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (0, 1)
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}
    assert town.sandbox.world.figures.errors[45015] == 0
    await wechat.says("36.5")
    await town.at("18:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (1, 1)


async def test_a_prompt_that_cannot_come_comes_on_the_other_and_the_household_is_not_unreachable(town: Town) -> None:
    telegram, wechat = town.phone("王芳"), on(town, "王芳", WECHAT)
    await telegram.says("帮助")
    town.sandbox.world.arm_fault("status", phone=telegram.number, times=1, **OFF)
    await town.at("08:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (1, 0)
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}
    await telegram.says("帮助")  # back again, and asked already
    assert telegram.heard("请量体温") == 0


async def test_who_chose_a_chat_is_told_there_wherever_they_write(town: Town) -> None:
    telegram, wechat = town.phone("王芳"), on(town, "王芳", WECHAT)
    said = await telegram.says("以后发到这里")
    assert "以后都发到这里" in said.text
    await wechat.says("帮助")
    await town.at("08:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (0, 1)
    await telegram.presses(said, "我在哪里说话")
    await wechat.says("36.5")
    await town.at("18:00")
    assert (wechat.heard("请量体温"), telegram.heard("请量体温")) == (1, 1)


async def test_who_has_one_chat_has_nothing_to_choose(town: Town) -> None:
    assert "只有这一个对话" in (await town.phone("王芳").says("/here")).text
    assert "没有登记" in (await town.stranger("路人").says("/here")).text


async def test_a_member_whom_the_roster_knows_needs_no_invite(town: Town) -> None:
    phone, stranger = town.stranger("赵", bot=WECOM), town.stranger("外人", bot=WECOM)
    with town.database.transaction() as session:
        session.scalars(select(Person).where(Person.name == "赵网格长")).one().member = str(phone.number)
    await phone.starts()
    assert "第一网格" in (await phone.hears("赵网格长")).text
    assert f"没有您的企业微信账号：{stranger.number}" in (await stranger.starts()).text
    assert "第一网格" in (await phone.says("今日")).text


async def test_a_member_is_known_by_their_mobile_where_wecom_tells_it(town: Town) -> None:
    phone = town.stranger("赵", bot=WECOM)
    application(town).mobiles[phone.number] = "19900000077"
    with town.database.transaction() as session:
        head = session.scalars(select(Person).where(Person.name == "赵网格长")).one()
        write_person(session, head, phone="19900000077")
    await phone.starts()
    assert "第一网格" in (await phone.hears("赵网格长")).text
    assert "以后发到这里" in {label for label, _ in (await phone.hears("都可以用")).buttons}


async def test_the_operator_sees_the_ways_and_chooses_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    on(town, "李网格员", WECOM)
    monkeypatch.setenv("GRIDBOT_DATABASE_URL", town.database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("GRIDBOT_ENCRYPTION_KEY", "a key for the tests")

    def way(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["way", "李网格员", "--area", "G1", *more])
        return done.exit_code, done.output

    assert way("--on", "telegram")[0] == 0
    code, said = way()
    assert (code, said.splitlines()[0].split(":")[0]) == (0, "telegram")
    assert "chosen, told here" in said
    assert "emergencies too" in said
    assert way("--on", "second") == (1, "Error: --on second: 李网格员 has no chat there (they have: telegram, wecom)\n")
    assert way("--on", "telegram", "--last")[0] == 2
    assert "chosen" not in way("--last")[1]
    chosen = town.read(lambda session: session.scalars(select(Account.chosen)).all())
    assert not any(chosen)
