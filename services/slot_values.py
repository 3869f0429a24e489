"""What a slot has been answered so far."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import TemperatureReading
from services.foresight import foreseen


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
