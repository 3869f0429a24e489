"""Every cell of an alarm's life against the services: what an event does in a state to a kind, or its refusal."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import URL, func, select, update
from sqlalchemy.orm import Session

from models import (
    Account,
    Appointment,
    DeliveryTrouble,
    DutyGap,
    Escalation,
    EscalationEvent,
    Household,
    OutboxMessage,
    Person,
    ReportRequest,
)
from rules.doors import Found
from rules.errors import NotAllowedError
from rules.escalation import LIFE, OUTCOMES, SILENCES, Cell, Event, Hands, Hears, Kind, State, Time, ladder_of, move
from rules.ladder import NOBODY_LEFT_RETRY, Severity
from rules.mail import MailState
from rules.roles import Role
from rules.snoozing import GRACE
from services import handing_over, handling, register, reopening, snoozing
from services.areas import by_code
from services.auditing import audit
from services.climbing import move_on
from services.doors import found_at
from services.escalations import advance, note, raise_alarm
from services.places import begun_at, join, raise_at
from services.policy import policy_at
from services.readings import record_readings
from services.troubles import open_all
from tests.harness import BOT
from tests.invariants.model import Days
from tests.postgres import copy_database, on_server

CAN_WAIT = set(Kind) - {Kind.ABNORMAL, Kind.CLUSTER, Kind.DELIVERY_TROUBLE}
ONLY: dict[Event, set[Kind]] = {
    Event.READING: {Kind.ABNORMAL},
    Event.CORRECTED: {Kind.ABNORMAL},
    Event.REFUSED: set(SILENCES),
    Event.SNOOZED: CAN_WAIT,
    Event.CAME_BACK: CAN_WAIT,
}
"""Events that there are of some kinds alone: nobody puts off a fever, and none comes back to who gave it away."""
WITH_OTHERS = {Event.PASSED_OVER}
"""Never by themselves: their effects are those of what comes with them."""


@dataclass
class Case:
    """One alarm in one state, everything about it delivered."""

    session: Session
    alarm: Escalation
    now: datetime
    me: int
    other: int
    newest_event: int = 0
    newest_message: int = 0
    before: tuple[int | None, datetime | None] = (None, None)
    people: dict[str, int] = field(default_factory=dict)

    @property
    def events(self) -> list[EscalationEvent]:
        """What happened to it since."""
        mine = EscalationEvent.escalation_id == self.alarm.id
        fresh = select(EscalationEvent).where(mine, EscalationEvent.id > self.newest_event)
        return list(self.session.scalars(fresh.order_by(EscalationEvent.id)))

    @property
    def owed(self) -> list[OutboxMessage]:
        """The messages that are owed since."""
        return list(self.session.scalars(select(OutboxMessage).where(OutboxMessage.id > self.newest_message)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def days(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """A day at half past twelve with an alarm of each kind, told and delivered."""
    server: URL | None = None
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("cells") / "cells.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres_server")
        name = f"gridbot_{uuid.uuid4().hex[:12]}"
        copy_database(server, str(request.getfixturevalue("postgres_template").database), name)
        url = server.set(database=name).render_as_string(hide_password=False)
    made = Days.begin(url)
    made.apply(_hire_an_operator, made.now)
    made.forward(5 * 60 + 25)
    made.says("王芳", "王建国38.4")
    made.apply(_two_graver_ones, made.now)
    made.forward(1)
    made.apply(_three_of_places, made.now)  # after the last tick: it would find two of them to be over
    yield made
    made.database.close()
    if server:
        on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _hire_an_operator(session: Session, now: datetime) -> None:
    city = by_code(session, "C")
    assert city
    person = register.add_person(session, now, name="何运维")
    register.appoint(session, now, person=person, role=Role.OPERATOR, area=city)
    session.add(Account(bot=BOT, address=person.name, person_id=person.id, language="zh-CN", created_at=now))


def _two_graver_ones(session: Session, now: datetime) -> None:
    """A household that missed once has missed again, and another was seen outside."""
    missed = select(Escalation).where(Escalation.kind == Kind.MISSED).order_by(Escalation.id.desc())
    one, other = session.scalars(missed.limit(2))
    for alarm, kind, bundle in ((one, Kind.REPEATED, one.bundle), (other, Kind.BREACH, None)):
        raise_alarm(
            session,
            now,
            kind=kind,
            severity=Severity.ROUTINE,
            household_id=alarm.household_id or 0,
            grid_id=alarm.grid_id,
            request_id=alarm.request_id,
            bundle=bundle,
            detail={} if bundle else {"by": "seen"},
        )


def _three_of_places(session: Session, now: datetime) -> None:
    """A cluster of the grid, in which nobody is on duty, and the bot of the house takes nothing."""
    fever = session.scalars(select(Escalation).where(Escalation.kind == Kind.ABNORMAL)).one()
    cluster = begun_at(
        session, now, Kind.CLUSTER, Severity.URGENT, place_id=fever.grid_id, area_id=fever.grid_id, fevers=[fever.id]
    )
    fever.cluster_id = cluster.id
    advance(session, now, cluster)
    gap = DutyGap(grid_id=fever.grid_id, opened_at=now)
    gap.escalation_id = raise_at(session, now, Kind.NO_ONE_ON_DUTY, Severity.ROUTINE, fever.grid_id).id
    session.add(gap)
    open_all(session, now, [DeliveryTrouble(bot=BOT, since=now, opened_at=now)])


@pytest.fixture
def session(days: Days) -> Iterator[Session]:
    """A transaction of which nothing stays."""
    with days.database.transaction() as opened:
        yield opened
        opened.rollback()


def _case(session: Session, days: Days, state: State, kind: Kind) -> Case:
    people = {name: number for number, name in session.execute(select(Person.id, Person.name))}
    alarm = session.scalars(select(Escalation).where(Escalation.kind == kind)).first()
    assert alarm
    me, other = ("周市级", "何运维") if kind is Kind.DELIVERY_TROUBLE else ("李网格员", "赵网格长")
    if kind is Kind.NO_ONE_ON_DUTY:
        me, other = "周市级", "孙社区"
    case = Case(session, alarm, days.now, people[me], people[other], people=people)
    if state is not State.OPEN:
        handling.take(session, days.now, alarm, case.me)
    if state is State.CLOSED:
        handling.close(session, days.now, alarm, OUTCOMES[kind][0], case.me)
    _everything_arrives(case)
    return case


def _everything_arrives(case: Case) -> None:
    case.session.flush()
    waiting = update(OutboxMessage).where(OutboxMessage.state == MailState.PENDING)
    case.session.execute(waiting.values(state=MailState.SENT, external_id="1", sent_at=case.now))
    case.newest_event = case.session.scalar(select(func.max(EscalationEvent.id))) or 0
    case.newest_message = case.session.scalar(select(func.max(OutboxMessage.id))) or 0
    case.before = case.alarm.holder_id, case.alarm.next_at
    case.now += timedelta(minutes=2)


# What is done so that an event happens, with the services as people and ticks call them


def _time_is_up(case: Case) -> None:
    case.now = max(case.now, case.alarm.next_at or case.now)
    move_on(case.session, case.now, [case.alarm.id])


def _the_next_is_off_duty(case: Case) -> None:
    _off_duty(case, case.alarm.chain[min(case.alarm.step + 1, len(case.alarm.chain) - 1)]["people"])
    _time_is_up(case)


def _everybody_is_off_duty(case: Case) -> None:
    _off_duty(case, [person for step in case.alarm.chain for person in step["people"]])
    _time_is_up(case)


def _off_duty(case: Case, people: Sequence[int]) -> None:
    case.session.execute(update(Appointment).where(Appointment.person_id.in_(people)).values(on_duty=False))


def _handed_over(case: Case) -> None:
    handing_over.hand_over(case.session, case.now, case.alarm, case.me, case.other)


def _handed_over_in_vain(case: Case) -> None:
    if case.alarm.state is State.OPEN:
        _handed_over(case)
        _everything_arrives(case)
    _time_is_up(case)


def _the_same_again(case: Case) -> None:
    one = case.alarm
    if one.place_id is not None:
        if one.state is not State.CLOSED:
            join(case.session, case.now, one)
        return
    raise_alarm(
        case.session,
        case.now,
        kind=one.kind,
        severity=one.severity,
        household_id=one.household_id or 0,
        grid_id=one.grid_id,
        person_id=one.person_id,
        request_id=one.request_id,
        bundle=one.bundle,
    )


def _measured(case: Case, later: timedelta) -> None:
    case.now += later
    if case.alarm.place_id is not None:
        return
    household = case.session.get_one(Household, case.alarm.household_id)
    reporter = case.people["王芳"]
    if case.alarm.person_id:
        record_readings(case.session, case.now, household, [(case.alarm.person_id, 36.6)], reporter_id=reporter)


def _refused_at_the_door(case: Case) -> None:
    if case.alarm.request_id:
        request = case.session.get_one(ReportRequest, case.alarm.request_id)
        found_at(case.session, case.now, request, Found.REFUSED, case.me)


def _spoilt(case: Case) -> None:
    case.alarm.next_at = None
    case.session.flush()
    audit(case.session, case.now)


def _opened(case: Case) -> None:
    """What is there is not opened once more: `raise_alarm` joins it."""
    note(case.session, case.now, case.alarm, Event.OPENED)


DEEDS: dict[Event, Callable[[Case], object]] = {
    Event.OPENED: _opened,
    Event.TOLD: _time_is_up,
    Event.PASSED_OVER: _the_next_is_off_duty,
    Event.NOBODY_LEFT: _everybody_is_off_duty,
    Event.TAKEN: lambda one: handling.take(one.session, one.now, one.alarm, one.me),
    Event.VISITED: lambda one: handling.visited(one.session, one.now, one.alarm, one.me),
    Event.CALLED: lambda one: handling.called(one.session, one.now, one.alarm, one.me),
    Event.NOTED: lambda one: handling.noted(one.session, one.now, one.alarm, one.me, "家里没人"),
    Event.SNOOZED: lambda one: snoozing.snooze(one.session, one.now, one.alarm, one.me),
    Event.HANDED_OVER: _handed_over,
    Event.CAME_BACK: _handed_over_in_vain,
    Event.LAPSED: _time_is_up,
    Event.WORSENED: _the_same_again,
    Event.READING: lambda one: _measured(one, timedelta(hours=3)),
    Event.CORRECTED: lambda one: _measured(one, timedelta(minutes=5)),
    Event.REFUSED: _refused_at_the_door,
    Event.CLOSED: lambda one: handling.close(one.session, one.now, one.alarm, OUTCOMES[one.alarm.kind][0], one.me),
    Event.REOPENED: lambda one: reopening.reopen(one.session, one.now, one.alarm, one.me),
    Event.MENDED: _spoilt,
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_every_cell(days: Days, session: Session, state: State, event: Event, kind: Kind) -> None:
    case = _case(session, days, state, kind)
    becomes = LIFE.get((state, event))
    with suppress(NotAllowedError):
        DEEDS[event](case)
    session.flush()
    session.expire(case.alarm)

    happened = [one.event for one in case.events]
    if becomes is None or kind not in ONLY.get(event, {kind}):
        assert happened[:1] != [event]
    else:
        assert event in happened
        if event not in WITH_OTHERS:
            _has_its_effects(case, becomes)
    for one in happened:  # whatever happened instead follows the table
        state = move(state, one)
    assert case.alarm.state is state


@pytest.mark.parametrize(("state", "event"), [(state, event) for state in State for event in Event])
def test_what_the_table_does_not_have_changes_nothing(days: Days, session: Session, state: State, event: Event) -> None:
    case = _case(session, days, state, Kind.ABNORMAL)
    if (state, event) in LIFE:
        note(session, case.now, case.alarm, event, case.me)
        assert case.alarm.state is LIFE[state, event].then
        return
    with pytest.raises(NotAllowedError):
        note(session, case.now, case.alarm, event, case.me)
    session.flush()
    assert case.events == []
    assert (case.alarm.holder_id, case.alarm.next_at) == case.before


def _has_its_effects(case: Case, cell: Cell) -> None:
    alarm, (holder, next_at) = case.alarm, case.before
    hands = {Hands.KEPT: holder, Hands.THEIRS: case.me, Hands.NOBODYS: None}
    assert alarm.holder_id == hands[cell.hands]
    assert alarm.next_at == _time(case, cell.time, next_at)
    told = {one.account_id for one in case.owed if one.template in {"alert", "digest"} and one.edits_id is None}
    assert told == _accounts(case, _hears(case, cell.hears))
    assert bool([one for one in case.owed if one.template == "nobody_left"]) is (cell.hears is Hears.OPERATORS)
    edits = [one for one in case.owed if one.edits_id is not None]
    assert bool(edits) is cell.shown or (alarm.bundle and told)


def _time(case: Case, time: Time, before: datetime | None) -> datetime | None:
    policy, alarm = policy_at(case.session, case.alarm.grid_id), case.alarm
    starts = policy.awake(case.now) if alarm.severity is Severity.ROUTINE else case.now
    match time:
        case Time.KEPT:
            return before
        case Time.PATIENCE | Time.NOW:
            return starts + timedelta(minutes=alarm.chain[alarm.step]["minutes"])
        case Time.RETRY:
            return case.now + NOBODY_LEFT_RETRY
        case Time.HOLDS:
            return starts + policy.lapses[ladder_of(alarm.kind, alarm.severity)]
        case Time.PUT_OFF:
            return policy.awake(case.now + policy.snooze_for) + GRACE
        case Time.NONE:
            return None


def _hears(case: Case, hears: Hears) -> Sequence[int]:
    alarm = case.alarm
    last = alarm.chain[alarm.step]["people"]
    if hears is Hears.NEXT:
        return list(last)
    if hears is Hears.WHOSE_IT_IS:
        return [alarm.holder_id] if alarm.holder_id else [case.other] if alarm.handed else list(last)
    return []


def _accounts(case: Case, people: Sequence[int]) -> set[int]:
    return set(case.session.scalars(select(Account.id).where(Account.person_id.in_(people))))
