"""Questions about a notice on both databases: answered once whoever answers, told once whatever runs at one time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import Account, Area, Enquiry, EnquiryEvent, EnquiryTopic, Notice, NoticeCopy, OutboxMessage
from models.db import Database, is_conflict
from rules.enquiries import EnquiryState, Heard
from rules.policy import Policy
from rules.roles import Role
from services import register
from services.enquiries.answering import Given, answer
from services.enquiries.asking import ask
from services.enquiries.going_on import go_on_with_enquiries, lost
from tests.contracts.counting import counted
from tests.harness import BOT, DAY, local, raise_the_house

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
MORNING = local(DAY, "09:00")
LATER = MORNING + timedelta(minutes=5)
OTHER_WORDS = ("要带身份证吗", "几点开始", "在哪里做", "孩子要去吗", "狗怎么办")


def settle(session: Session, homes: int) -> None:
    """A community's notice to so many doors; two answer for the community, one further up."""
    raise_the_house(session, MORNING)
    areas = {area.code: area for area in session.scalars(select(Area))}
    for name, role, code in (("孙", Role.COMMUNITY, "V1"), ("周", Role.COMMUNITY, "V1"), ("钱", Role.STREET, "S1")):
        person = register.add_person(session, MORNING, name=name)
        register.appoint(session, MORNING, person=person, role=role, area=areas[code])
        session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=MORNING))
    author = session.scalars(select(Account).where(Account.address == "孙")).one()
    notice = Notice(author_id=author.person_id, area_id=areas["V1"].id, body="明早八点核酸", created_at=MORNING)
    session.add(notice)
    session.flush()
    for number in range(homes):
        person = register.add_person(session, MORNING, name=f"住户{number}")
        home = register.household_at(session, areas["G1"], f"{number}号")
        register.add_resident(session, MORNING, person=person, household=home)
        account = Account(bot=BOT, address=f"住户{number}", person_id=person.id, created_at=MORNING)
        session.add(account)
        session.flush()
        place = {"area_id": areas["G1"].id, "household_id": home.id, "sent_at": MORNING}
        session.add(NoticeCopy(notice_id=notice.id, person_id=person.id, account_id=account.id, **place))


def asked_by(session: Session, number: int, words: str) -> int:
    account = session.scalars(select(Account).where(Account.address == f"住户{number}")).one()
    copy = session.scalars(select(NoticeCopy).where(NoticeCopy.account_id == account.id)).one()
    one = ask(session, MORNING, copy, account, words)
    assert one is not None
    return one.id


def person_of(session: Session, name: str) -> int:
    return session.scalars(select(Account.person_id).where(Account.address == name)).one() or 0


def messages(session: Session, template: str) -> list[str]:
    mine = select(Account.address).join(OutboxMessage, OutboxMessage.account_id == Account.id)
    first = mine.where(OutboxMessage.template == template, OutboxMessage.edits_id.is_(None))
    return list(session.scalars(first.order_by(OutboxMessage.id)))


@pytest.fixture
def told(database: Database) -> Database:
    database.apply(settle, 5)
    return database


def both(database: Database, url: str, first: Callable[[Session], T], second: Callable[[Session], T]) -> list[T]:
    """What two transactions do that meet: the second begins while the first is not over."""
    if database.engine.dialect.name == "sqlite":  # there is one writer: they come one after the other
        return [database.apply(first), database.apply(second)]
    other = Database(url, database.vault, Policy())
    with ThreadPoolExecutor(1) as elsewhere:
        with database.transaction() as slow:
            one = first(slow)
            slow.flush()
            racing = elsewhere.submit(other.apply, second)
        results = [one, racing.result()]
    other.close()
    return results


def test_two_answer_at_once_and_one_of_them_does(told: Database, database_url: str) -> None:
    number = told.apply(asked_by, 0, "要带身份证吗")
    told.apply(go_on_with_enquiries, MORNING)

    def by(name: str) -> Callable[[Session], Given]:
        def work(session: Session) -> Given:
            return answer(session, LATER, {number: 1}, f"{name}说要带", person_of(session, name), for_all=False)

        return work

    first, second = both(told, database_url, by("孙"), by("周"))
    assert (first, second) == (Given(1, 0), Given(0, 0))
    with told.transaction() as session:
        said = session.scalars(select(EnquiryEvent.body).where(EnquiryEvent.event == Heard.ANSWERED)).all()
        assert said == ["孙说要带"]
        assert messages(session, "enquiry_answer") == ["住户0"]


def test_a_tick_that_runs_twice_at_once_tells_once(told: Database, database_url: str) -> None:
    for number, words in enumerate(OTHER_WORDS):
        told.apply(asked_by, number, words)
    both(
        told,
        database_url,
        lambda session: go_on_with_enquiries(session, MORNING),
        lambda session: go_on_with_enquiries(session, MORNING),
    )
    told.apply(go_on_with_enquiries, MORNING)
    with told.transaction() as session:
        assert messages(session, "enquiries") == ["孙"]
        assert set(session.scalars(select(Enquiry.state))) == {EnquiryState.TOLD}
        noted = select(func.count()).select_from(EnquiryEvent).where(EnquiryEvent.event == Heard.TOLD)
        assert session.scalar(noted) == len(OTHER_WORDS)


