"""Very many people of the register at once, of whom nothing is told."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models import Household, Person, Resident


def crowd(session: Session, now: datetime, people: int) -> None:
    """So many more in the first household."""
    home = session.scalars(select(Household.id).order_by(Household.id).limit(1)).one()
    rows = [{"name": f"户{number}", "created_at": now} for number in range(people)]
    numbers = session.scalars(insert(Person).returning(Person.id), rows).all()
    session.execute(insert(Resident), [{"person_id": number, "household_id": home} for number in numbers])
