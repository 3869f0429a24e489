"""The port between the house and any messenger: small on purpose.

Handlers, services and rules know these types only. An adapter turns them into what its messenger understands, and
turns what the messenger says into `Incoming`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from rules.mail import Pace


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


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, perhaps emphasised."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: `key` comes back (64 bytes at most), `label` is read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file that goes with the words.

    `digest` names the content in the media store. `known` is the messenger's own id of it at this bot, where it has
    been sent from there before; else `content` holds the bytes when the message leaves. What is kept nowhere is made by
    `draw` as it leaves, outside of any transaction.
    """

    digest: str
    name: str
    mime: str
    known: str = ""
    content: bytes = field(default=b"", repr=False)
    draw: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered for download."""
        return self.mime.startswith("image/")


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: lines of spans and rows of choices, perhaps a picture or a file.

    `ask_number` is the label of a key by which the person hands over their own phone number; "" shows no such key.
    `shortcuts` are rows of buttons for what can be typed as well: they stand below the choices where buttons stand in
    rows, and are left out elsewhere.
    `outside`: the person's window is closed, or what is left of it is kept for something graver; the message goes out
    in the way that the messenger has for that, or not at all (`Unreachable`, `WINDOW_CLOSED`). `number` is the same at
    every attempt to send it and at no other message of the bot; 0: nobody counted. `wants_words`: what is typed next is
    taken as it reads, a number too; a choice below is pressed, or typed by its label.
    """

    lines: tuple[tuple[Span, ...], ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    attachment: Attachment | None = None
    ask_number: str = ""
    outside: bool = False
    number: int = 0
    shortcuts: tuple[tuple[Choice, ...], ...] = ()
    wants_words: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that one chat is shown beside its text field, as (command, description)."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """How a bot shows itself to readers of one language: its menu, its description, and the one line of its profile."""

    menu: Menu
    description: str
    about: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger has it; `message_id` is its number there.

    `media` is the messenger's own id of the attachment, to send it again from this bot without its bytes; `moved_to` is
    the chat's new address, where the messenger gave it another. `spent` is how many messages of the messenger it was,
    where they are counted: in a person's window, or among what a member is given in a minute; 0: one like any other.
    `outside`: it had to go without a window. `handle` is what changes it, once, where a messenger wants such a thing,
    or what an adapter wants to know when it is changed.
    """

    message_id: str
    media: str = ""
    moved_to: str = ""
    spent: int = 0
    outside: bool = False
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP call of a messenger; header names in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What it is answered with."""

    status: int = 200
    body: bytes = b""
    mime: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A path at which a messenger calls us; a body longer than `longest_body` bytes is refused unread."""

    path: str
    methods: tuple[str, ...]
    longest_body: int
    answer: Callable[[Call], Awaitable[Answer]]


class ChannelError(Exception):
    """The messenger did not take the message."""


class Throttled(ChannelError):  # noqa: N818 - the five outcomes are named as the design names them
    """Too many messages: nothing was sent, wait `retry_after`."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"wait {retry_after.total_seconds():g} s")
        self.retry_after = retry_after


class Unreachable(ChannelError):  # noqa: N818
    """The person cannot be reached here: blocked the bot, left, never started it. `reason` is one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


WINDOW_CLOSED = "window_closed"
"""The reason when somebody has not written for too long, or has been written to too often since."""


class Rejected(ChannelError):  # noqa: N818
    """The messenger will never take this message as it is."""


class Uncertain(ChannelError):  # noqa: N818
    """The request went out and no answer came: it may have been delivered."""


class Failed(ChannelError):  # noqa: N818
    """Nothing was sent; it may work later."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an adapter can do; `window`: a person may be written to only for a while after they were heard."""

    messenger: str = "telegram"
    """Its name in the records; nobody decides anything by it."""
    window: bool = False
    buttons: bool = True
    numbered: bool = False
    """Choices are shown with numbers, which can be typed."""
    edits: bool = True
    edits_by_handle: bool = False
    """A message is changed with a handle that is good for once: one when it is sent, one more with each press."""
    chat_pace: Pace | None = None
    """How fast one person may be written to, where it is slower than usual."""
    pictures: bool = True
    files: bool = True
    groups: bool = True
    ask_number: bool = True
    longest_text: int = 4096
    longest_caption: int = 1024
    longest_key: int = 64
    largest_upload: int = 50_000_000
    """Bytes."""


Accept = Callable[[Sequence[Incoming]], Awaitable[Mapping[str, Message]]]
"""Takes a batch; returns when it is committed, raises when it is not. An empty one says that the way in is open.

What comes back are messages, by `update_id`, that are sent with our answer to the messenger's call and in no other way
(`Incoming.carries`). When the call cannot be answered after all, the messenger hands the update over again.
"""


class Channel(Protocol):
    """One bot of one messenger."""

    @property
    def capabilities(self) -> Capabilities:
        """What this messenger can do; handlers never ask for its name."""
        ...

    async def send(self, to: Address, message: Message) -> Sent:
        """Sends; raises one of the five `ChannelError`s."""
        ...

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        """Replaces a sent message; the same content again is a success.

        What went with it and is no part of the new one is taken away, where and as long as the messenger can; else it
        stays there with the new words. Where it had to be sent anew, `message_id` is another.
        """
        ...

    async def fetch(self, media: str) -> bytes:
        """The content of a photo or a file that somebody sent; raises one of the five `ChannelError`s."""
        ...

    async def listen(self, accept: Accept) -> None:
        """Takes updates in until cancelled; what is not accepted comes again.

        When the messenger calls us (`routes`) this keeps the callbacks set up; else it asks for batches itself.
        """
        ...

    def routes(self, accept: Accept) -> Sequence[Route]:
        """Where the messenger calls us; none when we ask."""
        ...

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Shows what can be said here, by two-letter language, "" for everybody else; writes only what differs."""
        ...

    async def show_menu(self, to: Address, menu: Menu) -> None:
        """Gives one chat a menu of its own; raises one of the five `ChannelError`s."""
        ...

    async def check(self) -> dict[str, Any]:
        """Who the bot is at the messenger; raises `ChannelError` when it cannot be asked or the token is refused."""
        ...

    async def close(self) -> None:
        """Ends every connection."""
        ...
