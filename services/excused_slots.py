"""Slots of households in which somebody, or everybody, need not be measured (免报)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Asked, Quarantine, ReportRequest
from models.statements import among
from rules.rounds import RequestStatus


def asked_on(day: date) -> ColumnElement[bool]:
    """The condition that a quarantine's person is to be measured on a local date."""
    return or_(Quarantine.excused_until.is_(None), Quarantine.excused_until < day)


def excuse_slots(session: Session, day: date, requests: Mapping[int, int]) -> set[int]:
    """Those of these requests, by household, that ask nobody at all are excused, with the reason; the households."""
    why = (
        select(func.min(Quarantine.excused_why))
        .where(Quarantine.household_id == ReportRequest.household_id, ~asked_on(day), Quarantine.ended_at.is_(None))
        .scalar_subquery()
    )
    done = session.scalars(
        update(ReportRequest)
        .where(
            among(session, ReportRequest.id, requests.values()),
            ReportRequest.status.in_([RequestStatus.DUE, RequestStatus.UNREACHABLE]),
            ~exists().where(Asked.request_id == ReportRequest.id),
        )
        .values(status=RequestStatus.EXCUSED, why=func.coalesce(why, ""))
        .returning(ReportRequest.household_id)
        .execution_options(synchronize_session=False)
    )
    return set(done)
