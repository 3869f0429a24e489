"""The notices that somebody has to do with: those of their areas, and those from above that reached them."""

from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from models import Area, Notice, NoticeCount
from rules.roles import covers
from services.areas import within
from services.staff import appointments

PAGE = 6


def sent_notices(session: Session, now: datetime, person_id: int, start: int) -> list[Notice]:
    """A page of them, the newest first, and one more where there is another page."""
    return list(session.scalars(_theirs(session, now, person_id).offset(start).limit(PAGE + 1)))


def has_sent(session: Session, now: datetime, person_id: int) -> bool:
    """Whether there is anything in somebody's list."""
    return session.scalars(_theirs(session, now, person_id).limit(1)).first() is not None


def _theirs(session: Session, now: datetime, person_id: int) -> Select[Notice]:
    """Those of their areas and those from above; and what somebody wrote is theirs wherever they work since."""
    held = [area for _, area in appointments(session, now, person_id)]
    reached = exists().where(NoticeCount.notice_id == Notice.id, NoticeCount.area_id.in_([area.id for area in held]))
    theirs = or_(within([area.path for area in held]), reached, Notice.author_id == person_id)
    return select(Notice).join(Area, Area.id == Notice.area_id).where(theirs).order_by(Notice.id.desc())


def may_see(session: Session, now: datetime, person_id: int, notice: Notice) -> bool:
    """Whether the notice is the person's own, of one of their areas, or from above one of them."""
    if notice.author_id == person_id:
        return True
    path = session.get_one(Area, notice.area_id).path
    held = appointments(session, now, person_id)
    return any(covers(area.path, path) or covers(path, area.path) for _, area in held)
