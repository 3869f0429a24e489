"""What follows from every way in which sending can end; on both databases, against a messenger with faults."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from channels.port import Press, Text
from models import Escalation, OutboxMessage, ReportRequest
from rules.escalation import Kind
from rules.mail import MAX_ATTEMPTS, MailState, Priority
from rules.rounds import RequestStatus
from services.changes import bring_up_to_date
from tests.contracts.post_office import PostOffice
from tests.harness import USERNAME, Town
from tests.patience import until


def requests(town: Town) -> list[ReportRequest]:
    return town.read(lambda session: list(session.scalars(select(ReportRequest).order_by(ReportRequest.id))))


def alarms(town: Town) -> list[Escalation]:
    return town.read(lambda session: list(session.scalars(select(Escalation).order_by(Escalation.id))))


async def prompts_are_owed(town: Town) -> None:
    """It is eight o'clock, and nobody has been written to yet."""
    await town.stage.clock.move_by(timedelta(hours=1))
    await town.stage.tick()


# Uncertain


@pytest.mark.parametrize("priority", [Priority.ALERT, Priority.REPLY])
async def test_an_alert_or_answer_without_an_answer_is_sent_again(
    impatient_post: PostOffice, priority: Priority
) -> None:
    impatient_post.fault("timeout", "李网格员", seconds=30)
    number = impatient_post.owe("李网格员", "有人发热", priority)
    await impatient_post.drain()
    assert impatient_post.row(number).state is MailState.PENDING
    await impatient_post.drain_after(seconds=2)

    assert impatient_post.town.phone("李网格员").heard("有人发热") == 2
    assert (impatient_post.row(number).state, impatient_post.row(number).attempts) == (MailState.SENT, 2)


@pytest.mark.parametrize("priority", [Priority.PROMPT, Priority.NOTICE])
async def test_a_prompt_or_notice_without_an_answer_is_not_sent_again(
    impatient_post: PostOffice, priority: Priority
) -> None:
    impatient_post.fault("timeout", "王芳", seconds=30)
    number = impatient_post.owe("王芳", "通知", priority)
    await impatient_post.drain()
    await impatient_post.drain_after(hours=1)

    assert impatient_post.town.phone("王芳").heard("通知") == 1
    row = impatient_post.row(number)
    assert (row.state, row.attempts, row.external_id) == (MailState.SENT, 1, None)
    assert row.error


async def test_an_uncertain_prompt_counts_as_asked(town: Town, impatient_post: PostOffice) -> None:
    impatient_post.fault("timeout", "张强", seconds=30)
    await prompts_are_owed(town)
    await impatient_post.drain()

    assert all(one.asked_at is not None for one in requests(town))
    assert alarms(town) == []


# Failed


async def test_a_failed_message_is_tried_again_with_growing_pauses_until_it_goes_out(post: PostOffice) -> None:
    post.fault("status", "王芳", status=404, description="Not Found", times=3)
    number = post.owe("王芳", "通知")
    pauses = []
    while (row := post.row(number)).state is MailState.PENDING:
        await post.town.stage.clock.move_to(row.due_at)
        before = post.town.now
        await post.drain()
        pauses.append((post.row(number).due_at - before).total_seconds())

    assert pauses[:3] == [2, 4, 8]
    assert (post.row(number).state, post.row(number).attempts) == (MailState.SENT, 4)
    assert post.town.phone("王芳").heard("通知") == 1


