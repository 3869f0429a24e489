"""The notices that somebody has had lately, for whoever has a question and does not find the button any more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Household, Notice, NoticeCopy, Resident
from rules.notice_life import NoticeState
from services.areas import numbers
from services.staff import appointments, helping

MOST = 5
"""As many choices as a card of every messenger holds, with room for a way out."""


def notices_of(session: Session, now: datetime, account: Account) -> list[tuple[NoticeCopy, Notice]]:
    """The newest that came to the person of a chat, and were not withdrawn.

    Looked for by the areas above their door and their posts: nobody's copies are found by the person alone.
    """
    person = account.person_id
    if person is None:
        return []
    homes = (
        select(Area.path)
        .join(Household, Household.area_id == Area.id)
        .join(Resident)
        .where(Resident.person_id == person)
    )
    posts = [area.path for _, area in (*appointments(session, now, person), *helping(session, now, person))]
    areas = {one for path in (*session.scalars(homes), *posts) for one in numbers(path)}
    rows = session.execute(
        select(NoticeCopy, Notice)
        .join(Notice, Notice.id == NoticeCopy.notice_id)
        .where(Notice.area_id.in_(areas), NoticeCopy.person_id == person, NoticeCopy.sent_at.is_not(None))
        .where(Notice.state != NoticeState.WITHDRAWN)
        .order_by(Notice.id.desc())
        .limit(MOST)
    )
    return [(copy, notice) for copy, notice in rows]
