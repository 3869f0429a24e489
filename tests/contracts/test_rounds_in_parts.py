"""A round opened, reminded and closed in parts, and its alarms, leave the rows that the rules would, one by one.

Random towns live through random days on both databases: people join late, block the bot, answer or not, staff go off
duty, alarms are taken, grids have policies and groups of their own, the service is down for hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from models import (
    Account,
    AccountKind,
    Appointment,
    Area,
    AreaPolicy,
    Asked,
    Escalation,
    EscalationEvent,
    GridGroup,
    OutboxMessage,
    Quarantine,
    ReportRequest,
    Resident,
    Shift,
    SpokenFor,
    TemperatureReading,
)
from models.db import Database
from models.health import Source
from models.vault import Vault
from rules.escalation import State
from rules.mail import MailState
from rules.policy import Policy
from rules.quarantine import QuarantineStatus
from rules.roles import Level
from rules.rounds import RequestStatus
from rules.shifts import WEEK
from services.climbing import go_on
from services.closing import close_rounds
from services.handing_over import hand_over
from services.handling import take
from services.quarantines import plan_slots
from services.reminding import remind
from services.rounds import open_rounds
from services.shifts import keep_all
from tests.contracts import one_by_one
from tests.harness import DAY, local
from tests.light import light

PART = 5
"""People or households in a part: so few that every step takes several, and families lie across the edge."""


@pytest.mark.parametrize("seed", range(2))
def test_in_parts_is_the_same_as_one_by_one(new_database: Callable[[], str], seed: int) -> None:
    parts, rules = (_live(new_database(), seed, in_parts=in_parts) for in_parts in (True, False))
    for what in rules:
        assert parts[what] == rules[what], what


def _live(url: str, seed: int, *, in_parts: bool) -> dict[str, Any]:
    """Two days of a town, with an outage in some."""
    database = light(Database(url, Vault(b"a key for the tests"), Policy()))
    random = Random(seed)
    build(database, Plan(14, DAY, per_grid=4, unjoined=0.2, seed=seed, days=2, spread=1))
    database.apply(_make_various, random)
    down = random.choice([(), (), range(9, 20), range(20, 34)])
    for hour in range(0, 40, 2):
        now = local(DAY, "07:50") + timedelta(hours=hour)
        database.apply(_go_on_living, random, now)
        if hour not in down:
            _tick(database, now + timedelta(minutes=15), in_parts=in_parts)
            database.apply(_deliver, random, now + timedelta(minutes=16))
    found = database.apply(_rows)
    database.close()
    return found


def _tick(database: Database, now: datetime, *, in_parts: bool) -> None:
    if not in_parts:
        while database.apply(one_by_one.open_rounds, now):
            pass
        database.apply(one_by_one.remind, now)
        database.apply(one_by_one.close_rounds, now)
        database.apply(one_by_one.go_on, now)
        return
    for work in (open_rounds, remind, close_rounds, go_on):
        while database.apply(work, now, None, PART)["left"]:
            pass
        assert not any(database.apply(work, now, None, PART).values()), "a tick that runs twice does nothing"


def _make_various(session: Session, random: Random) -> None:
    """Staff off duty, lost or on a roster, second phones, neighbours who answer, own policies, groups."""
    for appointment in session.scalars(select(Appointment).order_by(Appointment.id)):
        appointment.on_duty = random.random() < 0.7
        appointment.off_until = random.choice([None, local(DAY, "07:00"), local(DAY, "16:00")])
        if random.random() < 0.4:
            hours = {"starts": time(random.randrange(24)), "ends": time(random.randrange(24))}
            person, area = appointment.person_id, appointment.area_id
            session.add_all(Shift(person_id=person, area_id=area, weekday=day, **hours) for day in WEEK)
    session.flush()
    keep_all(session, local(DAY, "07:00"))  # and no tick does it again: what is past is worked out by whoever asks
    for account in session.scalars(select(Account).order_by(Account.id)).all():
        account.reachable = random.random() < 0.8
        if random.random() < 0.2:
            _add_account(session, random, f"second {account.id}", account.person_id)
    grids = session.scalars(select(Area.id).where(Area.level == Level.GRID).order_by(Area.id)).all()
    session.add(AreaPolicy(area_id=grids[0], key="morning", value="08:30"))
    session.add(AreaPolicy(area_id=grids[1], key="miss_after", value="180"))
    session.add(AreaPolicy(area_id=grids[0], key="repeated_after", value="2"))
    session.add_all(AreaPolicy(area_id=grid, key="turns", value="day") for grid in grids[::2])
    session.add(AreaPolicy(area_id=grids[0], key="ladder_missed", value="60x2,-,120,480,480,720"))
    session.add(AreaPolicy(area_id=grids[1], key="ladder_unreachable", value="30,+,60x3,480,480,720"))
    group = _add_account(session, random, "group", None)
    session.add(GridGroup(account_id=group.id, area_id=grids[2], bound_by=1, bound_at=local(DAY, "07:00")))
    session.flush()
    session.get_one(GridGroup, group.id).reminders_here = True
    people = session.scalars(select(Resident.person_id).order_by(Resident.id)).all()
    speaker = session.scalars(select(Account).where(Account.person_id.is_not(None)).order_by(Account.id)).first()
    if speaker:
        session.add_all(SpokenFor(account_id=speaker.id, person_id=one, call="") for one in random.sample(people, 3))


def _add_account(session: Session, random: Random, address: str, person_id: int | None) -> Account:
    account = Account(bot="telegram", address=address, person_id=person_id, created_at=local(DAY, "07:00"))
    account.kind = AccountKind.GROUP if person_id is None else AccountKind.PRIVATE
    account.last_seen_at = local(DAY, "07:00") if random.random() < 0.5 else None
    session.add(account)
    session.flush()
    return account


def _go_on_living(session: Session, random: Random, now: datetime) -> None:
    """What happens in an hour besides the clock: answers, lost phones, quarantines, alarms taken and handed over."""
    for request in session.scalars(_in_order().where(ReportRequest.status == RequestStatus.DUE)).all():
        if random.random() < 0.4:
            _answers(session, random, now, request)
    for account in session.scalars(select(Account).order_by(Account.id)):
        if random.random() < 0.06:
            account.reachable = not account.reachable
    for home in session.scalars(select(Resident.household_id).distinct().order_by(Resident.household_id)).all():
        if random.random() < 0.04:
            _goes_into_quarantine(session, now, home)
    alarms = select(Escalation).where(Escalation.state == State.OPEN, Escalation.step >= 0)
    for alarm in session.scalars(alarms.order_by(Escalation.household_id, Escalation.kind)):
        what = random.random()
        if what < 0.1:
            take(session, now, alarm, alarm.chain[0]["people"][0])
        elif what < 0.2:
            hand_over(session, now, alarm, alarm.chain[0]["people"][0], alarm.chain[-1]["people"][0])


def _in_order() -> Any:
    return select(ReportRequest).order_by(ReportRequest.household_id, ReportRequest.day, ReportRequest.half)


def _answers(session: Session, random: Random, now: datetime, request: ReportRequest) -> None:
    asked = session.scalars(select(Asked.person_id).where(Asked.request_id == request.id)).all()
    said = sorted(asked)[: random.randint(1, len(asked))]
    for person in said:
        session.add(
            TemperatureReading(person_id=person, request_id=request.id, celsius=36.5, source=Source.CHAT, at=now)
        )
    if len(said) == len(asked):
        request.status, request.answered_at = RequestStatus.REPORTED, now


def _goes_into_quarantine(session: Session, now: datetime, household_id: int) -> None:
    """The first of the family once more, from today: when the others have answered already, they are asked again."""
    person = session.scalars(
        select(Resident.person_id).where(Resident.household_id == household_id).order_by(Resident.id)
    ).first()
    day = now.date()
    known = select(Quarantine).where(Quarantine.person_id == person, Quarantine.first_day == day)
    if person is None or session.scalar(known):
        return
    added = Quarantine(person_id=person, household_id=household_id, first_day=day, last_day=day + timedelta(days=1))
    added.status, added.created_at = QuarantineStatus.ACTIVE, now
    plan_slots(session, now, added)
    session.add(added)
    session.flush()


def _deliver(session: Session, random: Random, now: datetime) -> None:
    """Most of what is due arrives."""
    due = select(OutboxMessage).where(OutboxMessage.state == MailState.PENDING, OutboxMessage.due_at <= now)
    for message in sorted(session.scalars(due), key=lambda one: (one.account_id, one.template, one.about or "")):
        if message.about and message.about.startswith("request:"):
            request = session.get_one(ReportRequest, int(message.about.partition(":")[2]))
            if Random(f"{request.household_id} {request.day} {request.half} {now}").random() < 0.8:
                request.asked_at = request.asked_at or now
        message.state, message.external_id, message.sent_at = MailState.SENT, f"{message.id}", now


def _rows(session: Session) -> dict[str, Any]:
    """Everything but the numbers that rows got."""
    requests = {one.id: (one.household_id, one.day, one.half) for one in session.scalars(select(ReportRequest))}
    alarms = {one.id: (one.household_id, one.kind, one.opened_at) for one in session.scalars(select(Escalation))}
    events: dict[Any, list[Any]] = {}
    for event in session.scalars(select(EscalationEvent).order_by(EscalationEvent.id)):
        said = (event.event, event.at, event.person_id, event.detail)
        events.setdefault(alarms[event.escalation_id], []).append(said)
    return {
        "quarantines": {one.id: _values(one) for one in session.scalars(select(Quarantine))},
        "requests": {requests[one.id]: _values(one) for one in session.scalars(select(ReportRequest))},
        "asked": {(requests[one.request_id], one.person_id) for one in session.scalars(select(Asked))},
        "alarms": {
            alarms[one.id]: {**_values(one), "request_id": requests[one.request_id or 0]}
            for one in session.scalars(select(Escalation))
        },
        "events": events,
        "unanswered": {one.id: (one.unanswered, one.unanswered_at) for one in session.scalars(select(Account))},
        "mail": Counter(_letter(one, requests, alarms) for one in session.scalars(select(OutboxMessage).where(_TOLD))),
    }


def _values(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in record.__table__.columns if one.name != "id"}


_TOLD = (OutboxMessage.template != "nobody_left") | OutboxMessage.edits_id.is_(None)
"""Nobody left is told of any alarm of the bundle: which of them it was decides what it is changed with."""


def _letter(message: OutboxMessage, requests: dict[int, Any], alarms: dict[int, Any]) -> tuple[Any, ...]:
    kind, _, number = (message.about or "").partition(":")
    about = {"request": requests, "escalation": alarms}.get(kind, {})
    subject = about[int(number)] if about else message.about
    if message.template == "nobody_left":  # any alarm of the bundle will do: the first has another number
        subject = None
    passed = sorted(map(tuple, message.args.get("passed", [])))
    args = {name: value for name, value in message.args.items() if name != "passed"}
    said = (message.template, message.priority, subject, str(passed), str(args), message.due_at, message.created_at)
    return message.account_id, *said, message.state, message.edits_id is not None
