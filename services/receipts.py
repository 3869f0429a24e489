"""How far a notice has come, counted as it comes: at the readers' doors, and from there up the tree (回执).

Whoever changes a copy adds a tally for its area, never to a number that somebody else may be changing; a tick
(services/gathering.py) takes the tallies up to every area on the way to the notice's own. A count is what was gathered
and what was not yet, so it is exact at every instant.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, case, func, insert, select, true, update
from sqlalchemy.orm import Session

from models import Area, Notice, NoticeCopy, NoticeCount, NoticeFailure, NoticeTally
from models.statements import rows_changed
from services.changes import bring_up_to_date

REFRESH = timedelta(seconds=3)
"""The live count in the head's own message changes at most this often."""

COUNTED = ("people", "sent", "read", "failed", "dropped", "homes", "homes_read")

Place = tuple[int, int]
"""A notice and an area, by their numbers."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """How far a notice has come; counts of people, and of households."""

    people: int
    sent: int
    read: int
    failed: int
    dropped: int = 0
    """Never sent, for the notice was stopped or withdrawn before, or its reader had asked for quiet."""
    homes: int = 0
    """Households of which somebody gets it."""
    homes_read: int = 0
    """Those of which somebody has read it."""

    @property
    def waiting(self) -> int:
        """How many people it still goes out to."""
        return max(0, self.people - self.sent - self.failed - self.dropped)


def receipts(session: Session, notice_id: int, area_id: int | None = None) -> Receipts:
    """The counts of a notice in an area and everything below it; None: wherever it went."""
    node = session.get_one(Area, area_id or session.get_one(Notice, notice_id).area_id)
    return receipts_at(session, notice_id, [node], everywhere=area_id is None)[node.id]


def receipts_at(
    session: Session, notice_id: int, nodes: Sequence[Area], *, everywhere: bool = False
) -> dict[int, Receipts]:
    """The same of several areas, none within another, by two questions; `everywhere`: what is counted anywhere is the
    one area's.
    """
    here = (NoticeCount.notice_id == notice_id) & NoticeCount.area_id.in_([node.id for node in nodes])
    sums = {node.id: Counter[str]() for node in nodes}
    for count in session.scalars(select(NoticeCount).where(here)):
        sums[count.area_id].update({name: getattr(count, name) for name in COUNTED})
    inside = [(node.id, true() if everywhere else _below(node)) for node in nodes]
    waiting = select(
        case(*((test, number) for number, test in inside), else_=0).label("node"),
        *(func.sum(getattr(NoticeTally, name)).label(name) for name in COUNTED),
    ).join(Area, Area.id == NoticeTally.area_id)
    for row in session.execute(waiting.where(NoticeTally.notice_id == notice_id).group_by("node")):
        if row.node in sums:
            sums[row.node].update({name: int(getattr(row, name)) for name in COUNTED})
    return {number: Receipts(*(counter[name] for name in COUNTED)) for number, counter in sums.items()}


def reasons(session: Session, notice_id: int, node: Area) -> dict[str, int]:
    """Why a notice could not be delivered in an area and everything below it, the commonest first; counts of people."""
    here = (NoticeFailure.notice_id == notice_id) & (NoticeFailure.area_id == node.id)
    found = Counter({one.why: one.people for one in session.scalars(select(NoticeFailure).where(here))})
    waiting = (
        select(NoticeTally.why, func.sum(NoticeTally.failed))
        .join(Area, Area.id == NoticeTally.area_id)
        .where(NoticeTally.notice_id == notice_id, NoticeTally.why.is_not(None), _below(node))
        .group_by(NoticeTally.why)
    )
    for why, people in session.execute(waiting):
        found[why or ""] += int(people)
    return {why: people for why, people in found.most_common() if people}


def count_people(session: Session, notice_id: int, after_copy: int, known_homes: Collection[int] = ()) -> int:
    """Counts the copies of a notice that were made after that one, and their households but for the known; how many."""
    made = made_after(notice_id, after_copy)
    rows = session.execute(
        select(NoticeCopy.area_id, NoticeCopy.household_id, func.count())
        .where(made)
        .group_by(NoticeCopy.area_id, NoticeCopy.household_id)
    ).all()
    places: dict[Place, Counter[str]] = {}
    for area_id, home, number in rows:
        new = int(home > 0 and home not in known_homes)
        places.setdefault((notice_id, area_id), Counter()).update(people=number, homes=new)
    add(session, places)
    return sum(number for _, _, number in rows)


def homes_with_copies(session: Session, notice_id: int, first: int, last: int) -> set[int]:
    """The households from `first` to `last` of which somebody has a copy."""
    range_of = NoticeCopy.household_id.between(first, last)
    return set(session.scalars(select(NoticeCopy.household_id).where(NoticeCopy.notice_id == notice_id, range_of)))


def undecided() -> ColumnElement[bool]:
    """The condition that a copy waits: it was not sent, did not fail, and nobody has decided that it never is."""
    return NoticeCopy.sent_at.is_(None) & NoticeCopy.failed.is_(None) & NoticeCopy.dropped_at.is_(None)


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
    return _count_and_show(session, now, {(notice, area): Counter(sent=number) for notice, area, number in rows})


def did_not_arrive(session: Session, now: datetime, copy_id: int) -> bool:
    """The messenger takes back that it handed this copy over; False when it never had."""
    back = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.sent_at.is_not(None)).values(sent_at=None)
    return _changed(session, now, back, "sent", by=-1) > 0


def never_arrives(session: Session, now: datetime, copy_ids: Sequence[int], why: str) -> int:
    """These copies cannot be delivered, for this reason; how many of them failed just now."""
    first = update(NoticeCopy).where(NoticeCopy.id.in_(copy_ids), NoticeCopy.failed.is_(None)).values(failed=why)
    return _changed(session, now, first, "failed", why=why)


def never_sent(session: Session, now: datetime, copy_ids: Sequence[int]) -> int:
    """These copies are not sent any more; how many of them that was decided of just now."""
    first = update(NoticeCopy).where(NoticeCopy.id.in_(copy_ids), undecided()).values(dropped_at=now)
    return _changed(session, now, first, "dropped")


def was_read(session: Session, now: datetime, copy_id: int) -> bool:
    """The person says that they read it; False when they had said so before."""
    first = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.read_at.is_(None)).values(read_at=now)
    if not _changed(session, now, first, "read"):
        return False
    copy = session.get_one(NoticeCopy, copy_id)
    if copy.household_id and _first_of_home(session, now, copy):
        add(session, {(copy.notice_id, copy.area_id): Counter(homes_read=1)})
    return True


def _first_of_home(session: Session, now: datetime, copy: NoticeCopy) -> bool:
    """Whether nobody of the household had read it: that stands on its first copy, for which two of them may wait."""
    theirs = (NoticeCopy.notice_id == copy.notice_id) & (NoticeCopy.household_id == copy.household_id)
    # Added to nothing, lest PostgreSQL look for it among all copies by their numbers.
    first = session.scalar(select(func.min(NoticeCopy.id + 0)).where(theirs))
    unread = (NoticeCopy.id == first) & NoticeCopy.home_read_at.is_(None)
    return rows_changed(session, update(NoticeCopy).where(unread).values(home_read_at=now)) > 0


def can_be_tried_again(session: Session, now: datetime, copy_id: int) -> bool:
    """What could not be delivered may be now; False when it had not failed."""
    why = session.scalar(select(NoticeCopy.failed).where(NoticeCopy.id == copy_id))
    again = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.failed == why).values(failed=None)
    return why is not None and _changed(session, now, again, "failed", by=-1, why=why) > 0


def is_sent_after_all(session: Session, now: datetime, copy_id: int) -> bool:
    """What was not to be sent is, for its reader has asked for it; False when nothing had been decided."""
    again = update(NoticeCopy).where(NoticeCopy.id == copy_id, NoticeCopy.dropped_at.is_not(None))
    return _changed(session, now, again.values(dropped_at=None), "dropped", by=-1) > 0


def add(session: Session, places: Mapping[Place, Mapping[str, int]], why: str | None = None) -> None:
    """Adds to the `COUNTED` at these places; one statement, whatever else is being counted there."""
    rows = [
        {"notice_id": notice_id, "area_id": area_id, "why": why, **dict.fromkeys(COUNTED, 0), **more}
        for (notice_id, area_id), more in places.items()
    ]
    if rows:
        session.connection().execute(_TALLY, rows)


def show_progress(session: Session, now: datetime, notice_id: int) -> None:
    """Brings the author's own message up to date, not oftener than every `REFRESH`."""
    bring_up_to_date(session, now, f"notice:{notice_id}", due_at=now + REFRESH)


def _changed(session: Session, now: datetime, change: Any, counted: str, by: int = 1, why: str | None = None) -> int:
    """Applies a change of copies that is for the first time, and counts it; of how many."""
    rows = session.execute(change.returning(NoticeCopy.notice_id, NoticeCopy.area_id)).all()
    places = Counter((notice_id, area_id) for notice_id, area_id in rows)
    _count_and_show(session, now, {place: {counted: number * by} for place, number in places.items()}, why)
    return len(rows)


def _count_and_show(
    session: Session, now: datetime, places: Mapping[Place, Mapping[str, int]], why: str | None = None
) -> int:
    """Counts copies that changed, and shows it to the authors; how many did."""
    add(session, places, why)
    for notice_id in {notice_id for notice_id, _ in places}:
        show_progress(session, now, notice_id)
    return sum(sum(more.values()) for more in places.values())


def _below(node: Area) -> Any:
    return Area.path.startswith(node.path, autoescape=True)
