"""How far a notice has come, counted as it comes: at the readers' doors, and from there up the tree (回执).

Whoever changes a copy adds a tally for its area, never to a number that somebody else may be changing; a tick
(services/gathering.py) takes the tallies up to every area on the way to the notice's own. A count is what was gathered
and what was not yet, so it is exact at every instant.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from models import Area, Notice, NoticeCopy, NoticeCount, NoticeTally
from services.mailbox import bring_up_to_date

REFRESH = timedelta(seconds=3)
"""The live count in the head's own message changes at most this often."""

COUNTED = ("people", "sent", "read", "failed")

Place = tuple[int, int]
"""A notice and an area, by their numbers."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """How far a notice has come; counts of people."""

    people: int
    sent: int
    read: int
    failed: int


def receipts(session: Session, notice_id: int, area_id: int | None = None) -> Receipts:
    """The counts of a notice in an area and everything below it; None: wherever it went."""
    node = session.get_one(Area, area_id or session.get_one(Notice, notice_id).area_id)
    gathered = session.get(NoticeCount, (notice_id, node.id))
    waiting = select(*(func.coalesce(func.sum(getattr(NoticeTally, name)), 0) for name in COUNTED)).where(
        NoticeTally.notice_id == notice_id
    )
    if area_id is not None:
        waiting = waiting.join(Area, Area.id == NoticeTally.area_id).where(_below(node))
    counts = zip(COUNTED, session.execute(waiting).one(), strict=True)
    return Receipts(**{name: more + (getattr(gathered, name) if gathered else 0) for name, more in counts})


def recount(session: Session, notice_id: int, area_id: int) -> Receipts:
    """The same from the copies themselves, one by one: what the counts must agree with."""
    node = session.get_one(Area, area_id)
    row = session.execute(
        select(
            func.count(), func.count(NoticeCopy.sent_at), func.count(NoticeCopy.read_at), func.count(NoticeCopy.failed)
        )
        .join(Area, Area.id == NoticeCopy.area_id)
        .where(NoticeCopy.notice_id == notice_id, _below(node))
    ).one()
    return Receipts(*row)


def count_people(session: Session, notice_id: int, after_copy: int) -> int:
    """Counts the copies of a notice that were made after that one; how many."""
    made = made_after(notice_id, after_copy)
    rows = session.execute(select(NoticeCopy.area_id, func.count()).where(made).group_by(NoticeCopy.area_id)).all()
    add(session, {(notice_id, area_id): number for area_id, number in rows}, "people")
    return sum(number for _, number in rows)


def made_after(notice_id: int, copy_id: int) -> ColumnElement[bool]:
    """The condition that a copy is one of a notice and was made after that one.

    It is found by its own number: by the notice's, each part would look at all the parts before it.
    """
    return (NoticeCopy.id > copy_id) & (NoticeCopy.notice_id + 0 == notice_id)


_TALLY = insert(cast(Table, NoticeTally.__table__))
_COPIES = cast(Table, NoticeCopy.__table__).c
_FIRST_TIME = _COPIES.id.in_(bindparam("copies", expanding=True)) & _COPIES.sent_at.is_(None)
_ARRIVING = (
    select(_COPIES.notice_id, _COPIES.area_id, func.count())
    .where(_FIRST_TIME)
    .group_by(_COPIES.notice_id, _COPIES.area_id)
)
_ARRIVED = update(cast(Table, NoticeCopy.__table__)).where(_FIRST_TIME).values(sent_at=bindparam("now"))
"""Put together once: they go with every few messages of a broadcast."""


def arrived(session: Session, now: datetime, copy_ids: Sequence[int]) -> int:
    """These copies were handed over; how many of them for the first time."""
    session.flush()
    rows = session.connection().execute(_ARRIVING, {"copies": copy_ids}).all()
    if rows:
        session.connection().execute(_ARRIVED, {"copies": copy_ids, "now": now})
    return _count_and_show(session, now, {(notice, area): number for notice, area, number in rows}, "sent")


def did_not_arrive(session: Session, now: datetime, copy_id: int) -> bool:
    """The messenger takes back that it handed this copy over; False when it never had."""
    back = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.sent_at.is_not(None)).values(sent_at=None)
    return _changed(session, now, back, "sent", by=-1) > 0


def never_arrives(session: Session, now: datetime, copy_ids: Sequence[int], why: str) -> int:
    """These copies cannot be delivered, for this reason; how many of them failed just now."""
    first = update(NoticeCopy).where(NoticeCopy.id.in_(copy_ids), NoticeCopy.failed.is_(None)).values(failed=why)
    return _changed(session, now, first, "failed")


def was_read(session: Session, now: datetime, copy_id: int) -> bool:
    """The person says that they read it; False when they had said so before."""
    first = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.read_at.is_(None)).values(read_at=now)
    return _changed(session, now, first, "read") > 0


def can_be_tried_again(session: Session, now: datetime, copy_id: int) -> bool:
    """What could not be delivered may be now; False when it had not failed."""
    again = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.failed.is_not(None)).values(failed=None)
    return _changed(session, now, again, "failed", by=-1) > 0


def add(session: Session, places: Mapping[Place, int], counted: str) -> None:
    """Adds to one of the `COUNTED` at these places; one statement, whatever else is being counted there."""
    rows = [
        {"notice_id": notice_id, "area_id": area_id, **dict.fromkeys(COUNTED, 0), counted: number}
        for (notice_id, area_id), number in places.items()
    ]
    if rows:
        session.connection().execute(_TALLY, rows)


def show_progress(session: Session, now: datetime, notice_id: int) -> None:
    """Brings the author's own message up to date, not oftener than every `REFRESH`."""
    bring_up_to_date(session, now, f"notice:{notice_id}", due_at=now + REFRESH)


def _changed(session: Session, now: datetime, change: Any, counted: str, by: int = 1) -> int:
    """Applies a change of copies that is for the first time, and counts it."""
    rows = session.execute(change.returning(NoticeCopy.notice_id, NoticeCopy.area_id)).all()
    places = Counter((notice_id, area_id) for notice_id, area_id in rows)
    return _count_and_show(session, now, places, counted, by)


def _count_and_show(session: Session, now: datetime, places: Mapping[Place, int], counted: str, by: int = 1) -> int:
    """Counts copies that changed, and shows it to the authors."""
    add(session, {place: number * by for place, number in places.items()}, counted)
    for notice_id in {notice_id for notice_id, _ in places}:
        show_progress(session, now, notice_id)
    return sum(places.values())


def _below(node: Area) -> Any:
    return Area.path.startswith(node.path, autoescape=True)
