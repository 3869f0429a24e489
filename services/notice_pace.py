"""How fast the copies of a notice go out, measured as its receipts are gathered."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Notice, NoticeCount, NoticePace
from rules.notice_life import Sample, rate, sampled


def measure(session: Session, now: datetime, notice_ids: Iterable[int]) -> None:
    """Notes how many copies of these notices have been sent by `now`, as often as `rules.notice_life` wants it."""
    numbers = sorted(notice_ids)
    if not numbers:
        return
    sent = session.execute(
        select(NoticeCount.notice_id, NoticeCount.sent)
        .join(Notice, (Notice.id == NoticeCount.notice_id) & (Notice.area_id == NoticeCount.area_id))
        .where(Notice.id.in_(numbers))
    ).all()
    known = {one.notice_id: one for one in session.scalars(select(NoticePace).where(NoticePace.notice_id.in_(numbers)))}
    for notice_id, number in sent:
        pace = known.get(notice_id)
        before = _read(pace)
        kept = [[one.at.timestamp(), one.sent] for one in sampled(before, Sample(now, number))]
        if pace is None:
            session.add(NoticePace(notice_id=notice_id, samples=kept))
        elif len(kept) != len(before) or kept[-1][1] != before[-1].sent:
            pace.samples = kept


def messages_a_minute(session: Session, now: datetime, notice_id: int, sent: int) -> float | None:
    """How many copies of a notice went out a minute, over the last minutes; None where that is not known."""
    return rate(_read(session.get(NoticePace, notice_id)), Sample(now, sent))


def _read(pace: NoticePace | None) -> list[Sample]:
    return [Sample(datetime.fromtimestamp(at, UTC), sent) for at, sent in pace.samples] if pace else []
