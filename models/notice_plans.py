"""Notices before they leave: what is planned or waits for a second person, what goes with it, what is said often."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.cause import cause
from models.record import Numbered
from models.types import BigId, Json, words
from rules.audiences import Audience
from rules.media import MediaState
from rules.planning import PlanState

_OWED = text("state = 'owed'")


class NoticeFile(Numbered):
    """A picture or a file that goes with a notice; its content is fetched after the commit."""

    __tablename__ = "notice_files"
    __table_args__ = (Index("ix_notice_files_owed", "bot", "due_at", sqlite_where=_OWED, postgresql_where=_OWED),)

    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"))
    external_id: Mapped[str]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The author's chat."""
    name: Mapped[str] = mapped_column(default="")
    """What the author's messenger calls the file; "" for a picture."""
    shows: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The preview that waits for it."""
    at: Mapped[datetime]
    state: Mapped[MediaState] = mapped_column(words(MediaState), default=MediaState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(default="")
    mime: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    cause: Mapped[str | None] = mapped_column(default=cause)
    """The update that brought it."""


class NoticePlan(Numbered):
    """A notice that leaves later, again and again, or once a second person has agreed."""

    __tablename__ = "notice_plans"

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The author's chat."""
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    body: Mapped[str]
    audience: Mapped[Audience] = mapped_column(words(Audience))
    receipt: Mapped[bool]
    is_order: Mapped[bool] = mapped_column(default=False)
    """It goes to those too who asked for quiet (/stop)."""
    to_group: Mapped[bool] = mapped_column(default=False)
    """Posted once in the grid's group, as long as there is one."""
    file_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("notice_files.id"))
    people: Mapped[int]
    """How many it reached when it was written."""
    state: Mapped[PlanState] = mapped_column(words(PlanState))
    send_at: Mapped[datetime | None]
    """When it leaves, or left last; None: as soon as it may."""
    days: Mapped[str] = mapped_column(default="")
    """The weekdays on which it is repeated, Monday is 0: ``024``; "" for once."""
    until: Mapped[date | None]
    """The last local date on which it is repeated."""
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it leaves, or lapses while nobody has agreed; None: nothing comes any more."""
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """The second person; whoever called it off."""
    decided_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")
    """What the second person said against it."""
    created_at: Mapped[datetime]


class NoticePhrase(Numbered):
    """What is sent often, under a name, for an area and everything below it (模板)."""

    __tablename__ = "notice_phrases"
    __table_args__ = (UniqueConstraint("area_id", "name"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    name: Mapped[str]
    body: Mapped[str]
    audience: Mapped[Audience] = mapped_column(words(Audience))
    receipt: Mapped[bool]
    file_id: Mapped[int | None] = mapped_column(BigId)
    """The `NoticeFile` that goes with the words: it is kept as long as they are."""
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    created_at: Mapped[datetime]
