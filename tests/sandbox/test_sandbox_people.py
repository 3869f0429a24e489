"""What people do with their phones, and what they cannot do; without HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.errors import ControlError, UnknownError
from sandbox.world import World

NOON = datetime(2020, 2, 5, 12, tzinfo=UTC)
MOTHER = 5_000_001


@pytest.fixture
def world() -> World:
    world = World(NOON)
    world.add_bot("1001:secret", "grid_bot", "网格通")
    world.add_phone("王芳", language="zh-hans", started=("grid_bot",))
    return world


def updates(world: World) -> list[dict[str, Any]]:
    return [update.as_json() for update in world.bot("grid_bot").updates.take(100)]


def kinds(world: World) -> list[str]:
    return [event["kind"] for event in world.journal.after(0)]


def test_what_a_person_writes_is_stored_queued_and_journalled(world: World) -> None:
    world.send_text(MOTHER, "grid_bot", " 36.5 ")
    [update] = updates(world)
    assert update["message"] == {
        "message_id": 1,
        "from": {"id": MOTHER, "is_bot": False, "first_name": "王芳", "language_code": "zh-hans"},
        "chat": {"id": MOTHER, "type": "private", "first_name": "王芳"},
        "date": int(NOON.timestamp()),
        "text": "36.5",
    }
    assert kinds(world) == ["bot", "phone", "user_sent"]


@pytest.mark.parametrize(("own", "user_id"), [(True, MOTHER), (False, None)])
def test_a_contact_says_whose_number_it_is(world: World, own: bool, user_id: int | None) -> None:
    message = world.send_contact(MOTHER, "grid_bot", "+8613800000000", own=own)
    [update] = updates(world)
    contact = update["message"]["contact"]
    assert (contact["phone_number"], contact["first_name"], contact.get("user_id")) == (
        "+8613800000000",
        "王芳",
        user_id,
    )
    assert message.as_json()["contact"] == {"phone_number": "+8613800000000", "name": "王芳"}


def test_start_carries_the_payload_and_lifts_a_block(world: World) -> None:
    world.block(MOTHER, "grid_bot")
    world.start(MOTHER, "grid_bot", "inv-42_x")
    block, unblock, start = updates(world)
    assert [u["my_chat_member"]["new_chat_member"]["status"] for u in (block, unblock)] == ["kicked", "member"]
    assert [u["my_chat_member"]["old_chat_member"]["status"] for u in (block, unblock)] == ["member", "kicked"]
    assert start["message"]["text"] == "/start inv-42_x"
    assert start["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert kinds(world)[2:] == ["blocked", "unblocked", "user_sent"]


def test_blocking_twice_is_told_once(world: World) -> None:
    world.block(MOTHER, "grid_bot")
    world.block(MOTHER, "grid_bot")
    assert len(updates(world)) == 1


def test_reading_clears_the_unread(world: World) -> None:
    chat = world.chat(world.bot("grid_bot"), world.phone(MOTHER))
    message = world.send_text(MOTHER, "grid_bot", "x")
    for _ in range(2):
        world.store(chat, message.content, by=None)
    assert world.describe(chat.phone)["chats"]["grid_bot"]["unread"] == 2
    world.read(MOTHER, "grid_bot")
    assert world.describe(chat.phone)["chats"]["grid_bot"]["unread"] == 0
    assert kinds(world)[-1] == "read"


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        (lambda w: w.send_text(MOTHER, "grid_bot", " "), "1 to 4096"),
        (lambda w: w.send_text(MOTHER, "grid_bot", "好" * 4097), "1 to 4096"),
        (lambda w: w.send_document(MOTHER, "grid_bot", "a.txt", b"x", "好" * 1025), "0 to 1024"),
        (lambda w: w.send_document(MOTHER, "grid_bot", "a.txt", b""), "file must be non-empty"),
        (lambda w: w.send_photo(MOTHER, "grid_bot", b"x"), "IMAGE_PROCESS_FAILED"),
        (lambda w: w.send_contact(MOTHER, "grid_bot", ""), "phone number"),
        (lambda w: w.start(MOTHER, "grid_bot", "a b"), "payload"),
        (lambda w: w.press(MOTHER, "grid_bot", 1, "ok"), "no button"),
        (lambda w: w.add_bot("1001:other", "other_bot", "x"), "already a bot"),
        (lambda w: w.add_bot("1002:other", "grid_bot", "x"), "already a bot"),
        (lambda w: w.add_bot("secret", "other_bot", "x"), "token"),
        (lambda w: w.add_bot("1002:other", "好", "x"), "username"),
        (lambda w: w.add_phone("x", phone_id=MOTHER), "taken"),
        (lambda w: w.add_phone("x", phone_id=-1), "taken"),
        (lambda w: w.add_phone(""), "name"),
        (lambda w: w.add_phone("x", driver="robot"), "driver"),
        (lambda w: w.add_phone("x", show="yes"), "show"),
        (lambda w: w.change_phone(MOTHER, colour="red"), "colour"),
    ],
)
def test_what_cannot_be_done(world: World, deed: Callable[[World], object], complaint: str) -> None:
    before = world.journal.last
    with pytest.raises(ControlError, match=complaint):
        deed(world)
    assert (world.journal.last, len(world.phones), len(world.bots)) == (before, 1, 1)


@pytest.mark.parametrize("state", ["blocked", "deactivated"])
@pytest.mark.parametrize(
    "deed",
    [
        lambda w: w.send_text(MOTHER, "grid_bot", "x"),
        lambda w: w.send_contact(MOTHER, "grid_bot", "1"),
        lambda w: w.send_photo(MOTHER, "grid_bot", b"x"),
        lambda w: w.send_document(MOTHER, "grid_bot", "x", b"x"),
        lambda w: w.press(MOTHER, "grid_bot", 1, "x"),
    ],
)
def test_nobody_writes_while_blocking_or_from_a_deleted_account(
    world: World, deed: Callable[[World], object], state: str
) -> None:
    if state == "blocked":
        world.block(MOTHER, "grid_bot")
    else:
        world.deactivate(MOTHER)
    with pytest.raises(ControlError, match=state):
        deed(world)


@pytest.mark.parametrize("deed", [lambda w: w.block(MOTHER, "grid_bot"), lambda w: w.start(MOTHER, "grid_bot")])
def test_a_deleted_account_stays_as_it_is(world: World, deed: Callable[[World], object]) -> None:
    world.deactivate(MOTHER)
    with pytest.raises(ControlError, match="deactivated"):
        deed(world)
    assert updates(world) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda w: w.send_text(4, "grid_bot", "x"),
        lambda w: w.send_text(MOTHER, "nobody", "x"),
        lambda w: w.messages(4, "grid_bot"),
        lambda w: w.add_phone("x", started=("nobody",)),
        lambda w: w.faults.remove(1),
    ],
)
def test_what_does_not_exist_is_unknown(world: World, deed: Callable[[World], object]) -> None:
    with pytest.raises(UnknownError):
        deed(world)
    assert len(world.phones) == 1


def test_messages_can_be_asked_for_from_a_number_on(world: World) -> None:
    for n in range(4):
        world.send_text(MOTHER, "grid_bot", str(n))
    assert [m.id for m in world.messages(MOTHER, "grid_bot", after=2)] == [3, 4]


def test_phones_get_the_next_free_id_and_keep_what_the_page_needs(world: World) -> None:
    phone = world.add_phone("李伟", note="3单元 501", role="grid_worker", driver="auto", show=False)
    assert phone.as_json() == {
        "id": MOTHER + 1,
        "name": "李伟",
        "note": "3单元 501",
        "role": "grid_worker",
        "language": "zh",
        "driver": "auto",
        "show": False,
        "deactivated": False,
    }
