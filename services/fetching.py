"""What people sent and what is fetched after the commit: a photo of a household, a file for a notice."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import NoticeFile, ReceivedMedia
from rules.mail import retry_at
from rules.media import MediaState

BATCH = 20


def to_fetch(
    session: Session, now: datetime, bot: str, record: type[ReceivedMedia] | type[NoticeFile]
) -> list[tuple[int, str, str | None]]:
    """What of one kind is to be fetched now through a bot: number, the messenger's id, and why; oldest first."""
    due = (record.bot == bot) & (record.state == MediaState.OWED) & (record.due_at <= now)
    columns = select(record.id, record.external_id, record.cause)
    return [(*row,) for row in session.execute(columns.where(due).order_by(record.id).limit(BATCH))]


def tried_again(now: datetime, row: ReceivedMedia | NoticeFile, error: str, *, lost: bool) -> bool:
    """It could not be fetched: whether that is tried again later; else it is given up (`lost`: at once)."""
    row.attempts, row.error = row.attempts + 1, error
    again = None if lost else retry_at(now, row.attempts)
    if again is None:
        row.state = MediaState.GONE
        return False
    row.due_at = again
    return True
