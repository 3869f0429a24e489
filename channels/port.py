"""The port between the house and any messenger: small on purpose.

Handlers, services and rules know these types only, and from here: what is heard, what is said, the five outcomes and a
messenger's calls are each described in a file of their own. An adapter turns them into what its messenger understands,
and turns what the messenger says into `Incoming`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from channels.calls import Answer, Call, Route
from channels.errors import WINDOW_CLOSED, ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.heard import (
    Address,
    Allowance,
    Contact,
    Content,
    Document,
    Incoming,
    Moved,
    NotDelivered,
    Other,
    Photo,
    Press,
    Reachable,
    Text,
)
from channels.said import Attachment, Choice, Introduction, Menu, Message, Sent, Span
from rules.mail import Pace

__all__ = [
    "WINDOW_CLOSED",
    "Accept",
    "Address",
    "Allowance",
    "Answer",
    "Attachment",
    "Call",
    "Capabilities",
    "Channel",
    "ChannelError",
    "Choice",
    "Contact",
    "Content",
    "Document",
    "Failed",
    "Incoming",
    "Introduction",
    "Menu",
    "Message",
    "Moved",
    "NotDelivered",
    "Other",
    "Photo",
    "Press",
    "Reachable",
    "Rejected",
    "Route",
    "Sent",
    "Span",
    "Text",
    "Throttled",
    "Uncertain",
    "Unreachable",
]


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
