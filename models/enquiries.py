"""Questions about notices, what became of each, and the answers that are for everybody."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.enquiries import EnquiryState, Heard

_DUE = text("next_at IS NOT NULL")
"""Questions that the clock looks at, in the words of their index."""


class EnquiryTopic(Numbered):
    """What several people ask about one notice, in the words of the first of them; perhaps with an answer for all."""

    __tablename__ = "enquiry_topics"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), index=True)
    words: Mapped[str]
    answer: Mapped[str] = mapped_column(default="", server_default="")
    """What the house answers by itself; "": a human does."""
    answered_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    given: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the house has given it."""


class LastTopic(Record):
    """When a notice got its newest topic: two at one instant are a conflict, and the second sees the first."""

    __tablename__ = "last_topics"

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class Enquiry(Numbered):
    """A question of one person about one notice, and all that was said on (提问)."""

    __tablename__ = "enquiries"
    __table_args__ = (
        Index("ix_enquiries_next_at", "next_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_enquiries_notice", "notice_id", "state"),
    )

    notice_id: Mapped[int] = mapped_column(BigId, ForeignKey("notices.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    """The chat in which they asked last."""
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    """Where the asker is counted: the area of their door, or of their appointment."""
    household_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("households.id"))
    topic_id: Mapped[int] = mapped_column(BigId, ForeignKey("enquiry_topics.id"), index=True)
    """What it shares with others."""
    alone: Mapped[bool] = mapped_column(default=False)
    """Somebody asked on: it is answered by itself."""
    state: Mapped[EnquiryState] = mapped_column(words(EnquiryState))
    round: Mapped[int] = mapped_column(default=1)
    """How often a human was asked: an answer is to one of them, and to each there is one."""
    node_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    """Whose level has it."""
    holder_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who was told of it last."""
    told_in: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    """In which chat."""
    asked_at: Mapped[datetime]
    """When it was asked last."""
    came_at: Mapped[datetime]
    """When it came to this level."""
    told_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    """When the clock looks at it; None: nobody waits for an answer."""
    answered_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    """When the answer turned out not to arrive: the asker gets it when they are back."""


class EnquiryEvent(Numbered):
    """One thing that was said about a question, or done with it. Nothing of it is ever changed."""

    __tablename__ = "enquiry_events"

    enquiry_id: Mapped[int] = mapped_column(BigId, ForeignKey("enquiries.id"), index=True)
    event: Mapped[Heard] = mapped_column(words(Heard))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who said or did it, or who was told."""
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("areas.id"))
    """At which level."""
    at: Mapped[datetime]
    body: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[int | None] = mapped_column(BigId)
    """The `ReceivedMedia` that came with a question, as long as it is kept."""
