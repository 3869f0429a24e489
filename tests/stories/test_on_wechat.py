"""What is otherwise on WeChat: a window that shuts, numbers to type, nothing that changes, codes to scan."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.intake import take_in
from channels.port import Address, Document, Incoming, Other
from models import Account
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from sandbox.wechat.account import ServiceAccount
from sandbox.wechat.sending import template_result
from services.invites import invite
from tests.harness import BOT, DAY, USERNAME, Town, local, make_town, readings_of, requests_of


@pytest.fixture
def messenger() -> str:
    return "wechat"


@pytest.fixture
def shuts() -> bool:
    return True


def service_account(town: Town) -> ServiceAccount:
    account = town.sandbox.world.bot(USERNAME)
    assert isinstance(account, ServiceAccount)
    return account


def account_of(town: Town, name: str) -> Account:
    address = str(town.phone(name).number)
    return town.read(lambda session: session.scalars(select(Account).where(Account.address == address)).one())


async def test_choices_are_numbered_and_the_number_is_an_answer(town: Town) -> None:
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    alert = await worker.hears("38.4")
    assert [label for label, _ in alert.buttons] == ["1. 我来处理", "2. 转交"]
    taken = await worker.says("1")
    assert "李网格员 在处理" in taken.text
    assert taken.labels[:2] == ("已上门", "转交")
    closed = await worker.says("5")
    assert "✅ 已送医" in closed.text


async def test_an_alarm_that_stands_in_the_chat_twice_is_answered_once(town: Town) -> None:
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    await worker.hears("38.4")
    again = await worker.presses(await worker.says("告警"), "1")
    assert "38.4" in again.text
    taken = await worker.presses(again, "我来处理")
    assert "李网格员 在处理" in taken.text
    await worker.presses(taken, "已送医")
    for words in ("李网格员 在处理", "✅ 已送医"):
        assert sum(words in one.text for one in worker.inbox()) == 1


async def test_a_reminder_about_an_alarm_does_not_answer_in_its_place(town: Town) -> None:
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    taken = await worker.presses(await worker.hears("38.4"), "我来处理")
    await town.forward(minutes=25)
    assert "快到时间了" in worker.inbox()[-1].text
    await worker.presses(taken, "已送医")
    assert any("✅ 已送医" in one.text for one in worker.inbox())


async def test_a_link_that_was_offered_before_still_works(town: Town) -> None:
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    alert = await worker.hears("38.4")
    await worker.says("帮助")
    await worker.presses(alert, "我来处理")
    await worker.hears("李网格员 在处理")


async def test_who_saw_an_alert_hears_who_has_it_when_they_press(town: Town) -> None:
    town.employs("刘网格员", Role.GRID_WORKER)
    await town.phone("张强").says("38.4")
    first, second = town.phone("李网格员"), town.phone("刘网格员")
    alert = await first.hears("38.4")
    await first.presses(alert, "我来处理")
    # Nothing that was sent can change, and nobody is rung for it.
    assert [one for one in second.inbox() if "李网格员 在处理" in one.text] == []
    await second.presses(await second.hears("38.4"), "我来处理")
    await second.hears("李网格员 已经在处理了")


async def test_the_evening_prompt_says_why_an_answer_matters(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    assert man.heard("微信") == 0
    await man.says("36.5")
    await town.at("18:00")
    assert "微信会关上这个对话" in (await man.hears("晚上好")).text


async def test_who_has_been_silent_for_two_days_is_at_the_door_and_comes_back_with_a_word(town: Town) -> None:
    man, worker = town.phone("张强"), town.phone("李网格员")
    for _ in range(3):
        await town.at("08:00")
        await town.phone("王芳").says("36.5 36.6 36.7")
        await worker.says("今日")
        await town.at("18:00")
        await town.phone("王芳").says("36.5 36.6 36.7")
        await worker.says("今日")
        if worker.heard("户联系不上") and not worker.heard("联系不上：张强"):
            await worker.presses(await worker.hears("户联系不上，要上门"), "1")

    asked = requests_of(town, "5号")
    assert asked[DAY, Half.MORNING] is RequestStatus.MISSED  # it was asked, and silent
    assert asked[max(asked)] is RequestStatus.UNREACHABLE  # it cannot be asked any more
    assert "微信不让我们找他们" in (await worker.hears("联系不上：张强")).text
    refused = town.sandbox.world.figures.errors
    assert refused[45015] == refused[45047] == 0  # nothing forbidden was tried
    answer = await man.says("36.6")
    assert "36.6" in answer.text
    assert readings_of(town)["张强"] == [36.6]
    assert account_of(town, "张强").reachable


async def test_who_is_told_that_somebody_was_quicker_hears_it_anew_where_nothing_changes(town: Town) -> None:
    mother, grandfather = town.phone("王芳"), town.joins("王建国")
    await town.at("08:00")
    await grandfather.hears("请量体温")
    await mother.says("36.5 36.6 36.7")
    assert "王建国 36.6" in (await grandfather.hears("王芳 已上报")).text
    assert grandfather.heard("已上报") == 1


async def test_notices_leave_the_last_two_for_something_graver(town: Town) -> None:
    head, man = town.phone("赵网格长"), town.phone("张强")
    await man.says("帮助")  # five from here, and one of them is the answer
    await town.at("07:40")
    for number in range(4):
        await head.says("通知")
        await head.presses(await head.says(f"通知 {number}"), "发送")
        await town.forward(seconds=10)
    assert [man.heard(f"通知 {number}") for number in range(4)] == [1, 1, 0, 0]
    assert account_of(town, "张强").reachable
    await town.at("08:00")
    await man.hears("请量体温")


async def test_following_by_an_invites_code_begins_joining(town: Town) -> None:
    with town.database.transaction() as session:
        grid = town.area("G1")
        code = invite(session, town.now, role=Role.RESIDENT, area=grid, max_uses=1)
    town.houses("8号", [("陈奶奶", "户主")])
    newcomer = town.stranger("陈奶奶")
    asked = await newcomer.starts(code)
    assert "第一网格" in asked.text
    await newcomer.says("陈奶奶")
    # A room may be a number: what is typed is the answer, and the ways out stand without one.
    assert [label for label, _ in newcomer.inbox()[-1].buttons] == ["← 上一步", "取消"]
    joined = await newcomer.says("8号")
    assert "陈奶奶" in joined.text
    assert account_of(town, "陈奶奶").person_id is not None


async def test_the_menu_says_what_a_command_would(town: Town) -> None:
    await town.at("08:00")
    man = town.phone("张强")
    account = service_account(town)
    account.inbox.add("click", {"key": "/status"}, man.number)
    await town.stage.settle()
    await man.hears("还没报：张强，12:00 前都可以")


async def test_unfollowing_is_heard_and_following_again_greets(town: Town) -> None:
    man = town.phone("张强")
    await man.blocks_the_bot()
    assert not account_of(town, "张强").reachable
    await man.unblocks_the_bot()
    assert account_of(town, "张强").reachable
    await man.hears("张强")


async def test_a_voice_is_kept_for_whoever_has_the_alarm_and_nobody_is_told_that_it_was_understood(town: Town) -> None:
    man, worker = town.phone("张强"), town.phone("李网格员")
    await man.says("38.4")
    await worker.presses(await worker.hears("38.4"), "我来处理")
    content = town.sandbox.world.files.add_document("voice.amr", b"#!AMR\n" + bytes(64))
    voice = Document(content.file_id(service_account(town).id), "voice.amr", "audio/amr")
    town.database.apply(take_in, town.now, [Incoming("a voice", Address(BOT, str(man.number)), voice, town.now)])
    said = await man.hears("语音收到了")
    assert "打数字" in said.text
    assert "张强" in (await worker.hears("🎤")).text
    shown = await worker.presses(await worker.says("告警"), "1")
    assert "📎 照片、语音 1 件" in shown.text
    assert "看照片、听语音（1）" in shown.labels
    assert readings_of(town) == {"张强": [38.4]}


async def test_a_place_on_the_map_is_answered_with_the_door_that_the_worker_comes_to(town: Town) -> None:
    for number, (name, answer) in enumerate((("张强", "第一网格 5号"), ("李网格员", "有事请打字"))):
        phone = town.phone(name)
        place = Incoming(str(number), Address(BOT, str(phone.number)), Other("location"), town.now)
        town.database.apply(take_in, town.now, [place])
        await phone.hears(answer)


# With a template


@pytest.fixture
async def templated(database_url: str) -> AsyncIterator[Town]:
    """One family, whose window has shut, and an account that has a template."""
    async with make_town(database_url, local(DAY, "07:00"), messenger="wechat", template="T1", shuts=True) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.houses("5号", [("张强", "户主")])
        town.joins("张强")
        with town.database.transaction() as session:
            address = str(town.phone("张强").number)
            session.scalars(select(Account).where(Account.address == address)).one().window = []
        yield town


async def test_a_template_message_asks_when_the_window_is_shut(templated: Town) -> None:
    await templated.at("08:00")
    asked = await templated.phone("张强").hears("模板消息")
    assert "早上好，请量体温" in asked.text
    assert requests_of(templated, "5号")[DAY, Half.MORNING] is RequestStatus.DUE
    await templated.phone("张强").says("36.5")
    assert requests_of(templated, "5号")[DAY, Half.MORNING] is RequestStatus.REPORTED


async def test_a_template_message_that_did_not_arrive_leaves_the_household_to_the_worker(templated: Town) -> None:
    await templated.at("08:00")
    man = templated.phone("张强")
    template_result(service_account(templated), man.number, (await man.hears("模板消息")).id, "failed:user block")
    await templated.stage.settle()
    assert requests_of(templated, "5号")[DAY, Half.MORNING] is RequestStatus.UNREACHABLE
    assert not account_of(templated, "张强").reachable
    await templated.forward(minutes=1)
    await templated.phone("李网格员").hears("联系不上：张强")
