"""Where people live."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Household, Resident
from services.foresight import foreseen


def household_of(session: Session, person_id: int) -> Household | None:
    """Where a person lives; the newest place when they moved."""
    known = foreseen(session).homes
    if person_id in known:
        return known[person_id]
    return session.scalar(
        select(Household)
        .join(Resident, Resident.household_id == Household.id)
        .where(Resident.person_id == person_id)
        .order_by(Resident.id.desc())
        .limit(1)
    )
