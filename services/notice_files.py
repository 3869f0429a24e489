"""What goes with a notice: written down when it comes, kept once it is fetched, and then shown with the words."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Account, NoticeFile
from rules.mail import Priority
from rules.media import MediaState
from services.fetching import tried_again
from services.mailbox import Buttons, post, say

_TAKEN = ("image/", "application/pdf")
_GO_ON: Buttons = [[("form:resume", "button-resume"), ("form:cancel", "button-cancel")]]


def receive(session: Session, now: datetime, account: Account, media: str, name: str) -> NoticeFile:
    """Puts down what an author sent for a notice; its content is fetched after the commit."""
    row = NoticeFile(bot=account.bot, external_id=media, account_id=account.id, name=name, at=now, due_at=now)
    session.add(row)
    session.flush()
    return row


def file_kept(session: Session, now: datetime, number: int, digest: str, mime: str) -> None:
    """The content is in the store: the preview that waited for it is shown."""
    if not mime.startswith(_TAKEN):
        file_refused(session, now, number, mime)
        return
    row = session.get_one(NoticeFile, number)
    row.state, row.digest, row.mime = MediaState.KEPT, digest, mime
    shows, row.shows = row.shows, None
    session.flush()
    if shows is not None:
        show_preview(session, now, session.get_one(Account, row.account_id), shows, row)


def file_refused(session: Session, now: datetime, number: int, error: str) -> None:
    """It is nothing that can go with a notice; the author hears what can, and may go on without."""
    row = session.get_one(NoticeFile, number)
    row.state, row.error = MediaState.REFUSED, error
    say(session, now, session.get_one(Account, row.account_id), "notice-file-refused", buttons=_GO_ON)


def fetch_file_later(session: Session, now: datetime, number: int, error: str, *, lost: bool) -> None:
    """It could not be fetched: tried again later, or given up and said so."""
    row = session.get_one(NoticeFile, number)
    if not tried_again(now, row, error, lost=lost):
        say(session, now, session.get_one(Account, row.account_id), "notice-file-gone", buttons=_GO_ON)


def show_preview(
    session: Session, now: datetime, account: Account, shows: dict[str, Any], file: NoticeFile | None
) -> None:
    """Owes the author the notice as it will look, with what can be changed about it; a picture stands above that."""
    if file is not None:
        post(session, now, account, Priority.REPLY, "notice_look", args=shows)
    post(session, now, account, Priority.REPLY, "notice_preview", args=shows)
