"""Who somebody is by what their messenger vouches for: their own phone number, or their name with their employer."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models import Appointment, Area, Household, Invite, Person, Resident
from models.db import vault_of
from services.register.numbers import phone_digits
from services.staff import in_force


def people_with_number(session: Session, now: datetime, number: str, invite: Invite | None = None) -> list[Person]:
    """Those with this number who live or are appointed somewhere; with a resident's invite, who live where it leads.

    A staff invite is for anybody of the register: a resident who becomes a grid worker stays one person.
    """
    index = vault_of(session).index(phone_digits(number), "phone")
    chosen = select(Person).where(Person.phone_index == index, _is_about(now)).order_by(Person.id)
    if invite is None or invite.role.is_staff:
        return list(session.scalars(chosen))
    path = session.get_one(Area, invite.area_id).path
    living_there = (
        select(Resident.person_id)
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(Area.path.startswith(path, autoescape=True))
    )
    return list(session.scalars(chosen.where(Person.id.in_(living_there))))


def member_named(session: Session, now: datetime, name: str) -> Person | None:
    """Whom an employer calls so in its own messenger, by the roster; its names have no case."""
    return session.scalar(select(Person).where(Person.member == name.casefold(), _is_about(now)))


def _is_about(now: datetime) -> ColumnElement[bool]:
    """The condition that somebody lives or is appointed somewhere."""
    lives = Person.id.in_(select(Resident.person_id))
    return or_(lives, Person.id.in_(select(Appointment.person_id).where(in_force(now))))
