"""What a channel promises when it listens: every update once, in order, and confirmed only when it is committed."""

from __future__ import annotations

from typing import Any

import pytest

from channels.port import (
    Address,
    Channel,
    Contact,
    Document,
    Incoming,
    Moved,
    Other,
    Photo,
    Press,
    Reachable,
    Text,
)
from sandbox.server import Sandbox
from tests.contracts.adapters import (
    APPLICATION,
    BOT,
    NOON,
    SERVICE_ACCOUNT,
    TOKEN,
    USERNAME,
    WAYS_IN,
    Listener,
    MakeChannel,
    called_in_the_sealed_way,
    listening,
    pending,
    picture,
    plain,
)
from tests.patience import until


@pytest.fixture(params=[*WAYS_IN, SERVICE_ACCOUNT, APPLICATION])
def adapter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_channel(adapter: str, sandbox: Sandbox) -> MakeChannel:
    return called_in_the_sealed_way(adapter, sandbox) or WAYS_IN[adapter]


async def test_what_was_said_before_is_handed_over_once_and_in_order(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    said = [f"第 {number} 句" for number in range(130)]
    for words in said:
        sandbox.world.send_text(phone, USERNAME, words)
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    assert listener.contents == [Text(words) for words in said]
    assert len({one.update_id for one in listener.heard}) == len(said)
    assert {one.sender for one in listener.heard} == {chat}


@pytest.mark.telegram
async def test_who_said_it_when_and_in_which_language(channel: Channel, sandbox: Sandbox) -> None:
    mother = sandbox.world.add_phone("王芳", language="en").id
    sandbox.world.send_text(mother, USERNAME, "36.5")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: len(listener.heard) == 1)

    [one] = listener.heard
    assert (one.sender, one.content) == (Address(BOT, str(mother)), Text("36.5"))
    assert (one.at, one.sender_name, one.language) == (NOON, "王芳", "en")


