"""Who somebody is by their own phone number, which the messenger vouches for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Household, Invite, Person, Resident
from models.db import vault_of
from services.register.numbers import phone_digits
from services.staff import in_force


def people_with_number(session: Session, now: datetime, number: str, invite: Invite | None = None) -> list[Person]:
    """Those of the register with this number; with an invite only those who live, or are appointed, where it leads."""
    index = vault_of(session).index(phone_digits(number), "phone")
    chosen = select(Person).where(Person.phone_index == index).order_by(Person.id)
    if invite is None:
        return list(session.scalars(chosen))
    if invite.role.is_staff:
        held = (Appointment.area_id == invite.area_id) & (Appointment.role == invite.role) & in_force(now)
        return list(session.scalars(chosen.where(Person.id.in_(select(Appointment.person_id).where(held)))))
    path = session.get_one(Area, invite.area_id).path
    living_there = (
        select(Resident.person_id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(Area.path.startswith(path, autoescape=True))
    )
    return list(session.scalars(chosen.where(Person.id.in_(living_there))))
