"""A notice that is held up, stopped or corrected while its messages wait and fly, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.port import Message, Sent
from models import Account, Area, Notice, NoticeSweep, OutboxMessage
from models.db import Database
from rules.mail import HELD, MailState, Priority, bot_pace
from rules.notice_life import NoticeAct, NoticeState
from services import register, spreading
from services.gathering import gather
from services.mailbox import say
from services.node_funnels import show_at_nodes
from services.notice_life import change
from services.notice_sweeps import sweep
from services.outbox import claim
from services.outcomes import record_results
from services.parcels import Parcel
from services.receipts import receipts
from services.results import Result
from tests.contracts.counting import counted
from tests.harness import BOT, DAY, local, raise_the_house
from tests.recounting import recount

NOON = local(DAY, "12:00")
SOON = NOON + timedelta(seconds=5)
READERS = 5


@pytest.fixture
def told(database: Database) -> Database:
    """Five doors that are owed a notice of the street."""
    database.apply(_tell)
    return database


def _tell(session: Session) -> None:
    raise_the_house(session, NOON)
    areas = {area.code: area for area in session.scalars(select(Area))}
    head = register.add_person(session, NOON, name="赵网格长")
    for number in range(READERS):
        household = register.household_at(session, areas["G1"], f"{number}号")
        person = register.add_person(session, NOON, name=f"人{number}")
        register.add_resident(session, NOON, person=person, household=household)
        session.add(Account(bot=BOT, address=f"{number}", person_id=person.id, created_at=NOON))
    notice = Notice(author_id=head.id, area_id=areas["S1"].id, body="今天停水", created_at=NOON)
    session.add(notice)
    session.flush()
    spreading.send_to_doors(session, NOON, notice)


def _notice(session: Session) -> Notice:
    return session.scalars(select(Notice)).one()


def _do(session: Session, act: NoticeAct, body: str | None = None) -> bool:
    notice = _notice(session)
    return change(session, NOON, notice, act, notice.author_id, body)


def _claim(session: Session, limit: int = 30) -> list[Parcel]:
    return claim(session, SOON, BOT, "ours", bot_pace(1000.0), limit).parcels


def _arrive(session: Session, parcels: list[Parcel]) -> None:
    record_results(session, SOON, BOT, [Result(one, Sent(f"m{one.id}")) for one in parcels])


def _sweep_all(session: Session, copies: int = 2) -> int:
    parts = 0
    while sweep(session, SOON, copies)["left"]:
        parts += 1
    return parts


def _due(session: Session) -> set[bool]:
    mail = select(OutboxMessage).where(OutboxMessage.template == "notice", OutboxMessage.state == MailState.PENDING)
    return {one.due_at == HELD for one in session.scalars(mail)}


def test_not_one_leaves_once_it_is_held_up_whether_its_part_was_done_or_not(told: Database) -> None:
    told.apply(_do, NoticeAct.PAUSED)
    with told.transaction() as session:
        account = session.scalars(select(Account)).first()
        assert account
        say(session, NOON, account, "stopped", priority=Priority.ALERT)
    said = told.apply(_claim)
    assert [one.template for one in said] == ["say"]  # nothing else is held
    told.apply(_arrive, said)
    assert told.apply(_claim) == []
    assert told.apply(_due) == {True}
    told.apply(_sweep_all)
    assert told.apply(_claim) == []

    told.apply(_do, NoticeAct.RESUMED)
    assert told.apply(_sweep_all) > 1
    assert len(told.apply(_claim)) == READERS


def test_what_flew_when_it_was_corrected_is_corrected_when_it_has_arrived(told: Database) -> None:
    flying = told.apply(_claim, 2)
    told.apply(_do, NoticeAct.CORRECTED, "今天不停水")
    told.apply(_sweep_all)
    told.apply(_arrive, flying)
    later = told.apply(_claim)
    edited = {one.edits.message_id: one.message for one in later if one.edits}
    assert set(edited) == {f"m{one.id}" for one in flying}
    texts = [one.message.text for one in later if isinstance(one.message, Message)]
    assert all("今天不停水" in text for text in texts)
    assert len(texts) == READERS


def test_what_flew_when_it_was_stopped_counts_as_sent_and_the_rest_as_never_sent(told: Database) -> None:
    flying = told.apply(_claim, 2)
    told.apply(_do, NoticeAct.STOPPED)
    told.apply(_sweep_all)
    told.apply(_arrive, flying)

    def counts(session: Session) -> tuple[int, int, int]:
        notice = _notice(session)
        count = receipts(session, notice.id)
        assert count == recount(session, notice.id, notice.area_id)
        return count.sent, count.dropped, count.waiting

    assert told.apply(counts) == (2, READERS - 2, 0)
    assert told.apply(_claim) == []


def test_a_sweep_that_another_act_overtook_is_not_gone_on_with(told: Database) -> None:
    told.apply(_do, NoticeAct.PAUSED)
    told.apply(sweep, SOON, 2)
    told.apply(_do, NoticeAct.RESUMED)
    told.apply(_sweep_all)

    def under_way(session: Session) -> tuple[NoticeState, int]:
        open_ones = select(NoticeSweep).where(NoticeSweep.next_at.is_not(None))
        return _notice(session).state, len(session.scalars(open_ones).all())

    assert told.apply(under_way) == (NoticeState.SENDING, 0)
    assert told.apply(_due) == {False}


def test_a_look_with_nothing_to_do_is_one_question(told: Database) -> None:
    told.apply(gather, NOON)
    told.apply(show_at_nodes, NOON)
    with counted(told) as asked:
        assert told.apply(show_at_nodes, NOON)["left"] == 0
        assert told.apply(sweep, NOON)["left"] == 0
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
