"""What the way out promises: the urgent first, the pointless dropped, nobody held up, no limit passed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.drain import AHEAD_SECONDS
from channels.port import Text
from rules.mail import MailState, Priority, bot_pace
from services.outbox import claim
from tests.contracts.post_office import RATE, PostOffice
from tests.harness import BOT, USERNAME, Town
from tests.patience import until

BATCH = int(RATE * AHEAD_SECONDS)
SECOND = timedelta(seconds=1)


# Order (invariant 8)


async def test_what_is_urgent_overtakes_what_waited_longer(post: PostOffice) -> None:
    for number, name in enumerate(post.crowd(4 * BATCH)):
        post.owe(name, f"{3 - number // BATCH}", Priority(3 - number // BATCH))
    await post.drain()

    arrived = post.arrived()
    assert sorted(arrived) == ["0"] * BATCH + ["1"] * BATCH + ["2"] * BATCH + ["3"] * BATCH
    for priority in range(2):  # a batch may still be on its way while the next one leaves
        last = max(place for place, words in enumerate(arrived) if words == f"{priority}")
        assert last < arrived.index(f"{priority + 2}")


async def test_within_one_chat_the_urgent_overtakes_and_the_rest_keeps_its_order(post: PostOffice) -> None:
    for words, priority in (("通知一", 3), ("通知二", 3), ("回答", 1), ("告警", 0), ("通知三", 3)):
        post.owe("王芳", words, Priority(priority))
    for _ in range(5):
        await post.drain_after(seconds=1)

    assert post.arrived() == ["告警", "回答", "通知一", "通知二", "通知三"]


@pytest.mark.parametrize("priority", [Priority.ALERT, Priority.REPLY])
async def test_an_alert_overtakes_a_long_queue_within_a_second(post: PostOffice, priority: Priority) -> None:
    for name in post.crowd(60):
        post.owe(name, "通知")
    draining = post.start_draining()
    await until(lambda: len(post.arrivals()) >= 12)
    owed_at = post.town.now
    post.owe("李网格员", "告警", priority)
    await draining

    arrivals = post.arrivals()
    [(place, arrived_at)] = [(place, at) for place, (words, at) in enumerate(arrivals) if words == "告警"]
    assert arrived_at - owed_at <= SECOND
    assert place < len(arrivals) - BATCH
    assert len(arrivals) == 61


async def test_what_is_not_due_waits(post: PostOffice) -> None:
    post.owe("王芳", "以后", Priority.ALERT, minutes=10)
    post.owe("王芳", "现在")
    await post.drain_after(minutes=9)
    assert post.arrived() == ["现在"]
    await post.drain_after(minutes=1)
    assert post.arrived() == ["现在", "以后"]


# Late binding


async def test_a_reminder_is_dropped_when_the_household_has_answered_before_it_left(
    town: Town, post: PostOffice
) -> None:
    await town.at("08:00")
    post.fault("status", "张强", status=429, retry_after=60)
    await town.stage.clock.move_by(timedelta(hours=2))
    await town.stage.tick()
    await post.drain()
    assert [one.state for one in post.rows("reminder", "张强")] == [MailState.PENDING]
    await town.phone("张强").says("36.5")

    assert [one.state for one in post.rows("reminder", "张强")] == [MailState.DROPPED]
    assert town.phone("张强").heard("还没收到体温") == 0
    assert town.phone("王芳").heard("还没收到体温") == 1


async def test_a_message_is_written_when_it_leaves(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    post.fault("status", "李网格员", status=429, retry_after=300)
    await post.hears("张强", Text("38.0"))
    await post.drain()
    assert town.phone("李网格员").inbox() == []
    await post.hears("张强", Text("38.6"))
    await post.drain_after(seconds=300)

    assert "38.6" in town.phone("李网格员").inbox()[0].text


# The pace (invariant 9)


async def test_a_bot_never_exceeds_its_rate(post: PostOffice) -> None:
    for name in post.crowd(60):
        post.owe(name, "通知")
    began = post.town.now
    await post.drain()

    figures = post.town.sandbox.world.figures_now()
    last = max(at for _, at in post.arrivals())
    assert figures["throttled"] == 0
    # What leaves in time may arrive a batch's time late, here as on any line.
    assert figures["worst_second"][USERNAME] <= RATE * (1 + AHEAD_SECONDS)
    assert last - began >= timedelta(seconds=(60 - 1) / RATE)


async def test_a_claim_reserves_the_bots_pace_for_all_of_its_messages_in_one_step(post: PostOffice) -> None:
    for name in post.crowd(25):
        post.owe(name, "通知")
    pace = bot_pace(RATE)
    reserved = [post.town.now]
    for _ in range(5):
        claimed = await post.town.database.run(claim, post.town.now, BOT, "the test", pace, BATCH)
        assert len(claimed.parcels) == BATCH
        reserved.append(claimed.arrival_at or post.town.now)

    assert {later - earlier for earlier, later in pairwise(reserved)} == {pace.interval * BATCH}


async def test_a_chat_gets_one_message_a_second_on_average(post: PostOffice) -> None:
    for number in range(12):
        post.owe("王芳", f"{number:02}")
    for _ in range(12):
        await post.drain()
        await post.drain_after(milliseconds=700)
    await post.town.stage.settle()

    words, times = zip(*post.arrivals(), strict=True)
    assert list(words) == [f"{number:02}" for number in range(12)]
    assert all(later - earlier >= (12 - 3) * SECOND for earlier, later in [(times[0], times[-1])])
    assert post.town.sandbox.world.figures.throttled == 0


async def test_one_full_chat_does_not_hold_up_another(post: PostOffice) -> None:
    for number in range(3 * BATCH):
        post.owe("王芳", f"{number:02}", Priority.ALERT)
    post.owe("张强", "通知")
    await post.drain()

    assert "通知" in post.arrived()


async def test_a_throttled_chat_waits_as_long_as_it_was_told_and_nobody_else_does(post: PostOffice) -> None:
    post.fault("status", "王芳", status=429, retry_after=30)
    waits = post.owe("王芳", "等一等")
    post.owe("张强", "马上")
    await post.drain()
    post.owe("张强", "又一条")
    await post.drain_after(seconds=29)
    assert post.arrived() == ["马上", "又一条"]
    await post.drain_after(seconds=1)

    assert post.arrived() == ["马上", "又一条", "等一等"]
    assert (post.row(waits).state, post.row(waits).attempts) == (MailState.SENT, 1)


async def test_a_throttled_bot_waits_as_long_as_it_was_told(post: PostOffice) -> None:
    post.fault("status", status=429, retry_after=20, times=2)
    post.owe("王芳", "一")
    post.owe("张强", "二")
    await post.drain()
    post.owe("李网格员", "告警", Priority.ALERT)
    await post.drain_after(seconds=19)
    assert post.arrived() == []
    await post.drain_after(seconds=1)

    assert sorted(post.arrived()) == ["一", "二", "告警"]


async def test_what_is_late_does_not_ring_at_night_and_what_was_just_asked_is_answered(post: PostOffice) -> None:
    """Due in the evening, and the machine was down: the notice waits for the morning (invariant 10)."""
    post.owe("王芳", "晚饭后的通知", hours=13)
    post.owe("张强", "答复", Priority.REPLY, hours=13)
    await post.drain_after(hours=16)
    assert post.arrived() == ["答复"]
    await post.drain_after(hours=7.5)
    assert post.arrived() == ["答复"]
    await post.drain_after(minutes=31)

    assert post.arrived() == ["答复", "晚饭后的通知"]
