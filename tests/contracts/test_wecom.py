"""An application of WeCom: sealed echo, cards that are changed once a handle, silent drops, members by their mobile."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from channels.port import (
    Address,
    Attachment,
    Call,
    Channel,
    ChannelError,
    Contact,
    Failed,
    Message,
    Press,
    Rejected,
    Throttled,
    Uncertain,
    Unreachable,
)
from channels.sealed_callbacks import Seal, signature_of
from channels.sealed_calls import SealedCalls
from channels.wecom_channel import CAPABILITIES, WeComChannel
from channels.wecom_updates import incoming
from models import Account
from rules.mail import CHAT_PACE, Priority
from rules.roles import Role
from sandbox.server import Sandbox
from services.mailbox import say
from services.words import Value
from tests.contracts.adapters import (
    AES_KEY,
    APPID,
    APPLICATION,
    BOT,
    CALLBACK_TOKEN,
    NOON,
    USERNAME,
    Listener,
    application_of,
    impatient,
    listening,
    picture,
    plain,
)
from tests.harness import make_town
from tests.patience import until

pytestmark = pytest.mark.usefixtures("adapter")
HELLO = plain("你好")
ALARM = replace(
    plain("发烧：王建国 38.4℃", "第一网格 3号", choices=[("take:1", "我来处理"), ("pass:1", "转交")]), number=7
)
SEAL = Seal(CALLBACK_TOKEN, (AES_KEY,), APPID)


@pytest.fixture
def adapter() -> str:
    return APPLICATION


def shown(sandbox: Sandbox, phone: int) -> list[dict[str, Any]]:
    return [one.as_json() for one in sandbox.world.messages(phone, USERNAME)]


# Calls


async def verified(word: str, seal: Seal = SEAL, **changed: str) -> tuple[int, bytes]:
    echo, timestamp = seal.sealed(word.encode()), str(int(time.time()))
    signature = signature_of(CALLBACK_TOKEN, timestamp, "1", echo)
    query = {"timestamp": timestamp, "nonce": "1", "echostr": echo, "msg_signature": signature} | changed
    answer = await SealedCalls(BOT, SEAL, incoming, echo_sealed=True).answer(
        Listener().accept, Call("GET", query, {}, b"")
    )
    return answer.status, answer.body


async def test_the_console_gets_its_sealed_word_back_in_the_open() -> None:
    assert await verified("1616140317555161061") == (200, b"1616140317555161061")
    assert (await verified("<script>"))[0] == 403
    assert (await verified("1616140317555161061", msg_signature="0" * 40))[0] == 403
    assert (await verified("1616140317555161061", Seal(CALLBACK_TOKEN, (AES_KEY,), "another")))[0] == 403
    assert (await verified("1616140317555161061", echostr="1616140317555161061"))[0] == 403


# Cards


async def test_choices_are_the_buttons_of_a_card(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    sent = await channel.send(chat, ALARM)
    [only] = shown(sandbox, phone)
    assert only["text"] == "发烧：王建国 38.4℃\n第一网格 3号"
    assert only["buttons"] == [
        [{"text": "我来处理", "data": "take:1"}],
        [{"text": "转交", "data": "pass:1"}],
    ]
    assert sent.handle in application_of(sandbox).codes


async def test_a_card_is_changed_once_for_each_handle(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, ALARM)
    taken = plain("发烧：王建国 38.4℃", "李网格员 在处理", choices=[("end:1", "已送医")])
    await channel.edit(chat, sent, taken)
    assert shown(sandbox, phone)[0]["buttons"] == [[{"text": "已送医", "data": "end:1"}]]
    with pytest.raises(ChannelError):
        await channel.edit(chat, sent, ALARM)
    with pytest.raises(Rejected):
        await channel.edit(chat, replace(sent, handle=""), ALARM)

    listener = Listener()
    async with listening(channel, listener):
        sandbox.world.press(phone, USERNAME, shown(sandbox, phone)[0]["id"], "end:1")
        await until(lambda: len(listener.heard) == 1)
    [press] = listener.contents
    assert isinstance(press, Press)
    assert (press.key, press.message_id) == ("end:1", sent.message_id)
    await channel.edit(chat, replace(sent, handle=press.handle), plain("发烧：王建国 38.4℃", "✅ 已送医"))
    assert shown(sandbox, phone)[0]["text"].endswith("✅ 已送医")
    assert shown(sandbox, phone)[0]["buttons"] == []


async def test_a_card_that_changes_to_more_choices_than_it_has_room_for_has_them_below(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, ALARM)
    ends = [(f"end:1:{number}", f"结果{number}") for number in range(1, 9)]
    await channel.edit(chat, sent, plain("发烧：王建国 38.4℃", "李网格员 在处理", choices=ends))
    card, below = shown(sandbox, phone)
    assert (card["text"], card["buttons"]) == ("发烧：王建国 38.4℃\n李网格员 在处理", [])
    assert below["text"].split("\n")[7] == "8. 结果8"


async def test_a_handle_ends_after_three_days(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    sent = await channel.send(chat, ALARM)
    sandbox.world.clock.forward(hours=73)
    with pytest.raises(ChannelError):
        await channel.edit(chat, sent, ALARM)


async def test_more_choices_than_a_card_has_are_a_list_of_numbers(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    await channel.send(chat, plain("选", choices=[(f"k:{number}", f"第{number}户") for number in range(1, 9)]))
    words, numbers = [one["text"] for one in shown(sandbox, phone)]
    assert (words, numbers.split("\n")[7]) == ("选", "8. 第8户")


async def test_a_long_alarm_has_its_card_below(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    long = plain("发烧：王建国 38.4℃", "很长。" * 60, choices=[("take:1", "我来处理")])
    await channel.send(chat, long)
    above, below = shown(sandbox, phone)
    assert above["text"] == long.text
    assert (below["text"], len(below["buttons"])) == ("发烧：王建国 38.4℃", 1)


async def test_files_and_pictures_go_with_their_words(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    book = Attachment("digest", "台账.xlsx", "application/vnd.ms-excel", content=b"PK workbook")
    sent = await channel.send(chat, Message(plain("今天的台账").lines, attachment=book))
    shot = Attachment("digest", "体温计.png", "image/png", content=picture())
    await channel.send(chat, Message((), attachment=shot))
    file, words, photo = shown(sandbox, phone)
    assert (file["document"]["name"], words["text"], bool(photo["photo"])) == ("台账.xlsx", "今天的台账", True)
    again = Attachment("digest", "台账.xlsx", "application/vnd.ms-excel", known=sent.media)
    assert (await channel.send(chat, Message((), attachment=again))).media == sent.media


# Who is not reached though it went well


async def test_invalid_and_unlicensed_members_inside_a_success_are_unreachable(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    application_of(sandbox).unlicensed.add(phone)
    assert await unreachable(channel, chat) == "not_licensed"
    sandbox.world.block(phone, USERNAME)
    assert await unreachable(channel, chat) == "not_found"
    assert await unreachable(channel, Address(BOT, "nobody")) == "not_found"


async def unreachable(channel: Channel, to: Address) -> str:
    with pytest.raises(Unreachable) as caught:
        await channel.send(to, HELLO)
    return caught.value.reason


@impatient
async def test_a_message_whose_answer_was_lost_does_not_come_twice(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    numbered = replace(HELLO, number=11)
    sandbox.world.arm_fault("timeout", method="message/send", seconds=30)
    with pytest.raises(Uncertain):
        await channel.send(chat, numbered)
    await channel.send(chat, numbered)
    assert len(shown(sandbox, phone)) == 1


async def test_the_same_words_may_be_meant_twice(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    await channel.send(chat, replace(HELLO, number=11))
    await channel.send(chat, replace(HELLO, number=12))
    assert len(shown(sandbox, phone)) == 2


async def test_our_pace_is_below_what_vanishes(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    pace, arrival, now = CAPABILITIES.chat_pace, None, NOON
    assert pace is not None
    assert pace.interval > CHAT_PACE.interval
    leaves = []
    for _ in range(1200):
        leave, arrival = pace.reserve(arrival, now)
        leaves.append(leave)
        now = max(now, leave)
    in_a_minute = max(sum(0 <= (one - start).total_seconds() < 60 for one in leaves) for start in leaves[:200:20])
    in_an_hour = sum((one - leaves[0]).total_seconds() < 3600 for one in leaves)
    assert in_a_minute <= 30
    assert in_an_hour <= 1000


async def test_a_card_that_has_become_too_long_keeps_its_head_its_end_and_its_buttons(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, ALARM)
    told = [f"家里其他人：第 {number} 位，36.5，没有不舒服" for number in range(12)]
    longer = plain("发烧：王建国 38.4℃", *told, "李网格员 在处理", choices=[("end:1", "已送医")])
    await channel.edit(chat, sent, longer)
    [only] = shown(sandbox, phone)
    head, *rest = only["text"].split("\n")
    assert (head, rest[-1], 2 < len(rest) < 12) == ("发烧：王建国 38.4℃", "李网格员 在处理", True)
    assert only["buttons"] == [[{"text": "已送医", "data": "end:1"}]]


async def test_beyond_thirty_a_minute_nothing_is_said_and_nothing_arrives(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    for number in range(35):
        await channel.send(chat, replace(HELLO, number=number))
    assert len(shown(sandbox, phone)) == 30


async def test_each_part_of_a_long_message_counts(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    shot = Attachment("digest", "体温计.png", "image/png", content=picture())
    long = replace(plain("发烧", "很长。" * 200, choices=[("take:1", "我来处理")]), attachment=shot)
    assert (await channel.send(chat, long)).spent == len(shown(sandbox, phone)) == 5
    assert (await channel.send(chat, HELLO)).spent == 0


async def test_long_messages_are_not_dropped_either(database_url: str) -> None:
    async with make_town(database_url, NOON, messenger="wecom") as town:
        town.employs("李网格员", Role.GRID_WORKER)
        worker = town.phone("李网格员")
        with town.database.transaction() as session:
            account = session.scalars(select(Account)).one()
            for number in range(14):
                args: dict[str, Value] = {"name": f"第{number}条。" + "好。" * 600, "where": "3号", "time": "09:00"}
                say(session, town.now, account, "photo", args, priority=Priority.ALERT)
        await town.stage.settle()
        assert len(shown(town.sandbox, worker.number)) == 14 * 3


# Members


async def test_a_member_is_known_by_their_mobile(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    application_of(sandbox).mobiles[phone] = "13800138000"
    listener = Listener()
    async with listening(channel, listener):
        sandbox.world.start(phone, USERNAME)
        await until(lambda: len(listener.heard) == 1)
    assert listener.contents == [Contact("13800138000", own=True)]
    assert listener.heard[0].sender_name == "王芳"


# Outcomes


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-1, Failed),
        (45009, Throttled),
        (45033, Throttled),
        (60020, Failed),
        (60011, Failed),
        (42014, Rejected),
        (99999, Failed),
    ],
)
async def test_a_refusal_has_one_outcome(
    channel: Channel, sandbox: Sandbox, chat: Address, code: int, expected: type[ChannelError]
) -> None:
    sandbox.world.arm_fault("code", code=code, method="message/send")
    with pytest.raises(ChannelError) as caught:
        await channel.send(chat, HELLO)
    assert type(caught.value) is expected


async def test_a_token_that_is_over_is_asked_for_again(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    await channel.send(chat, HELLO)
    sandbox.world.clock.forward(seconds=7201)
    await channel.send(chat, HELLO)
    assert sandbox.world.figures.calls["gettoken"] == 2


async def test_check_says_whether_the_secret_is_accepted(channel: Channel) -> None:
    assert isinstance(channel, WeComChannel)
    assert (await channel.check())["username"] == USERNAME
