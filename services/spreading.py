"""A notice to every door, written out part by part: each part is a transaction of its own, so that none is long.

Where the next part begins stands on the notice. Whoever moves that mark on writes the part; nobody else can. What is
written is who gets it; the messages come a little before they are sent (services/owing.py).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from models import Area, Household, Notice, NoticeCopy
from models.db import insert_into
from models.statements import rows_changed
from rules.notice_life import NoticeState
from services.audiences import meant_by, places, source_of
from services.bundling import bundle
from services.owing import owe_at_once, stand_in_line
from services.receipts import count_people, homes_with_copies, show_progress

FIRST_PART, PART = 300, 1000
"""Places: doors, or appointments. The first part, a grid, is written as the notice is confirmed: its first message
leaves at once.
"""


def send_to_doors(session: Session, now: datetime, notice: Notice, households: int = FIRST_PART) -> None:
    """A copy for everybody for whom the notice is and who has joined, one a person: the first part now, and owed."""
    notice.spread_at, notice.spread_to = now, 0
    session.flush()
    _write_part(session, now, notice, households, owe_at_once)


def spread(session: Session, now: datetime, households: int = PART) -> dict[str, int]:
    """The tick: writes the next part of the notice that has waited longest."""
    going = Notice.state == NoticeState.SENDING
    due = select(Notice).where(Notice.spread_at <= now, going).order_by(Notice.spread_at, Notice.id).limit(1)
    notice = session.scalar(due)
    if notice is None:
        return {"copies": 0, "left": 0}
    copies = _write_part(session, now, notice, households, stand_in_line)
    return {"copies": copies, "left": 1}


def _write_part(
    session: Session,
    now: datetime,
    notice: Notice,
    households: int,
    go_on: Callable[[Session, datetime, Notice, int], Any],
) -> int:
    """The copies of the next so many places, how many; `go_on` with those made after a copy of that number."""
    first = notice.spread_to
    found, lowest, last = _next_places(session, now, notice, households)
    mine = (Notice.id == notice.id) & (Notice.spread_to == first) & Notice.spread_at.is_not(None)
    end = {"spread_to": last, "spread_at": now if found == households else None}
    if not rows_changed(session, update(Notice).where(mine).values(end)):
        return 0
    before = session.scalar(select(func.max(NoticeCopy.id))) or 0
    at_doors = notice.audience.at_doors
    homes = homes_with_copies(session, notice.id, lowest, last) if at_doors else set()
    mark = source_of(notice.audience, now).mark
    part = meant_by(session, now, notice).where(mark >= lowest, mark <= last).subquery()
    copies = insert_into(session, NoticeCopy).from_select(
        ["notice_id", "person_id", "account_id", "area_id", "household_id"],
        _rows(notice.id, part, at_doors=at_doors).order_by(part.c.household_id, part.c.person_id),
    )
    # Whoever lives behind two doors, or has read the post in the group, has one already.
    session.execute(copies.on_conflict_do_nothing())
    go_on(session, now, notice, before)
    if at_doors:
        bundle(session, now, notice, lowest, last)
    made = count_people(session, notice.id, before, homes)
    show_progress(session, now, notice.id)
    return made


def _rows(notice_id: int, part: Any, *, at_doors: bool) -> Any:
    """The copies as rows; behind a door the area is that door's own."""
    area = Household.area_id if at_doors else part.c.area_id
    rows = select(literal(notice_id), part.c.person_id, part.c.account_id, area, part.c.household_id)
    return rows.join(Household, Household.id == part.c.household_id) if at_doors else rows


def _next_places(session: Session, now: datetime, notice: Notice, most: int) -> tuple[int, int, int]:
    """How many places the next part has, at most so many, and the first and the last of them.

    The first one is asked for too: a grid's doors are few of the city's, and its notice begins at the first of all.
    """
    mark = source_of(notice.audience, now).mark
    there = places(session.get_one(Area, notice.area_id), notice.audience, now)
    coming = there.where(mark > notice.spread_to).order_by(mark).limit(most).subquery()
    whole = select(func.count(), func.min(coming.c[0]), func.max(coming.c[0])).select_from(coming)
    found, lowest, last = session.execute(whole).one()
    return found, lowest or notice.spread_to + 1, last or notice.spread_to
