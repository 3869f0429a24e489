"""Photos and files: what came in, what a messenger knows already, and what is being made."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.cause import cause
from models.record import Numbered, Record
from models.types import BigId, words
from rules.media import MediaState

_OWED = text("state = 'owed'")


class ReceivedMedia(Numbered):
    """A photo or a file that somebody sent; its content is fetched after the commit."""

    __tablename__ = "received_media"
    __table_args__ = (Index("ix_received_media_owed", "bot", "due_at", sqlite_where=_OWED, postgresql_where=_OWED),)

    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"))
    external_id: Mapped[str]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    household_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("households.id"), index=True)
    """Whose it is; None: it came with a question of somebody who has no door here."""
    caption: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    state: Mapped[MediaState] = mapped_column(words(MediaState), default=MediaState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(default="")
    mime: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    cause: Mapped[str | None] = mapped_column(default=cause)
    """The update that brought it: what is done about it later is done because of that."""


class MediaCopy(Record):
    """What a messenger calls a content that one of our bots has sent: it need not be uploaded again."""

    __tablename__ = "media_copies"

    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str]


class ExportKind(StrEnum):
    """What can be had as a workbook."""

    REGISTER = "register"
    TODAY = "today"
    UNREAD = "unread"
    """The doors at which a notice was not read."""


class Export(Numbered):
    """A workbook that somebody asked for; made after the commit, kept for a day."""

    __tablename__ = "exports"
    __table_args__ = (Index("ix_exports_owed", "due_at", sqlite_where=_OWED, postgresql_where=_OWED),)

    kind: Mapped[ExportKind] = mapped_column(words(ExportKind))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    notice_id: Mapped[int | None] = mapped_column(BigId)
    """Whose unread doors they are."""
    state: Mapped[MediaState] = mapped_column(words(MediaState), default=MediaState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cause: Mapped[str | None] = mapped_column(default=cause)
    """The update that asked for it."""
