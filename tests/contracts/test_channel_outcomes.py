"""Every way in which sending can end, told apart; over real HTTP, every adapter alike."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bench.doors import held_port
from channels.port import (
    Address,
    Channel,
    ChannelError,
    Failed,
    Rejected,
    Throttled,
    Uncertain,
    Unreachable,
)
from sandbox.server import Sandbox
from tests.contracts.adapters import BOT, TOKEN, USERNAME, MakeChannel, impatient, plain
from tests.patience import PATIENCE

pytestmark = pytest.mark.telegram

HELLO = plain("你好")


@pytest.fixture
def closed_port() -> Iterator[str]:
    """An address where nobody listens, nor begins to."""
    with held_port() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def silent_port() -> Iterator[str]:
    """An address that takes no further connection and refuses none: as behind a firewall that swallows."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for one in (first, second):
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        yield f"http://127.0.0.1:{full.getsockname()[1]}"


async def test_too_many_messages_is_throttled_for_as_long_as_it_says(
    channel: Channel, sandbox: Sandbox, chat: Address
) -> None:
    sandbox.world.arm_fault("status", status=429, retry_after=17, method="sendMessage")
    with pytest.raises(Throttled) as caught:
        await channel.send(chat, HELLO)
    assert caught.value.retry_after == timedelta(seconds=17)


async def test_the_messengers_own_limit_is_throttled_and_nothing_was_sent(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    for _ in range(5):
        await channel.send(chat, HELLO)
    with pytest.raises(Throttled) as caught:
        await channel.send(chat, HELLO)
    assert caught.value.retry_after >= timedelta(seconds=1)
    assert len(sandbox.world.messages(phone, USERNAME)) == 5


async def test_who_blocked_the_bot_is_unreachable(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sandbox.world.block(phone, USERNAME)
    assert await unreachable(channel, chat) == "blocked"


async def test_who_deleted_their_account_is_unreachable(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sandbox.world.deactivate(phone)
    assert await unreachable(channel, chat) == "deactivated"


async def test_who_never_started_the_bot_is_unreachable(channel: Channel, sandbox: Sandbox) -> None:
    stranger = sandbox.world.add_phone("张强").id
    assert await unreachable(channel, Address(BOT, str(stranger))) == "never_started"


async def test_a_chat_that_does_not_exist_is_unreachable(channel: Channel) -> None:
    assert await unreachable(channel, Address(BOT, "424242")) == "not_found"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Forbidden: bot was kicked from the group chat", "kicked"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Forbidden: bot is not a member of the supergroup chat", "kicked"),
        ("Forbidden: the group chat was deleted", "deleted"),
        ("Forbidden: user is deactivated", "deactivated"),
    ],
)
async def test_who_cannot_be_reached_has_a_reason(
    channel: Channel, sandbox: Sandbox, chat: Address, words: str, reason: str
) -> None:
    sandbox.world.arm_fault("status", status=403, description=words)
    assert await unreachable(channel, chat) == reason


async def test_a_refusal_without_a_known_reason_is_unreachable_all_the_same(
    channel: Channel, sandbox: Sandbox, chat: Address
) -> None:
    sandbox.world.arm_fault("status", status=403, description="Forbidden: something new")
    assert await unreachable(channel, chat) == "forbidden"


async def unreachable(channel: Channel, to: Address) -> str:
    with pytest.raises(Unreachable) as caught:
        await channel.send(to, HELLO)
    return caught.value.reason


@pytest.mark.refused
@pytest.mark.parametrize("message", [plain(""), plain("选", choices=[("k" * 65, "太长")])], ids=["empty", "long key"])
async def test_what_the_messenger_will_never_take_is_rejected(channel: Channel, chat: Address, message: object) -> None:
    with pytest.raises(Rejected):
        await channel.send(chat, message)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "status", "status": 400, "description": "Bad Request: can't parse entities"}, Rejected),
        ({"kind": "status", "status": 400, "description": "Bad Request: message is too long"}, Rejected),
        ({"kind": "status", "status": 400, "description": "Bad Request: message text is empty"}, Rejected),
        ({"kind": "status", "status": 400, "description": "Bad Request: something new"}, Rejected),
        ({"kind": "status", "status": 413, "description": "Request Entity Too Large"}, Rejected),
        ({"kind": "status", "status": 401, "description": "Unauthorized"}, Failed),
        ({"kind": "status", "status": 404, "description": "Not Found: method not found"}, Failed),
        ({"kind": "status", "status": 409, "description": "Conflict: terminated by other"}, Failed),
        ({"kind": "status", "status": 421, "description": "Misdirected Request"}, Failed),
        ({"kind": "status", "status": 500, "description": "Internal Server Error: restart"}, Uncertain),
        ({"kind": "status", "status": 500, "description": "Internal Server Error"}, Uncertain),
        ({"kind": "status", "status": 503, "description": "Service Unavailable"}, Uncertain),
        ({"kind": "status", "status": 402, "description": "something new"}, Failed),
        ({"kind": "html", "status": 502}, Uncertain),
        ({"kind": "drop"}, Uncertain),
    ],
    ids=lambda value: (
        f"{value['kind']} {value.get('status', '')}".strip() if isinstance(value, dict) else value.__name__
    ),
)
async def test_an_error_of_the_messenger_has_one_outcome(
    channel: Channel, sandbox: Sandbox, chat: Address, fault: dict[str, object], outcome: type[ChannelError]
) -> None:
    sandbox.world.arm_fault(str(fault["kind"]), **{name: value for name, value in fault.items() if name != "kind"})
    with pytest.raises(outcome):
        await channel.send(chat, HELLO)