async def test_a_message_that_always_fails_is_dead_and_the_chain_goes_on_at_once(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    post.fault("status", "李网格员", status=404, description="Not Found", times=0)
    await post.hears("张强", Text("38.0"))
    [alert] = post.rows("alert", "李网格员")
    tried: list[datetime] = []
    while (row := post.row(alert.id)).state is MailState.PENDING:
        await town.stage.clock.move_to(max(row.due_at, town.now))
        tried.append(town.now)
        await post.drain()

    assert (row.state, row.attempts, len(tried)) == (MailState.DEAD, MAX_ATTEMPTS, MAX_ATTEMPTS)
    assert town.phone("李网格员").heard("38.0") == 0
    assert town.phone("赵网格长").heard("38.0") == 1
    [alarm] = alarms(town)
    assert alarm.step == 1
    [passed_on] = post.rows("alert", "赵网格长")
    assert passed_on.created_at - tried[-1] < timedelta(seconds=1)


# Unreachable (invariant 5)


async def test_an_undelivered_prompt_raises_the_alarm_at_once_with_the_reason(town: Town, post: PostOffice) -> None:
    town.sandbox.world.deactivate(town.phone("张强").number)
    await prompts_are_owed(town)
    asked_at = town.now
    await post.drain()

    [lost] = [one for one in requests(town) if one.status is RequestStatus.UNREACHABLE]
    [alarm] = alarms(town)
    assert (lost.why, lost.asked_at) == ("deactivated", None)
    assert (alarm.kind, alarm.request_id) == (Kind.UNREACHABLE, lost.id)
    assert alarm.opened_at - asked_at < timedelta(seconds=2)
    account = post.account("张强")
    assert (account.reachable, account.why_unreachable) == (False, "deactivated")

    await town.forward(minutes=1)
    assert "联系不上" in (await town.phone("李网格员").hears("账号已注销")).text


async def test_a_household_is_reachable_while_another_member_can_be_asked(town: Town, post: PostOffice) -> None:
    town.joins("王建国")
    town.sandbox.world.deactivate(town.phone("王芳").number)
    await prompts_are_owed(town)
    await post.drain()

    assert {one.status for one in requests(town)} == {RequestStatus.DUE}
    assert town.phone("王建国").heard("请量体温") == 1
    assert alarms(town) == []


async def test_nothing_is_sent_to_a_lost_account_and_the_alert_passes_on(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    town.sandbox.world.deactivate(town.phone("李网格员").number)
    await post.hears("张强", Text("38.0"))
    await post.drain()

    assert town.phone("赵网格长").heard("38.0") == 1
    [alarm] = alarms(town)
    assert alarm.step == 1


# Rejected


async def test_a_rejected_prompt_raises_the_alarm_with_its_reason(town: Town, post: PostOffice) -> None:
    post.fault("status", "张强", status=400, description="Bad Request: message is too long")
    await prompts_are_owed(town)
    await post.drain()

    [lost] = [one for one in requests(town) if one.status is RequestStatus.UNREACHABLE]
    assert lost.why == "rejected"
    assert post.account("张强").reachable
    assert [one.kind for one in alarms(town)] == [Kind.UNREACHABLE]


async def test_an_alert_that_cannot_be_written_passes_on(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    await post.hears("张强", Text("38.0"))
    [alert] = post.rows("alert")
    with town.database.transaction() as session:
        session.get_one(OutboxMessage, alert.id).args = {"passed": [[424242, "off_duty"]]}
    await post.drain()

    assert post.row(alert.id).state is MailState.REJECTED
    assert town.phone("李网格员").heard("38.0") == 0
    assert town.phone("赵网格长").heard("38.0") == 1


# Edits


async def test_an_alert_that_was_taken_while_it_was_on_its_way_is_brought_up_to_date(
    town: Town, post: PostOffice
) -> None:
    await town.at("08:00")
    await post.hears("张强", Text("38.0"))
    [alert] = post.rows("alert", "李网格员")
    post.fault("delay", "李网格员", seconds=0.4)
    draining = post.start_draining()
    await until(lambda: post.row(alert.id).state is MailState.LEASED)
    await post.hears("赵网格长", Press(f"take:{alarms(town)[0].id}"))
    await draining
    await post.drain()  # where the machine was slow, the draining had ended before the press

    [only] = [one for one in town.phone("李网格员").inbox() if "38.0" in one.text]
    assert only.edited
    assert "赵网格长 在处理" in only.text
    assert "我来处理" not in only.labels


async def test_an_edit_that_changes_nothing_is_done(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    await town.phone("张强").says("38.0")
    [alert] = post.rows("alert", "李网格员")
    await town.database.run(bring_up_to_date, town.now, alert.about or "")
    await post.drain()

    assert [one.state for one in post.rows("alert", "李网格员")] == [MailState.SENT, MailState.SENT]


async def test_an_edit_whose_message_has_vanished_has_no_consequence(town: Town, post: PostOffice) -> None:
    await town.at("08:00")
    await town.phone("张强").says("38.0")
    worker = town.phone("李网格员")
    for message in town.sandbox.world.messages(worker.number, USERNAME):
        message.deleted = True
    await post.hears("李网格员", Press(f"take:{alarms(town)[0].id}"))
    await post.drain()

    assert [one.state for one in post.rows("alert", "李网格员")] == [MailState.SENT, MailState.REJECTED]
    assert [one.step for one in alarms(town)] == [0]
    assert post.account("李网格员").reachable
