"""What is looked up for a whole batch at once changes nothing but the number of questions; on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import take_in
from channels.port import Address, Content, Incoming, Press, Text
from models import Account, Conversation, Escalation, OutboxMessage, ReportRequest, SeenUpdate, TemperatureReading
from rules.mail import Priority
from services.mailbox import say
from tests.contracts.counting import counted
from tests.harness import BOT, Phone, Town

SAID: list[tuple[str, Content]] = [
    ("王芳", Text("36.4 36.5")),
    ("张强", Text("36.9")),
    ("王芳", Text("爷爷36.8")),
    ("张强", Text("不对，是36.6")),
    ("王芳", Text("36.4 38.4 36.5")),
    ("王芳", Text("我36.5 爷爷36.9")),
    ("张强", Text("家人")),
    ("张强", Text("39.5")),
    ("张强", Press("other:0")),
    ("张强", Text("36.7")),
    ("张强", Text("365")),
    ("王芳", Text("你好")),
    ("李网格员", Text("告警")),
    ("李网格员", Text("通知")),
    ("李网格员", Text("今天消毒")),
    ("李网格员", Text("取消")),
    ("张强", Text("36.5")),
    ("张强", Press("take:x")),
    ("王芳", Text("上报")),
]
"""Each changes what a later one asks for: readings, corrections, alarms, forms, one that fails."""


class _UndoneError(Exception):
    """Everything is as it was."""


def update(number: int, who: Phone, content: Content) -> Incoming:
    return Incoming(str(number), Address(BOT, str(who.number)), content)


def left_by(town: Town, batches: Sequence[Sequence[Incoming]]) -> Any:
    """The records that these batches leave, numbers aside; nothing of them stays."""
    found: list[Any] = []

    def take(session: Session) -> None:
        for batch in batches:
            take_in(session, town.now, batch)
        found.append(records(session))
        raise _UndoneError

    with pytest.raises(_UndoneError):
        town.database.apply(take)
    return found[0]


def records(session: Session) -> dict[str, list[Any]]:
    def rows(*columns: Any) -> list[Any]:
        return sorted(tuple(map(repr, row)) for row in session.execute(select(*columns)))

    reading, message = TemperatureReading, OutboxMessage
    words = [
        (one.account_id, one.template, one.priority, one.args.get("key"), one.args.get("args"))
        for one in session.scalars(select(message).order_by(message.id))
    ]
    return {
        "readings": rows(reading.person_id, reading.celsius, reading.request_id, reading.superseded_by.is_(None)),
        "requests": rows(ReportRequest.id, ReportRequest.status, ReportRequest.answered_at),
        "alarms": rows(Escalation.person_id, Escalation.state, Escalation.severity),
        "forms": rows(Conversation.account_id, Conversation.form, Conversation.step),
        "accounts": rows(Account.id, Account.person_id, Account.last_seen_at),
        "seen": rows(SeenUpdate.update_id),
        "said": words,
    }


async def test_a_batch_leaves_what_its_updates_leave_one_by_one(town: Town) -> None:
    await town.at("08:00")
    updates = [update(number, town.phone(name), content) for number, (name, content) in enumerate(SAID)]
    alone = left_by(town, [[one] for one in updates])

    assert len(alone["readings"]) > 8
    assert left_by(town, [updates]) == alone
    without_the_failing = [one for one in updates if one.content != Press("take:x")]
    assert left_by(town, [without_the_failing]) == left_by(town, [[one] for one in without_the_failing])


async def test_a_hundred_answers_ask_the_database_no_oftener_than_two(town: Town) -> None:
    phones = []
    for number in range(100):
        town.houses(f"{number}号", [(f"户{number}", "户主")])
        phones.append(town.joins(f"户{number}"))
    await town.at("08:00")
    counts = []
    for many in (2, 100):
        with counted(town.database) as asked:
            left_by(town, [[update(number, one, Text("36.5")) for number, one in enumerate(phones[:many])]])
        counts.append(len(asked))

    assert counts[0] == counts[1]


async def test_rows_written_together_get_their_own_numbers_in_their_order(town: Town) -> None:
    with town.database.transaction() as session:
        account = session.scalars(select(Account).limit(1)).one()
        owed = [
            say(session, town.now, account, "help", {"place": place}, priority=Priority.NOTICE) for place in range(500)
        ]
        session.flush()
        numbers = [one.id for one in owed if one]
    with town.database.transaction() as session:
        places = [session.get_one(OutboxMessage, number).args["args"]["place"] for number in numbers]

    assert places == list(range(500))
    assert numbers == sorted(numbers)
