"""Who has not read a notice: by area, by name, by door; and the reminder of those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from models import Account, Area, Household, Notice, NoticeCopy, NoticeEvent, NoticeSweep, Person, Resident
from models.statements import among
from rules.doors import in_order
from rules.notice_life import Asked, NoticeAct, Sweep, after, may_be_reminded
from services.areas import address, look_up_lines
from services.audiences import source_of
from services.audit import record
from services.notice_life import BEGINS_AFTER
from services.notice_sweeps import first_door
from services.receipts import Receipts, receipts_at


@dataclass(frozen=True, slots=True)
class Unread:
    """A door at which nobody has read it, or a person behind one: where, who, and why when they cannot be told."""

    where: str
    names: tuple[str, ...]
    why: str | None = None
    home: int = 0


def levels_below(session: Session, notice: Notice, area: Area) -> list[tuple[Area, Receipts]]:
    """The areas right below one with what is so there, the slowest first; those that it did not go to are left out."""
    below = session.scalars(select(Area).where(Area.parent_id == area.id).order_by(Area.path)).all()
    counts = receipts_at(session, notice.id, below) if below else {}
    found = [(one, counts[one.id]) for one in below if counts[one.id].people]
    return sorted(found, key=lambda pair: (pair[1].read / pair[1].people, -pair[1].people, pair[0].id))


def people(session: Session, notice: Notice, area: Area) -> list[Unread]:
    """Everybody in a grid, or a part of one, who has a copy and has not read it, in the order of the doors."""
    rows = session.execute(
        select(Household, Person.name, NoticeCopy.failed)
        .join(Household, Household.id == NoticeCopy.household_id)
        .join(Person, Person.id == NoticeCopy.person_id)
        .join(Area, Area.id == Household.area_id)
        .where(
            NoticeCopy.notice_id == notice.id,
            NoticeCopy.read_at.is_(None),
            Area.path.startswith(area.path, autoescape=True),
        )
        .order_by(Household.id, NoticeCopy.id)
    )
    found = [Unread(address(session, home), (name,), why, home.id) for home, name, why in rows]
    return sorted(found, key=lambda one: in_order(one.where))


def doors(session: Session, now: datetime, notice: Notice, area: Area) -> list[Unread]:
    """The households of its audience in an area of which nobody has read it, those that it could not be sent to among
    them. In the order of the doors.

    The audience is whoever is meant by now: a door that has come into quarantine since is among the quarantined. One
    that was told and is none of them any more stays, until it is read there. Who lives behind two doors has read it for
    both.
    """
    mine = (NoticeCopy.notice_id == notice.id) & (NoticeCopy.household_id == Household.id)
    theirs = _says_it(notice) & (NoticeCopy.person_id == Resident.person_id)
    lives = Resident.household_id == Household.id
    read = exists().where(mine, NoticeCopy.read_at.is_not(None))
    read_elsewhere = exists().where(theirs, lives, NoticeCopy.read_at.is_not(None))
    had = exists().where(mine)
    why = select(func.max(NoticeCopy.failed)).where(mine, NoticeCopy.failed.is_not(None)).scalar_subquery()
    account = lives & (Account.person_id == Resident.person_id)
    reached = exists().where(account, Account.reachable)
    lost = select(func.max(Account.why_unreachable)).where(account).scalar_subquery()
    not_told = case((reached, None), else_=func.coalesce(lost, "no_account"))
    rows = session.execute(
        select(Household, case((had, why), else_=not_told))
        .join(Area, Area.id == Household.area_id)
        .where(Area.path.startswith(area.path, autoescape=True), exists().where(lives))
        .where(~read, ~read_elsewhere, or_(had, _meant(notice, now)))
        .order_by(Household.id)
    ).all()
    look_up_lines(session, (home.area_id for home, _ in rows))
    names = _names(session, [home.id for home, _ in rows])
    found = [Unread(address(session, home), names.get(home.id, ()), why, home.id) for home, why in rows]
    return sorted(found, key=lambda one: in_order(one.where))


def _says_it(notice: Notice) -> ColumnElement[bool]:
    """The condition that a copy is one of this notice, or of the one that brought the same directive to another grid
    in which somebody lives.
    """
    if notice.directive_id is None:
        return NoticeCopy.notice_id == notice.id
    other = aliased(Resident)
    grids = select(Household.grid_id).join(other, other.household_id == Household.id)
    theirs = grids.where(other.person_id == Resident.person_id).correlate(Resident)
    beside = select(Notice.id).where(Notice.directive_id == notice.directive_id, Notice.area_id.in_(theirs))
    return or_(NoticeCopy.notice_id == notice.id, NoticeCopy.notice_id.in_(beside))


def _meant(notice: Notice, now: datetime) -> ColumnElement[bool]:
    return source_of(notice.audience, now).meant if notice.audience.at_doors else false()


def _names(session: Session, homes: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(Resident.household_id, Person.name)
        .join(Person, Person.id == Resident.person_id)
        .where(among(session, Resident.household_id, homes))
        .order_by(Resident.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for home, name in rows:
        found[home] = (*found.get(home, ()), name)
    return found


def last_reminded(session: Session, notice: Notice, area: Area) -> datetime | None:
    """When those of this very area were reminded last."""
    theirs = (NoticeSweep.notice_id == notice.id) & (NoticeSweep.area_id == area.id)
    return session.scalar(select(func.max(NoticeSweep.created_at)).where(theirs, NoticeSweep.what == Sweep.REMIND))


def remind(session: Session, now: datetime, notice: Notice, area: Area, by: int) -> Asked:
    """Reminds those of an area who have had it and have not read it, part by part; once every `REMIND_EVERY`."""
    if after(notice.state, NoticeAct.REMINDED) is None:
        return Asked.ENDED
    if not may_be_reminded(last_reminded(session, notice, area), now):
        return Asked.TOO_SOON
    # Who works there has their copy at no door of it.
    all_of_it = area.id == notice.area_id or not notice.audience.at_doors
    begin = -1 if all_of_it else first_door(session, area) - 1
    session.add(
        NoticeSweep(
            notice_id=notice.id,
            what=Sweep.REMIND,
            area_id=area.id,
            next_at=now + BEGINS_AFTER,
            upto=begin,
            created_at=now,
        )
    )
    session.add(NoticeEvent(notice_id=notice.id, act=NoticeAct.REMINDED, person_id=by, at=now, body=None))
    record(session, now, actor_id=by, act="notice_reminded", subject=f"area:{area.id}", notice=notice.id)
    return Asked.BEGUN
