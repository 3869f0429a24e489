"""What the database promises: whole transactions, honest types, sealed secrets; on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from models import Account, AuditEntry, Bot, OutboxMessage
from models.db import Database
from rules.errors import NaiveTimeError
from rules.mail import MailState

NOW = datetime(2020, 2, 10, 8, tzinfo=UTC)


def add_bot(session: Session, name: str, paused_until: datetime | None = None) -> None:
    session.add(Bot(name=name, channel="telegram", paused_until=paused_until))


def bots(session: Session) -> list[str]:
    return list(session.scalars(select(Bot.name).order_by(Bot.name)))


def add_message(session: Session, state: MailState | str = MailState.PENDING) -> int:
    """A bot, a chat and a message to it; the message's number."""
    add_bot(session, "one")
    session.flush()
    account = Account(bot="one", address="1", created_at=NOW)
    session.add(account)
    session.flush()
    message = OutboxMessage(
        bot="one", account_id=account.id, priority=2, template="say", due_at=NOW, created_at=NOW, state=state
    )
    session.add(message)
    session.flush()
    return message.id


# Transactions


async def test_a_transaction_commits_when_its_function_returns(database: Database) -> None:
    await database.run(add_bot, "one")
    assert await database.run(bots) == ["one"]


async def test_a_transaction_leaves_nothing_when_its_function_raises(database: Database) -> None:
    def fail_late(session: Session) -> None:
        add_bot(session, "one")
        session.flush()
        raise LookupError("too late")

    with pytest.raises(LookupError, match="too late"):
        await database.run(fail_late)
    assert await database.run(bots) == []


async def test_what_a_transaction_returns_can_be_read_after_it(database: Database) -> None:
    def make(session: Session) -> Bot:
        add_bot(session, "one", NOW)
        session.flush()
        return session.get_one(Bot, "one")

    bot = await database.run(make)
    assert (bot.name, bot.paused_until) == ("one", NOW)


async def test_a_savepoint_undoes_its_own_part_only(database: Database) -> None:
    def half(session: Session) -> None:
        add_bot(session, "kept")
        session.flush()
        with suppress(LookupError), session.begin_nested():
            add_bot(session, "undone")
            session.flush()
            raise LookupError
        add_bot(session, "kept too")

    await database.run(half)
    assert await database.run(bots) == ["kept", "kept too"]


async def test_transactions_at_one_time_lose_no_update(database: Database) -> None:
    number = await database.run(add_message)

    def count(session: Session) -> None:
        session.execute(
            update(OutboxMessage).where(OutboxMessage.id == number).values(attempts=OutboxMessage.attempts + 1)
        )

    def count_in_hand(session: Session) -> None:
        message = session.get_one(OutboxMessage, number, with_for_update=True)
        message.attempts += 1

    await asyncio.gather(*(database.run(work) for work in [count, count_in_hand] * 40))
    assert await database.run(lambda session: session.get_one(OutboxMessage, number).attempts) == 80


async def test_what_is_read_and_written_back_loses_no_update(database: Database) -> None:
    number = await database.run(add_message)

    def one_more(session: Session) -> None:
        session.get_one(OutboxMessage, number).attempts += 1

    await asyncio.gather(*(database.run(one_more) for _ in range(40)))

    assert await database.run(lambda session: session.get_one(OutboxMessage, number).attempts) == 40


async def test_of_many_who_claim_a_row_one_gets_it(database: Database) -> None:
    number = await database.run(add_message)

    def claim(session: Session, who: str) -> bool:
        claimed = update(OutboxMessage).where(OutboxMessage.id == number, OutboxMessage.lease.is_(None))
        return bool(session.execute(claimed.values(lease=who).returning(OutboxMessage.id)).all())

    claims = await asyncio.gather(*(database.run(claim, f"process {one}") for one in range(20)))
    assert sum(claims) == 1


async def test_a_transaction_on_the_callers_thread_waits_for_one_on_a_database_thread(database: Database) -> None:
    running = [database.run(add_bot, f"bot {one}") for one in range(10)]
    tasks = [asyncio.ensure_future(one) for one in running]
    with database.transaction() as session:
        add_bot(session, "from here")
    await asyncio.gather(*tasks)

    assert len(await database.run(bots)) == 11


async def test_a_row_of_nobody_is_refused(database: Database) -> None:
    def orphan(session: Session) -> None:
        session.add(Account(bot="no such bot", address="1", created_at=NOW))

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await database.run(orphan)


# Types


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError) as caught:
        await database.run(add_bot, "one", datetime(2020, 2, 10, 8))  # noqa: DTZ001 - the naive time is the point
    assert isinstance(caught.value.orig, NaiveTimeError)
    assert await database.run(bots) == []


async def test_a_naive_time_is_refused_in_a_question_too(database: Database) -> None:
    naive = datetime(2020, 2, 10, 8)  # noqa: DTZ001 - the naive time is the point
    with pytest.raises(StatementError) as caught:
        await database.run(lambda session: session.scalars(select(Bot).where(Bot.paused_until < naive)).all())
    assert isinstance(caught.value.orig, NaiveTimeError)


async def test_an_instant_comes_back_aware_in_utc_to_the_microsecond(database: Database) -> None:
    there = datetime(2020, 2, 10, 23, 59, 59, 999_999, tzinfo=ZoneInfo("Asia/Shanghai"))
    await database.run(add_bot, "one", there)
    kept = await database.run(lambda session: session.get_one(Bot, "one").paused_until)

    assert kept == there
    assert kept is not None
    assert (kept.tzinfo, kept.utcoffset()) == (UTC, timedelta(0))


async def test_instants_are_compared_as_instants_in_whatever_zone_they_are_given(database: Database) -> None:
    await database.run(add_bot, "one", datetime(2020, 2, 10, 8, tzinfo=ZoneInfo("Asia/Shanghai")))

    def paused_before(session: Session, moment: datetime) -> list[str]:
        return list(session.scalars(select(Bot.name).where(Bot.paused_until < moment)))

    assert await database.run(paused_before, datetime(2020, 2, 10, 0, 30, tzinfo=UTC)) == ["one"]
    assert await database.run(paused_before, datetime(2020, 2, 10, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))) == []


async def test_a_closed_vocabulary_refuses_an_unknown_word(database: Database) -> None:
    with pytest.raises(StatementError, match="lost in the post"):
        await database.run(add_message, "lost in the post")


async def test_a_word_is_stored_as_it_is_read(database: Database) -> None:
    await database.run(add_message, MailState.UNREACHABLE)
    assert await database.run(lambda session: session.scalar(text("SELECT state FROM outbox"))) == "unreachable"
    assert await database.run(lambda session: session.scalar(select(OutboxMessage.state))) is MailState.UNREACHABLE


async def test_nested_details_come_back_as_they_were(database: Database) -> None:
    detail = {"词": ["36.5", 36.5, None, True, {"<b>": "😷 \" ' \\ %s"}]}

    def keep(session: Session) -> None:
        session.add(AuditEntry(at=NOW, act="look", subject="household:1", detail=detail))

    await database.run(keep)
    assert await database.run(lambda session: session.scalars(select(AuditEntry)).one().detail) == detail


async def test_an_error_does_not_quote_what_was_to_be_written(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        await database.run(lambda session: session.execute(text("SELECT :name FROM nowhere"), {"name": "王芳"}))

    assert "nowhere" in str(failed.value)
    assert "王芳" not in str(failed.value)
