"""A service account: what WeChat calls with, what it answers, when it lets us write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from channels.numbered import choices_of
from channels.port import (
    Address,
    Allowance,
    Attachment,
    Call,
    Channel,
    ChannelError,
    Document,
    Failed,
    Message,
    NotDelivered,
    Other,
    Photo,
    Press,
    Reachable,
    Rejected,
    Sent,
    Span,
    Text,
    Throttled,
    Uncertain,
    Unreachable,
)
from channels.sealed_callbacks import Seal, signature_of
from channels.sealed_calls import SealedCalls
from channels.tencent_client import NoAnswer, NotReached, Refusal
from channels.wechat_channel import WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_outcomes import TABLE, outcomes
from channels.wechat_sending import Template
from channels.wechat_updates import incoming
from sandbox.server import Sandbox
from sandbox.wechat.sending import template_result
from tests.contracts.adapters import (
    AES_KEY,
    APP_SECRET,
    APPID,
    BOT,
    CALLBACK_TOKEN,
    NOON,
    SERVICE_ACCOUNT,
    USERNAME,
    Listener,
    account_of,
    impatient,
    listening,
    picture,
    plain,
)
from tests.patience import until

pytestmark = pytest.mark.usefixtures("adapter")
HELLO = plain("你好")
SEAL = Seal(CALLBACK_TOKEN, (AES_KEY,), APPID)


@pytest.fixture
def adapter() -> str:
    return SERVICE_ACCOUNT


# Calls


def sealed_call(xml: str, *, by: Seal = SEAL, at: float | None = None, **changed: str) -> Call:
    """What WeChat sends, now or `at` seconds since 1970; with parts changed after it was signed."""
    ciphertext, timestamp, nonce = by.sealed(xml.encode()), str(int(at or time.time())), "415670741"
    query = {
        "timestamp": timestamp,
        "nonce": nonce,
        "msg_signature": signature_of(by.token, timestamp, nonce, ciphertext),
    } | changed
    body = f"<xml><ToUserName>gh</ToUserName><Encrypt>{ciphertext}</Encrypt></xml>"
    return Call("POST", query, {}, body.encode())


def message(**fields: str) -> str:
    whole = {"ToUserName": "gh", "FromUserName": "oOne", "CreateTime": "1580904000", **fields}
    return "<xml>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in whole.items()) + "</xml>"


SAID = message(MsgType="text", Content="36.5", MsgId="23456")


async def answered(call: Call, listener: Listener | None = None) -> tuple[int, bytes]:
    answer = await SealedCalls(BOT, SEAL, incoming, silence_seconds=0).answer((listener or Listener()).accept, call)
    return answer.status, answer.body


async def read(xml: str) -> Any:
    listener = Listener()
    assert await answered(sealed_call(xml), listener) == (200, b"success")
    return listener.heard[0] if listener.heard else None


async def test_the_console_gets_its_word_back() -> None:
    timestamp = str(int(time.time()))
    query = {"timestamp": timestamp, "nonce": "1", "signature": signature_of(CALLBACK_TOKEN, timestamp, "1")}
    assert await answered(Call("GET", query | {"echostr": "4375120948345356249"}, {}, b"")) == (
        200,
        b"4375120948345356249",
    )
    assert (await answered(Call("GET", query | {"echostr": "<script>"}, {}, b"")))[0] == 403
    assert (await answered(Call("GET", query | {"echostr": "1", "nonce": "2"}, {}, b"")))[0] == 403
    assert (await answered(Call("GET", {}, {}, b"")))[0] == 403


@pytest.mark.parametrize(
    "call",
    [
        sealed_call(SAID, msg_signature="0" * 40),
        sealed_call(SAID, msg_signature=""),
        sealed_call(SAID, nonce="7"),
        sealed_call(SAID, timestamp="1580904000"),
        sealed_call(SAID, by=Seal("another-token", (AES_KEY,), APPID)),
        sealed_call(SAID, by=Seal(CALLBACK_TOKEN, ("B" * 43,), APPID)),
        sealed_call(SAID, by=Seal(CALLBACK_TOKEN, (AES_KEY,), "wxanother")),
        sealed_call("not xml at all <", msg_signature="x"),
        Call("POST", {}, {}, SAID.encode()),
        Call("POST", {}, {}, b""),
        Call("POST", {}, {}, b"<!DOCTYPE a [<!ENTITY x 'y'>]><xml>&x;</xml>"),
    ],
)
async def test_what_wechat_did_not_seal_is_refused_and_has_no_effect(call: Call) -> None:
    listener = Listener()
    assert (await answered(call, listener))[0] == 403
    assert listener.heard == []


async def test_a_nonce_is_good_for_one_message_and_its_repetitions() -> None:
    listener, callbacks, now = Listener(), SealedCalls(BOT, SEAL, incoming), time.time()
    first = sealed_call(SAID, at=now)
    assert (await callbacks.answer(listener.accept, first)).status == 200
    assert (await callbacks.answer(listener.accept, first)).status == 200  # what it does is looked at by its number
    assert (await callbacks.answer(listener.accept, sealed_call(SAID, at=now))).status == 403
    assert [one.update_id for one in listener.heard] == ["23456", "23456"]


async def test_the_key_before_is_good_until_the_console_has_the_new_one() -> None:
    rotated = Seal(CALLBACK_TOKEN, ("B" * 43, AES_KEY), APPID)
    listener = Listener()
    assert (await SealedCalls(BOT, rotated, incoming).answer(listener.accept, sealed_call(SAID))).status == 200
    assert listener.contents == [Text("36.5")]


async def test_what_is_not_committed_gets_no_success() -> None:
    assert (await answered(sealed_call(SAID), Listener(refuse=1)))[0] == 500


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"MsgType": "text", "Content": "36.5", "MsgId": "1"}, Text("36.5")),
        ({"MsgType": "text", "Content": "1. 收到", "MsgId": "1", "bizmsgmenuid": "read:7"}, Press("read:7")),
        ({"MsgType": "text", "Content": "1. 收到", "MsgId": "1"}, Text("收到")),
        ({"MsgType": "image", "MediaId": "M", "PicUrl": "http://x", "MsgId": "1"}, Photo("M")),
        ({"MsgType": "voice", "MediaId": "M", "MsgId": "1"}, Document("M", "voice.amr", "audio/amr")),
        ({"MsgType": "location", "Location_X": "1", "MsgId": "1"}, Other("location")),
        ({"MsgType": "new", "MsgId": "1"}, Other("new")),
        ({"MsgType": "event", "Event": "subscribe", "EventKey": ""}, Text("/start")),
        ({"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_abc", "Ticket": "T"}, Text("/start abc")),
        ({"MsgType": "event", "Event": "SCAN", "EventKey": "abc", "Ticket": "T"}, Text("/start abc")),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "/report"}, Text("/report")),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "duty:on"}, Press("duty:on")),
        ({"MsgType": "event", "Event": "unsubscribe"}, Reachable(False)),
        (
            {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": "9", "Status": "failed:user block"},
            NotDelivered("9", "blocked"),
        ),
        (
            {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": "9", "Status": "failed: system failed"},
            NotDelivered("9", "failed"),
        ),
        ({"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": "9", "Status": "success"}, None),
        ({"MsgType": "event", "Event": "VIEW", "EventKey": "http://x"}, None),
        ({"MsgType": "event", "Event": "LOCATION"}, None),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_every_kind_of_message_has_its_content(fields: dict[str, str], content: object) -> None:
    found = await read(message(**fields))
    assert (found.content if found else None) == content


async def test_an_event_goes_by_its_sender_and_second() -> None:
    scanned = message(MsgType="event", Event="SCAN", EventKey="abc")
    found, again = await read(scanned), await read(scanned)
    assert found.update_id.startswith("oOne:1580904000:SCAN:")
    assert "abc" not in found.update_id  # it may be an invite, and this goes into logs
    assert again.update_id == found.update_id
    other = await read(message(MsgType="event", Event="SCAN", EventKey="abd"))
    assert other.update_id != found.update_id


@pytest.mark.parametrize(
    ("fields", "allows"),
    [
        ({"MsgType": "text", "Content": "36.5", "MsgId": "1"}, Allowance(5, timedelta(hours=48))),
        ({"MsgType": "event", "Event": "subscribe"}, Allowance(3, timedelta(minutes=1))),
        ({"MsgType": "event", "Event": "SCAN"}, Allowance(3, timedelta(minutes=1))),
        ({"MsgType": "event", "Event": "CLICK", "EventKey": "/help"}, Allowance(3, timedelta(minutes=1))),
        ({"MsgType": "event", "Event": "unsubscribe"}, None),
    ],
    ids=str,
)
async def test_what_may_follow_a_message(fields: dict[str, str], allows: Allowance | None) -> None:
    assert (await read(message(**fields))).allows == allows


@pytest.mark.parametrize(
    "xml",
    ["<xml/>", "no xml", message(MsgType="text", CreateTime="soon"), message(MsgType="text", CreateTime="9" * 30)],
)
async def test_what_nobody_will_ever_understand_does_not_come_again(xml: str) -> None:
    assert await read(xml) is None


# Sending


@pytest.fixture
async def wechat(channel: Channel) -> WeChatChannel:
    assert isinstance(channel, WeChatChannel)
    return channel


def shown(sandbox: Sandbox, phone: int) -> list[dict[str, Any]]:
    return [one.as_json() for one in sandbox.world.messages(phone, USERNAME)]


async def test_choices_are_links_with_the_numbers_that_can_be_typed(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    await channel.send(chat, plain("有人发热 <b>", choices=[("take:1", "我来处理"), ("pass:1", "转交")]))

    [only] = shown(sandbox, phone)
    assert only["text"] == "有人发热 <b>"
    assert only["buttons"] == [
        [{"text": "1. 我来处理", "data": "take:1"}],
        [{"text": "2. 转交", "data": "pass:1"}],
    ]


def test_a_label_that_is_a_number_stands_for_itself() -> None:
    choices = plain("", choices=[("all", "全部"), ("one", "1"), ("two", "2"), ("back", "返回")])
    assert [label for _, label in choices_of(choices)] == ["全部", "1", "2", "4. 返回"]


async def test_an_account_without_menus_writes_the_choices_below(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    account_of(sandbox).may_send_menus = False
    for _ in range(2):
        await channel.send(chat, plain("有人发热", choices=[("take:1", "我来处理")]))

    assert [one["text"] for one in shown(sandbox, phone)] == ["有人发热\n1. 我来处理"] * 2
    assert sandbox.world.figures.calls["message/custom/send"] == 3


async def test_a_press_of_a_link_comes_with_its_key(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    await channel.send(chat, plain("通知", choices=[("read:1", "收到")]))
    listener = Listener()
    async with listening(channel, listener):
        sandbox.world.press(phone, USERNAME, shown(sandbox, phone)[0]["id"], "read:1")
        await until(lambda: len(listener.heard) == 1)
    assert listener.contents == [Press("read:1")]


async def test_a_picture_and_its_words_are_two_messages(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    shot = Attachment("digest", "体温计.png", "image/png", content=picture())
    sent = await channel.send(chat, Message(((Span("体温计"),),), attachment=shot))
    above, below = shown(sandbox, phone)
    assert (above["photo"] is not None, below["text"]) == (True, "体温计")
    assert sent.spent == 2
    known = Attachment("digest", "体温计.png", "image/png", known=sent.media)
    assert (await channel.send(chat, Message((), attachment=known))).media == sent.media


async def test_a_file_and_an_edit_are_not_for_a_service_account(channel: Channel, chat: Address) -> None:
    book = Attachment("digest", "台账.xlsx", "application/vnd.ms-excel", content=b"PK")
    with pytest.raises(Rejected):
        await channel.send(chat, Message(HELLO.lines, attachment=book))
    with pytest.raises(Rejected):
        await channel.edit(chat, Sent(""), HELLO)


# The window


async def test_the_sixth_message_is_refused_by_wechat_and_unreachable(channel: Channel, chat: Address) -> None:
    for _ in range(5):
        await channel.send(chat, HELLO)
    assert await unreachable(channel, chat) == "window_closed"


async def test_after_48_hours_nothing_is_taken(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    sandbox.world.clock.forward(hours=48)
    assert await unreachable(channel, chat) == "window_closed"


async def test_outside_nothing_is_tried_without_a_template(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    with pytest.raises(Unreachable):
        await channel.send(chat, Message(HELLO.lines, outside=True))
    assert sandbox.world.figures.calls["message/custom/send"] == 0


@pytest.fixture
async def templated(sandbox: Sandbox) -> AsyncIterator[WeChatChannel]:
    account_of(sandbox).templates.add("T1")
    client = WeChatClient(APPID, APP_SECRET, sandbox.wechat_base, 1.0)
    channel = WeChatChannel(BOT, client, SealedCalls(BOT, SEAL, incoming), template=Template("T1"), now=lambda: NOON)
    yield channel
    await channel.close()


async def test_outside_it_goes_as_the_template(
    templated: WeChatChannel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    words = plain("早上好，请量体温", "要报的人：王芳、王建国、王小宝，一起回就行，比如：王芳36.5")
    sent = await templated.send(chat, Message(words.lines, outside=True))
    [only] = shown(sandbox, phone)
    assert only["text"] == "【模板消息】\n早上好，请量体温\n要报的人：王芳、王建国、王小宝，一起回…\n2020-02-05 20:00"
    assert (sent.message_id, sent.spent, sent.outside) == (str(only["id"]), 0, True)


async def test_what_wechat_counts_otherwise_than_we_goes_as_the_template(
    templated: WeChatChannel, sandbox: Sandbox, chat: Address
) -> None:
    sandbox.world.clock.forward(hours=49)
    assert (await templated.send(chat, HELLO)).outside


async def test_a_template_that_did_not_arrive_is_told(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    listener = Listener()
    async with listening(channel, listener):
        template_result(account_of(sandbox), phone, 77, "failed:user block")
        await until(lambda: len(listener.heard) == 1)
    assert listener.contents == [NotDelivered("77", "blocked")]


async def unreachable(channel: Channel, to: Address) -> str:
    with pytest.raises(Unreachable) as caught:
        await channel.send(to, HELLO)
    return caught.value.reason


# Outcomes


@pytest.mark.parametrize("code", [*TABLE, 99999], ids=str)
def test_every_code_has_its_outcome(code: int) -> None:
    assert isinstance(outcomes.of(Refusal(code, "words")), ChannelError)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-1, Failed),
        (45011, Throttled),
        (45009, Throttled),
        (40013, Failed),
        (48001, Failed),
        (48004, Failed),
        (40164, Failed),
        (50002, Failed),
        (45002, Rejected),
        (99999, Failed),
        (43004, "not_following"),
        (48002, "blocked"),
        (43101, "refused"),
        (40003, "not_found"),
    ],
)
async def test_a_refusal_has_one_outcome(
    channel: Channel, sandbox: Sandbox, chat: Address, code: int, expected: str | type[ChannelError]
) -> None:
    sandbox.world.arm_fault("code", code=code, method="message/custom/send")
    with pytest.raises(ChannelError) as caught:
        await channel.send(chat, HELLO)
    if isinstance(expected, str):
        assert isinstance(caught.value, Unreachable)
        assert caught.value.reason == expected
    else:
        assert type(caught.value) is expected


async def test_who_does_not_follow_is_unreachable(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    stranger = sandbox.world.add_phone("张强").id
    assert await unreachable(channel, Address(BOT, str(stranger))) == "not_following"
    assert await unreachable(channel, Address(BOT, "oNobody")) == "not_found"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "html", "status": 502},
        {"kind": "drop"},
        {"kind": "delay", "seconds": 30},
        {"kind": "timeout", "seconds": 30},
    ],
    ids=str,
)
@impatient
async def test_no_answer_is_uncertain_and_the_next_message_goes_out(
    channel: Channel, sandbox: Sandbox, chat: Address, fault: dict[str, Any]
) -> None:
    sandbox.world.arm_fault(method="message/custom/send", **fault)
    with pytest.raises(Uncertain):
        await channel.send(chat, HELLO)
    await channel.send(chat, HELLO)


async def test_without_a_token_nothing_was_sent(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    for fault in ("drop", "html"):
        sandbox.world.arm_fault(fault, method="stable_token")
        with pytest.raises(Failed):
            await channel.send(chat, HELLO)
    assert isinstance(outcomes.of(NotReached("refused")), Failed)
    assert isinstance(outcomes.of(NoAnswer("time-out")), Uncertain)


# Tokens


async def test_everybody_waits_for_one_token(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    await asyncio.gather(*(channel.send(chat, HELLO) for _ in range(5)))
    assert sandbox.world.figures.calls["stable_token"] == 1


async def test_a_token_that_is_over_is_renewed_once(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    await channel.send(chat, HELLO)
    sandbox.world.clock.forward(seconds=7201)
    await channel.send(chat, HELLO)
    assert sandbox.world.figures.calls["stable_token"] == 2


async def test_a_second_process_does_not_end_the_token_of_the_first(
    channel: Channel, sandbox: Sandbox, chat: Address
) -> None:
    other = WeChatClient(APPID, APP_SECRET, sandbox.wechat_base, 1.0)
    await channel.send(chat, HELLO)
    await other.send_text(chat.chat, "从另一个进程")
    await other.close()
    await channel.send(chat, HELLO)
    assert sandbox.world.figures.calls["stable_token"] == 2
    assert len(account_of(sandbox).tokens) == 1


async def test_a_token_that_died_early_is_renewed_by_force_and_not_for_ever(
    channel: Channel, sandbox: Sandbox, chat: Address
) -> None:
    await channel.send(chat, HELLO)
    sandbox.world.arm_fault("code", code=40001, method="message/custom/send")
    await channel.send(chat, HELLO)
    assert sandbox.world.figures.calls["stable_token"] == 3  # asked as anybody would, then by force
    sandbox.world.arm_fault("code", code=40001, method="message/custom/send", times=2)
    with pytest.raises(Failed):
        await channel.send(chat, HELLO)


async def test_whoever_may_not_force_a_token_waits_for_the_one_who_does(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    account = account_of(sandbox)

    async def another_does() -> bool:
        account.token_now(sandbox.world.clock.micros(), force=True)
        return False

    other = WeChatClient(APPID, APP_SECRET, sandbox.wechat_base, 1.0, another_does)
    await channel.send(chat, HELLO)
    sandbox.world.arm_fault("code", code=40001, method="message/custom/send")
    await other.send_text(chat.chat, "从另一个进程")
    await other.close()
    assert [one["text"] for one in shown(sandbox, phone)] == ["你好", "从另一个进程"]
    await channel.send(chat, HELLO)  # whose token has ended, and who gets the next one like anybody
    assert len(account.tokens) == 1


async def test_check_says_whether_the_secret_is_accepted(channel: Channel, sandbox: Sandbox) -> None:
    assert (await channel.check())["username"] == USERNAME
    wrong = WeChatChannel(BOT, WeChatClient(APPID, "wrong", sandbox.wechat_base, 1.0), SealedCalls(BOT, SEAL, incoming))
    with pytest.raises(Failed) as caught:
        await wrong.check()
    await wrong.close()
    assert "wrong" not in str(caught.value)


# Invites


async def test_an_invite_leads_to_a_code_that_brings_it_along(sandbox: Sandbox) -> None:
    client = WeChatClient(APPID, APP_SECRET, sandbox.wechat_base, 1.0)
    channel = WeChatChannel(BOT, client, SealedCalls(BOT, SEAL, incoming), base="https://grid.example.org/")
    _, join = channel.routes(Listener().accept)
    assert (await channel.check())["join"] == "https://grid.example.org/wechat/join?code={code}"
    for _ in range(2):
        answer = await join.answer(Call("GET", {"code": "G1-abc_123"}, {}, b""))
        assert answer.status == 302
        assert answer.headers["Location"].startswith("https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ0")
    assert list(account_of(sandbox).tickets.values()) == ["G1-abc_123"]
    assert (await join.answer(Call("GET", {"code": "<script>"}, {}, b""))).status == 404
    await channel.close()
