"""What can go wrong: errors a bot sees (the Bot API's own words) and errors of whoever drives the sandbox."""

from __future__ import annotations


class ApiError(Exception):
    """A Bot API call failed: HTTP status, Telegram's description and its `parameters`.

    `retry_after` is in seconds (429), `migrate_to` is a group's new id (400).
    """

    def __init__(
        self, status: int, description: str, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to


class ControlError(Exception):
    """The sandbox was asked for something that cannot be (HTTP 400 in the control API)."""

    status = 400


class UnknownError(ControlError):
    """No such bot, phone, message or fault (HTTP 404 in the control API)."""

    status = 404


def bad_request(text: str) -> ApiError:
    """Status 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Status 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Status 409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """Status 429: wait `retry_after` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
