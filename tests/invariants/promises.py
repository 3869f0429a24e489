"""The invariants as questions to the records; each answers with what breaks it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import (
    Asked,
    Escalation,
    EscalationEvent,
    OutboxMessage,
    Person,
    Quarantine,
    ReportRequest,
    TemperatureReading,
)
from rules.escalation import Event, State
from rules.mail import MailState
from rules.rounds import RequestStatus
from services.policy import default_policy
from tests.invariants.model import Days


def one_request_a_slot(session: Session) -> list[str]:
    """Invariant 2."""
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.half, func.count())
        .group_by(ReportRequest.household_id, ReportRequest.day, ReportRequest.half)
        .having(func.count() > 1)
    )
    return [str(row) for row in rows]


def exactly_the_quarantined_are_asked(session: Session) -> list[str]:
    """Invariant 3: the first day and the last day included."""
    broken = []
    for request in session.scalars(select(ReportRequest)):
        asked = set(session.scalars(select(Asked.person_id).where(Asked.request_id == request.id)))
        owed = set(
            session.scalars(
                select(Quarantine.person_id).where(
                    Quarantine.household_id == request.household_id,
                    Quarantine.first_day <= request.day,
                    Quarantine.last_day >= request.day,
                )
            )
        )
        if asked != owed:
            broken.append(f"request {request.id} of {request.day}: asks {asked}, should ask {owed}")
    return broken


def missed_means_delivered(session: Session) -> list[str]:
    """Invariant 5."""
    return [
        f"request {one.id} is {one.status}, asked at {one.asked_at}"
        for one in session.scalars(select(ReportRequest))
        if (one.status is RequestStatus.MISSED and one.asked_at is None)
        or (one.status is RequestStatus.UNREACHABLE and one.asked_at is not None)
    ]


def open_alarms_have_a_next_step(session: Session) -> list[str]:
    """Invariant 6: a holder or a next step, always with a time; closed only with an outcome."""
    broken = []
    for one in session.scalars(select(Escalation)):
        if one.state is State.CLOSED:
            well = one.outcome is not None and one.next_at is None
        else:
            well = one.next_at is not None and (one.holder_id is not None) == (one.state is State.TAKEN)
        if not well:
            broken.append(
                f"escalation {one.id}: {one.state}, holder {one.holder_id}, next {one.next_at}, {one.outcome}"
            )
    return broken


def fevers_belong_to_an_alarm(session: Session) -> list[str]:
    """Invariant 6: each abnormal reading belongs to exactly one escalation of that person."""
    limits = default_policy(session).thresholds
    broken = []
    for one in session.scalars(select(TemperatureReading)):
        if limits.low <= one.celsius < limits.abnormal:
            continue
        alarm = session.get(Escalation, one.escalation_id) if one.escalation_id else None
        if alarm is None or alarm.person_id != one.person_id:
            broken.append(f"reading {one.id} of {one.celsius} has {alarm}")
    open_ones = Counter(
        session.scalars(
            select(Escalation.person_id).where(Escalation.state != State.CLOSED, Escalation.person_id.is_not(None))
        )
    )
    return broken + [f"person {person} has {many} open" for person, many in open_ones.items() if many > 1]


def silences_are_in_the_chain(session: Session) -> list[str]:
    """Invariants 5 and 6: a household that is silent or unreachable has an escalation about it."""
    with_alarm = set(session.scalars(select(Escalation.household_id).where(Escalation.person_id.is_(None))))
    return [
        f"household {one.household_id} is {one.status} and nobody knows"
        for one in session.scalars(select(ReportRequest))
        if one.status in {RequestStatus.MISSED, RequestStatus.UNREACHABLE} and one.household_id not in with_alarm
    ]


def everybody_passed_over_is_recorded(session: Session) -> list[str]:
    """Invariant 7: nobody is told who cannot be; each of them is written down with a reason."""
    broken = []
    for one in session.scalars(select(EscalationEvent).where(EscalationEvent.event == Event.PASSED_OVER)):
        if not one.detail.get("why"):
            broken.append(f"event {one.id}")
    return broken


def every_answer_is_stored(days: Days, session: Session) -> list[str]:
    """Invariants 1 and 4: what was said is there, once for each time it was said, and nothing else is."""
    rows = session.execute(
        select(Person.name, TemperatureReading.celsius).join(Person, Person.id == TemperatureReading.person_id)
    )
    stored = Counter((name, celsius) for name, celsius in rows)
    return [
        f"{what}: said {days.said[what]}, stored {stored[what]}"
        for what in days.said | stored
        if days.said[what] != stored[what]
    ]


def nothing_is_stuck(days: Days, session: Session) -> list[str]:
    """Invariant 1: every message that was due has an end; what waits for the morning is not due."""
    ends = (MailState.SENT, MailState.DROPPED, MailState.UNREACHABLE)
    due = select(OutboxMessage).where(OutboxMessage.state.not_in(ends))
    rows = session.scalars(due.where((OutboxMessage.due_at <= days.now) | (OutboxMessage.state != MailState.PENDING)))
    return [f"message {one.id} {one.template}: {one.state} {one.error}" for one in rows]


def nothing_is_sent_twice(days: Days) -> list[str]:
    """Invariant 1: a crash may repeat at most the messages in flight."""
    return [
        f"message {number} was handed over {times} times"
        for number, times in days.handed.items()
        if times > 1 and number not in days.in_flight_at_a_crash
    ]


ALWAYS = (
    one_request_a_slot,
    exactly_the_quarantined_are_asked,
    missed_means_delivered,
    open_alarms_have_a_next_step,
    fevers_belong_to_an_alarm,
    silences_are_in_the_chain,
    everybody_passed_over_is_recorded,
)
