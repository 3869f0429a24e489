"""Tallies of notices, taken from the doors up to every area above them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from models import Area, Notice, NoticeCount, NoticeTally
from services.receipts import COUNTED, Place

AT_ONCE = 2000
"""Tallies in one transaction."""

_TAKEN = ("notice_id", "area_id", *COUNTED)


def gather(session: Session, now: datetime) -> dict[str, int]:  # noqa: ARG001 - a tick has this shape
    """The tick: what was counted at the doors is added at each area on the way up to its notice's own.

    Twice at one time, the second waits for the first and finds its tallies gone.
    """
    oldest = select(NoticeTally.id).order_by(NoticeTally.id).limit(AT_ONCE)
    taken = delete(NoticeTally).where(NoticeTally.id.in_(oldest))
    columns = [getattr(NoticeTally, name) for name in _TAKEN]
    rows = session.execute(taken.returning(*columns), execution_options={"synchronize_session": False}).all()
    if rows:
        _add(session, _up_the_tree(session, rows))
    return {"tallies": len(rows), "left": int(len(rows) == AT_ONCE)}


def _up_the_tree(session: Session, rows: Sequence[Row[Any]]) -> dict[Place, Counter[str]]:
    """The sum at every area from a door's own up to its notice's."""
    paths = _by_id(session, select(Area.id, Area.path).where(Area.id.in_({row.area_id for row in rows})))
    tops = _by_id(session, select(Notice.id, Notice.area_id).where(Notice.id.in_({row.notice_id for row in rows})))
    sums: dict[Place, Counter[str]] = {}
    for row in rows:
        for area_id in _line(paths[row.area_id], row.area_id, tops[row.notice_id]):
            counter = sums.setdefault((row.notice_id, area_id), Counter())
            counter.update({name: getattr(row, name) for name in COUNTED})
    return sums


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
