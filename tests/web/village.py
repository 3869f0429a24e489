"""The demo's village in a real database: half past twelve on its day, the morning's round over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.sample import WORKBOOK
from models import Account, Asked, Bot, Escalation, Household, Person, ReportRequest, Resident
from models.db import Database
from models.vault import Vault
from rules.escalation import Kind, Outcome, State
from rules.policy import Policy
from rules.rounds import RequestStatus
from services.closing import close_rounds
from services.handling import close, take
from services.readings import record_readings
from services.roster import import_roster
from services.rounds import open_rounds
from tests.harness import DAY, local

NOW = local(DAY, "12:30")
ANSWERING = 40
"""The first households of those with a phone: they answer, the others are silent."""
FEVERISH = (3, 17, 30)
"""Which of them have somebody with a fever; the first is dealt with, the second is in hand, the third is not."""
VILLAGE = "XHL"


def open_village(url: str, workbook: Path = WORKBOOK) -> Database:
    """Imports the demo's roster, and lets its morning pass. The caller closes the database."""
    database = Database(url, Vault(b"a key only for the tests"), Policy())
    report = import_roster(database, workbook, local(DAY, "07:00"))
    assert report.errors == ()
    database.apply(_phones)
    database.apply(open_rounds, local(DAY, "08:00"))
    database.apply(_answers)
    database.apply(_alarms_dealt_with)
    database.apply(close_rounds, local(DAY, "12:00"))
    return database


def _phones(session: Session) -> None:
    """Whoever has a phone number, has joined."""
    session.add(Bot(name="telegram", channel="telegram"))
    session.flush()
    people = session.scalars(select(Person.id).join(Resident).where(Person.phone_index.is_not(None)))
    session.add_all(
        Account(bot="telegram", address=str(one), person_id=one, created_at=local(DAY, "07:30")) for one in people
    )


def _answers(session: Session) -> None:
    asked = session.scalars(
        select(ReportRequest).where(ReportRequest.status == RequestStatus.DUE).order_by(ReportRequest.id)
    ).all()
    for number, request in enumerate(asked):
        request.asked_at = request.opens_at
        if number < ANSWERING:
            _answer(session, request, request.opens_at + timedelta(minutes=number), fever=number in FEVERISH)


def _answer(session: Session, request: ReportRequest, now: datetime, *, fever: bool) -> None:
    people = session.scalars(
        select(Asked.person_id).where(Asked.request_id == request.id).order_by(Asked.person_id)
    ).all()
    values = [(person, 38.2 if fever and person == people[0] else 36.5) for person in people]
    household = session.get_one(Household, request.household_id)
    record_readings(session, now, household, values, reporter_id=people[0])


def _alarms_dealt_with(session: Session) -> None:
    worker = session.scalars(select(Person.id).order_by(Person.id)).first()
    assert worker is not None
    fevers = session.scalars(
        select(Escalation).where(Escalation.kind == Kind.ABNORMAL).order_by(Escalation.opened_at)
    ).all()
    take(session, local(DAY, "08:40"), fevers[0], worker)
    close(session, local(DAY, "09:20"), fevers[0], Outcome.RETEST_NORMAL, worker)
    take(session, local(DAY, "09:00"), fevers[1], worker)


def open_alarms(session: Session) -> list[Escalation]:
    """Those in nobody's hands, oldest first."""
    waiting = select(Escalation).where(Escalation.state == State.OPEN).order_by(Escalation.opened_at)
    return list(session.scalars(waiting))
