"""A claimed message as it is handed over."""

from dataclasses import dataclass
from datetime import datetime

from channels.port import Address, Menu, Message, Sent
from rules.mail import Pace


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, written; with what its outcome is recorded by."""

    id: int
    account_id: int
    to: Address
    message: Message | Menu
    edits: Sent | None
    priority: int
    template: str
    about: str | None
    edits_id: int | None
    pace: Pace
    arrival_at: datetime | None
    """The chat's, under its pace, before this message."""
    cause: str | None
    """Why it is owed (`models.cause`)."""
