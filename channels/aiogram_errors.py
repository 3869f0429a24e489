"""What aiogram raises, as the outcomes of the port: by status first, the description only refines it."""

from datetime import timedelta

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from channels.port import ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable

_REASONS = {"blocked": "blocked", "deactivated": "deactivated", "initiate": "never_started"}
"""A word of Telegram's description -> the port's reason."""


def outcome(error: TelegramAPIError | ClientDecodeError) -> ChannelError:
    """The outcome behind an error of a request."""
    words = str(getattr(error, "message", error))
    match error:
        case TelegramRetryAfter():
            return Throttled(timedelta(seconds=error.retry_after))
        case TelegramForbiddenError():
            return Unreachable(next((reason for word, reason in _REASONS.items() if word in words), "forbidden"))
        case TelegramBadRequest() if "chat not found" in words:
            return Unreachable("not_found")
        case TelegramMigrateToChat() | TelegramBadRequest() | TelegramEntityTooLarge():
            return Rejected(words)
        case TelegramNetworkError() if isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError):
            return Failed(words)  # the server was never reached: certainly nothing was sent
        case TelegramNetworkError() | TelegramServerError() | ClientDecodeError():
            return Uncertain(words)
        case _:
            return Failed(words)
