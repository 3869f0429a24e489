"""What the service promises, held against the people's own book: nobody unasked, nobody forgotten, nothing twice."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from bot.demo.promises import Promise
from bot.simulate.ledger import Ledger
from models import Asked, Escalation, EscalationEvent, OutboxMessage, RejectedUpdate, ReportRequest, TemperatureReading
from rules.escalation import Event, State
from rules.mail import MailState
from rules.rounds import FINAL_UNLESS_LATE, RequestStatus
from services.policy import default_policy


def check(session: Session, ledger: Ledger) -> list[Promise]:
    """Every promise, and what broke it."""
    return [
        Promise("nobody unasked", (*_not_on_the_list(session, ledger), *_neither_asked_nor_visited(session))),
        Promise("nobody forgotten", (*_silences(session), *_fevers(session), *_alarms(session))),
        Promise("every slot ended as its household knows it", tuple(_other_outcomes(session, ledger))),
        Promise("every answer stored, and no other", tuple(_other_readings(session, ledger))),
        Promise("nobody asked twice", tuple(_twice(session, ledger))),
        Promise("nothing lost on the way", tuple(lost_on_the_way(session))),
    ]


def _not_on_the_list(session: Session, ledger: Ledger) -> Iterator[str]:
    """People for whom not every slot has a place."""
    rows = session.execute(select(Asked.person_id, func.count()).group_by(Asked.person_id))
    found = dict(rows.all())
    for person in ledger.people():
        if found.get(person, 0) != len(ledger.slots):
            yield f"person {person}: asked about in {found.get(person, 0)} of {len(ledger.slots)} slots"


def _neither_asked_nor_visited(session: Session) -> Iterator[str]:
    asked = exists().where(
        OutboxMessage.about == literal("request:") + cast(ReportRequest.id, String),
        OutboxMessage.template.in_(["prompt", "reminder"]),
        OutboxMessage.state == MailState.SENT,
    )
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.half).where(~asked, ~_knocked())
    )
    for household, day, half in rows:
        yield f"household {household}, {day} {half}: no question left, and nobody was sent to the door"


def _knocked() -> ColumnElement[bool]:
    """An alarm about the household's silence, open in the slot or later."""
    return exists().where(
        Escalation.household_id == ReportRequest.household_id,
        Escalation.person_id.is_(None),
        or_(Escalation.closed_at.is_(None), Escalation.closed_at >= ReportRequest.opens_at),
        or_(Escalation.request_id == ReportRequest.id, Escalation.opened_at <= ReportRequest.miss_at),
    )


def _silences(session: Session) -> Iterator[str]:
    silent = ReportRequest.status.in_(FINAL_UNLESS_LATE)
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.half).where(silent, ~_knocked())
    )
    for household, day, half in rows:
        yield f"household {household}, {day} {half}: silent, and no alarm"
    for household, day, half in session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.half).where(
            ReportRequest.status == RequestStatus.DUE
        )
    ):
        yield f"household {household}, {day} {half}: never ended"


def _fevers(session: Session) -> Iterator[str]:
    limit = default_policy(session).thresholds.abnormal
    alone = and_(TemperatureReading.celsius >= limit, TemperatureReading.escalation_id.is_(None))
    for number in session.scalars(select(TemperatureReading.id).where(alone)):
        yield f"reading {number}: a fever, and no alarm"


def _alarms(session: Session) -> Iterator[str]:
    """Alarms that neither met a human, nor were ended by the household itself, nor came to the top of their chain."""
    met = exists().where(
        EscalationEvent.escalation_id == Escalation.id, EscalationEvent.event.in_([Event.TAKEN, Event.NOBODY_LEFT])
    )
    rung = exists().where(
        OutboxMessage.about == literal("escalation:") + cast(Escalation.id, String),
        OutboxMessage.template == "nobody_left",
        OutboxMessage.state == MailState.SENT,
    )
    for number in session.scalars(select(Escalation.id).where(Escalation.state != State.CLOSED, ~met, ~rung)):
        yield f"alarm {number}: in nobody's hands, and not at the top of its chain"


def _other_outcomes(session: Session, ledger: Ledger) -> Iterator[str]:
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.half, ReportRequest.status)
    )
    found = {(household, day, half): status for household, day, half, status in rows}
    for key, known in ledger.outcomes():
        recorded = found.pop(key, None)
        if recorded is not known:
            household, day, half = key
            yield f"household {household}, {day} {half}: {known}, but recorded as {recorded}"
    for household, day, half in found:
        yield f"household {household}, {day} {half}: recorded, and nobody knows of it"


def _other_readings(session: Session, ledger: Ledger) -> Iterator[str]:
    rows = session.execute(select(TemperatureReading.person_id, TemperatureReading.celsius))
    stored = Counter((person, celsius) for person, celsius in rows)
    for (person, celsius), count in (ledger.said - stored).items():
        yield f"person {person}, {celsius}: said, {count} not stored"
    for (person, celsius), count in (stored - ledger.said).items():
        yield f"person {person}, {celsius}: stored {count} times more than it was said"


def _twice(session: Session, ledger: Ledger) -> Iterator[str]:
    for household, day, half in ledger.asked_again():
        yield f"household {household}, {day} {half}: heard the question twice"
    rows = session.execute(
        select(OutboxMessage.account_id, OutboxMessage.about, func.count())
        .where(OutboxMessage.template == "prompt", OutboxMessage.state == MailState.SENT)
        .group_by(OutboxMessage.account_id, OutboxMessage.about)
        .having(func.count() > 1)
    )
    for account, about, count in rows:
        yield f"account {account}: {count} prompts about {about}"


def lost_on_the_way(session: Session) -> Iterator[str]:
    """What could not be understood, and what could not be sent."""
    for update, why in session.execute(select(RejectedUpdate.update_id, RejectedUpdate.error)):
        yield f"update {update}: {why}"
    stuck = OutboxMessage.state.in_([MailState.LEASED, MailState.REJECTED, MailState.DEAD])
    rows = session.execute(
        select(OutboxMessage.id, OutboxMessage.template, OutboxMessage.state, OutboxMessage.error).where(stuck)
    )
    for number, template, state, error in rows:
        yield f"message {number}: {template} is {state}: {error}"
