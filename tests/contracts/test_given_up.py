"""What operators see of the outbox: what waits, what was given up, and nothing of what anybody was told."""

from __future__ import annotations

from datetime import timedelta

from channels.port import Text
from models import OutboxMessage
from rules.mail import MAX_ATTEMPTS, MailState, Priority
from rules.roles import Role
from services.mail_queue import given_up, heaps, try_again
from tests.contracts.post_office import PostOffice
from tests.harness import Town


async def test_a_dead_alert_is_told_to_the_operators_once(town: Town, post: PostOffice) -> None:
    operator = town.employs("郑运维", Role.OPERATOR, "C")
    await town.at("08:00")
    await post.hears("张强", Text("38.0"))
    post.fault("status", "李网格员", status=404, description="Not Found", times=0)
    [alert] = post.rows("alert", "李网格员")
    _has_one_attempt_left(town, alert.id)
    await post.drain()

    assert post.row(alert.id).state is MailState.DEAD
    assert operator.heard("一直没能送达") == 1
    assert operator.heard("张强") == 0
    assert town.phone("赵网格长").heard("38.0") == 1


async def test_what_waits_is_counted_by_bot_priority_and_state(post: PostOffice) -> None:
    post.owe("王芳", "通知")
    post.owe("张强", "告警", Priority.ALERT)
    await post.town.stage.clock.move_by(timedelta(minutes=5))
    found = post.town.read(lambda session: heaps(session, post.town.now))

    assert [(one.priority, one.state, one.count) for one in found] == [
        (Priority.ALERT, MailState.PENDING, 1),
        (Priority.NOTICE, MailState.PENDING, 1),
    ]
    assert found[0].age == timedelta(minutes=5)


async def test_what_was_given_up_is_listed_without_words_and_can_be_owed_anew(post: PostOffice) -> None:
    words = 'Bad Request: can\'t parse entities: "王芳" is no tag'
    post.fault("status", "王芳", status=400, description=words)
    number = post.owe("王芳", "机密")
    await post.drain()
    [lost] = post.town.read(given_up)
    assert (lost.id, lost.template, lost.state) == (number, "say", MailState.REJECTED)
    assert "Bad Request" in lost.error
    assert "王芳" not in lost.error

    assert post.town.database.apply(try_again, post.town.now, [number, number + 1]) == {number}
    await post.drain_after(seconds=1)
    assert post.arrived() == ["机密"]
    assert post.town.read(given_up) == []


def _has_one_attempt_left(town: Town, number: int) -> None:
    with town.database.transaction() as session:
        session.get_one(OutboxMessage, number).attempts = MAX_ATTEMPTS - 1
