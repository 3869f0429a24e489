"""A household's slot: what was asked last, of whom, and what has been answered so far."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Asked, ReportRequest, Resident, TemperatureReading
from services.foresight import foreseen


def latest_request(session: Session, now: datetime, household_id: int) -> ReportRequest | None:
    """What the household was asked last."""
    known = foreseen(session).requests
    if household_id in known:
        return known[household_id]
    return session.scalar(
        select(ReportRequest)
        .where(ReportRequest.household_id == household_id, ReportRequest.opens_at <= now)
        .order_by(ReportRequest.opens_at.desc())
        .limit(1)
    )


def open_slots(now: datetime, household_id: int, person_id: int) -> Select[ReportRequest]:
    """The slots of a household that are open now and in which this one is asked, the latest first."""
    return (
        select(ReportRequest)
        .join(Asked, Asked.request_id == ReportRequest.id)
        .where(
            ReportRequest.household_id == household_id,
            Asked.person_id == person_id,
            ReportRequest.opens_at <= now,
            ReportRequest.miss_at > now,
        )
        .order_by(ReportRequest.opens_at.desc())
    )


def is_asked(session: Session, request_id: int, person_id: int) -> bool:
    """Whether a slot wants this one's temperature."""
    known = foreseen(session).asked.get(request_id)
    if known is not None:
        return person_id in known
    return session.get(Asked, (request_id, person_id)) is not None


def current_reading(session: Session, request_id: int, person_id: int) -> TemperatureReading | None:
    """The reading that counts for a member in a slot."""
    known = foreseen(session).readings.get(request_id)
    if known is not None:
        standing = [one for one in known if one.person_id == person_id and one.superseded_by is None]
        return standing[-1] if standing else None
    return session.scalar(
        select(TemperatureReading)
        .where(
            TemperatureReading.request_id == request_id,
            TemperatureReading.person_id == person_id,
            TemperatureReading.superseded_by.is_(None),
        )
        .order_by(TemperatureReading.id.desc())
        .limit(1)
    )


def owed(session: Session, request_id: int) -> list[int]:
    """The members of whom a slot still wants a temperature, in the household's order."""
    known = foreseen(session)
    if request_id in known.asked and request_id in known.readings:
        reported = {one.person_id for one in known.readings[request_id]}
        return [one for one in known.asked[request_id] if one not in reported]
    answered = select(TemperatureReading.person_id).where(TemperatureReading.request_id == request_id)
    return list(
        session.scalars(
            select(Asked.person_id)
            .join(ReportRequest, ReportRequest.id == Asked.request_id)
            .outerjoin(
                Resident,
                (Resident.person_id == Asked.person_id) & (Resident.household_id == ReportRequest.household_id),
            )
            .where(Asked.request_id == request_id, Asked.person_id.not_in(answered))
            .order_by(Resident.id, Asked.person_id)
        )
    )


def standing(session: Session, request_id: int) -> list[TemperatureReading]:
    """The values that count in a slot, in the order in which their people were put down."""
    known = foreseen(session).readings.get(request_id)
    if known is None:
        taken = select(TemperatureReading).where(TemperatureReading.request_id == request_id)
        known = list(session.scalars(taken.order_by(TemperatureReading.id)))
    return sorted((one for one in known if one.superseded_by is None), key=lambda one: one.person_id)


def values_of(session: Session, request_id: int) -> list[tuple[int, float]]:
    """The same as (person, °C)."""
    return [(one.person_id, one.celsius) for one in standing(session, request_id)]
