"""What the house asks of a Telegram library: a dozen calls, plain values in and out.

Neither library's types leave its adapter. What goes wrong is a `Refusal` with the status and parameters of the answer;
`channels.telegram_outcomes` says what that means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Update = dict[str, Any]
"""One update of the Bot API, its JSON as it came."""
Keyboard = Mapping[str, Any]
"""A reply markup of the Bot API, as its JSON."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of ours
    """Telegram answered with an error: `status` is the HTTP status, the rest is the answer's own."""

    def __init__(
        self, status: int, description: str, *, retry_after: float | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(f"{status} {description}")
        self.status, self.description = status, description
        self.retry_after, self.migrate_to = retry_after, migrate_to


class NotReached(Exception):  # noqa: N818
    """No connection was made: certainly nothing has been sent."""


class NoAnswer(Exception):  # noqa: N818
    """The request went out and no answer of the Bot API came back: it may have been carried out."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture or a file to send: `known` is Telegram's id of it at this bot, else `content` is uploaded."""

    name: str
    known: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was sent; `media` is the file_id of what went with it."""

    message_id: int
    media: str = ""


class TelegramClient(Protocol):
    """One bot. Every method raises `Refusal`, `NotReached` or `NoAnswer`; texts are Telegram HTML; seconds are real."""

    async def get_me(self) -> dict[str, Any]:
        """The bot's own user."""
        ...

    async def get_updates(self, *, offset: int | None, wait: int, allowed: Sequence[str]) -> list[Update]:
        """Updates as they came: one of an unknown shape must not spoil a whole batch."""
        ...

    async def send_text(self, chat: int, text: str, keyboard: Keyboard | None) -> Said:
        """sendMessage without a link preview."""
        ...

    async def send_photo(self, chat: int, photo: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendPhoto."""
        ...

    async def send_document(self, chat: int, document: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendDocument."""
        ...

    async def edit_text(self, chat: int, message: int, text: str, keyboard: Keyboard | None) -> None:
        """editMessageText without a link preview."""
        ...

    async def edit_caption(self, chat: int, message: int, caption: str, keyboard: Keyboard | None) -> None:
        """editMessageCaption."""
        ...

    async def delete(self, chat: int, message: int) -> None:
        """deleteMessage: one of the bot's own, for 48 hours after it was sent."""
        ...

    async def answer_callback(self, callback: str) -> None:
        """answerCallbackQuery without words."""
        ...

    async def download(self, file_id: str, longest: int) -> bytes:
        """getFile and its content; `Refusal` 400 for more than `longest` bytes."""
        ...

    async def set_webhook(
        self, url: str, *, secret: str, allowed: Sequence[str], connections: int, certificate: bytes | None = None
    ) -> None:
        """setWebhook; what waits is kept."""
        ...

    async def delete_webhook(self) -> None:
        """deleteWebhook; what waits is kept."""
        ...

    async def webhook_info(self) -> dict[str, Any]:
        """getWebhookInfo, its JSON."""
        ...

    async def get_commands(self, language: str, chat: int | None = None) -> list[tuple[str, str]]:
        """getMyCommands in the default scope, or in that of one chat."""
        ...

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str, chat: int | None = None) -> None:
        """setMyCommands in the default scope, or in that of one chat."""
        ...

    async def get_description(self, language: str) -> str:
        """getMyDescription."""
        ...

    async def set_description(self, words: str, language: str) -> None:
        """setMyDescription."""
        ...

    async def get_short_description(self, language: str) -> str:
        """getMyShortDescription."""
        ...

    async def set_short_description(self, words: str, language: str) -> None:
        """setMyShortDescription."""
        ...

    async def close(self) -> None:
        """Ends every connection."""
        ...
