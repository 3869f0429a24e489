"""Somebody is ill: an alarm about them, and perhaps one about the place where they live."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Escalation, Household
from rules.escalation import Kind
from rules.ladder import Severity
from services.clusters import watch
from services.escalations import raise_alarm


def raise_fever(
    session: Session,
    now: datetime,
    household: Household,
    person_id: int,
    severity: Severity,
    *,
    request_id: int | None,
    detail: dict[str, Any],
) -> Escalation:
    """Opens, or joins, the alarm about somebody's temperature or how they feel; then their place is looked at."""
    escalation = raise_alarm(
        session,
        now,
        kind=Kind.ABNORMAL,
        severity=severity,
        household_id=household.id,
        grid_id=household.grid_id,
        person_id=person_id,
        request_id=request_id,
        detail=detail,
    )
    watch(session, now, escalation)
    return escalation
