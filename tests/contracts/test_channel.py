"""What a channel promises when it sends and edits; over real HTTP, every adapter alike."""

from __future__ import annotations

import pytest

from channels.port import Address, Channel, Choice, Message, Rejected, Span, Unreachable
from sandbox.messages import Message as Shown
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, TOKEN, USERNAME, MakeChannel, plain

HOSTILE = "<b>不是粗体</b> & </pre> &amp; &lt; <script>alert(1)</script> \"'` _*[](x) 😷👨‍👩‍👧 \\ %s {0}"


def shown(sandbox: Sandbox, phone: int) -> list[Shown]:
    return sandbox.world.messages(phone, USERNAME)


def texts(sandbox: Sandbox, phone: int) -> list[str]:
    return [one.as_json()["text"] for one in shown(sandbox, phone)]


async def test_words_arrive_as_they_are(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    sent = await channel.send(chat, plain("早上好，", "", "请量体温。"))

    [only] = shown(sandbox, phone)
    assert channel.capabilities.messenger != "telegram" or sent.message_id == str(only.id)
    assert only.as_json()["text"] == "早上好，\n\n请量体温。"
    assert only.as_json()["entities"] == []
    assert only.as_json()["buttons"] == []


@pytest.mark.telegram
async def test_emphasis_is_shown_and_only_where_it_is_meant(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    await channel.send(chat, Message(((Span("体温 "), Span("38.4℃", strong=True), Span("，请处理")),)))

    [only] = [one.as_json() for one in shown(sandbox, phone)]
    assert only["text"] == "体温 38.4℃，请处理"
    assert [(one["type"], one["offset"], one["length"]) for one in only["entities"]] == [("bold", 3, 5)]


@pytest.mark.telegram
async def test_what_people_typed_is_never_markup(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    await channel.send(chat, Message(((Span(HOSTILE), Span(HOSTILE, strong=True)),)))

    [only] = [one.as_json() for one in shown(sandbox, phone)]
    assert only["text"] == HOSTILE + HOSTILE
    assert {one["type"] for one in only["entities"]} == {"bold"}


@pytest.mark.telegram
async def test_choices_stand_in_their_rows_and_carry_their_keys(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    longest = "k" * channel.capabilities.longest_key
    rows = ((Choice("take:1", "我来处理"), Choice("pass:1", "<转交> & 😷")), (Choice(longest, "最长"),))
    await channel.send(chat, Message(((Span("有人发热"),),), rows))

    [only] = shown(sandbox, phone)
    assert only.as_json()["buttons"] == [
        [{"text": "我来处理", "data": "take:1"}, {"text": "<转交> & 😷", "data": "pass:1"}],
        [{"text": "最长", "data": longest}],
    ]


@pytest.mark.parametrize(
    "letters",
    ["通知内容，", "&<>", "😷", "字"],
    ids=["sentences", "what must be escaped", "outside the basic plane", "without a pause"],
)
async def test_a_long_message_comes_in_pieces_complete_and_in_order_with_its_choices_under_the_last(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int, letters: str
) -> None:
    longest = channel.capabilities.longest_text
    body = (letters * longest)[: 2 * longest + 50]
    sent = await channel.send(chat, plain(body, choices=[("read:1", "收到")]))

    pieces = [one.as_json() for one in shown(sandbox, phone)]
    assert "".join(one["text"] for one in pieces)[: len(body)] == body
    assert [bool(one["buttons"]) for one in pieces] == [False] * (len(pieces) - 1) + [True]
    assert channel.capabilities.messenger != "telegram" or sent.message_id == str(pieces[-1]["id"])
    assert sent.spent == (0 if channel.capabilities.messenger == "telegram" else len(pieces))


async def test_a_message_of_exactly_the_longest_size_is_one_message(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    body = "满" * channel.capabilities.longest_text
    await channel.send(chat, plain(body))

    assert texts(sandbox, phone) == [body]


async def test_an_empty_line_between_two_full_ones_holds_nothing_up(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    full = "满" * channel.capabilities.longest_text
    await channel.send(chat, plain(full, "", full, ""))

    assert texts(sandbox, phone) == [full, full]


@pytest.mark.telegram
async def test_an_edit_replaces_words_and_choices(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("还没有人处理", choices=[("take:1", "我来处理"), ("pass:1", "转交")]))
    again = await channel.edit(chat, sent, plain(HOSTILE, choices=[("end:1:fine", "没事")]))

    [only] = [one.as_json() for one in shown(sandbox, phone)]
    assert again == sent
    assert only["text"] == HOSTILE
    assert only["buttons"] == [[{"text": "没事", "data": "end:1:fine"}]]
    assert only["edited"]


@pytest.mark.telegram
async def test_an_edit_without_choices_takes_them_away(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("通知", choices=[("read:1", "收到")]))
    await channel.edit(chat, sent, plain("通知", "已回执"))

    assert shown(sandbox, phone)[0].as_json()["buttons"] == []


@pytest.mark.telegram
async def test_an_edit_that_changes_nothing_is_a_success(channel: Channel, chat: Address) -> None:
    message = plain("通知 & <b>", choices=[("read:1", "收到")])
    sent = await channel.send(chat, message)

    assert await channel.edit(chat, sent, message) == sent


@pytest.mark.telegram
async def test_an_edit_of_a_vanished_message_is_rejected(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("通知"))
    shown(sandbox, phone)[0].deleted = True

    with pytest.raises(Rejected):
        await channel.edit(chat, sent, plain("别的"))


@pytest.mark.telegram
async def test_an_edit_in_a_deactivated_chat_says_so(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("通知"))
    sandbox.world.deactivate(phone)

    with pytest.raises(Unreachable) as caught:
        await channel.edit(chat, sent, plain("别的"))
    assert caught.value.reason == "deactivated"


@pytest.mark.telegram
async def test_check_says_who_the_bot_is(channel: Channel) -> None:
    found = await channel.check()

    assert (found["id"], found["username"], found["name"]) == (int(TOKEN.partition(":")[0]), USERNAME, "网格通")


@pytest.mark.telegram
async def test_two_channels_of_one_messenger_keep_apart(
    make_channel: MakeChannel, channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sandbox.world.add_bot("1000002:AAE-another-token", "otherbot", "另一个")
    other = make_channel("other", "1000002:AAE-another-token", sandbox.api_base, poll_seconds=2, request_seconds=1.0)
    with pytest.raises(Unreachable) as caught:
        await other.send(Address("other", str(phone)), plain("你好"))
    await other.close()
    await channel.send(Address(BOT, str(phone)), plain("你好"))

    assert caught.value.reason == "never_started"
    assert texts(sandbox, phone) == ["你好"]
