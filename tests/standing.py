"""What a message says as it stands now, where a messenger changes nothing that was sent.

On Telegram a reader looks at the message. On WeChat they have the words of that time, and hear the present ones when
they press; so as to press nothing, a story asks the house what it would say there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.numbered import choices_of, plain
from channels.port import Message
from models import OutboxMessage
from rules.mail import MailState
from services.changes import begun_with
from services.letters import write

Shown = tuple[str, tuple[tuple[str, str], ...]]
"""The words, and the choices as (label, key)."""


@dataclass
class Ledger:
    """Which message of the house is behind what stands on a phone, by the phone's number and the message's there."""

    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    lists: dict[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """What stands on a phone as lines of text, and is choices as (label, key): typed by number, or as they read."""

    def note(self, phone: int, messages: list[int], number: int) -> None:
        """These came by one sending."""
        self.numbers.update({(phone, one): number for one in messages if number})

    def number(self, phone: int, message: int) -> int | None:
        """The house's number of it; None for what was not sent in the ordinary way."""
        return self.numbers.get((phone, message))


def first_of(session: Session, number: int) -> int:
    """The number of the message that this one would have changed, else its own."""
    return begun_with(session, session.get_one(OutboxMessage, number)).id


def as_it_stands(session: Session, number: int, now: datetime) -> Shown | None:
    """What the message says now; None when it says what it said, or has nothing to say any more."""
    first = begun_with(session, session.get_one(OutboxMessage, number))
    made = (OutboxMessage.edits_id == first.id) & (OutboxMessage.state != MailState.PENDING)
    changed = session.scalars(select(OutboxMessage).where(made).order_by(OutboxMessage.id.desc()).limit(1)).first()
    if changed is None:
        return None
    said = write(session, changed, now)
    session.rollback()
    if not isinstance(said, Message):
        return None
    return plain(said.lines), tuple((label, key) for key, label in choices_of(said))
