"""Notices and their receipts."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId


class Notice(Numbered):
    """What a grid head tells everybody (通知)."""

    __tablename__ = "notices"

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    body: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The group in which it is posted once; None: a copy goes to every door."""
    posted_at: Mapped[datetime | None]
    """When the group had it."""
    created_at: Mapped[datetime]


class NoticeCopy(Numbered):
    """One notice to one person, and whether they said that they read it (回执)."""

    __tablename__ = "notice_copies"
    __table_args__ = (UniqueConstraint("notice_id", "person_id"),)

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed: Mapped[str | None]
    """Why it could not be delivered."""
