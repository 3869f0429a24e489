"""The port between the house and any messenger: small on purpose.

Handlers, services and rules know these types only. An adapter turns them into what its messenger understands, and
turns what the messenger says into `Incoming`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol


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
    """A choice that a person pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that a person sent."""

    media: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """The person unblocked the bot (True) or blocked it (False)."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Something that nobody here understands: a sticker, a game, a voice."""

    kind: str


Content = Text | Press | Photo | Reachable | Other


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from a messenger; `update_id` is unique in its bot; `at` is when it was said (aware UTC), if known."""

    update_id: str
    sender: Address
    content: Content
    at: datetime | None = None
    sender_name: str = ""
    language: str | None = None


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
class Message:
    """What goes out: lines of spans and rows of choices."""

    lines: tuple[tuple[Span, ...], ...]
    choices: tuple[tuple[Choice, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger has it; `message_id` is its number there."""

    message_id: str


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


class Rejected(ChannelError):  # noqa: N818
    """The messenger will never take this message as it is."""


class Uncertain(ChannelError):  # noqa: N818
    """The request went out and no answer came: it may have been delivered."""


class Failed(ChannelError):  # noqa: N818
    """Nothing was sent; it may work later."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an adapter can do."""

    buttons: bool = True
    edits: bool = True
    longest_text: int = 4096
    longest_key: int = 64


Accept = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Takes a batch; returns when it is committed, raises when it is not."""


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
        """Replaces a sent message; the same content again is a success."""
        ...

    async def listen(self, accept: Accept) -> None:
        """Hands over batches until cancelled; what is not accepted is handed over again."""
        ...

    async def introduce(self, menus: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Shows what can be said here: (command, description) by two-letter language, "" for everybody else."""
        ...

    async def check(self) -> dict[str, Any]:
        """Who the bot is at the messenger; raises `ChannelError` when it cannot be asked or the token is refused."""
        ...

    async def close(self) -> None:
        """Ends every connection."""
        ...
