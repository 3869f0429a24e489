"""Tallies of notices, taken from the doors up to every area above them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from models import Area, Notice, NoticeCount, NoticeFailure, NoticeTally
from services.node_funnels import show_soon
from services.notice_pace import measure
from services.receipts import COUNTED, Place

AT_ONCE = 2000
"""Tallies in one transaction."""

_TAKEN = ("notice_id", "area_id", "why", *COUNTED)


def gather(session: Session, now: datetime) -> dict[str, int]:
    """The tick: what was counted at the doors is added at each area on the way up to its notice's own.

    Twice at one time, the second waits for the first and finds its tallies gone.
    """
    oldest = select(NoticeTally.id).order_by(NoticeTally.id).limit(AT_ONCE)
    taken = delete(NoticeTally).where(NoticeTally.id.in_(oldest))
    columns = [getattr(NoticeTally, name) for name in _TAKEN]
    rows = session.execute(taken.returning(*columns), execution_options={"synchronize_session": False}).all()
    if rows:
        lines = _lines_of(session, rows)
        _add(session, _up_the_tree(rows, lines))
        _add_failures(session, rows, lines)
        show_soon(session, now, {place for line in lines.values() for place in line})
        measure(session, now, {row.notice_id for row in rows if row.sent})
    return {"tallies": len(rows), "left": int(len(rows) == AT_ONCE)}


def _lines_of(session: Session, rows: Sequence[Row[Any]]) -> dict[Place, list[Place]]:
    """For each place where something was counted, the places at which that is added: up to its notice's own."""
    paths = _by_id(session, select(Area.id, Area.path).where(Area.id.in_({row.area_id for row in rows})))
    tops = _by_id(session, select(Notice.id, Notice.area_id).where(Notice.id.in_({row.notice_id for row in rows})))
    doors = {(row.notice_id, row.area_id) for row in rows}
    return {
        (notice, door): [(notice, area) for area in _line(paths[door], door, tops[notice])] for notice, door in doors
    }


def _up_the_tree(rows: Sequence[Row[Any]], lines: Mapping[Place, list[Place]]) -> dict[Place, Counter[str]]:
    """The sum at every area from a door's own up to its notice's."""
    sums: dict[Place, Counter[str]] = {}
    for row in rows:
        for place in lines[row.notice_id, row.area_id]:
            sums.setdefault(place, Counter()).update({name: getattr(row, name) for name in COUNTED})
    return sums


def _add_failures(session: Session, rows: Sequence[Row[Any]], lines: Mapping[Place, list[Place]]) -> None:
    """The same by reason; few copies fail, and for few reasons."""
    sums: Counter[tuple[int, int, str]] = Counter()
    for row in rows:
        for notice, area in lines[row.notice_id, row.area_id] if row.why else ():
            sums[notice, area, row.why] += row.failed
    for key, people in sums.items():
        known = session.get(NoticeFailure, key)
        if known is None:
            session.add(NoticeFailure(notice_id=key[0], area_id=key[1], why=key[2], people=people))
        else:
            known.people += people


def _line(path: str, door: int, top: int) -> list[int]:
    """The areas from the notice's own down to a door's; one that was hung elsewhere meanwhile still counts in both."""
    line = [int(part) for part in path.strip("/").split("/")]
    return line[line.index(top) :] if top in line else [top, door]


def _by_id(session: Session, pairs: Any) -> dict[int, Any]:
    return {row[0]: row[1] for row in session.execute(pairs)}


def _add(session: Session, sums: Mapping[Place, Counter[str]]) -> None:
    notices, areas = ({place[at] for place in sums} for at in (0, 1))
    here = NoticeCount.notice_id.in_(notices) & NoticeCount.area_id.in_(areas)
    known = {(one.notice_id, one.area_id): one for one in session.scalars(select(NoticeCount).where(here))}
    for place, more in sums.items():
        count = known.get(place)
        if count is None:
            session.add(NoticeCount(notice_id=place[0], area_id=place[1], **more))
            continue
        for name in COUNTED:
            setattr(count, name, getattr(count, name) + more[name])
    session.flush()
