"""Notices and their receipts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.audiences import Audience
from rules.notice_life import NoticeAct, NoticeState, Sweep

_TO_SHOW = text("show_at IS NOT NULL")

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
    audience: Mapped[Audience] = mapped_column(
        words(Audience), default=Audience.HOUSEHOLDS, server_default=Audience.HOUSEHOLDS.value
    )
    """Who below the area is meant."""
    receipt: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether readers are asked to say that they read it."""
    file_id: Mapped[int | None] = mapped_column(BigId)
    """The `NoticeFile` that goes with the words."""
    confirmed_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """The second person who agreed; None: none had to."""
    group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The group in which it is posted once; None: a copy goes to every door."""
    posted_at: Mapped[datetime | None]
    """When the group had it."""
    spread_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next part of its copies is written; None: every copy is owed."""
    spread_to: Mapped[int] = mapped_column(BigId, default=0)
    """The last door, or appointment, whose people have their copies: where the next part begins."""
    is_order: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It goes to those too who asked for quiet (/stop): what an order says is not optional."""
    state: Mapped[NoticeState] = mapped_column(
        words(NoticeState), default=NoticeState.SENDING, server_default=NoticeState.SENDING.value
    )
    left_out: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """For how many people it was who had no copy yet when it was stopped or withdrawn: they never get one."""
    corrected_at: Mapped[datetime | None]
    """When its text was changed last; every text that it had is in `NoticeEvent`."""
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
        Index("ix_notice_copies_home", "notice_id", "household_id"),
    )

    notice_id: Mapped[int] = mapped_column(BigId)
    person_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId)
    area_id: Mapped[int] = mapped_column(BigId)
    """Where the person is counted: the area of their door, or of their appointment."""
    household_id: Mapped[int] = mapped_column(BigId, default=0, server_default="0")
    """Behind which door; of several the first one. 0: behind none, or nobody knows any more."""
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed: Mapped[str | None]
    """Why it could not be delivered."""
    dropped_at: Mapped[datetime | None]
    """When it was decided that it is not sent: its notice was stopped or withdrawn before, or its reader had asked for
    quiet.
    """
    home_read_at: Mapped[datetime | None]
    """On the first copy of a household only: when the first of the household had read it."""
    reminded_at: Mapped[datetime | None]
    bundle_id: Mapped[int | None] = mapped_column(BigId)
    """The copy under whose message it goes out, when several notices were put into one."""


class NoticePart(Numbered):
    """Copies that stand in line: those of one part of a notice that one bot brings, whose messages are not written yet.

    While it stands nobody has written them, and whoever takes it away does. Numbers of rows that are never deleted, as
    a copy's are.
    """

    __tablename__ = "notice_parts"
    __table_args__ = (Index("ix_notice_parts_next", "bot", "turn", "id"),)

    notice_id: Mapped[int] = mapped_column(BigId, index=True)
    bot: Mapped[str]
    turn: Mapped[int]
    """When it is this part's turn among all that the bot brings (`rules.turns`)."""
    after_copy: Mapped[int] = mapped_column(BigId)
    upto_copy: Mapped[int] = mapped_column(BigId)
    """The copies of the notice with greater numbers than the one, up to the other."""
    due_at: Mapped[datetime]
    """When their messages may be written: not at night, unless it rings."""


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
    dropped: Mapped[int] = mapped_column(default=0, server_default="0")
    homes: Mapped[int] = mapped_column(default=0, server_default="0")
    homes_read: Mapped[int] = mapped_column(default=0, server_default="0")
    why: Mapped[str | None]
    """Why those that `failed` did."""


class NoticeCount(Record):
    """How far a notice has come in an area and everything below it, but for what `NoticeTally` still holds."""

    __tablename__ = "notice_counts"
    __table_args__ = (Index("ix_notice_counts_show", "show_at", sqlite_where=_TO_SHOW, postgresql_where=_TO_SHOW),)

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0, server_default="0")
    homes: Mapped[int] = mapped_column(default=0, server_default="0")
    homes_read: Mapped[int] = mapped_column(default=0, server_default="0")
    show_at: Mapped[datetime | None]
    """When the message of whoever holds this area is brought up to date; None: it says what is so."""
    shown_at: Mapped[datetime | None]


class NoticeFailure(Record):
    """How many copies could not be delivered for one reason, in an area and everything below it."""

    __tablename__ = "notice_failures"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    why: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int] = mapped_column(default=0)


class NoticePace(Record):
    """How many copies of a notice had been sent at some instants of the last minutes (`rules.notice_life`)."""

    __tablename__ = "notice_paces"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), primary_key=True, autoincrement=False)
    samples: Mapped[list[Any]] = mapped_column(default=list)
    """Pairs of an instant in seconds and a number, oldest first."""


class NoticeEvent(Numbered):
    """What was done to a notice after it was sent, by whom and when. Nothing of it is ever changed."""

    __tablename__ = "notice_events"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), index=True)
    act: Mapped[NoticeAct] = mapped_column(words(NoticeAct))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime]
    body: Mapped[str | None]
    """The text that it had from then on, where that changed."""


class NoticeSweep(Numbered):
    """Work that goes over all copies of a notice, part by part: each part is a transaction of its own."""

    __tablename__ = "notice_sweeps"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), index=True)
    what: Mapped[Sweep] = mapped_column(words(Sweep))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    """Only the copies at the doors of this area and below it."""
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the next part is done; None: it is done."""
    upto: Mapped[int] = mapped_column(BigId, default=-1)
    """The last household whose copies were looked at."""
    done: Mapped[int] = mapped_column(default=0)
    """How many copies it concerned."""
    created_at: Mapped[datetime]
