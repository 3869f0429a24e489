"""The world of the sandbox without HTTP: what people do with their phones, on top of the records."""

from __future__ import annotations

from typing import Any

from sandbox.chats import PrivateChat
from sandbox.entities import FormattedText, find_entities
from sandbox.errors import ApiError, ControlError
from sandbox.faults import Fault
from sandbox.files import LONGEST_VOICE
from sandbox.gatherings import PAYLOAD
from sandbox.messages import Contact, Content, Location, Message
from sandbox.phones import Phone
from sandbox.registry import Registry
from sandbox.texts import LONGEST_CAPTION, LONGEST_TEXT
from sandbox.voices import silence


class World(Registry):
    """Bots, phones, and everything the people holding the phones can do.

    A phone is named by its id, a bot by its username. UnknownError is raised for one that does not exist,
    ControlError for what a person could not do (send nothing, press a button that is not there, write while blocking).
    """

    def send_text(self, phone_id: int, bot: str, text: str) -> Message:
        """The person writes `text` (1 to 4096 characters)."""
        return self._say(phone_id, bot, Content(_body(text, LONGEST_TEXT)))

    def send_contact(self, phone_id: int, bot: str, phone_number: str, *, own: bool = True) -> Message:
        """The person shares a phone number: their own, or a stranger's, who is not on Telegram."""
        if not phone_number:
            raise ControlError("a contact needs a phone number")
        chat = self._open_chat(phone_id, bot)
        contact = Contact(phone_number, chat.phone.name, chat.phone.id if own else None)
        return self._say(phone_id, bot, Content(contact=contact))

    def send_photo(self, phone_id: int, bot: str, content: bytes, caption: str = "") -> Message:
        """The person sends a picture (PNG, JPEG, GIF or WebP)."""
        self._open_chat(phone_id, bot)
        try:
            photo = self.files.add_photo(content)
        except ApiError as error:
            raise ControlError(error.description) from None
        return self._say(phone_id, bot, Content(_body(caption, LONGEST_CAPTION, needed=False), photo))

    def send_document(self, phone_id: int, bot: str, name: str, content: bytes, caption: str = "") -> Message:
        """The person sends a file."""
        self._open_chat(phone_id, bot)
        try:
            document = self.files.add_document(name, content)
        except ApiError as error:
            raise ControlError(error.description) from None
        return self._say(phone_id, bot, Content(_body(caption, LONGEST_CAPTION, needed=False), document))

    def send_voice(self, phone_id: int, bot: str, seconds: int, content: bytes = b"") -> Message:
        """The person speaks for so long (1 to 60 seconds; AMR, silence when there is no content)."""
        self._open_chat(phone_id, bot)
        try:
            voice = self.files.add_voice(content or silence(min(max(seconds, 1), LONGEST_VOICE)), seconds)
        except ApiError as error:
            raise ControlError(error.description) from None
        return self._say(phone_id, bot, Content(file=voice))

    def send_location(self, phone_id: int, bot: str, latitude: float, longitude: float, label: str = "") -> Message:
        """The person says where they are, in degrees, by what the map calls it."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ControlError("a place is -90 to 90 degrees north and -180 to 180 degrees east")
        return self._say(phone_id, bot, Content(location=Location(latitude, longitude, label)))

    def start(self, phone_id: int, bot: str, payload: str = "") -> Message:
        """The person opens a deep link and presses START, or scans a code with a scene; a block is lifted.

        On WeChat and WeCom whoever follows again is heard of once, with the code that they scanned.
        """
        if not PAYLOAD.fullmatch(payload):
            raise ControlError("a payload is at most 64 letters, digits, - and _")
        self._set_blocked(phone_id, bot, blocked=False, told=self.bot(bot).channel == "telegram")
        return self.send_text(phone_id, bot, f"/start {payload}".rstrip())

    def press(self, phone_id: int, bot: str, message_id: int, data: str) -> str:
        """The person presses an inline button; answers the callback query's id."""
        chat = self._open_chat(phone_id, bot)
        message = chat.messages.get(message_id)
        if message is None:
            raise ControlError(f"message {message_id} has no button {data!r}")
        query = self.open_query(message, chat.phone, data)
        if chat.bot.says_presses and message.markup is not None:
            self.store(chat, Content(FormattedText(message.markup.label_of(data))), by=chat.phone)
        return query

    def click(self, phone_id: int, bot: str, key: str) -> None:
        """The person clicks the menu that the bot has of its own."""
        chat = self._open_chat(phone_id, bot)
        if key not in chat.bot.menu_keys or not chat.started:
            raise ControlError(f"{bot} shows no {key!r} in its menu")
        chat.bot.updates.add("click", {"key": key}, chat.phone.id)
        self.note("clicked", chat, key=key)

    def read(self, phone_id: int, bot: str) -> None:
        """The person looks at the chat: everything is read."""
        chat = self.chat(self.bot(bot), self.phone(phone_id))
        for message in reversed(chat.messages.values()):
            if not chat.unread:
                break
            chat.unread -= not message.read
            message.read = True
        self.note("read", chat)

    def block(self, phone_id: int, bot: str) -> Phone:
        """The person blocks the bot, which hears of it; nothing happens when it is blocked already."""
        return self._set_blocked(phone_id, bot, blocked=True)

    def unblock(self, phone_id: int, bot: str) -> Phone:
        """The person lifts the block; nothing happens when there is none."""
        return self._set_blocked(phone_id, bot, blocked=False)

    def deactivate(self, phone_id: int) -> Phone:
        """The account is deleted for good: from now on it does nothing and nothing reaches it."""
        phone = self.phone(phone_id)
        phone.deactivated = True
        self.journal.add("deactivated", phone=phone.id)
        return phone

    def close(self) -> None:
        """The end of the world: whoever waits on it is sent home."""
        self.journal.close()
        self.clock.close()
        for bot in self.bots.values():
            bot.updates.bell.ring()

    def arm_fault(self, kind: str, **details: Any) -> Fault:
        """Arm a fault for coming calls: `arm_fault("status", status=500, method="send*", times=2)`."""
        return self.faults.arm(kind, **details)

    def _open_chat(self, phone_id: int, bot: str) -> PrivateChat:
        chat = self.chat(self.bot(bot), self.phone(phone_id))
        if chat.phone.deactivated:
            raise ControlError(f"phone {phone_id} is deactivated")
        if chat.blocked:
            raise ControlError(f"phone {phone_id} has blocked {bot}")
        return chat

    def _say(self, phone_id: int, bot: str, content: Content) -> Message:
        chat = self._open_chat(phone_id, bot)
        chat.started = True
        message = self.store(chat, content, by=chat.phone)
        chat.bot.updates.add("message", message.as_telegram(), chat.phone.id)
        return message

    def _set_blocked(self, phone_id: int, bot: str, *, blocked: bool, told: bool = True) -> Phone:
        chat = self.chat(self.bot(bot), self.phone(phone_id))
        if chat.phone.deactivated:
            raise ControlError(f"phone {phone_id} is deactivated")
        if chat.blocked != blocked:
            chat.blocked = blocked
            member = {"user": chat.bot.user(), "status": "member"}
            kicked = {"user": chat.bot.user(), "status": "kicked", "until_date": 0}
            old, new = (member, kicked) if blocked else (kicked, member)
            payload = {
                "chat": chat.phone.chat(),
                "from": chat.phone.user(),
                "date": self.clock.unix(),
                "old_chat_member": old,
                "new_chat_member": new,
            }
            if told:
                chat.bot.updates.add("my_chat_member", payload, chat.phone.id)
            self.note("blocked" if blocked else "unblocked", chat)
        return chat.phone


def _body(text: str, longest: int, *, needed: bool = True) -> FormattedText:
    stripped = text.strip()
    if len(stripped) > longest or (needed and not stripped):
        raise ControlError(f"a text is {int(needed)} to {longest} characters")
    return FormattedText(stripped, find_entities(stripped))
