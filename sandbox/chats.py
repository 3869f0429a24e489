"""What a bot and people say to each other: any chat, and the private one with one phone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sandbox.bots import Bot
from sandbox.clock import EPOCH, iso
from sandbox.errors import bad_request, forbidden, too_many_requests
from sandbox.groups import Group
from sandbox.limits import ChatLimit, GroupLimit
from sandbox.markup import Markup
from sandbox.messages import Content, Message
from sandbox.phones import Phone


@dataclass(slots=True, eq=False, kw_only=True)
class Chat(ABC):
    """One bot's messages in one place."""

    bot: Bot
    unread: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    limit: ChatLimit | GroupLimit

    @property
    @abstractmethod
    def place(self) -> Phone | Group:
        """Where it is: it has the chat's `id` and the `chat()` of the Bot API."""

    @abstractmethod
    def check_writable(self) -> None:
        """Raises ApiError 403 when nothing from the bot can reach anybody here, 400 when the chat has moved."""

    @abstractmethod
    def check_editable(self) -> None:
        """Raises ApiError when the bot cannot change its own messages here."""

    @abstractmethod
    def check_markup(self, markup: Markup | None) -> None:
        """Raises ApiError for a keyboard that this kind of chat does not take."""

    @property
    @abstractmethod
    def known(self) -> bool:
        """Whether the bot has ever been in it."""

    @abstractmethod
    def new_message(self, date: int, content: Content, *, by: Phone | None, **details: Any) -> Message:
        """A message with the next id; `by` None: the bot's own."""

    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """How events in the journal name it."""

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


@dataclass(slots=True, eq=False, kw_only=True)
class PrivateChat(Chat):
    """What they said to each other. `started`: the person has written first, so that the bot may write."""

    phone: Phone
    started: bool = False
    blocked: bool = False
    limit: ChatLimit = field(default_factory=ChatLimit)

    @property
    def place(self) -> Phone:
        """The phone."""
        return self.phone

    @property
    def known(self) -> bool:
        """Whether they ever met."""
        return self.started or bool(self.messages)

    def check_writable(self) -> None:
        """Raises ApiError 403 when nothing from the bot can reach the person."""
        if self.phone.deactivated:
            raise forbidden("user is deactivated")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if self.blocked:
            raise forbidden("bot was blocked by the user")

    def check_editable(self) -> None:
        """Raises ApiError 403 when the account is gone."""
        if self.phone.deactivated:
            raise forbidden("user is deactivated")

    def check_markup(self, markup: Markup | None) -> None:
        """Every keyboard may be shown to one person."""

    def new_message(self, date: int, content: Content, *, by: Phone | None, **details: Any) -> Message:
        """A message with the bot's next id."""
        self.bot.last_message_id += 1
        return Message(self.bot.last_message_id, self.bot, self.phone, by is None, date, content, **details)

    def facts(self) -> dict[str, Any]:
        """The phone and the bot."""
        return {"phone": self.phone.id, "bot": self.bot.username}

    def as_json(self, now: int) -> dict[str, Any]:
        """The chat in the control API; `muted_until` while the bot has to keep quiet here after a 429."""
        last = self.last()
        found: dict[str, Any] = {
            "blocked": self.blocked,
            "started": self.started,
            "unread": self.unread,
            "last": last and last.as_json(),
            **self.bot.standing(self.phone.id, now),
        }
        if (until := self.limit.pause.until) > now:
            found["muted_until"] = iso(EPOCH + timedelta(microseconds=until))
        return found
