"""What a messenger hands over: one update, and what may be in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Address:
    """A chat with one bot."""

    bot: str
    chat: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a person typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A choice that a person pressed.

    Where a messenger lets a message be changed only so often, the press of `message_id` may bring a `handle` for once
    more.
    """

    key: str
    message_id: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that a person sent."""

    media: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a person sent; `mime` and `name` are what the sender's messenger says."""

    media: str
    name: str = ""
    mime: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number that a person handed over; `own`: the messenger vouches that it is the sender's."""

    number: str
    own: bool


@dataclass(frozen=True, slots=True)
class Reachable:
    """The person unblocked the bot (True) or blocked it (False); a group took the bot in, or put it out."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes on under another address: a group has become a supergroup."""

    chat: str


@dataclass(frozen=True, slots=True)
class Other:
    """Something that nobody here understands: a sticker, a game, a voice."""

    kind: str


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """The messenger took a message of ours (`message_id`) and now says that it did not arrive; `reason` is one word."""

    message_id: str
    reason: str


Content = Text | Press | Photo | Document | Contact | Reachable | Moved | Other | NotDelivered


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many messages may follow what was just said, within so long; a newer one of the same length replaces it."""

    messages: int
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from a messenger; `update_id` is unique in its bot; `at` is when it was said (aware UTC), if known.

    `sender` is the chat in which it was said. In a group's chat `speaker` is whoever said it, by the chat in which they
    speak with the bot alone; elsewhere it is None.
    """

    update_id: str
    sender: Address
    content: Content
    at: datetime | None = None
    sender_name: str = ""
    language: str | None = None
    speaker: Address | None = None
    allows: Allowance | None = None
    """What the messenger lets us send after it, where it counts (`Capabilities.window`)."""
    carries: bool = False
    """The messenger called us with it, and takes a plain message to `sender` in our answer to that call."""
    member: str = ""
    """What the sender is called by the employer whose messenger it is, which vouches for it; "" elsewhere."""