async def test_a_batch_is_confirmed_only_after_it_was_accepted(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    sandbox.world.send_text(phone, USERNAME, "36.5")
    sandbox.world.send_text(phone, USERNAME, "36.6")
    listener = Listener(look=lambda: pending(sandbox))
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    assert listener.looks[:2] == [2, 2]
    assert listener.contents == [Text("36.5"), Text("36.6")]


async def test_what_was_not_accepted_is_handed_over_again(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    sandbox.world.send_text(phone, USERNAME, "36.5")
    listener = Listener(refuse=1, look=lambda: pending(sandbox))
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    assert listener.refused == listener.batches
    assert listener.looks == [1, 1, 1]


@pytest.mark.telegram
async def test_what_an_earlier_process_had_not_confirmed_comes_to_the_next(
    make_channel: MakeChannel, sandbox: Sandbox, phone: int
) -> None:
    sandbox.world.send_text(phone, USERNAME, "36.5")
    heard: list[list[Incoming]] = []
    for _ in range(2):
        channel = make_channel(BOT, TOKEN, sandbox.api_base, poll_seconds=2, request_seconds=1.0)
        listener = Listener(refuse=99)
        async with listening(channel, listener):
            await until(lambda listener=listener: bool(listener.refused))  # type: ignore[misc]
        await channel.close()
        heard.append(listener.refused[0])

    assert heard[0] == heard[1]
    assert [one.content for one in heard[0]] == [Text("36.5")]


@pytest.mark.parametrize("library", ["aiogram", "ptb"])
async def test_changing_the_way_in_and_back_loses_nothing_and_repeats_nothing(
    sandbox: Sandbox, phone: int, library: str
) -> None:
    heard: list[object] = []
    for number, way_in in enumerate((library, f"{library} called", library)):
        sandbox.world.send_text(phone, USERNAME, f"说了 {number}")
        channel = WAYS_IN[way_in](BOT, TOKEN, sandbox.api_base)
        listener = Listener()
        async with listening(channel, listener):
            await until(lambda: pending(sandbox) == 0)
        await channel.close()
        heard += listener.contents

    assert heard == [Text("说了 0"), Text("说了 1"), Text("说了 2")]


@pytest.mark.telegram
async def test_a_press_is_handed_over_and_acknowledged(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("有人发热", choices=[("take:1", "我来处理"), ("pass:1", "转交")]))
    listener = Listener()
    async with listening(channel, listener):
        query = sandbox.world.press(phone, USERNAME, int(sent.message_id), "pass:1")
        await until(lambda: bool(answered(sandbox)))

    assert [(one.sender, one.content) for one in listener.heard] == [(chat, Press("pass:1"))]
    assert answered(sandbox) == [query]


@pytest.mark.telegram
async def test_a_press_that_was_not_accepted_is_not_acknowledged(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("有人发热", choices=[("take:1", "我来处理")]))
    listener = Listener(refuse=99)
    async with listening(channel, listener):
        sandbox.world.press(phone, USERNAME, int(sent.message_id), "take:1")
        await until(lambda: len(listener.refused) == 2)

    assert answered(sandbox) == []


@pytest.mark.telegram
async def test_a_press_too_old_to_be_acknowledged_does_no_harm(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, plain("有人发热", choices=[("take:1", "我来处理")]))
    sandbox.world.arm_fault(
        "status", method="answerCallbackQuery", status=400, description="Bad Request: query is too old"
    )
    listener = Listener()
    async with listening(channel, listener):
        sandbox.world.press(phone, USERNAME, int(sent.message_id), "take:1")
        await until(lambda: sandbox.world.figures.calls["answerCallbackQuery"] == 1)
        sandbox.world.send_text(phone, USERNAME, "还在吗")
        await until(lambda: len(listener.heard) == 2)

    assert listener.contents == [Press("take:1"), Text("还在吗")]


def answered(sandbox: Sandbox) -> list[str]:
    events = sandbox.world.journal.after(0)
    return [str(one["callback_query_id"]) for one in events if one["kind"] == "answered"]


async def test_blocking_and_unblocking_are_heard(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    listener = Listener()
    async with listening(channel, listener):
        sandbox.world.block(phone, USERNAME)
        sandbox.world.unblock(phone, USERNAME)
        await until(lambda: len(listener.heard) == 2)

    back = (
        Reachable(True) if channel.capabilities.messenger == "telegram" else Text("/start")
    )  # who follows again is greeted
    assert listener.contents == [Reachable(False), back]
    assert {one.sender for one in listener.heard} == {chat}
    assert {one.at for one in listener.heard} == {NOON}


@pytest.mark.telegram
async def test_pictures_come_with_their_words_and_other_things_with_their_kind(
    channel: Channel, sandbox: Sandbox, phone: int
) -> None:
    sandbox.world.send_photo(phone, USERNAME, picture(), "36.5")
    sandbox.world.send_photo(phone, USERNAME, picture())
    sandbox.world.send_document(phone, USERNAME, "名单.txt", b"...")
    sandbox.world.send_contact(phone, USERNAME, "13800000000")
    said_raw(sandbox, phone, sticker={"file_id": "S1", "type": "regular", "emoji": "😷"})
    said_raw(sandbox, phone, dice={"emoji": "🎲", "value": 6})
    film = {"file_id": "A1", "file_unique_id": "A", "mime_type": "video/mp4"}
    said_raw(sandbox, phone, animation=film, document=film)
    said_raw(sandbox, phone, video_note={"file_id": "N1", "file_unique_id": "N", "length": 240, "duration": 3})
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    first, second, *rest = listener.contents
    assert isinstance(first, Photo)
    assert isinstance(second, Photo)
    assert (bool(first.media), first.caption, second.caption) == (True, "36.5", "")
    document, *others = rest
    assert isinstance(document, Document)
    assert (bool(document.media), document.name) == (True, "名单.txt")
    assert others == [
        Contact("13800000000", own=True),
        Other("sticker"),
        Other("unknown"),
        Other("video"),
        Other("video"),
    ]


@pytest.mark.telegram
async def test_a_groups_talk_is_confirmed_and_goes_no_further_but_a_command_does(
    channel: Channel, sandbox: Sandbox, phone: int
) -> None:
    said_raw(sandbox, phone, chat={"id": -100, "type": "group", "title": "业主群"}, text="36.5")
    said_raw(sandbox, phone, chat={"id": -100, "type": "group", "title": "业主群"}, text="/start@gridbot abc")
    said_raw(sandbox, phone, chat={"id": -100, "type": "group", "title": "业主群"}, migrate_to_chat_id=-1001)
    said_raw(sandbox, phone, chat={"id": -200, "type": "supergroup", "title": "业主群"}, text="36.6")
    said_raw(sandbox, phone, chat={"id": -300, "type": "channel", "title": "公告"}, text="36.7")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)
        sandbox.world.send_text(phone, USERNAME, "36.8")
        await until(lambda: len(listener.heard) == 3)

    assert listener.contents == [Text("/start@gridbot abc"), Moved("-1001"), Text("36.8")]
    speaker = Address(BOT, str(phone))
    assert [one.speaker for one in listener.heard] == [speaker, speaker, None]
    assert listener.heard[0].sender == Address(BOT, "-100")


@pytest.mark.telegram
async def test_an_update_of_an_unknown_shape_holds_nobody_up(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    updates = sandbox.world.bot(USERNAME).updates
    updates.add("callback_query", {"id": "7", "message": "not a message"}, phone)
    updates.add("message", {"chat": {"id": phone, "type": "private"}, "from": {"id": phone}, "text": "无日期"}, phone)
    sandbox.world.send_text(phone, USERNAME, "36.5")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: pending(sandbox) == 0)

    assert listener.contents == [Text("36.5")]


def said_raw(sandbox: Sandbox, phone: int, **fields: Any) -> None:
    """A message of a kind that the sandbox's own phones cannot send."""
    person = sandbox.world.phone(phone)
    payload = {"message_id": 1, "date": sandbox.world.clock.unix(), "chat": person.chat(), "from": person.user()}
    sandbox.world.bot(USERNAME).updates.add("message", payload | fields, phone)
