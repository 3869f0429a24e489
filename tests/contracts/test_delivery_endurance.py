"""What the way out promises when things go wrong: nobody is held up by another, and no end loses a message."""

from __future__ import annotations

import asyncio

import pytest

from bot.drain import AHEAD_SECONDS
from models import OutboxMessage
from rules.mail import LEASE, MailState, Priority, bot_pace
from services.leases import release, renew
from services.outbox import claim
from tests.contracts.post_office import RATE, PostOffice, post_office
from tests.harness import BOT, Town
from tests.patience import until

BATCH = int(RATE * AHEAD_SECONDS)


async def test_a_message_that_cannot_be_written_holds_up_nobody(post: PostOffice) -> None:
    with post.town.database.transaction() as session:
        session.add(
            OutboxMessage(
                bot=BOT,
                account_id=post.account("王芳").id,
                priority=Priority.ALERT,
                template="a template of a later version",
                due_at=post.town.now,
                created_at=post.town.now,
            )
        )
    post.owe("王芳", "写得出来")
    post.owe("张强", "也写得出来")
    await post.drain()

    [unwritten] = post.rows("a template of a later version")
    assert unwritten.state is MailState.REJECTED
    assert unwritten.error
    assert sorted(post.arrived()) == ["也写得出来", "写得出来"]


async def test_a_chat_that_does_not_answer_holds_up_nobody(town: Town) -> None:
    async with post_office(town, request_seconds=30) as post:
        post.fault("delay", "王芳", seconds=10)
        silent = post.owe("王芳", "没有回音", Priority.ALERT)
        names = post.crowd(2 * BATCH)
        for name in names:
            post.owe(name, "通知")
        draining = post.start_draining()
        await until(lambda: post.arrived().count("通知") == len(names) or draining.done())
        assert post.row(silent).state is MailState.LEASED
        assert post.arrived() == ["通知"] * len(names)
        await draining

        assert post.row(silent).attempts == 1
        assert post.row(silent).state is MailState.SENT


async def test_a_messenger_that_does_not_answer_is_given_no_more_than_a_seconds_messages(town: Town) -> None:
    async with post_office(town, request_seconds=2.5) as post:
        post.fault("timeout", times=0, seconds=60)
        for name in post.crowd(2 * int(RATE)):
            post.owe(name, "通知")
        calls = post.town.sandbox.world.figures.calls
        draining = post.start_draining()
        await until(lambda: calls["sendMessage"] > 0)
        most = 0
        while not draining.done():
            leased = [one for one in post.rows("say") if one.state is MailState.LEASED]
            most = max(most, len(leased))
            await asyncio.sleep(0.02)
        await draining

        assert BATCH < most <= int(RATE)
        assert post.waiting() == 0


# The end and the new beginning (invariant 1)


async def test_what_is_on_its_way_when_the_house_closes_is_written_down(post: PostOffice) -> None:
    post.fault("delay", "王芳", seconds=0.4)
    flying = post.owe("王芳", "在路上")
    for name in post.crowd(10 * BATCH):
        post.owe(name, "通知")
    draining = post.start_draining()
    await until(lambda: post.town.sandbox.world.figures.calls["sendMessage"] > 0)
    draining.cancel()
    with pytest.raises(asyncio.CancelledError):
        await draining

    states = [one.state for one in post.rows("say")]
    assert post.row(flying).state is MailState.SENT
    assert MailState.LEASED not in states
    assert states.count(MailState.SENT) == len(post.arrivals()) < len(states)


async def test_what_a_killed_process_had_in_flight_is_sent_at_the_next_start(town: Town, post: PostOffice) -> None:
    later = await _a_process_is_killed_with_two_messages_in_flight(post)
    await post.drain()
    assert post.arrived() == []  # the chat's order is kept: nothing overtakes what may be on its way
    assert post.row(later).state is MailState.PENDING

    await town.stage.app.prepare()
    await post.drain()
    assert post.arrived().count("飞行中") == 2
    assert post.arrived()[-1] == "之后的"
    assert post.waiting() == 0


async def test_what_a_killed_process_had_in_flight_is_sent_by_another_when_its_lease_ran_out(post: PostOffice) -> None:
    await _a_process_is_killed_with_two_messages_in_flight(post)
    await post.drain_after(seconds=LEASE.total_seconds() - 1)
    assert post.arrived() == []
    await post.drain_after(seconds=1)

    assert sorted(post.arrived()) == ["之后的", "飞行中", "飞行中"]
    assert post.waiting() == 0


async def test_a_lease_that_is_renewed_does_not_run_out(post: PostOffice) -> None:
    await _a_process_is_killed_with_two_messages_in_flight(post)
    for _ in range(3):
        await post.town.stage.clock.move_by(LEASE / 2)
        assert await post.town.database.run(renew, post.town.now, "the killed process", BOT) == 2
    await post.drain()

    assert post.arrived() == []


async def test_a_process_that_ends_gives_back_what_it_did_not_send(post: PostOffice) -> None:
    await _a_process_is_killed_with_two_messages_in_flight(post)
    assert await post.town.database.run(release, "the killed process") == 2
    await post.drain()

    assert post.arrived().count("飞行中") == 2
    assert {one.attempts for one in post.rows("say")} == {1}


async def test_two_processes_never_take_the_same_message(post: PostOffice) -> None:
    numbers = {post.owe(name, "通知") for name in post.crowd(4 * BATCH)}
    taken: list[int] = []
    for _ in range(4):
        both = [
            post.town.database.run(claim, post.town.now, BOT, process, bot_pace(RATE), BATCH)
            for process in ("one process", "another")
        ]
        taken += [parcel.id for claimed in await asyncio.gather(*both) for parcel in claimed.parcels]

    assert len(taken) == len(numbers)
    assert set(taken) == numbers


async def _a_process_is_killed_with_two_messages_in_flight(post: PostOffice) -> int:
    """And a later message is owed to one of the chats; its number."""
    for name in ("王芳", "张强"):
        post.owe(name, "飞行中")
    claimed = await post.town.database.run(claim, post.town.now, BOT, "the killed process", bot_pace(RATE), BATCH)
    assert len(claimed.parcels) == 2
    return post.owe("王芳", "之后的")
