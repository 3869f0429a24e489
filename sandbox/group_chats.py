"""One bot's side of a group: what it may write there, and what it is shown of what people write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Chat
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.groups import Group
from sandbox.limits import GroupLimit
from sandbox.markup import Markup
from sandbox.messages import Content, Message
from sandbox.phones import Phone

ASKS_FOR_PERSON = {"request_contact": "phone number", "request_location": "location"}
"""Keys of a reply keyboard that hand over something of one person's, and how Telegram calls that."""


@dataclass(slots=True, eq=False, kw_only=True)
class GroupChat(Chat):
    """The messages of a group as one bot has them."""

    group: Group
    limit: GroupLimit = field(default_factory=GroupLimit)

    @property
    def place(self) -> Group:
        """The group."""
        return self.group

    @property
    def known(self) -> bool:
        """Whether the bot was ever in it."""
        return self.bot.username in self.group.bots

    def check_writable(self) -> None:
        """Raises ApiError: 400 when it has become a supergroup, 403 when it is deleted or the bot is not in it."""
        group, kind = self.group, f"{self.group.kind} chat"
        if group.moved_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to=group.moved_to)
        if group.deleted:
            raise forbidden("the group chat was deleted")
        if group.bots.get(self.bot.username) == "kicked":
            raise forbidden(f"bot was kicked from the {kind}")
        if not group.has_bot(self.bot.username):
            raise forbidden(f"bot is not a member of the {kind}")

    def check_editable(self) -> None:
        """A bot that cannot write cannot edit either."""
        self.check_writable()

    def check_markup(self, markup: Markup | None) -> None:
        """Raises ApiError for keys that ask a person for something of theirs."""
        for button in [button for row in markup.rows for button in row] if markup and markup.kind == "keyboard" else []:
            for name, called in ASKS_FOR_PERSON.items():
                if button.get(name):
                    raise bad_request(f"{called} can be requested in private chats only")

    def new_message(self, date: int, content: Content, *, by: Phone | None, **details: Any) -> Message:
        """A message with the group's next id."""
        self.group.last_message_id += 1
        if by is None:
            self.group.last_writer = self.bot.username
        number = self.group.last_message_id
        return Message(number, self.bot, by, by is None, date, content, group=self.group, **details)

    def facts(self) -> dict[str, Any]:
        """The group and the bot."""
        return {"group": self.group.id, "bot": self.bot.username}

    def hears(self, message: Message) -> bool:
        """Whether privacy mode shows a person's message to the bot.

        It hears commands that name it, commands that name nobody when no other bot wrote last, replies to itself, and
        everything that Telegram says (core.telegram.org/bots/features#privacy-mode).
        """
        if message.content.service is not None:
            return True
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        text = message.content.body.text
        for entity in message.content.body.entities:
            if entity.type == "bot_command" and entity.offset == 0:
                named = text[: entity.length].partition("@")[2].casefold()
                return named == self.bot.username.casefold() or (
                    not named and self.group.last_writer in {"", self.bot.username}
                )
        return False
