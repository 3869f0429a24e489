"""Every slot of everybody ends in exactly one state, whatever is decided meanwhile.

Random days of short quarantines: answers, times that change and slots that run over midnight, moves between grids,
excuses, longer and shorter ones, a machine that is off, a child with two homes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import Account, Asked, Household, Person, Quarantine, ReportRequest, Resident, TemperatureReading
from models.db import Database
from models.vault import Vault
from rules.doors import EXCUSING
from rules.ladder import LADDERS, Step
from rules.policy import Policy
from rules.quarantine import QuarantineStatus
from rules.roles import Role
from rules.rounds import ANSWERED, FINAL_UNLESS_LATE, Half, RequestStatus
from services import register
from services.areas import by_code
from services.excuses import back, excuse
from services.orders import end_early, make_longer, running
from services.policies import choose
from services.slots import owed
from services.transfers import transfer
from tests.examples import examples
from tests.harness import BOT, DAY, local, raise_the_house
from tests.invariants.model import Days
from tests.light import light

HOMES = {"1号": ("G1", "王芳", "王小宝"), "2号": ("G1", "张强"), "3号": ("G2", "乌云")}
PEOPLE = tuple(name for _, *names in HOMES.values() for name in names)
JOINED = ("王芳", "张强", "乌云")
STAFF = (("李网格员", Role.GRID_WORKER, "G1"), ("马网格员", Role.GRID_WORKER, "G2"), ("孙社区", Role.COMMUNITY, "V1"))
CHOICES = {
    "morning": ("06:00", "08:00", "10:30"),
    "evening": ("16:00", "18:00", "20:30", "23:30"),
    "miss_after": ("60", "240", "600"),
}

PATIENT = {severity: tuple(Step(one.role, timedelta(days=90)) for one in steps) for severity, steps in LADDERS.items()}
"""Alarms rest: what climbs is another test's affair, and most of what would happen here."""

Act = Callable[[Days], None]


def begin(url: str, twice: str) -> Days:
    days = Days(light(Database(url, Vault(b"a key for the tests"), Policy(ladders=PATIENT))))
    days.database.apply(raise_the_house, days.now)
    days.database.apply(_settle_down, days.now, twice)
    return days


def _settle_down(session: Session, now: datetime, twice: str) -> None:
    for place, (room, (code, *names)) in enumerate(HOMES.items()):
        home = _home(session, room, code)
        for name in names:
            person = register.add_person(session, now, name=name)
            register.add_resident(session, now, person=person, household=home)
            first = DAY + timedelta(days=place)
            register.quarantine(session, now, person=person, household=home, first_day=first, days=2)
            if name in JOINED:
                session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=now))
    for name, role, code in STAFF:
        person, area = register.add_person(session, now, name=name), by_code(session, code)
        assert area
        register.appoint(session, now, person=person, role=role, area=area)
        session.add(Account(bot=BOT, address=name, person_id=person.id, created_at=now))
    session.flush()
    if twice:  # the child has a bed at the other parent's too
        child = session.scalars(select(Person).where(Person.name == "王小宝")).one()
        session.add(Resident(person_id=child.id, household_id=_home(session, twice, HOMES[twice][0]).id))


def _home(session: Session, room: str, code: str) -> Household:
    area = by_code(session, code)
    assert area
    return register.household_at(session, area, room)


def _about(name: str, do: Callable[[Session, datetime, Person, Quarantine], None]) -> Act:
    """Something that staff do about somebody who is in quarantine."""

    def work(session: Session, now: datetime) -> None:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        one = running(session, person.id)
        if one is not None:
            do(session, now, person, one)

    return lambda days: days.database.apply(work, days.now)


def _moves(room: str) -> Callable[[Session, datetime, Person, Quarantine], None]:
    def move(session: Session, now: datetime, person: Person, _one: Quarantine) -> None:
        transfer(session, now, [person], _home(session, room, HOMES[room][0]), None)

    return move


@st.composite
def orders(draw: st.DrawFn) -> Act:
    why, days = draw(st.sampled_from(sorted(EXCUSING))), draw(st.sampled_from([0, 1, 3]))
    acts = [
        lambda session, now, _person, one: excuse(session, now, one, why, days, None),
        lambda session, now, _person, one: back(session, now, one, None),
        lambda session, now, _person, one: make_longer(session, now, one, 3, 1),
        lambda session, now, _person, one: end_early(session, now, one, None),
        _moves(draw(st.sampled_from(sorted(HOMES)))),
    ]
    return _about(draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(acts)))


@st.composite
def policies(draw: st.DrawFn) -> Act:
    name, code = draw(st.sampled_from(sorted(CHOICES))), draw(st.sampled_from(["G1", "G2", "C"]))
    value = draw(st.sampled_from(CHOICES[name]))

    def work(session: Session, now: datetime) -> None:
        area = by_code(session, code)
        assert area
        choose(session, now, area, name, value, None)

    return lambda days: days.database.apply(work, days.now)


