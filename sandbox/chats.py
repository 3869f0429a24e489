"""The private chat of one phone with one bot."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sandbox.bots import Bot
from sandbox.clock import EPOCH, iso
from sandbox.errors import bad_request, forbidden, too_many_requests
from sandbox.limits import ChatLimit
from sandbox.messages import Message
from sandbox.phones import Phone


@dataclass(slots=True, eq=False)
class Chat:
    """What they said to each other. `started`: the person has written first, so that the bot may write."""

    bot: Bot
    phone: Phone
    started: bool = False
    blocked: bool = False
    unread: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    limit: ChatLimit = field(default_factory=ChatLimit)

    def check_writable(self) -> None:
        """Raises ApiError 403 when nothing from the bot can reach the person."""
        if self.phone.deactivated:
            raise forbidden("user is deactivated")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if self.blocked:
            raise forbidden("bot was blocked by the user")

    def spend(self, now: int) -> None:
        """Count one message at `now` (microseconds) against both limits. Raises ApiError 429 when one is passed."""
        if seconds := self.bot.limit.wait(now) or self.limit.wait(now):
            raise too_many_requests(seconds)
        self.bot.limit.spend(now)
        self.limit.spend(now)

    def message(self, message_id: int, purpose: str) -> Message:
        """The message a bot means. Raises ApiError "message to … not found"."""
        message = self.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(f"message to {purpose} not found")
        return message

    def after(self, message_id: int) -> list[Message]:
        """The messages with a larger id, oldest first."""
        ids = list(self.messages)
        return [self.messages[found] for found in ids[bisect_right(ids, message_id) :]]

    def last(self) -> Message | None:
        """The newest message that is not deleted."""
        return next((message for message in reversed(self.messages.values()) if not message.deleted), None)

    def as_json(self, now: int) -> dict[str, Any]:
        """The chat in the control API; `muted_until` while the bot has to keep quiet here after a 429."""
        last = self.last()
        found: dict[str, Any] = {
            "blocked": self.blocked,
            "started": self.started,
            "unread": self.unread,
            "last": last and last.as_json(),
        }
        if (until := self.limit.pause.until) > now:
            found["muted_until"] = iso(EPOCH + timedelta(microseconds=until))
        return found
