"""A message and its two faces: the Bot API's Message and the control API's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sandbox.bots import Bot
from sandbox.clock import iso
from sandbox.entities import FormattedText
from sandbox.files import StoredFile
from sandbox.groups import Group
from sandbox.html_rendering import render_html
from sandbox.markup import Markup
from sandbox.phones import Phone

NO_TEXT = FormattedText("")


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared phone number; `user_id` says whose, if that is known."""

    phone_number: str
    first_name: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Location:
    """Where somebody says that they are, in degrees; `label` is what the map calls it."""

    latitude: float
    longitude: float
    label: str = ""

    def as_telegram(self) -> dict[str, Any]:
        """The Location of the Bot API; with a label a Venue too."""
        place = {"latitude": self.latitude, "longitude": self.longitude}
        if not self.label:
            return {"location": place}
        return {"location": place, "venue": {"location": place, "title": self.label, "address": self.label}}


@dataclass(frozen=True, slots=True)
class Card:
    """How a message is drawn where it is no bubble: WeChat's template message, WeCom's card with buttons.

    `done` stands in place of the buttons of a card that has none any more.
    """

    kind: Literal["template", "buttons"]
    title: str
    lines: tuple[str, ...] = ()
    done: str = ""

    def as_json(self) -> dict[str, Any]:
        """The card of the control API."""
        return {"kind": self.kind, "title": self.title, "lines": list(self.lines), "done": self.done}


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: a text, or a file with the text as caption, or a contact, or a place.

    `service` is what Telegram itself says in a group, as the fields of the Message. A `card` says what the text says.
    """

    body: FormattedText = NO_TEXT
    file: StoredFile | None = None
    contact: Contact | None = None
    service: Mapping[str, Any] | None = None
    location: Location | None = None
    card: Card | None = None


@dataclass(slots=True, eq=False)
class Message:
    """One message of one chat; ids count up per bot, in a group per group; dates are Unix seconds.

    `phone` is the person of a private chat; in a `group` it is who wrote (None: the bot).
    """

    id: int
    bot: Bot
    phone: Phone | None
    from_bot: bool
    date: int
    content: Content
    markup: Markup | None = None
    reply_to: Message | None = None
    edited: int | None = None
    deleted: bool = False
    read: bool = False
    group: Group | None = None

    @property
    def chat(self) -> dict[str, Any]:
        """The Chat of the Bot API in which it stands."""
        place = self.group or self.phone
        assert place is not None  # noqa: S101 - a message without a group has its person
        return place.chat()

    def as_telegram(self) -> dict[str, Any]:
        """The Message of the Bot API."""
        found: dict[str, Any] = {
            "message_id": self.id,
            "from": self.bot.user() if self.from_bot or self.phone is None else self.phone.user(),
            "chat": self.chat,
            "date": self.date,
        }
        if self.edited is not None:
            found["edit_date"] = self.edited
        if self.reply_to is not None:
            found["reply_to_message"] = self.reply_to.as_telegram()
            found["reply_to_message"].pop("reply_to_message", None)
        found.update(self._telegram_content())
        if self.markup and self.markup.kind == "inline":
            found["reply_markup"] = self.markup.inline_json()
        return found

    def _telegram_content(self) -> dict[str, Any]:
        content, bot_id = self.content, self.bot.id
        if content.service is not None:
            return dict(content.service)
        if contact := content.contact:
            known = {} if contact.user_id is None else {"user_id": contact.user_id}
            return {"contact": {"phone_number": contact.phone_number, "first_name": contact.first_name, **known}}
        if content.location is not None:
            return content.location.as_telegram()
        found: dict[str, Any] = {}
        if content.file is not None:
            found[content.file.kind] = content.file.as_telegram(bot_id)
        text, entities = ("caption", "caption_entities") if content.file else ("text", "entities")
        if content.body.text:
            found[text] = content.body.text
        if content.body.entities:
            found[entities] = [entity.as_json() for entity in content.body.entities]
        return found

    def as_json(self) -> dict[str, Any]:
        """The message of the control API."""
        body, contact, card = self.content.body, self.content.contact, self.content.card
        return {
            "id": self.id,
            "bot": self.bot.username,
            **self._place_json(),
            "from": "bot" if self.from_bot else "user",
            "date": _iso(self.date),
            "edited": None if self.edited is None else _iso(self.edited),
            "text": body.text,
            "html": render_html(body.text, body.entities),
            "entities": [entity.as_json() for entity in body.entities],
            **_file_json(self.content.file),
            "contact": contact and {"phone_number": contact.phone_number, "name": contact.first_name},
            "location": self.content.location and asdict(self.content.location),
            "card": card and card.as_json(),
            "buttons": _buttons_json(self.markup),
            "keyboard": _keyboard_json(self.markup),
            "deleted": self.deleted,
        }

    def _place_json(self) -> dict[str, Any]:
        who = self.phone and self.phone.id
        if self.group is None:
            return {"phone": who}
        return {"phone": None, "group": self.group.id, "speaker": who, "service": self.content.service}


def _iso(seconds: int) -> str:
    return iso(datetime.fromtimestamp(seconds, UTC))


def _file_json(file: StoredFile | None) -> dict[str, Any]:
    found: dict[str, Any] = {"photo": None, "document": None, "voice": None}
    if file is not None:
        url = f"/sandbox/files/{file.key}"
        document = {"url": url, "name": file.name, "size": len(file.content)}
        found[file.kind] = {"photo": url, "document": document, "voice": {"url": url, "seconds": file.seconds}}[
            file.kind
        ]
    return found


def _buttons_json(markup: Markup | None) -> list[list[dict[str, Any]]]:
    if markup is None or markup.kind != "inline":
        return []
    names = (("text", "text"), ("callback_data", "data"), ("url", "url"))
    return [
        [{ours: button[theirs] for theirs, ours in names if theirs in button} for button in row] for row in markup.rows
    ]


def _keyboard_json(markup: Markup | None) -> list[list[str]] | str | None:
    if markup is None or markup.kind in {"inline", "force_reply"}:
        return None
    return "remove" if markup.kind == "remove" else [[button["text"] for button in row] for row in markup.rows]
