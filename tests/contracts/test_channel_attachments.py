"""Pictures and files, out and in; over real HTTP, every adapter alike."""

from __future__ import annotations

import pytest

from channels.port import Address, Attachment, Channel, Failed, Message, Photo, Rejected, Span
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, USERNAME, Listener, listening, picture, plain
from tests.patience import until

LONG = "请看清楚图上的数字。" * 150


def photo(**more: object) -> Attachment:
    return Attachment("digest", "体温计.png", "image/png", **{"content": picture(), **more})  # type: ignore[arg-type]


def with_attachment(words: str, attachment: Attachment) -> Message:
    return Message(
        plain(words, choices=[("take:1", "我来处理")]).lines,
        plain("", choices=[("take:1", "我来处理")]).choices,
        attachment,
    )


def arrived(sandbox: Sandbox, phone: int) -> list[dict[str, object]]:
    return [one.as_json() for one in sandbox.world.messages(phone, USERNAME)]


@pytest.mark.telegram
async def test_a_picture_carries_its_words_and_choices(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, with_attachment("王芳 <38.4> 的体温计", photo()))

    [only] = arrived(sandbox, phone)
    assert only["photo"]
    assert only["text"] == "王芳 <38.4> 的体温计"
    assert only["buttons"] == [[{"text": "我来处理", "data": "take:1"}]]
    assert sent.message_id == str(only["id"])
    assert sent.media


@pytest.mark.telegram
async def test_a_file_has_its_name(channel: Channel, sandbox: Sandbox, chat: Address, phone: int) -> None:
    book = Attachment("digest", "台账 2020-02-05.xlsx", "application/vnd.ms-excel", content=b"PK workbook")
    sent = await channel.send(chat, with_attachment("今天的台账", book))

    [only] = arrived(sandbox, phone)
    document = only["document"]
    assert isinstance(document, dict)
    assert (document["name"], document["size"]) == ("台账 2020-02-05.xlsx", 11)
    assert sent.media


@pytest.mark.telegram
async def test_what_the_messenger_has_already_goes_without_its_bytes(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    first = await channel.send(chat, with_attachment("一", photo()))
    again = await channel.send(chat, with_attachment("二", photo(known=first.media, content=b"")))

    one, two = arrived(sandbox, phone)
    assert one["photo"] == two["photo"]
    assert again.media == first.media


@pytest.mark.telegram
async def test_what_the_messenger_forgot_goes_with_its_bytes(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, with_attachment("体温计", photo(known="AgACforgotten")))

    [only] = arrived(sandbox, phone)
    assert only["photo"]
    assert sent.media != "AgACforgotten"


async def test_what_the_messenger_forgot_is_rejected_when_there_are_no_bytes(channel: Channel, chat: Address) -> None:
    with pytest.raises(Rejected):
        await channel.send(chat, with_attachment("体温计", photo(known="AgACforgotten", content=b"")))


@pytest.mark.telegram
async def test_too_many_words_for_a_caption_stand_below_the_picture_with_the_choices(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sent = await channel.send(chat, with_attachment(LONG, photo()))

    above, below = arrived(sandbox, phone)
    assert above["photo"]
    assert above["text"] == ""
    assert below["text"] == LONG
    assert below["buttons"] == [[{"text": "我来处理", "data": "take:1"}]]
    assert sent.message_id == str(below["id"])
    assert sent.media


@pytest.mark.telegram
@pytest.mark.parametrize("words", ["体温计", LONG], ids=["caption", "words below"])
async def test_the_words_of_a_picture_can_be_edited(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int, words: str
) -> None:
    sent = await channel.send(chat, with_attachment(words, photo()))
    changed = Message(((Span("已处理" + words),),), (), photo(known=sent.media, content=b""))
    await channel.edit(chat, sent, changed)
    await channel.edit(chat, sent, changed)

    assert arrived(sandbox, phone)[-1]["text"] == "已处理" + words
    assert arrived(sandbox, phone)[0]["photo"]


@pytest.mark.telegram
@pytest.mark.parametrize("words", ["体温计", LONG], ids=["caption", "words below"])
async def test_a_picture_that_is_no_part_of_the_new_words_is_taken_away(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int, words: str
) -> None:
    sent = await channel.send(chat, with_attachment(words, photo()))
    anew = await channel.edit(chat, sent, plain("已撤回"))

    left = [one for one in arrived(sandbox, phone) if not one["deleted"]]
    assert [(one["text"], one["photo"]) for one in left] == [("已撤回", None)]
    assert anew.message_id == str(left[0]["id"])
    await channel.edit(chat, anew, plain("已撤回"))
    assert len([one for one in arrived(sandbox, phone) if not one["deleted"]]) == 1


@pytest.mark.telegram
@pytest.mark.parametrize("words", ["体温计", LONG], ids=["caption", "words below"])
async def test_after_two_days_it_stays_and_has_the_new_words(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int, words: str
) -> None:
    sent = await channel.send(chat, with_attachment(words, photo()))
    sandbox.world.clock.forward(seconds=49 * 3600)
    await channel.edit(chat, sent, plain("已撤回"))

    assert [one for one in arrived(sandbox, phone) if one["deleted"]] == []
    assert arrived(sandbox, phone)[-1]["text"] == "已撤回"
    assert not arrived(sandbox, phone)[-1]["buttons"]


@pytest.mark.telegram
@pytest.mark.parametrize("hours", [1, 49])
async def test_more_words_than_a_caption_holds_come_below_the_picture(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int, hours: int
) -> None:
    sent = await channel.send(chat, with_attachment("体温计", photo()))
    sandbox.world.clock.forward(seconds=hours * 3600)
    known = photo(known=sent.media, content=b"")
    anew = await channel.edit(chat, sent, with_attachment(LONG, known))

    left = [one for one in arrived(sandbox, phone) if not one["deleted"]]
    assert left[-1]["text"] == LONG
    assert left[-1]["id"] == int(anew.message_id)
    assert left[-2]["photo"]
    assert "体温计" not in [one["text"] for one in left]
    # And fewer again stand where they stood last.
    await channel.edit(chat, anew, with_attachment("少了", known))
    assert arrived(sandbox, phone)[-1]["text"] == "少了"


async def test_a_picture_that_somebody_sent_can_be_fetched(channel: Channel, sandbox: Sandbox, phone: int) -> None:
    sandbox.world.send_photo(phone, USERNAME, picture(), "36.5")
    listener = Listener()
    async with listening(channel, listener):
        await until(lambda: len(listener.heard) == 1)

    [content] = listener.contents
    assert isinstance(content, Photo)
    assert await channel.fetch(content.media) == picture()


@pytest.mark.telegram
async def test_what_cannot_be_fetched_says_so(channel: Channel, sandbox: Sandbox) -> None:
    with pytest.raises(Rejected):
        await channel.fetch("AgACnobody")
    sandbox.world.arm_fault("status", method="getFile", status=401, description="Unauthorized")
    with pytest.raises(Failed):
        await channel.fetch("AgACnobody")


@pytest.mark.telegram
async def test_a_person_can_be_asked_for_their_number(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    await channel.send(chat, Message(((Span("您的电话？"),),), ask_number="发送我的号码"))

    [only] = arrived(sandbox, phone)
    assert only["keyboard"] == [["发送我的号码"]]
    assert Address(BOT, str(phone)) == chat
