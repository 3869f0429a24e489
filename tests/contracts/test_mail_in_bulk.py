"""A notice to many, and what waits for the morning: the short ways do what the long ones do, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.port import Message, Sent, Uncertain
from models import Account, Area, Notice, NoticeCopy, OutboxMessage
from models.db import Database
from rules.mail import CHAT_PACE, MailState, Priority, bot_pace
from services import register, spreading
from services.due import fall_due
from services.letters import write
from services.mailbox import say
from services.outbox import Claimed, claim
from services.outcomes import record_results
from services.parcels import Parcel
from services.receipts import Receipts, receipts
from services.results import Result
from tests.harness import BOT, DAY, local, raise_the_house
from tests.recounting import recount

NOON = local(DAY, "12:00")
NIGHT = local(DAY, "23:00")
HOUR = timedelta(hours=1)
LANGUAGES = (None, "en", "zh-hans", "en-GB", None)


@pytest.fixture
def told(database: Database) -> Database:
    """Five readers of both languages, who are owed a notice."""
    database.apply(_tell)
    return database


def _tell(session: Session) -> None:
    raise_the_house(session, NOON)
    grid = session.scalars(select(Area).where(Area.code == "G1")).one()
    head = register.add_person(session, NOON, name="赵网格长")
    for number, language in enumerate(LANGUAGES):
        household = register.household_at(session, grid, f"{number}号")
        person = register.add_person(session, NOON, name=f"人{number}")
        person.language = "zh-CN" if number == 3 else None
        register.add_resident(session, NOON, person=person, household=household)
        row = Account(bot=BOT, address=f"{number}", person_id=person.id, language=language, created_at=NOON)
        session.add(row)
    notice = Notice(author_id=head.id, area_id=grid.id, body="今天停水\n<b>别忘了</b>", created_at=NOON - HOUR)
    session.add(notice)
    session.flush()
    spreading.send_to_doors(session, NOON, notice)


def _claim(session: Session, limit: int = 30) -> Claimed:
    return claim(session, NOON, BOT, "ours", bot_pace(30.0), limit)


def _keys(parcel: Parcel) -> list[str]:
    """The keys of a letter's choices."""
    assert isinstance(parcel.message, Message)
    return [choice.key for row in parcel.message.choices for choice in row]


def _rows(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_copy_written_with_the_others_says_what_it_would_say_by_itself(told: Database) -> None:
    claimed = {one.id: one for one in told.apply(_claim).parcels}
    with told.transaction() as session:
        alone = {row.id: write(session, row, NOON) for row in _rows(session)}
        addresses = {row.id: session.get_one(Account, row.account_id).address for row in _rows(session)}
    assert len(claimed) == len(LANGUAGES)
    for number, written in alone.items():
        parcel = claimed[number]
        assert written is not None
        assert parcel.message.lines == written.lines  # type: ignore[union-attr]
        assert parcel.message.choices == written.choices  # type: ignore[union-attr]
        assert parcel.message.number == number  # type: ignore[union-attr]
        assert parcel.to.chat == addresses[number]
    assert len({parcel.message.text for parcel in claimed.values()}) == 2  # type: ignore[union-attr]


def test_a_copy_that_was_read_elsewhere_is_sent_with_its_receipt(told: Database) -> None:
    with told.transaction() as session:
        session.scalars(select(NoticeCopy).order_by(NoticeCopy.id)).first().read_at = NOON  # type: ignore[union-attr]
    first, *rest = sorted(told.apply(_claim).parcels, key=lambda one: one.id)
    assert [key.partition(":")[0] for key in _keys(first)] == ["ask"]
    assert len(rest) == len(LANGUAGES) - 1
    assert all([key.partition(":")[0] for key in _keys(one)] == ["read", "ask"] for one in rest)


def test_what_arrived_is_recorded_for_all_as_for_one(told: Database) -> None:
    parcels = told.apply(_claim).parcels
    said = [Result(one, Uncertain("?") if place == 2 else Sent(f"{place}")) for place, one in enumerate(parcels)]
    counts = told.apply(lambda session: record_results(session, NOON, BOT, said))

    assert counts == {"sent": 4, "uncertain": 1}
    with told.transaction() as session:
        for result in said:
            row = session.get_one(OutboxMessage, result.parcel.id)
            account = session.get_one(Account, row.account_id)
            assert (row.state, row.sent_at, row.lease, row.leased_until) == (MailState.SENT, NOON, None, None)
            assert row.external_id == (result.said.message_id if isinstance(result.said, Sent) else None)
            assert account.arrival_at == NOON + CHAT_PACE.interval
            assert [key for key, _ in account.offered] == _keys(result.parcel)
        notice = session.scalars(select(Notice)).one()
        assert receipts(session, notice.id) == Receipts(people=5, sent=5, read=0, failed=0, homes=5)
        assert receipts(session, notice.id) == recount(session, notice.id, notice.area_id)


def test_what_is_due_later_is_not_looked_at_before_its_time(told: Database) -> None:
    with told.transaction() as session:
        for row in _rows(session):
            row.put_off(NOON + HOUR, NOON)
    found = told.apply(_claim)
    assert (found.looked_at, found.parcels) == (0, [])

    assert told.apply(fall_due, NOON + HOUR, BOT) == len(LANGUAGES)
    assert not any(row.waits for row in told.apply(_rows))
    assert told.apply(fall_due, NOON + HOUR, BOT) == 0


def test_a_place_among_what_is_due_does_not_make_it_due(told: Database) -> None:
    with told.transaction() as session:
        for row in _rows(session):
            row.due_at = NOON + HOUR
    assert told.apply(_claim).parcels == []


def test_each_way_of_writing_something_for_later_lets_it_stand_aside(told: Database) -> None:
    def later(session: Session) -> list[bool]:
        account = session.scalars(select(Account).where(Account.address == "0")).one()
        said = say(session, NOON, account, "alarm-held", {"who": "李"}, priority=Priority.PROMPT)
        assert said
        at_once = said.waits
        said.put_off(NOON + HOUR, NOON)
        held = OutboxMessage(
            bot=BOT,
            account_id=account.id,
            priority=Priority.PROMPT,
            template="say",
            due_at=NOON + HOUR,
            created_at=NOON,
        )
        notice = session.scalars(select(Notice)).one()
        head = session.scalars(select(Area).where(Area.code == "G1")).one()
        night = Notice(author_id=notice.author_id, area_id=head.id, body="明早", created_at=NIGHT)
        session.add_all([held, night])
        session.flush()
        spreading.send_to_doors(session, NIGHT, night)
        fanned = session.scalars(select(OutboxMessage).where(OutboxMessage.created_at == NIGHT)).all()
        return [at_once, said.waits, held.waits, *{row.waits for row in fanned}]

    assert told.apply(later) == [False, True, True, True]
