"""Temperatures: stored, corrected, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Escalation, Household, ReportRequest, Source, TemperatureReading
from rules.corrections import corrects
from rules.escalation import SILENCES, Event, Outcome, State, severity_of
from rules.ladder import Severity
from rules.rounds import outcome_of_answer
from rules.thresholds import Finding
from services import escalations
from services.fevers import raise_fever
from services.foresight import foreseen
from services.handling import close
from services.policy import policy_at
from services.quarantines import answered
from services.slots import current_reading, is_asked, latest_request, owed


@dataclass(frozen=True, slots=True)
class Measured:
    """One stored reading and what it means."""

    reading: TemperatureReading
    finding: Finding
    corrects: float | None
    """The value that it supersedes, in °C."""
    too_late: bool = False
    """It was sent as a correction, when the time for that was over: both values count."""


@dataclass(frozen=True, slots=True)
class _How:
    reporter_id: int
    at: datetime
    source: Source
    correction: bool


def record_readings(
    session: Session,
    now: datetime,
    household: Household,
    values: Sequence[tuple[int, float]],
    *,
    reporter_id: int,
    measured_at: datetime | None = None,
    source: Source = Source.CHAT,
    correction: bool = False,
) -> list[Measured]:
    """Stores (person, °C) pairs for the household's latest slot, and raises what has to be raised.

    `correction`: the person said that these mend what they sent before.
    """
    request = latest_request(session, now, household.id)
    how = _How(reporter_id, measured_at or now, source, correction)
    measured = [_record(session, now, household, request, one, how) for one in values]
    if request:
        _settle(session, now, request, how)
    return measured


def _record(
    session: Session,
    now: datetime,
    household: Household,
    request: ReportRequest | None,
    value: tuple[int, float],
    how: _How,
) -> Measured:
    person_id, celsius = value
    asked = request is not None and is_asked(session, request.id, person_id)
    earlier = current_reading(session, request.id, person_id) if request and asked else None
    policy = policy_at(session, household.grid_id)
    newest = _newest(session, person_id) if earlier or how.correction else None
    # Soon after the first a second value corrects it; later it is a new measurement, and both count.
    mends = newest is not None and corrects(newest.at, now, policy.correct_within, said_so=how.correction)
    corrected = newest if mends else None
    slot = request.id if request and asked and earlier is None else None
    reading = TemperatureReading(
        person_id=person_id,
        request_id=corrected.request_id if corrected else slot,
        celsius=celsius,
        source=how.source,
        reporter_id=how.reporter_id,
        at=how.at,
        rechecks_id=corrected.rechecks_id if corrected else None,
    )
    session.add(reading)
    if corrected:
        session.flush()
        corrected.superseded_by = reading.id
    finding = policy.thresholds.finding(celsius)
    before = corrected.celsius if corrected else None
    _raise(session, now, household, reading, finding, before=before)
    return Measured(reading, finding, before, too_late=how.correction and newest is not None and not mends)


def _newest(session: Session, person_id: int) -> TemperatureReading | None:
    """The value that somebody sent last, in a slot or outside."""
    session.flush()
    return session.scalar(
        select(TemperatureReading)
        .where(TemperatureReading.person_id == person_id, TemperatureReading.superseded_by.is_(None))
        .order_by(TemperatureReading.id.desc())
        .limit(1)
    )


def _raise(
    session: Session,
    now: datetime,
    household: Household,
    reading: TemperatureReading,
    finding: Finding,
    *,
    before: float | None,
) -> None:
    severity = severity_of(finding)
    present = escalations.open_about(session, reading.person_id)
    if present and before is None:
        reading.rechecks_id = _measured_before(session, present.id)
    if severity is None:
        if present and before is not None:
            escalations.corrected(session, now, present, reading.reporter_id, celsius=reading.celsius, before=before)
        elif present:
            escalations.note(session, now, present, Event.READING, reading.reporter_id, celsius=reading.celsius)
            escalations.refresh(session, now, present)
        if present:
            reading.escalation_id = present.id
        return
    _alarm(session, now, household, reading, severity)


def _measured_before(session: Session, escalation_id: int) -> int | None:
    """The last value of an alarm: the one after it is its second measurement (复测)."""
    belongs = (TemperatureReading.escalation_id == escalation_id) & TemperatureReading.superseded_by.is_(None)
    return session.scalar(select(func.max(TemperatureReading.id)).where(belongs))


def _alarm(
    session: Session,
    now: datetime,
    household: Household,
    reading: TemperatureReading,
    severity: Severity,
) -> None:
    escalation = raise_fever(
        session,
        now,
        household,
        reading.person_id,
        severity,
        request_id=reading.request_id,
        detail={"celsius": reading.celsius},
    )
    reading.escalation_id = escalation.id


def _settle(session: Session, now: datetime, request: ReportRequest, how: _How) -> None:
    """A complete report ends the slot, and with it the alarms about the household's silence."""
    left = len(owed(session, request.id))
    request.status = outcome_of_answer(request.status, owed=left)
    if left or request.answered_at:
        return
    request.answered_at = now
    answered(session, now, request)
    if request.household_id in foreseen(session).calm_homes:
        return
    open_alarms = session.scalars(
        select(Escalation).where(
            Escalation.household_id == request.household_id,
            Escalation.kind.in_(SILENCES),
            Escalation.state != State.CLOSED,
        )
    ).all()
    for escalation in open_alarms:
        if how.source is Source.WORKER:
            close(session, now, escalation, Outcome.REPORTED_BY_WORKER, how.reporter_id)
        else:
            close(session, now, escalation, Outcome.REPORTED_LATE, None)