@st.composite
def answers(draw: st.DrawFn) -> Act:
    name, text = draw(st.sampled_from(JOINED)), draw(st.sampled_from(["36.5", "全家36.6", "36.5 36.6", "王小宝36.9"]))
    return lambda days: days.says(name, text)


@st.composite
def hours(draw: st.DrawFn) -> Act:
    minutes, down = draw(st.sampled_from([30, 120, 300, 700, 1500])), draw(st.sampled_from([False, False, False, True]))
    return lambda days: days.forward(minutes, down=down)


SCRIPTS = st.lists(st.one_of(hours(), hours(), answers(), answers(), orders(), policies()), max_size=14)


@settings(
    max_examples=examples(3, 400),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(script=SCRIPTS, twice=st.sampled_from(["", "", "2号", "3号"]))
def test_every_slot_has_exactly_one_final_state(new_database: Callable[[], str], script: list[Act], twice: str) -> None:
    days = begin(new_database(), twice)
    try:
        for act in script:
            act(days)
        while days.look(_last_day) + timedelta(days=2) >= days.now.date():
            days.forward(24 * 60)
        assert days.look(_in_two_states) == []
        assert days.look(_asked_wrongly) == []
        assert days.look(lambda session: _forgotten(session, days.now)) == []
    finally:
        days.database.close()


def _last_day(session: Session) -> date:
    return max(session.scalars(select(Quarantine.last_day)))


def _in_two_states(session: Session) -> list[str]:
    """Requests whose state is not what became of those whom they asked."""
    wrong = []
    for one in session.scalars(select(ReportRequest)):
        asked = session.scalars(select(Asked.person_id).where(Asked.request_id == one.id)).all()
        left = owed(session, one.id)
        fits = {
            RequestStatus.DUE: False,
            RequestStatus.EXCUSED: not left,
            **dict.fromkeys(ANSWERED, bool(asked or _measured(session, one)) and not left),
            **dict.fromkeys(FINAL_UNLESS_LATE, bool(left)),
        }
        if not fits[one.status]:
            wrong.append(f"{one.household_id} {one.day} {one.half}: {one.status}, asked {asked}, left {left}")
        if one.status is RequestStatus.MISSED and one.asked_at is None:
            wrong.append(f"{one.household_id} {one.day} {one.half}: missed, and nobody was asked")
    return wrong


def _measured(session: Session, one: ReportRequest) -> bool:
    return bool(session.scalar(select(exists().where(TemperatureReading.request_id == one.id))))


def _asked_wrongly(session: Session) -> list[str]:
    """Somebody on two lists of one half-day, on none without a reason, or on one of a day that is not theirs."""
    rows = session.execute(
        select(Asked.person_id, ReportRequest.day, ReportRequest.half).join(
            ReportRequest, ReportRequest.id == Asked.request_id
        )
    )
    lists = Counter((person, day, half) for person, day, half in rows)
    wrong = [f"{key} is on {count} lists" for key, count in lists.items() if count > 1]
    periods: dict[int, list[Quarantine]] = {}
    for one in session.scalars(select(Quarantine)):
        periods.setdefault(one.person_id, []).append(one)
    for person, day, half in lists:
        if not any(one.first_day <= day <= one.last_day for one in periods[person]):
            wrong.append(f"{person} {day} {half}: asked outside of the quarantine")
    return wrong


def _forgotten(session: Session, now: datetime) -> list[str]:
    """Quarantines whose days are over: ended, or a human has been asked and the next one up will be."""
    return [
        f"{one.person_id}: until {one.last_day}, step {one.end_step}, looked at {one.end_at}"
        for one in session.scalars(select(Quarantine).where(Quarantine.status != QuarantineStatus.ENDED))
        if one.next_at is not None or one.end_step < 0 or one.end_at <= now
    ]


def test_without_excuses_and_ends_nobody_is_left_off_a_list(database_url: str) -> None:
    """The machine is off over midnight, the times change in the middle, a slot runs over midnight: all are asked."""
    days = begin(database_url, "")
    steps: list[Act] = [
        lambda days: days.forward(600),
        _policy("C", "evening", "23:30"),
        lambda days: days.forward(700, down=True),
        _policy("G1", "miss_after", "600"),
        lambda days: days.forward(900),
        _about("张强", _moves("3号")),
        lambda days: days.forward(3400),
    ]
    for step in steps:
        step(days)

    def slots(session: Session) -> Counter[str]:
        rows = session.execute(select(Person.name, Asked.request_id).join(Asked, Asked.person_id == Person.id))
        return Counter(name for name, _ in rows)

    assert days.look(slots) == dict.fromkeys(PEOPLE, 4)
    halves = days.look(lambda session: Counter(session.scalars(select(ReportRequest.half)).all()))
    assert halves[Half.MORNING] == halves[Half.EVENING]
    assert days.look(_asked_wrongly) == []
    assert days.now > local(DAY + timedelta(days=3), "22:00")
    days.database.close()


def _policy(code: str, name: str, value: str) -> Act:
    def work(session: Session, now: datetime) -> None:
        area = by_code(session, code)
        assert area
        choose(session, now, area, name, value, None)

    return lambda days: days.database.apply(work, days.now)
