"""The groups of the world, and what people do in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sandbox.bots import Bot
from sandbox.entities import FormattedText, find_entities
from sandbox.errors import ControlError, UnknownError
from sandbox.group_chats import GroupChat
from sandbox.groups import FIRST_GROUP, FIRST_SUPERGROUP, Group, Membership
from sandbox.messages import Content, Message
from sandbox.phones import Phone
from sandbox.texts import LONGEST_TEXT

if TYPE_CHECKING:
    from sandbox.registry import Registry

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Gatherings:
    """Groups by id. ControlError is raised for what a person could not do, UnknownError for a group that is not there.

    A group that has become a supergroup is over under its old id.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._chats: dict[tuple[int, int], GroupChat] = {}
        self.all: dict[int, Group] = {}

    def create(self, title: str, members: Iterable[int], *, supergroup: bool = False) -> Group:
        """A group of these phones, without a bot."""
        phones = [self._registry.phone(number) for number in members]
        if not title or not phones:
            raise ControlError("a group needs a title and members")
        first = FIRST_SUPERGROUP if supergroup else FIRST_GROUP
        number = min((one.id for one in self.all.values() if one.supergroup is supergroup), default=first + 1) - 1
        group = self.all[number] = Group(number, title, {phone.id: phone for phone in phones}, supergroup)
        self._registry.journal.add("group", group=group.id)
        return group

    def group(self, group_id: int) -> Group:
        """The group of that id. Raises UnknownError."""
        group = self.all.get(group_id)
        if group is None:
            raise UnknownError(f"no group {group_id}")
        return group

    def chat(self, bot: Bot, group: Group) -> GroupChat:
        """The bot's side of the group."""
        key = (bot.id, group.id)
        if key not in self._chats:
            self._chats[key] = GroupChat(bot=bot, group=group)
        return self._chats[key]

    def messages(self, group_id: int, bot: str, after: int = 0) -> list[Message]:
        """What the group holds of a bot and of people since that bot came, oldest first."""
        return self.chat(self._registry.bot(bot), self.group(group_id)).after(after)

    def join(self, group_id: int, phone_id: int) -> Group:
        """A phone comes in."""
        group, phone = self.group(group_id), self._registry.phone(phone_id)
        group.members[phone.id] = phone
        group.member(phone)
        self._announce(group, phone, {"new_chat_members": [phone.user()]})
        return group

    def leave(self, group_id: int, phone_id: int) -> Group:
        """A phone goes."""
        group = self.group(group_id)
        phone = group.member(self._registry.phone(phone_id))
        self._announce(group, phone, {"left_chat_member": phone.user()})
        del group.members[phone.id]
        return group

    def add_bot(self, group_id: int, phone_id: int, bot: str, payload: str = "") -> Group:
        """A member opens ``t.me/<bot>?startgroup=<payload>`` and picks this group; the bot comes in, if it is not in.

        With a payload the member's phone then says ``/start@<bot> <payload>``.
        """
        if not PAYLOAD.fullmatch(payload):
            raise ControlError("a payload is at most 64 letters, digits, - and _")
        group, known = self.group(group_id), self._registry.bot(bot)
        phone = group.member(self._registry.phone(phone_id))
        if not group.has_bot(bot):
            self._set_membership(group, known, phone, "member")
            self._announce(group, phone, {"new_chat_members": [known.user()]})
        if payload:
            self.say(group_id, phone_id, f"/start@{bot} {payload}")
        return group

    def remove_bot(self, group_id: int, phone_id: int, bot: str) -> Group:
        """A member puts the bot out."""
        group, known = self.group(group_id), self._registry.bot(bot)
        phone = group.member(self._registry.phone(phone_id))
        if not group.has_bot(bot):
            raise ControlError(f"{bot} is not in the group {group.title}")
        self._set_membership(group, known, phone, "kicked")
        return group

    def say(self, group_id: int, phone_id: int, text: str, *, bot: str = "", reply_to: int = 0) -> None:
        """A member writes; with `reply_to` they answer a message of `bot`. Each bot hears what privacy mode lets it."""
        group, stripped = self.group(group_id), text.strip()
        phone = group.member(self._registry.phone(phone_id))
        if not 0 < len(stripped) <= LONGEST_TEXT:
            raise ControlError(f"a text is 1 to {LONGEST_TEXT} characters")
        answered = self._message(group, bot, reply_to) if reply_to else None
        content = Content(FormattedText(stripped, find_entities(stripped)))
        for chat in self._present(group):
            reply = answered if answered and answered.bot is chat.bot else None
            self._tell(chat, self._registry.store(chat, content, by=phone, reply_to=reply))

    def press(self, group_id: int, phone_id: int, bot: str, message_id: int, data: str) -> str:
        """A member presses an inline button; answers the callback query's id."""
        group = self.group(group_id)
        phone = group.member(self._registry.phone(phone_id))
        return self._registry.open_query(self._message(group, bot, message_id), phone, data)

    def upgrade(self, group_id: int, phone_id: int) -> Group:
        """The group becomes a supergroup: it goes on under a new id, and every bot in it is told."""
        old = self.group(group_id)
        phone = old.member(self._registry.phone(phone_id))
        if old.supergroup:
            raise ControlError(f"{old.title} is a supergroup already")
        new = self.create(old.title, old.members, supergroup=True)
        chats = self._present(old)
        self._announce(old, phone, {"migrate_to_chat_id": new.id})
        old.moved_to = new.id
        for chat in chats:
            self._set_membership(new, chat.bot, phone, "member")
        self._announce(new, phone, {"migrate_from_chat_id": old.id})
        return new

    def delete(self, group_id: int) -> Group:
        """The group is deleted for everybody; bots find out when they write."""
        group = self.group(group_id)
        group.deleted = True
        self._registry.journal.add("group", group=group.id)
        return group

    def _present(self, group: Group) -> list[GroupChat]:
        return [self.chat(self._registry.bot(bot), group) for bot in group.bots if group.has_bot(bot)]

    def _message(self, group: Group, bot: str, message_id: int) -> Message:
        message = self.chat(self._registry.bot(bot), group).messages.get(message_id)
        if message is None or message.deleted:
            raise UnknownError(f"no message {message_id} in the group {group.title}")
        return message

    def _announce(self, group: Group, phone: Phone, service: dict[str, Any]) -> None:
        for chat in self._present(group):
            self._tell(chat, self._registry.store(chat, Content(service=service), by=phone))

    def _tell(self, chat: GroupChat, message: Message) -> None:
        if chat.hears(message):
            chat.bot.updates.add("message", message.as_telegram(), chat.group.id)

    def _set_membership(self, group: Group, bot: Bot, by: Phone, new: Membership) -> None:
        old = group.bots.get(bot.username, "left")
        group.bots[bot.username] = new
        payload = {
            "chat": group.chat(),
            "from": by.user(),
            "date": self._registry.clock.unix(),
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        }
        bot.updates.add("my_chat_member", payload, group.id)
        self._registry.journal.add("group", group=group.id, bot=bot.username)


def _member(bot: Bot, status: Membership) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot.user(), "status": status, **until}
