"""What is sent every week, under a name: an area's own, what it has from above, and a few for everybody (模板)."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import Area, Notice, NoticePhrase
from rules.roles import NOTICE_ROLES
from services.areas import numbers
from services.audit import record
from services.staff import appointments

BUILT_IN = ("water", "test", "disinfect", "supplies")
"""Those of the catalogue: water is cut off, everybody is called up for a test, disinfecting, supplies."""
LONGEST_NAME = 30
"""Characters."""


def phrases_at(session: Session, area: Area) -> list[NoticePhrase]:
    """What an area has under a name, its own first, then what it has from above."""
    chosen = select(NoticePhrase).join(Area).where(NoticePhrase.area_id.in_(numbers(area.path)))
    return list(session.scalars(chosen.order_by(Area.path.desc(), NoticePhrase.name)))


def keep_phrase(session: Session, now: datetime, notice: Notice, name: str, by: int) -> NoticePhrase:
    """Keeps what was sent under a name, with its picture or file, where whoever keeps it answers; the same name again
    holds the newer words.
    """
    area_id = _own_area(session, now, by, notice.area_id)
    mine = (NoticePhrase.area_id == area_id) & (NoticePhrase.name == name)
    row = session.scalar(select(NoticePhrase).where(mine))
    if row is None:
        row = NoticePhrase(area_id=area_id, name=name, body="", created_at=now)
        session.add(row)
    row.body, row.audience, row.receipt, row.author_id = notice.body, notice.audience, notice.receipt, by
    row.file_id = notice.file_id
    session.flush()
    record(session, now, actor_id=by, act="notice_phrase", subject=f"area:{area_id}", name=name)
    return row


def _own_area(session: Session, now: datetime, person_id: int, area_id: int) -> int:
    """The area of the appointment by which somebody sends notices there, the nearest: they find it there again."""
    line = numbers(session.get_one(Area, area_id).path)
    held = [area.id for one, area in appointments(session, now, person_id) if one.role in NOTICE_ROLES]
    return next((one for one in reversed(line) if one in held), area_id)


def drop_phrase(session: Session, now: datetime, row: NoticePhrase, by: int) -> None:
    """It is not offered any more."""
    record(session, now, actor_id=by, act="notice_phrase_dropped", subject=f"area:{row.area_id}", name=row.name)
    session.execute(delete(NoticePhrase).where(NoticePhrase.id == row.id))