@impatient
async def test_no_answer_is_uncertain(channel: Channel, sandbox: Sandbox, chat: Address) -> None:
    sandbox.world.arm_fault("delay", seconds=30)
    with pytest.raises(Uncertain):
        await channel.send(chat, HELLO)


@impatient
async def test_accepted_and_then_no_answer_is_uncertain(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    sandbox.world.arm_fault("timeout", seconds=30, method="sendMessage")
    with pytest.raises(Uncertain):
        await channel.send(chat, HELLO)
    assert len(sandbox.world.messages(phone, USERNAME)) == 1


async def test_after_any_error_the_next_message_goes_out(
    channel: Channel, sandbox: Sandbox, chat: Address, phone: int
) -> None:
    for kind in ("drop", "html"):
        sandbox.world.arm_fault(kind, method="sendMessage")
        with pytest.raises(Uncertain):
            await channel.send(chat, HELLO)
    await channel.send(chat, HELLO)
    assert len(sandbox.world.messages(phone, USERNAME)) == 1


async def test_a_refused_connection_has_failed(make_channel: MakeChannel, closed_port: str, chat: Address) -> None:
    await fails(make_channel, closed_port, chat)


async def test_a_connection_that_is_never_made_has_failed(
    make_channel: MakeChannel, silent_port: str, chat: Address
) -> None:
    await fails(make_channel, silent_port, chat)


async def test_a_name_that_nobody_knows_has_failed(make_channel: MakeChannel, chat: Address) -> None:
    await fails(make_channel, "http://no-such-host.invalid", chat)


async def fails(make_channel: MakeChannel, base: str, chat: Address) -> None:
    """Sending and checking there fail for certain, in good time."""
    channel = make_channel(BOT, TOKEN, base, poll_seconds=2, request_seconds=2.0)
    try:
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(Failed):
                await channel.send(chat, HELLO)
            with pytest.raises(Failed):
                await channel.check()
    finally:
        await channel.close()


async def test_a_wrong_token_has_failed(make_channel: MakeChannel, sandbox: Sandbox, chat: Address) -> None:
    channel = make_channel(BOT, "1000009:AAE-wrong-token", sandbox.api_base, poll_seconds=2, request_seconds=1.0)
    with pytest.raises(Failed):
        await channel.check()
    with pytest.raises(Failed):
        await channel.send(chat, HELLO)
    await channel.close()


# Groups


@pytest.fixture
def group(sandbox: Sandbox, phone: int) -> int:
    """The number of a group that has taken the bot in."""
    made = sandbox.world.groups.create("第一网格", [phone])
    sandbox.world.groups.add_bot(made.id, phone, USERNAME)
    return made.id


async def test_a_group_is_written_to_like_anybody(channel: Channel, group: int, sandbox: Sandbox) -> None:
    sent = await channel.send(Address(BOT, str(group)), HELLO)

    [only] = [one for one in sandbox.world.groups.messages(group, USERNAME) if one.from_bot]
    assert sent.message_id == str(only.id)
    assert sent.moved_to == ""


async def test_a_group_that_has_moved_is_written_to_where_it_is_now(
    channel: Channel, group: int, phone: int, sandbox: Sandbox
) -> None:
    now = sandbox.world.groups.upgrade(group, phone)
    sent = await channel.send(Address(BOT, str(group)), HELLO)

    assert sent.moved_to == str(now.id)
    assert [one.id for one in sandbox.world.groups.messages(now.id, USERNAME) if one.from_bot] == [int(sent.message_id)]


async def test_a_group_that_put_the_bot_out_is_unreachable(
    channel: Channel, group: int, phone: int, sandbox: Sandbox
) -> None:
    sandbox.world.groups.remove_bot(group, phone, USERNAME)
    assert await unreachable(channel, Address(BOT, str(group))) == "kicked"
