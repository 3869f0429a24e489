"""What came in and what goes out."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.cause import cause
from models.record import Numbered, Record
from models.types import BigId, words
from rules.mail import MailState

_LEASED = text("state = 'leased'")
_EDITS = text("state = 'pending' AND edits_id IS NOT NULL")
DUE = text("state = 'pending' AND NOT waits")
"""What may be due: nothing says that it has to wait. In the words of its index, as are the next ones."""
WAITS = text("state = 'pending' AND waits")
"""What is due later."""
GIVEN_UP = text("state IN ('dead', 'rejected')")
"""What is not tried any more, in the words of its index: SQLite uses that for no others."""


COUNTED = text("counted AND edits_id IS NULL")
"""What counts for the hour of whoever is told (ADR 71), in the words of its index."""


class OutboxMessage(Numbered):
    """A message that is owed, written in the transaction that caused it."""

    __tablename__ = "outbox"
    __table_args__ = (
        # `due_at` stays out of this index: with it before `id`, a million pending rows are sorted at every claim. And
        # what is due later stays out as a whole: a claim would look at each of it in vain, every second of a night.
        Index("ix_outbox_due", "bot", "priority", "id", sqlite_where=DUE, postgresql_where=DUE),
        Index("ix_outbox_waits", "bot", "priority", "due_at", sqlite_where=WAITS, postgresql_where=WAITS),
        # What is in flight: few rows, asked at every claim whether a chat has one, and which leases ran out.
        Index("ix_outbox_leased", "account_id", sqlite_where=_LEASED, postgresql_where=_LEASED),
        # The edits that wait: one more is not added. Without its condition PostgreSQL, while it knows nothing yet of a
        # broadcast, reads all that waits, and all that is no edit, to find the one.
        Index("ix_outbox_edits", "edits_id", sqlite_where=_EDITS, postgresql_where=_EDITS),
        Index("ix_outbox_counted", "account_id", "sent_at", sqlite_where=COUNTED, postgresql_where=COUNTED),
        Index("ix_outbox_given_up", "bot", "priority", sqlite_where=GIVEN_UP, postgresql_where=GIVEN_UP),
    )

    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), index=True)
    priority: Mapped[int]
    template: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    about: Mapped[str | None] = mapped_column(index=True)
    """The record that it speaks of, like ``request:12``: for late binding and for what follows from its delivery."""
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    edits_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("outbox.id"))
    """The sent message that this one brings up to date in place."""
    due_at: Mapped[datetime]
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It was due later when that was last looked at (services/due.py). Only a place in an index: `due_at` decides."""
    counted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """An alarm that can wait: one of so many that a person is told in an hour (`rules.storms`)."""
    state: Mapped[MailState] = mapped_column(words(MailState), default=MailState.PENDING)
    lease: Mapped[str | None]
    """Which process is sending it."""
    leased_until: Mapped[datetime | None]
    """When it is owed again, unless that process renews its lease."""
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    external_id: Mapped[str | None]
    handle: Mapped[str] = mapped_column(default="")
    """What changes it at the messenger, once; "" when that is used up, or not wanted."""
    error: Mapped[str | None]
    cause: Mapped[str | None] = mapped_column(default=cause)
    """Why it is owed: the update, the tick or the fate of another message that caused it (`models.cause`)."""

    def __init__(self, **values: Any) -> None:
        # Now, not when it is inserted: the messages of a batch are inserted together, after all of its updates.
        super().__init__(**{"cause": cause(), **values})
        if self.due_at and self.created_at:
            self.waits = self.due_at > self.created_at

    def put_off(self, until: datetime, now: datetime) -> None:
        """It is due at `until`."""
        self.due_at, self.waits = until, until > now


class Mention(Record):
    """A record that a message speaks of beside the one that it is about: it is brought up to date with that too."""

    __tablename__ = "mentions"

    about: Mapped[str] = mapped_column(primary_key=True)
    """The record, as `OutboxMessage.about` names it."""
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("outbox.id"), primary_key=True, index=True)


class SeenUpdate(Record):
    """An update that has had its effect."""

    __tablename__ = "seen_updates"

    bot: Mapped[str] = mapped_column(primary_key=True)
    update_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    answer_id: Mapped[int | None] = mapped_column(BigId)
    """The message that went back with our answer to the call which brought it (ADR 28)."""


class RejectedUpdate(Numbered):
    """An update whose handler failed, kept with its error."""

    __tablename__ = "rejected_updates"

    bot: Mapped[str]
    update_id: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    content: Mapped[dict[str, Any]]
    error: Mapped[str]
    at: Mapped[datetime]
