"""Notices and their receipts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId

AN_ORDER = text("directive_id IS NOT NULL")
"""Notices that hand on a directive, in the words of their index."""


class Notice(Numbered):
    """What a grid head tells everybody (通知)."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_directive",
            *("directive_id", "area_id"),
            unique=True,
            sqlite_where=AN_ORDER,
            postgresql_where=AN_ORDER,
        ),
    )

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    body: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The group in which it is posted once; None: a copy goes to every door."""
    posted_at: Mapped[datetime | None]
    """When the group had it."""
    spread_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next part of its copies is written; None: every copy is owed."""
    spread_to: Mapped[int] = mapped_column(BigId, default=0)
    """The last household whose people have their copies: where the next part begins."""
    created_at: Mapped[datetime]
    directive_id: Mapped[int | None] = mapped_column(BigId)
    """The directive that it hands on to the doors: an order, which no stop word holds back; once an area."""


class NoticeCopy(Numbered):
    """One notice to one person, and whether they said that they read it (回执).

    A million at a time: its numbers are copied from rows that are never deleted, and PostgreSQL would look up each of
    the four again (a fifth of the time that a notice takes), so it is not asked to.
    """

    __tablename__ = "notice_copies"
    __table_args__ = (
        UniqueConstraint("notice_id", "person_id"),
        Index("ix_notice_copies_place", "notice_id", "area_id"),
    )

    notice_id: Mapped[int] = mapped_column(BigId)
    person_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId)
    area_id: Mapped[int] = mapped_column(BigId)
    """Where the person is counted: the area of their door."""
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed: Mapped[str | None]
    """Why it could not be delivered."""


class NoticeTally(Numbered):
    """What was counted of one notice in one area and is not yet in `NoticeCount`: only ever added, so that no two
    transactions wait for one number.
    """

    __tablename__ = "notice_tallies"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), index=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    people: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)


class NoticeCount(Record):
    """How far a notice has come in an area and everything below it, but for what `NoticeTally` still holds."""

    __tablename__ = "notice_counts"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
