"""A group of phones: who is in it, which bots, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.errors import ControlError
from sandbox.phones import Phone

FIRST_GROUP = -4_000_001
FIRST_SUPERGROUP = -1_001_000_000_001

Membership = Literal["member", "left", "kicked"]


@dataclass(slots=True, eq=False)
class Group:
    """A basic group, or a supergroup (`supergroup`); ids are negative, those of supergroups begin with -100.

    `bots` holds the membership of every bot that was ever in it, by username; `moved_to` the supergroup that it became.
    """

    id: int
    title: str
    members: dict[int, Phone] = field(default_factory=dict)
    supergroup: bool = False
    bots: dict[str, Membership] = field(default_factory=dict)
    deleted: bool = False
    moved_to: int | None = None
    last_message_id: int = 0
    last_writer: str = ""
    """The username of the bot that wrote last: it alone hears commands that name no bot."""

    @property
    def kind(self) -> str:
        """As the Bot API calls it."""
        return "supergroup" if self.supergroup else "group"

    @property
    def active(self) -> bool:
        """Whether anybody can still write here."""
        return not self.deleted and self.moved_to is None

    def chat(self) -> dict[str, Any]:
        """The Chat of the Bot API."""
        return {"id": self.id, "type": self.kind, "title": self.title}

    def has_bot(self, username: str) -> bool:
        """Whether the bot is in it now."""
        return self.bots.get(username) == "member"

    def member(self, phone: Phone) -> Phone:
        """The phone itself. Raises ControlError when it is not in the group, or the group is over."""
        if not self.active:
            raise ControlError(f"the group {self.title} is over")
        if phone.id not in self.members:
            raise ControlError(f"phone {phone.id} is not in the group {self.title}")
        if phone.deactivated:
            raise ControlError(f"phone {phone.id} is deactivated")
        return phone

    def as_json(self) -> dict[str, Any]:
        """The group of the control API."""
        return {
            "id": self.id,
            "type": self.kind,
            "title": self.title,
            "members": list(self.members),
            "bots": dict(self.bots),
            "deleted": self.deleted,
            "moved_to": self.moved_to,
        }
