"""Whatever is asked, answered, lost, withdrawn or run twice, in whatever order: no question about a notice is lost.

In the gate it plays a few stories. `GRIDBOT_TEST_PROFILE=long` plays thousands of longer ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Enquiry, EnquiryEvent, EnquiryTopic, Notice, NoticeCopy, OutboxMessage
from models.db import Database
from models.vault import Vault
from rules.enquiries import OPEN, EnquiryState, Heard
from rules.mail import MailState
from rules.notice_life import NoticeAct
from rules.policy import Policy
from rules.roles import Role
from rules.ways import LIVING
from services import register
from services.enquiries.addressing import may_answer
from services.enquiries.answering import answer, answer_no_more, bring_answers, did_not_arrive
from services.enquiries.asking import ask, ask_a_human, ask_on, useful
from services.enquiries.finding import group_of, groups, story
from services.enquiries.going_on import TEMPLATE, go_on_with_enquiries, lost
from services.notice_life import change
from tests.examples import examples
from tests.harness import BOT, DAY, local, raise_the_house
from tests.light import light

STAFF = (
    ("网格长", Role.GRID_HEAD, "G1"),
    ("网格员", Role.GRID_WORKER, "G1"),
    ("社区", Role.COMMUNITY, "V1"),
    ("社区副", Role.COMMUNITY, "V1"),
    ("街道", Role.STREET, "S1"),
)
AUTHORS = {"网格长": "G1", "社区": "V1"}
"""Who has sent a notice, and to which area."""
RESIDENTS = ("王芳", "张强", "王建国", "刘梅")
SENSES = {
    "证件": ("要带身份证吗", "请问用不用带证件", "需要带身份证吗"),
    "时间": ("几点开始",),
    "老人": ("走不动怎么办",),
    "孩子": ("孩子要去吗",),
}
"""What can be asked, in the words in which it is."""
SENSE_OF = {words: sense for sense, ways in SENSES.items() for words in ways}
ASKS, GIVES = {Heard.ASKED, Heard.NOT_ENOUGH}, {Heard.ANSWERED, Heard.KNOWN}
ANY = [Phase.explicit, Phase.reuse, Phase.generate]
HEALTH = list(HealthCheck)
SHORT = settings(
    max_examples=examples(6, 6), stateful_step_count=20, phases=ANY, deadline=None, suppress_health_check=HEALTH
)
LONG = settings(max_examples=2000, stateful_step_count=60, deadline=None, suppress_health_check=HEALTH)
PLAYED = LONG if os.environ.get("GRIDBOT_TEST_PROFILE") == "long" else SHORT

resident = st.sampled_from(RESIDENTS)
official = st.sampled_from([name for name, _, _ in STAFF])
which = st.integers(0, 30)


@dataclass(frozen=True)
class Sheet:
    """An answer that somebody is writing: to these questions as far as they were read, in these senses."""

    rounds: dict[int, int]
    senses: frozenset[str]
    shared: bool


def settle(session: Session) -> None:
    """A grid with its people, and two notices that everybody has."""
    at = local(DAY, "08:30")
    raise_the_house(session, at)
    areas = {one.code: one for one in session.scalars(select(Area))}
    for name, role, code in STAFF:
        person = register.add_person(session, at, name=name)
        register.appoint(session, at, person=person, role=role, area=areas[code])
        session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=at))
    for number, name in enumerate(RESIDENTS):
        person = register.add_person(session, at, name=name)
        home = register.household_at(session, areas["G1"], f"{number}号")
        register.add_resident(session, at, person=person, household=home)
        session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=at))
    for author, code in AUTHORS.items():
        notice = Notice(author_id=chat(session, author).person_id, area_id=areas[code].id, body="核酸", created_at=at)
        session.add(notice)
        session.flush()
        for name in RESIDENTS:
            one = chat(session, name)
            place = {"area_id": areas["G1"].id, "household_id": RESIDENTS.index(name) + 1, "sent_at": at}
            session.add(NoticeCopy(notice_id=notice.id, person_id=one.person_id, account_id=one.id, **place))


def chat(session: Session, name: str) -> Account:
    return session.scalars(select(Account).where(Account.address == name)).one()


def asked_since(events: list[EnquiryEvent]) -> set[str]:
    """What of a story is not answered yet, by its sense."""
    senses: set[str] = set()
    for one in events:
        if one.event in GIVES:
            senses.clear()
        elif one.event is Heard.NOT_ENOUGH:  # the known answer was none: what it was to is asked still
            senses |= {SENSE_OF.get(each.body, each.body) for each in events[:1]}
        elif one.event is Heard.ASKED:
            senses.add(SENSE_OF.get(one.body, one.body))
    return senses


class Questions(RuleBasedStateMachine):
    """A grid in which anybody asks and answers anything at any time."""

    make: ClassVar[Callable[[], str]]

    def __init__(self) -> None:
        super().__init__()
        self.database = light(Database(type(self).make(), Vault(b"a key for the tests"), Policy()))
        self.database.apply(settle)
        self.now = local(DAY, "09:00")
        self.sheets: dict[str, Sheet] = {}
        self.meant: dict[str, frozenset[str]] = {}
        """Which questions each answer was written to."""
        self.said = 0

    def teardown(self) -> None:
        self.everything_is_answered_in_the_end()
        self.database.close()

    # Who asks

    @rule(name=resident, words=st.sampled_from(sorted(SENSE_OF)), number=st.sampled_from([1, 1, 2]))
    def asks(self, name: str, words: str, number: int) -> None:
        def work(session: Session) -> None:
            account = chat(session, name)
            mine = (NoticeCopy.notice_id == number) & (NoticeCopy.account_id == account.id)
            if account.reachable:
                ask(session, self.now, session.scalars(select(NoticeCopy).where(mine)).one(), account, words)

        self.database.apply(work)

    def _theirs(self, session: Session, name: str, at: int) -> Enquiry | None:
        """One of the questions of somebody who is there."""
        account = chat(session, name)
        mine = select(Enquiry).where(Enquiry.person_id == account.person_id).order_by(Enquiry.id)
        found = session.scalars(mine).all() if account.reachable else []
        return found[at % len(found)] if found else None

    @rule(name=resident, at=which, what=st.sampled_from(["more", "more", "still", "useful"]))
    def says_more(self, name: str, at: int, what: str) -> None:
        self.said += 1

        def work(session: Session) -> None:
            one = self._theirs(session, name, at)
            given = one is not None and any(each.event in GIVES for each in story(session, one))
            if one is None or not given:
                return  # what is pressed stands under an answer
            if what == "more":
                ask_on(session, self.now, one, chat(session, name), f"还有 {self.said}")
            elif what == "still":
                ask_a_human(session, self.now, one)
            else:
                useful(session, self.now, one)

        self.database.apply(work)

    @rule(name=resident, arrives=st.booleans())
    def a_resident_is_lost_or_back(self, name: str, arrives: bool) -> None:
        """Who is lost may not have had the last answer."""

        def work(session: Session) -> None:
            account = chat(session, name)
            if not account.reachable:
                account.reachable = True
                session.flush()
                bring_answers(session, self.now, account)
                return
            account.reachable = False
            session.flush()
            one = next((each for each in self._answered(session, account) if not arrives), None)
            if one is not None:
                last = self._letters(session, one)[-1]
                last.state = MailState.UNREACHABLE
                did_not_arrive(session, self.now, one.id, account.id)

        self.database.apply(work)

    def _answered(self, session: Session, account: Account) -> list[Enquiry]:
        mine = (Enquiry.person_id == account.person_id) & Enquiry.state.not_in(OPEN) & Enquiry.lost_at.is_(None)
        return list(session.scalars(select(Enquiry).where(mine).order_by(Enquiry.id)))

    def _letters(self, session: Session, one: Enquiry) -> list[OutboxMessage]:
        """The answers to a question that arrived, or will."""
        mine = (OutboxMessage.about == f"enquiry:{one.id}") & (OutboxMessage.template == "enquiry_answer")
        alive = OutboxMessage.state.in_(LIVING)
        return list(session.scalars(select(OutboxMessage).where(mine, alive).order_by(OutboxMessage.id)))

    # Who answers

    @rule(name=official, at=which)
    def begins_an_answer(self, name: str, at: int) -> None:
        def work(session: Session) -> Sheet | None:
            person = chat(session, name).person_id or 0
            waiting = session.scalars(select(Enquiry).where(Enquiry.state.in_(OPEN)).order_by(Enquiry.id)).all()
            one = waiting[at % len(waiting)] if waiting else None
            if one is None or not may_answer(session, self.now, person, session.get_one(Notice, one.notice_id), one):
                return None
            ones = group_of(session, one)
            senses = set().union(*(asked_since(story(session, each)) for each in ones))
            return Sheet({each.id: each.round for each in ones}, frozenset(senses), not one.alone)

        if sheet := self.database.apply(work):
            self.sheets[name] = sheet

    @rule(name=official, for_all=st.booleans())
    def answers(self, name: str, for_all: bool) -> None:
        sheet = self.sheets.pop(name, None)
        if sheet is None:
            return
        self.said += 1
        body = f"答复 {self.said}"
        self.meant[body] = sheet.senses

        def work(session: Session) -> None:
            person = chat(session, name).person_id or 0
            answer(session, self.now, sheet.rounds, body, person, for_all=for_all and sheet.shared)

        self.database.apply(work)

    @rule(name=official, at=which)
    def takes_an_answer_back(self, name: str, at: int) -> None:
        def work(session: Session) -> None:
            topics = session.scalars(select(EnquiryTopic).order_by(EnquiryTopic.id)).all()
            if topics:
                answer_no_more(session, self.now, topics[at % len(topics)], chat(session, name).person_id or 0)

        self.database.apply(work)

    @rule(author=st.sampled_from(sorted(AUTHORS)), act=st.sampled_from([NoticeAct.CORRECTED, NoticeAct.WITHDRAWN]))
    def a_notice_is_corrected_or_withdrawn(self, author: str, act: NoticeAct) -> None:
        def work(session: Session) -> None:
            person = chat(session, author).person_id or 0
            notice = session.scalars(select(Notice).where(Notice.author_id == person)).one()
            change(session, self.now, notice, act, person, "核酸改期" if act is NoticeAct.CORRECTED else None)

        self.database.apply(work)

    @rule(name=official, there=st.booleans())
    def a_phone_is_lost_or_back(self, name: str, there: bool) -> None:
        def work(session: Session) -> None:
            account = chat(session, name)
            account.reachable = there
            session.flush()
            for notice in (1, 2) if not there else ():
                lost(session, self.now, notice, account.id)

        self.database.apply(work)

    @rule(name=official, on=st.booleans())
    def duty_changes(self, name: str, on: bool) -> None:
        def work(session: Session) -> None:
            mine = Appointment.person_id == chat(session, name).person_id
            session.scalars(select(Appointment).where(mine)).one().on_duty = on

        self.database.apply(work)

    # What the clock does

    @rule(minutes=st.sampled_from([0, 1, 5, 31, 241, 241, 700]), twice=st.booleans())
    def time_passes(self, minutes: int, twice: bool) -> None:
        self.now += timedelta(minutes=minutes)
        for _ in range(2 if twice else 1):
            self.database.apply(go_on_with_enquiries, self.now)

    # What holds

    @invariant()
    def every_question_waits_in_a_list_or_has_its_one_answer(self) -> None:
        with self.database.transaction() as session:
            listed = [one.id for number in (1, 2) for each in groups(session, number) for one in each.ones]
            waiting = session.scalars(select(Enquiry.id).where(Enquiry.state.in_(OPEN))).all()
            assert sorted(listed) == sorted(waiting)
            for one in session.scalars(select(Enquiry).order_by(Enquiry.id)):
                events = story(session, one)
                self._is_asked_and_answered_in_turn(one, events)
                self._is_given_what_was_asked(events)
                self._is_told_once(session, one, events)

    def _is_asked_and_answered_in_turn(self, one: Enquiry, events: list[EnquiryEvent]) -> None:
        """One answer to each asking, and none to what nobody asked; what waits has a time, and a place."""
        said = [each.event in GIVES for each in events if each.event in ASKS | GIVES]
        turns = [(given, len(list(each))) for given, each in groupby(said)]
        assert all(number == 1 for given, number in turns if given)
        assert (one.state not in OPEN) == said[-1]
        assert (one.next_at is not None) == (one.state in OPEN)
        assert one.state not in {EnquiryState.TOLD, EnquiryState.REMINDED} or one.holder_id is not None

    def _is_given_what_was_asked(self, events: list[EnquiryEvent]) -> None:
        for at, one in enumerate(events):
            if one.event in GIVES:
                assert asked_since(events[:at]) <= self.meant[one.body], (one.event, one.body)

    def _is_told_once(self, session: Session, one: Enquiry, events: list[EnquiryEvent]) -> None:
        """Each answer is in the asker's chat, once; the last of somebody who is away waits for them."""
        given = [each.id for each in events if each.event in GIVES]
        letters = self._letters(session, one)
        assert [each.args["event"] for each in letters] == (given[:-1] if one.lost_at else given)
        assert {session.get_one(Account, each.account_id).person_id for each in letters} <= {one.person_id}

    def everything_is_answered_in_the_end(self) -> None:
        """With everybody there, whatever waits is in the hands of somebody who answers for it, and then it is over."""
        self.database.apply(self._everybody_is_there)
        for _ in range(8):
            self.now += timedelta(hours=4)
            self.database.apply(go_on_with_enquiries, self.now)
        with self.database.transaction() as session:
            for one in session.scalars(select(Enquiry).where(Enquiry.state.in_(OPEN))).all():
                self._is_in_somebodys_hands(session, one)
                self.meant[f"终于 {one.id}"] = frozenset(asked_since(story(session, one)))
                answer(session, self.now, {one.id: one.round}, f"终于 {one.id}", one.holder_id or 0, for_all=False)
        self.every_question_waits_in_a_list_or_has_its_one_answer()
        with self.database.transaction() as session:
            assert set(session.scalars(select(Enquiry.state))) <= {EnquiryState.ANSWERED, EnquiryState.KNOWN}
            assert not session.scalars(select(Enquiry.id).where(Enquiry.lost_at.is_not(None))).all()

    def _everybody_is_there(self, session: Session) -> None:
        for post in session.scalars(select(Appointment)):
            post.on_duty = True
        for account in session.scalars(select(Account)).all():
            account.reachable = True
            bring_answers(session, self.now, account)

    def _is_in_somebodys_hands(self, session: Session, one: Enquiry) -> None:
        notice = session.get_one(Notice, one.notice_id)
        assert one.holder_id is not None
        assert may_answer(session, self.now, one.holder_id, notice, one)
        told = (OutboxMessage.about == f"enquiries:{notice.id}") & (OutboxMessage.template == TEMPLATE)
        assert session.scalars(select(OutboxMessage.id).where(told, OutboxMessage.account_id == one.told_in)).first()


def test_no_question_is_lost_and_none_is_answered_twice_whatever_happens(new_database: Callable[[], str]) -> None:
    machine = type("Questions", (Questions,), {"make": staticmethod(new_database)})
    run_state_machine_as_test(machine, settings=PLAYED)
