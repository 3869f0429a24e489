"""Who a grid's brief names: people with a fever that day, households that were missed or could not be reached."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Escalation, Person, ReportRequest
from rules.escalation import Kind
from rules.ladder import Severity
from rules.rounds import RequestStatus
from services.dossier import heads_of


def fevers(session: Session, grid_id: int, since: datetime) -> list[str]:
    """Those about whom there was an alarm for a fever since an instant, in the order of the alarms."""
    rows = session.scalars(
        select(Person.name)
        .join(Escalation, Escalation.person_id == Person.id)
        .where(
            Escalation.grid_id == grid_id,
            Escalation.opened_at >= since,
            Escalation.kind == Kind.ABNORMAL,
            Escalation.severity != Severity.ROUTINE,
        )
        .order_by(Escalation.id)
    )
    return list(dict.fromkeys(rows))


def silent(session: Session, grid_id: int, day: date, status: RequestStatus) -> Sequence[str]:
    """The heads of the households with a slot of that date which ended so."""
    homes = session.scalars(
        select(ReportRequest.household_id)
        .where(ReportRequest.day == day, ReportRequest.grid_id == grid_id, ReportRequest.status == status)
        .order_by(ReportRequest.household_id)
        .distinct()
    ).all()
    found = heads_of(session, homes)
    return [found[home] for home in homes if home in found]
