"""Appointments: who holds which role in which area."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Person
from rules.errors import NotAllowedError
from rules.roles import Role, is_held_at
from services.menus import refresh_menus


def appoint(session: Session, now: datetime, *, person: Person, role: Role, area: Area) -> Appointment:
    """Appoints from now on; somebody whose appointment has ended is appointed anew.

    Raises `NotAllowedError` when areas of this level have no such role.
    """
    if not is_held_at(role, area.level):
        raise NotAllowedError(f"{role} @ {area.code} ({area.level})")
    appointment = session.scalar(
        select(Appointment).where(
            Appointment.person_id == person.id, Appointment.role == role, Appointment.area_id == area.id
        )
    )
    if appointment is None:
        appointment = Appointment(person_id=person.id, role=role, area_id=area.id, since=now)
        session.add(appointment)
    elif appointment.stands_for is not None or (appointment.until is not None and appointment.until <= now):
        appointment.since, appointment.until, appointment.stands_for = now, None, None
    session.flush()
    refresh_menus(session, now, person.id)
    return appointment
