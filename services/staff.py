"""Who is appointed to what."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Appointment, Area, ShiftTime
from rules.roles import NO_STAFF, Role, covers
from services.foresight import foreseen

PostColumns = type[Appointment]
"""The appointments, or an alias of them."""
Instant = datetime | ColumnElement[datetime]
"""An instant, or a parameter for one."""


def in_force(now: Instant) -> ColumnElement[bool]:
    """The condition that an appointment holds at `now`."""
    return (Appointment.since <= now) & or_(Appointment.until.is_(None), Appointment.until > now)


def not_off(now: Instant, post: PostColumns = Appointment) -> ColumnElement[bool]:
    """The condition that somebody has not said themselves that they are off duty at `now`."""
    return or_(post.on_duty, post.off_until <= now)


def on_shift(now: Instant, post: PostColumns = Appointment) -> ColumnElement[bool]:
    """The condition that no roster has them off at `now`; who stands in said yes to be on."""
    another_time = exists().where(
        ShiftTime.person_id == post.person_id, or_(ShiftTime.starts_at > now, ShiftTime.ends_at <= now)
    )
    return or_(post.stands_for.is_not(None), post.on_until > now, ~another_time)


def on_at(now: Instant, post: PostColumns = Appointment) -> ColumnElement[bool]:
    """The condition that somebody is on duty in an appointment at `now`: `rules.duty.is_on`, for the database."""
    return and_(not_off(now, post), on_shift(now, post))


def appointments(session: Session, now: datetime, person_id: int) -> list[tuple[Appointment, Area]]:
    """A person's appointments in force, highest area first."""
    known = foreseen(session).appointed.get(person_id)
    return appointments_of(session, now, [person_id])[person_id] if known is None else known


def appointments_of(
    session: Session, now: datetime, people: Collection[int]
) -> dict[int, list[tuple[Appointment, Area]]]:
    """Those of several people, highest area first; of a gate or a volunteer nothing follows but what `gates`
    and `helping` say.
    """
    found: dict[int, list[tuple[Appointment, Area]]] = {person: [] for person in people}
    mine = select(Appointment, Area).join(Area).where(Appointment.person_id.in_(people), in_force(now), _WORKS)
    for appointment, area in session.execute(mine.order_by(Area.path)):
        found[appointment.person_id].append((appointment, area))
    return found


_WORKS = Appointment.role.not_in(NO_STAFF)


def helping(session: Session, now: datetime, person_id: int) -> list[tuple[Appointment, Area]]:
    """Where somebody is a volunteer (志愿者)."""
    mine = (Appointment.person_id == person_id) & (Appointment.role == Role.VOLUNTEER) & in_force(now)
    rows = session.execute(select(Appointment, Area).join(Area).where(mine).order_by(Area.path))
    return [(appointment, area) for appointment, area in rows]


def gates(session: Session, now: datetime, person_id: int) -> list[str]:
    """The subtrees at whose gate somebody stands (门岗)."""
    mine = (Appointment.person_id == person_id) & (Appointment.role == Role.GATE) & in_force(now)
    return list(session.scalars(select(Area.path).join(Appointment).where(mine).order_by(Area.path)))


def paths(session: Session, now: datetime, person_id: int, roles: Iterable[Role] = tuple(Role)) -> list[str]:
    """The subtrees that a person may see and touch, for any of these roles (invariant 11)."""
    wanted = set(roles)
    return [area.path for one, area in appointments(session, now, person_id) if one.role in wanted]


def may_touch(
    session: Session, now: datetime, person_id: int, area_id: int, roles: Iterable[Role] = tuple(Role)
) -> bool:
    """Whether one of the person's appointments, for any of these roles, covers the area (invariant 11)."""
    subject = session.get_one(Area, area_id).path
    return any(covers(path, subject) for path in paths(session, now, person_id, roles))


def holders(session: Session, now: datetime, role: Role, area_ids: Iterable[int]) -> list[Appointment]:
    """Those who hold a role in one of these areas, longest appointed first."""
    return list(
        session.scalars(
            select(Appointment)
            .where(Appointment.role == role, Appointment.area_id.in_(list(area_ids)), in_force(now))
            .order_by(Appointment.id)
        )
    )