def test_two_first_questions_alike_at_one_instant_are_one_topic(told: Database) -> None:
    _two_ask_at_one_instant(told, "要带身份证吗", "请问用不用带证件")
    with told.transaction() as session:
        (topic,) = session.scalars(select(EnquiryTopic)).all()
        assert topic.words == "要带身份证吗"
        assert [one.topic_id for one in session.scalars(select(Enquiry))] == [topic.id, topic.id]


def test_two_first_questions_at_one_instant_that_ask_something_else_are_two(told: Database) -> None:
    _two_ask_at_one_instant(told, "要带身份证吗", "几点开始")
    with told.transaction() as session:
        assert set(session.scalars(select(EnquiryTopic.words))) == {"要带身份证吗", "几点开始"}


def _two_ask_at_one_instant(database: Database, one: str, other: str) -> None:
    if database.is_sqlite:  # there is one writer: whoever comes second begins when the first is over
        database.apply(asked_by, 0, one)
    else:
        with pytest.raises(DBAPIError) as lost:
            _second_began_before(database, one, other)
        assert is_conflict(lost.value)
    database.apply(asked_by, 1, other)


def _second_began_before(database: Database, one: str, other: str) -> None:
    with database.transaction() as slow:
        assert not slow.scalars(select(EnquiryTopic)).all()  # from here on it sees the records as they are now
        database.apply(asked_by, 0, one)
        asked_by(slow, 1, other)


def test_an_answer_for_all_reaches_those_who_asked_meanwhile_and_nobody_twice(told: Database) -> None:
    first = told.apply(asked_by, 0, "要带身份证吗")
    told.apply(asked_by, 1, "请问用不用带证件")
    told.apply(asked_by, 2, "几点开始")

    def work(session: Session) -> Given:
        return answer(session, LATER, {first: 1}, "要带", person_of(session, "周"), for_all=True)

    assert told.apply(work) == Given(2, 0)
    assert told.apply(work) == Given(0, 0)
    told.apply(asked_by, 3, "需要带身份证吗")
    with told.transaction() as session:
        assert messages(session, "enquiry_answer") == ["住户0", "住户1", "住户3"]
        states = session.scalars(select(Enquiry.state).order_by(Enquiry.id)).all()
        assert states == [EnquiryState.ANSWERED, EnquiryState.ANSWERED, EnquiryState.ASKED, EnquiryState.KNOWN]
        topic = session.scalars(select(EnquiryTopic).where(EnquiryTopic.answer != "")).one()
        assert (topic.words, topic.given) == ("要带身份证吗", 1)


def test_an_answer_is_to_the_round_that_was_seen(told: Database) -> None:
    number = told.apply(asked_by, 0, "要带身份证吗")

    def work(session: Session, round_: int) -> Given:
        return answer(session, LATER, {number: round_}, "要带", person_of(session, "孙"), for_all=False)

    assert told.apply(work, 2) == Given(0, 0)
    assert told.apply(work, 1) == Given(1, 0)


def test_whoever_cannot_be_reached_after_all_is_passed_over_at_once(told: Database) -> None:
    told.apply(asked_by, 0, "要带身份证吗")
    told.apply(go_on_with_enquiries, MORNING)

    def blocked(session: Session, name: str) -> None:
        account = session.scalars(select(Account).where(Account.address == name)).one()
        account.reachable = False
        lost(session, LATER, 1, account.id)

    for name in ("孙", "周"):
        told.apply(blocked, name)
        told.apply(go_on_with_enquiries, LATER)
    with told.transaction() as session:
        assert messages(session, "enquiries") == ["孙", "周", "钱"]
        assert messages(session, "say") == ["住户0"]  # who asked hears that it went up


def test_many_questions_cost_a_tick_few_questions_of_its_own(told: Database) -> None:
    taken = []
    for number, words in enumerate(OTHER_WORDS[:4]):
        told.apply(asked_by, number, words)
        if number in (0, 3):
            at = MORNING + timedelta(hours=number)
            with counted(told) as asked:
                told.apply(go_on_with_enquiries, at)
            taken.append(sum(one.lstrip().upper().startswith("SELECT") for one in asked))
    assert taken[1] <= taken[0] + 3  # and not three times as many
    with counted(told) as asked:
        told.apply(go_on_with_enquiries, MORNING + timedelta(hours=3))
    assert sum("enquiries" in one for one in asked) == 1


def test_the_answer_is_told_to_nobody_else_when_the_chat_has_another_owner(told: Database) -> None:
    number = told.apply(asked_by, 0, "要带身份证吗")

    def handed_over(session: Session) -> None:
        account = session.scalars(select(Account).where(Account.address == "住户0")).one()
        account.person_id = person_of(session, "钱")

    told.apply(handed_over)

    def work(session: Session) -> Given:
        return answer(session, LATER, {number: 1}, "要带", person_of(session, "孙"), for_all=False)

    assert told.apply(work) == Given(1, 1)
    with told.transaction() as session:
        assert messages(session, "enquiry_answer") == []
