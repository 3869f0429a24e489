"""Whom a notice reaches: at their doors or at their appointments, in the order in which its parts are written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from models import Account, Appointment, Area, Directive, Household, Notice, NoticeCopy, Quarantine, Resident
from models.statements import spelled
from rules.audiences import ROLES_OF, Audience
from rules.quarantine import QuarantineStatus
from services.staff import in_force


@dataclass(frozen=True, slots=True)
class Source:
    """The places at which an audience is met, in the order of `mark`, and the people met there."""

    mark: InstrumentedAttribute[int]
    """The number of a place: of a door, or of an appointment."""
    meant: ColumnElement[bool]
    """The condition that a place counts."""
    people: Callable[[Any], Select[Any]]
    """Joins whoever is met at a place and the place's area to what is chosen."""
    person: InstrumentedAttribute[int]
    area: InstrumentedAttribute[int]
    door: ColumnElement[int]
    """The number of a door, 0 where nobody is met at one."""


def source_of(audience: Audience, now: datetime) -> Source:
    """Where an audience is met at `now`."""
    if audience.at_doors:
        return Source(
            Household.id, _behind(audience), _at_doors, Resident.person_id, Household.area_id, func.min(Household.id)
        )
    posts = Appointment.role.in_(sorted(ROLES_OF[audience])) & in_force(now)
    return Source(Appointment.id, posts, _at_posts, Appointment.person_id, Appointment.area_id, literal(0))


def places(area: Area, audience: Audience, now: datetime) -> Select[int]:
    """The numbers of the places below an area at which an audience is met."""
    at = source_of(audience, now)
    return select(at.mark).join(Area, Area.id == at.area).where(_below(area), at.meant)


def readers(area: Area, audience: Audience, now: datetime, *, order: bool = False) -> Select[Any]:
    """Everybody of an audience below the area who can be told, with the chat in which they are told, the area in which
    they are counted, and their door (0: none; of several the first, and its area).

    Of somebody's several chats it is the one in which they are told; who has asked for quiet there (/stop) is told
    orders only.
    """
    at = source_of(audience, now)
    columns = (
        at.person.label("person_id"),
        func.max(Account.id).label("account_id"),
        func.min(at.area).label("area_id"),
        at.door.label("household_id"),
    )
    return (
        at.people(select(*columns))
        .join(Account, Account.person_id == at.person)
        .where(_below(area), at.meant, Account.reachable, or_(literal(order), ~Account.stopped), Account.told_here)
        .group_by(at.person)
    )


def met_first(origin: Area) -> ColumnElement[bool]:
    """The condition that nobody meets somebody at an earlier door of another grid below an area: whoever lives behind
    doors of several grids has a directive that goes from grid to grid at the first of them.

    Which one that is stands in the register: no grid waits for another one to know.
    """
    other, door, where = aliased(Resident), aliased(Household), aliased(Area)
    elsewhere = (
        select(other.id)
        .join(door, door.id == other.household_id)
        .join(where, where.id == door.grid_id)
        .where(other.person_id == Resident.person_id, door.id < Household.id, door.grid_id != Household.grid_id)
        .where(where.path.startswith(origin.path, autoescape=True))
    )
    return ~elsewhere.exists()


def origin_of(session: Session, notice: Notice) -> Area | None:
    """Where the directive begins that a notice hands on grid by grid; None for any other notice."""
    if notice.directive_id is None:
        return None
    directive = session.get_one(Directive, notice.directive_id)
    return None if directive.area_id == notice.area_id else session.get_one(Area, directive.area_id)


def still_to_come(session: Session, now: datetime, notice: Notice) -> int:
    """For how many people a notice is who have no copy yet."""
    at = source_of(notice.audience, now)
    copy = exists().where(NoticeCopy.notice_id == notice.id, NoticeCopy.person_id == at.person)
    rest = meant_by(session, now, notice).where(at.mark > notice.spread_to, ~copy)
    return session.scalar(select(func.count()).select_from(rest.subquery())) or 0


def meant_by(session: Session, now: datetime, notice: Notice) -> Select[Any]:
    """The `readers` of a notice."""
    area = session.get_one(Area, notice.area_id)
    everybody = readers(area, notice.audience, now, order=notice.is_order)
    origin = origin_of(session, notice)
    return everybody if origin is None else everybody.where(met_first(origin))


def count_by_bot(session: Session, now: datetime, area: Area, audience: Audience) -> dict[str, int]:
    """How many people of an audience below an area would get a notice now, by the bot that brings it."""
    told = readers(area, audience, now).subquery()
    rows = session.execute(
        select(Account.bot, func.count()).join(told, told.c.account_id == Account.id).group_by(Account.bot)
    )
    return {row[0]: row[1] for row in rows}


def home_of(session: Session, now: datetime, notice: Notice, person_id: int) -> tuple[int, int] | None:
    """The area in which a person is counted as a reader of a notice, and their door (0: none); None for somebody for
    whom it is not.
    """
    at = source_of(notice.audience, now)
    area = session.get_one(Area, notice.area_id)
    where = Household.id if notice.audience.at_doors else literal(0)
    mine = at.people(select(at.area, where)).where(at.person == person_id, _below(area), at.meant)
    if (origin := origin_of(session, notice)) is not None:
        mine = mine.where(met_first(origin))
    row = session.execute(mine.order_by(at.mark).limit(1)).first()
    return None if row is None else (row[0], row[1])


def _at_doors(chosen: Any) -> Select[Any]:
    doors: Select[Any] = chosen.select_from(Resident).join(Household, Household.id == Resident.household_id)
    return doors.join(Area, Area.id == Household.area_id)


def _at_posts(chosen: Any) -> Select[Any]:
    posts: Select[Any] = chosen.select_from(Appointment)
    return posts.join(Area, Area.id == Appointment.area_id)


def _behind(audience: Audience) -> ColumnElement[bool]:
    """Which doors count: one of those behind it is enough."""
    if audience is Audience.QUARANTINED:
        active = Quarantine.status == spelled(QuarantineStatus.ACTIVE)
        return exists().where(Quarantine.household_id == Household.id, active)
    if audience is Audience.KEY_PEOPLE:
        one = aliased(Resident)
        return exists().where(one.household_id == Household.id, cast(one.tags, String) != "[]")
    return true()


def _below(area: Area) -> ColumnElement[bool]:
    return Area.path.startswith(area.path, autoescape=True)
