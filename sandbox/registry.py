"""Everything the world holds: bots, phones, their chats, files, faults, the clock and the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sandbox.bell import Bell
from sandbox.bots import Bot, bot_id, checked_username
from sandbox.callbacks import CallbackQueries
from sandbox.chats import Chat, PrivateChat
from sandbox.clock import VirtualClock, micros
from sandbox.errors import ControlError, UnknownError, bad_request
from sandbox.faults import Faults
from sandbox.figures import Figures
from sandbox.files import Files
from sandbox.gatherings import Gatherings
from sandbox.journal import Journal
from sandbox.messages import Content, Message
from sandbox.phones import FIRST_ID, Phone
from sandbox.updates import UpdateQueue


class Registry:
    """The records of the world and how to find them."""

    def __init__(self, now: datetime | None = None, speed: float = 0) -> None:
        self.clock = VirtualClock(now or datetime.now(UTC), speed)
        self.journal = Journal(self.clock)
        self.faults = Faults()
        self.figures = Figures()
        self.files = Files()
        self.callbacks = CallbackQueries()
        self.webhooks_changed = Bell()
        self.bots_changed = Bell()
        self.bots: dict[str, Bot] = {}
        self.phones: dict[int, Phone] = {}
        self.links: list[dict[str, str]] = []
        self._tokens: dict[str, Bot] = {}
        self._chats: dict[tuple[int, int], PrivateChat] = {}
        self.groups = Gatherings(self)
        self.clock.on_change(self._note_clock)

    def add_bot(self, token: str, username: str, name: str) -> Bot:
        """Register a bot. Raises ControlError when its id or username is taken by another."""
        number = bot_id(token)
        if checked_username(username) in self.bots or any(bot.id == number for bot in self.bots.values()):
            raise ControlError(f"there is already a bot {username} or one with the id {number}")
        bot = Bot(token, number, username, name, UpdateQueue(self.clock))
        self._tokens[token] = bot
        self.register(bot)
        return bot

    def register(self, bot: Bot) -> None:
        """Put a bot of any messenger into the world. Raises ControlError when its name is taken by another."""
        if checked_username(bot.username) in self.bots:
            raise ControlError(f"there is already a bot {bot.username}")
        self.bots[bot.username] = bot
        self.bots_changed.ring()
        self.journal.add("bot", bot=bot.username)

    def add_phone(
        self,
        name: str,
        *,
        phone_id: int | None = None,
        started: tuple[str, ...] = (),
        heard_at: datetime | None = None,
        **fields: Any,
    ) -> Phone:
        """Register a phone; the bots named in `started` may write to it, as they heard of it now, or at `heard_at`.

        Raises ControlError.
        """
        number = phone_id if phone_id is not None else max(self.phones, default=FIRST_ID - 1) + 1
        if number <= 0 or number in self.phones:
            raise ControlError(f"the phone id {number} is taken or not positive")
        phone = Phone(number, name)
        phone.change({"name": name, **fields})
        bots = [self.bot(username) for username in started]
        self.phones[number] = phone
        for bot in bots:
            self.chat(bot, phone).started = True
            bot.welcome(number, micros(heard_at) if heard_at else self.clock.micros())
        self.journal.add("phone", phone=number)
        return phone

    def change_phone(self, phone_id: int, **fields: Any) -> Phone:
        """Set any of name, note, role, language, driver, show. Raises ControlError."""
        phone = self.phone(phone_id)
        phone.change(fields)
        self.journal.add("phone", phone=phone.id)
        return phone

    def bot(self, username: str) -> Bot:
        """The bot of that name. Raises UnknownError."""
        bot = self.bots.get(username)
        if bot is None:
            raise UnknownError(f"no bot {username!r}")
        return bot

    def bot_by_token(self, token: str) -> Bot | None:
        """The bot a token belongs to."""
        return self._tokens.get(token)

    def phone(self, phone_id: int) -> Phone:
        """The phone of that id. Raises UnknownError."""
        phone = self.phones.get(phone_id)
        if phone is None:
            raise UnknownError(f"no phone {phone_id}")
        return phone

    def chat(self, bot: Bot, phone: Phone) -> PrivateChat:
        """Their chat, opened when they never met."""
        key = (bot.id, phone.id)
        found = self._chats.get(key)
        if found is None:
            found = self._chats[key] = PrivateChat(bot=bot, phone=phone)
        return found

    def chat_for_bot(self, bot: Bot, chat_id: int) -> Chat:
        """The chat a bot means. Raises ApiError "chat not found" for nobody's id."""
        if (phone := self.phones.get(chat_id)) is not None:
            return self.chat(bot, phone)
        if (group := self.groups.all.get(chat_id)) is not None and (chat := self.groups.chat(bot, group)).known:
            return chat
        raise bad_request("chat not found")

    def chat_of(self, message: Message) -> Chat:
        """The chat in which a message stands."""
        if message.group is not None:
            return self.groups.chat(message.bot, message.group)
        assert message.phone is not None  # noqa: S101 - a message without a group has its person
        return self.chat(message.bot, message.phone)

    def chats_of(self, phone: Phone) -> dict[str, PrivateChat]:
        """The phone's chats that hold anything, by the bot's username."""
        chats = ((bot.username, self._chats.get((bot.id, phone.id))) for bot in self.bots.values())
        return {username: chat for username, chat in chats if chat and (chat.started or chat.blocked or chat.messages)}

    def describe(self, phone: Phone) -> dict[str, Any]:
        """The phone of the control API with its chats."""
        now = self.clock.micros()
        chats = {username: chat.as_json(now) for username, chat in self.chats_of(phone).items()}
        return {**phone.as_json(), "chats": chats}

    def messages(self, phone_id: int, bot: str, after: int = 0) -> list[Message]:
        """The chat's messages with an id above `after`, oldest first, deleted ones included. Raises UnknownError."""
        return self.chat(self.bot(bot), self.phone(phone_id)).after(after)

    def figures_now(self) -> dict[str, Any]:
        """Counts of calls and errors, and each bot's busiest second by the sandbox clock."""
        figures = self.figures
        return {
            "calls": dict(figures.calls),
            "errors": {str(status): count for status, count in figures.errors.items()},
            "sent": figures.sent,
            "edited": figures.edited,
            "dropped": figures.dropped,
            "throttled": figures.throttled,
            "worst_second": {bot.username: bot.limit.worst for bot in self.bots.values()},
        }

    def _note_clock(self) -> None:
        self.journal.add("clock", **self.clock.as_json())

    def store(self, chat: Chat, content: Content, *, by: Phone | None, **details: Any) -> Message:
        """Put a new message into a chat and the journal; `by` None: the bot says it."""
        message = chat.new_message(self.clock.unix(), content, by=by, read=by is not None, **details)
        chat.messages[message.id] = message
        chat.unread += by is None
        self.note("bot_sent" if by is None else "user_sent", chat, message=message.as_json())
        return message

    def open_query(self, message: Message, phone: Phone, data: str) -> str:
        """`phone` presses a button of a message; the callback query's id. Raises ControlError when there is none."""
        if message.deleted or message.markup is None or not message.markup.has_data(data):
            raise ControlError(f"message {message.id} has no button {data!r}")
        chat, query = self.chat_of(message), self.callbacks.open(message, data, self.clock.micros())
        payload: dict[str, Any] = {
            "id": query.id,
            "from": phone.user(),
            "message": message.as_telegram(),
            "chat_instance": str(chat.bot.id * 1_000_003 + chat.place.id),
            "data": data,
        }
        chat.bot.updates.add("callback_query", payload, phone.id)
        self.note("pressed", chat, by=phone.id, message_id=message.id, data=data, callback_query_id=query.id)
        return query.id

    def note(self, kind: str, chat: Chat, **facts: Any) -> None:
        """Write an event of this chat into the journal."""
        self.journal.add(kind, **chat.facts(), **facts)
