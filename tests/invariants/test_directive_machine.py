"""Whatever is confirmed, left, run twice, lost or late, in whatever order: a directive reaches every household once.

In the gate it plays a few stories. `GRIDBOT_TEST_PROFILE=long` plays thousands of longer ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Directive, DirectiveStep, Household, Notice, NoticeCopy, Person, Resident
from models.db import Database
from models.vault import Vault
from rules.directives import ENDED, NODES, Event, Step, cell
from rules.errors import NotAllowedError
from rules.policy import Policy
from rules.roles import Level, Role
from services import register
from services.directives.advancing import go_on
from services.directives.answering import answers_for
from services.directives.confirming import add_words, confirm, lost, pass_on, remind_below
from services.directives.issuing import issue
from services.spreading import spread
from tests.harness import BOT, DAY, local, raise_the_house
from tests.light import light

BODY = "每户一个出入口。"
STAFF = (
    *(
        ("市", Role.CITY, "C"),
        ("分局", Role.DISTRICT, "D1"),
        ("街道", Role.STREET, "S1"),
        ("街道副", Role.STREET, "S1"),
    ),
    *(("社区", Role.COMMUNITY, "V1"), ("社区副", Role.COMMUNITY, "V1"), ("社区二", Role.COMMUNITY, "V2")),
    *(("网格长", Role.GRID_HEAD, "G1"), ("网格员", Role.GRID_WORKER, "G1"), ("网格二", Role.GRID_HEAD, "G2")),
    ("网格四", Role.GRID_HEAD, "G4"),
)
"""Of the grids G3, and of the second district everything, nobody is in charge."""
DOORS = ("G1", "G1", "G2", "G3", "G4", "G5")
ANY = [Phase.explicit, Phase.reuse, Phase.generate]
HEALTH = list(HealthCheck)
SHORT = settings(max_examples=4, stateful_step_count=14, phases=ANY, suppress_health_check=HEALTH)
LONG = settings(max_examples=2000, stateful_step_count=40, suppress_health_check=HEALTH)
PLAYED = LONG if os.environ.get("GRIDBOT_TEST_PROFILE") == "long" else SHORT

who = st.sampled_from([name for name, _, _ in STAFF[1:]])


def _settle(session: Session, now: object) -> None:
    at = local(DAY, "08:30")
    raise_the_house(session, at)
    areas = {one.code: one for one in session.scalars(select(Area))}
    for code, level, parent in (
        ("V2", Level.COMMUNITY, "S1"),
        ("D2", Level.DISTRICT, "C"),
        ("S2", Level.STREET, "D2"),
        ("V3", Level.COMMUNITY, "S2"),
        ("G3", Level.GRID, "V1"),
        ("G4", Level.GRID, "V2"),
        ("G5", Level.GRID, "V3"),
    ):
        areas[code] = register.add_area(session, code=code, name=code, level=level, parent=areas[parent])
    for name, role, code in STAFF:
        person = register.add_person(session, at, name=name)
        register.appoint(session, at, person=person, role=role, area=areas[code])
        session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=at))
    for number, code in enumerate(DOORS):
        person = register.add_person(session, at, name=f"住户{number}")
        home = register.household_at(session, areas[code], f"{number}号")
        register.add_resident(session, at, person=person, household=home, relation="户主")
        session.add(Account(bot=BOT, address=f"door {number}", person_id=person.id, stopped=not number, created_at=at))


class Directives(RuleBasedStateMachine):
    """One directive, and everything that can become of it."""

    make: ClassVar[Callable[[], str]]

    def __init__(self) -> None:
        super().__init__()
        self.database = light(Database(type(self).make(), Vault(b"a key for the tests"), Policy()))
        self.database.apply(_settle, None)
        self.now = local(DAY, "08:30")
        self.words: dict[str, str] = {}

    def teardown(self) -> None:
        self.ends_everywhere()
        self.database.close()

    @initialize(urgent=st.sampled_from([False, False, True]), hours=st.sampled_from([0, 11, 15]))
    def is_issued(self, urgent: bool, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.urgent = urgent
        self.database.apply(self._issue)

    def _issue(self, session: Session) -> None:
        account = session.scalars(select(Account).where(Account.address == "市")).one()
        issue(
            session,
            self.now,
            author_id=account.person_id or 0,
            account=account,
            area=session.scalars(select(Area).where(Area.code == "C")).one(),
            body=BODY,
            minutes=60,
            urgent=self.urgent,
            to_doors=True,
        )

    # What people do

    def _at_their_node(self, session: Session, name: str) -> tuple[DirectiveStep, Account] | None:
        account = session.scalars(select(Account).where(Account.address == name)).one()
        for step in session.scalars(select(DirectiveStep).where(DirectiveStep.state != Step.COMING)):
            area = session.get_one(Area, step.area_id)
            if answers_for(session, self.now, account.person_id or 0, area):
                return step, account
        return None

    def _acts(self, name: str, event: Event, act: Callable[[Session, DirectiveStep, Account], None]) -> None:
        def work(session: Session) -> None:
            found = self._at_their_node(session, name)
            if found is None:
                return
            step, account = found
            try:
                cell(step.state, event)
            except NotAllowedError:
                return
            act(session, step, account)

        self.database.apply(work)

    @rule(name=who)
    def confirms(self, name: str) -> None:
        event = Event.ACKNOWLEDGED if self.urgent else Event.CONFIRMED
        self._acts(name, event, lambda session, step, account: confirm(session, self.now, step, account))

    @rule(name=who)
    def adds_words(self, name: str) -> None:
        def add(session: Session, step: DirectiveStep, account: Account) -> None:
            self.words[name] = f"{name}补充"
            add_words(session, self.now, step, account, f"{name}补充")

        self._acts(name, Event.WORDS, add)

    @rule(name=who)
    def passes_on(self, name: str) -> None:
        self._acts(name, Event.PASSED_ON, lambda session, step, account: pass_on(session, self.now, step, account))

    @rule(name=who)
    def reminds_those_below(self, name: str) -> None:
        def remind(session: Session) -> None:
            if found := self._at_their_node(session, name):
                remind_below(session, self.now, found[0], found[1].person_id or 0)

        self.database.apply(remind)

    @rule(name=who, reachable=st.booleans())
    def a_phone_is_lost_or_back(self, name: str, reachable: bool) -> None:
        def change(session: Session) -> None:
            account = session.scalars(select(Account).where(Account.address == name)).one()
            account.reachable = reachable
            session.flush()
            found = self._at_their_node(session, name)
            if found and not reachable:
                lost(session, self.now, found[0].id, account.id)

        self.database.apply(change)

    @rule(name=who, on=st.booleans())
    def duty_changes(self, name: str, on: bool) -> None:
        def change(session: Session) -> None:
            mine = select(Appointment).join(Person, Person.id == Appointment.person_id).where(Person.name == name)
            session.scalars(mine).one().on_duty = on

        self.database.apply(change)

    # What the clock does

    @rule(minutes=st.sampled_from([0, 5, 31, 46, 61, 200, 700]), twice=st.booleans())
    def time_passes(self, minutes: int, twice: bool) -> None:
        self.now += timedelta(minutes=minutes)
        for _ in range(2 if twice else 1):
            self.ticks()

    def ticks(self) -> None:
        while any(self.database.apply(go_on, self.now).values()):
            pass
        while any(self.database.apply(spread, self.now).values()):
            pass

    # What holds

    @invariant()
    def what_came_from_above_is_as_it_was_and_nobody_has_two(self) -> None:
        with self.database.transaction() as session:
            assert session.scalars(select(Directive.body)).all() in ([], [BODY])
            for step in session.scalars(select(DirectiveStep)):
                assert (step.next_at is None) == (step.state in ENDED), step.state
            copies = session.scalars(select(func.count(NoticeCopy.id)).group_by(NoticeCopy.person_id)).all()
            assert set(copies) <= {1}
            for body in session.scalars(select(Notice.body)):
                assert BODY in body

    def ends_everywhere(self) -> None:
        """Left alone, it has come to an end at every node, and to every household once."""
        for _ in range(16):
            self.now += timedelta(hours=2)
            self.ticks()
        with self.database.transaction() as session:
            nodes = session.scalar(select(func.count(Area.id)).where(Area.level.in_(NODES)))
            states = session.scalars(select(DirectiveStep.state)).all()
            assert len(states) == nodes
            assert set(states) <= set(ENDED)
            homes = session.scalars(
                select(func.count(NoticeCopy.id))
                .select_from(Household)
                .join(Resident, Resident.household_id == Household.id)
                .outerjoin(NoticeCopy, NoticeCopy.person_id == Resident.person_id)
                .group_by(Household.id)
            ).all()
            assert homes == [1] * len(DOORS)
            self._words_are_where_they_belong(session)

    def _words_are_where_they_belong(self, session: Session) -> None:
        """What a level added stands below the original in every grid below it, and nowhere else."""
        if self.urgent:
            return
        said = {step.area_id: step.words for step in session.scalars(select(DirectiveStep)) if step.words}
        for notice in session.scalars(select(Notice)):
            line = {int(one) for one in session.get_one(Area, notice.area_id).path.strip("/").split("/")}
            assert {area for area, words in said.items() if words in notice.body} == said.keys() & line


def test_every_household_gets_it_once_whatever_happens(new_database: Callable[[], str]) -> None:
    machine = type("Directives", (Directives,), {"make": staticmethod(new_database)})
    run_state_machine_as_test(machine, settings=PLAYED)
