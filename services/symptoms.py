"""Symptoms: with a reading or by themselves; each is told, a red flag as an emergency."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import Household, TemperatureReading
from rules.ladder import Severity
from rules.symptoms import RED_FLAGS, Symptom
from services.dossier import events_of, latest_reading
from services.escalations import open_about
from services.fevers import raise_fever
from services.homes import household_of

BELONGS = timedelta(hours=12)
"""What somebody complains of so soon after a measurement is written down beside its value."""


def add_symptom(session: Session, now: datetime, reading: TemperatureReading, symptom: Symptom) -> None:
    """Adds a symptom to a reading; a red flag makes its escalation an emergency."""
    if symptom in reading.symptoms:
        return
    reading.symptoms = [*reading.symptoms, symptom.value]
    household = household_of(session, reading.person_id)
    if household:
        _tell(session, now, household, reading.person_id, symptom, reading)


def complain(session: Session, now: datetime, household: Household, person_id: int, symptom: Symptom) -> None:
    """Somebody says of a member that they have a symptom, perhaps without any value."""
    reading = latest_reading(session, person_id)
    if reading is not None and now - reading.at <= BELONGS:
        add_symptom(session, now, reading, symptom)
        return
    present = open_about(session, person_id)
    known = events_of(session, present.id) if present else []
    if not any(one.detail.get("symptom") == symptom for one in known):
        _tell(session, now, household, person_id, symptom, None)


def _tell(
    session: Session,
    now: datetime,
    household: Household,
    person_id: int,
    symptom: Symptom,
    reading: TemperatureReading | None,
) -> None:
    detail: dict[str, Any] = {"symptom": symptom.value}
    if reading is not None:
        detail["celsius"] = reading.celsius
    escalation = raise_fever(
        session,
        now,
        household,
        person_id,
        Severity.EMERGENCY if symptom in RED_FLAGS else Severity.URGENT,
        request_id=reading.request_id if reading else None,
        detail=detail,
    )
    if reading is not None:
        reading.escalation_id = escalation.id
