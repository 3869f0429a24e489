"""A notice to every door, written out part by part: each part is a transaction of its own, so that none is long.

Where the next part begins stands on the notice. Whoever moves that mark on writes the part; nobody else can.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session

from models import Account, Area, Household, Notice, NoticeCopy, Resident
from models.db import insert_into
from rules.mail import Priority
from rules.notice_life import NoticeState
from services.bundling import bundle
from services.directives.ringing import rings_at_night
from services.mailbox import post_many
from services.phones import used_later
from services.policy import policy_at
from services.receipts import count_people, homes_with_copies, made_after, show_progress

FIRST_PART, PART = 300, 1000
"""Households. The first part, a grid, is written as the notice is confirmed: its first message leaves at once."""


def readers(area: Area, *, order: bool = False) -> Select[int, int, int, int]:
    """Every resident below the area who can be told, with the chat in which they are told and the area of their door.

    Of somebody's several chats it is the one used last; who has asked for quiet there (/stop) is told orders only.
    """
    return (
        select(
            Resident.person_id.label("person_id"),
            func.max(Account.id).label("account_id"),
            func.min(Household.area_id).label("area_id"),
            func.min(Household.id).label("household_id"),
        )
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .join(Account, Account.person_id == Resident.person_id)
        .where(_below(area), Account.reachable, or_(literal(order), ~Account.stopped), ~exists(used_later()))
        .group_by(Resident.person_id)
    )


def send_to_doors(session: Session, now: datetime, notice: Notice, households: int = FIRST_PART) -> None:
    """Owes a copy to every joined resident below the notice's area, one a person: the first part now."""
    notice.spread_at, notice.spread_to = now, 0
    session.flush()
    _write_part(session, now, notice, households)


def spread(session: Session, now: datetime, households: int = PART) -> dict[str, int]:
    """The tick: writes the next part of the notice that has waited longest."""
    going = Notice.state == NoticeState.SENDING
    due = select(Notice).where(Notice.spread_at <= now, going).order_by(Notice.spread_at, Notice.id).limit(1)
    notice = session.scalar(due)
    if notice is None:
        return {"copies": 0, "left": 0}
    copies = _write_part(session, now, notice, households)
    return {"copies": copies, "left": 1}


def _write_part(session: Session, now: datetime, notice: Notice, households: int) -> int:
    """The copies of the next so many households, and their messages; how many."""
    first = notice.spread_to
    found, last = _end_of_part(session, notice, households)
    mine = (Notice.id == notice.id) & (Notice.spread_to == first) & Notice.spread_at.is_not(None)
    end = {"spread_to": last, "spread_at": now if found == households else None}
    done: Any = session.execute(update(Notice).where(mine).values(end))
    if not done.rowcount:
        return 0
    before = session.scalar(select(func.max(NoticeCopy.id))) or 0
    homes = homes_with_copies(session, notice.id, first + 1, last)
    area = session.get_one(Area, notice.area_id)
    is_order = notice.is_order or notice.directive_id is not None
    part = readers(area, order=is_order).where(Household.id > first, Household.id <= last).subquery()
    copies = insert_into(session, NoticeCopy).from_select(
        ["notice_id", "person_id", "account_id", "area_id", "household_id"],
        select(literal(notice.id), part.c.person_id, part.c.account_id, Household.area_id, part.c.household_id)
        .join(Household, Household.id == part.c.household_id)
        .order_by(part.c.household_id, part.c.person_id),
    )
    # Whoever lives behind two doors, or has read the post in the group, has one already.
    session.execute(copies.on_conflict_do_nothing())
    _owe(session, now, notice, before)
    bundle(session, now, notice, first, last)
    made = count_people(session, notice.id, before, homes)
    show_progress(session, now, notice.id)
    return made


def _end_of_part(session: Session, notice: Notice, households: int) -> tuple[int, int]:
    """How many households the next part has, at most so many, and the last of them."""
    coming = (
        select(Household.id)
        .join(Area, Area.id == Household.area_id)
        .where(_below(session.get_one(Area, notice.area_id)), Household.id > notice.spread_to)
        .order_by(Household.id)
        .limit(households)
        .subquery()
    )
    found, last = session.execute(select(func.count(), func.max(coming.c.id)).select_from(coming)).one()
    return found, last or notice.spread_to


def _owe(session: Session, now: datetime, notice: Notice, before: int) -> None:
    """A message for each copy made after that one. No key is needed: a copy is made once, and here only."""
    policy = policy_at(session, notice.area_id)
    post_many(
        session,
        now,
        select(NoticeCopy)
        .join(Account, Account.id == NoticeCopy.account_id)
        .where(made_after(notice.id, before))
        .order_by(NoticeCopy.id),
        Priority.NOTICE,
        "notice",
        about=literal("notice_copy:") + cast(NoticeCopy.id, String),
        dedupe_key=None,
        due_at=now if rings_at_night(session, notice) else policy.awake(now),
    )


def _below(area: Area) -> Any:
    return Area.path.startswith(area.path, autoescape=True)
