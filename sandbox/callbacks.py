"""Pressed buttons waiting for their answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox.bots import Bot
from sandbox.clock import SECOND
from sandbox.errors import bad_request
from sandbox.messages import Message
from sandbox.updates import CALLBACK_LIFETIME


@dataclass(frozen=True, slots=True)
class CallbackQuery:
    """One press; `expires` in microseconds since 1970."""

    id: str
    message: Message
    data: str
    expires: int


class CallbackQueries:
    """The presses not answered yet."""

    def __init__(self) -> None:
        self._waiting: dict[str, CallbackQuery] = {}

    def open(self, message: Message, data: str, now: int) -> CallbackQuery:
        """A press at `now` (microseconds); it may be answered for 150 seconds."""
        query = CallbackQuery(str(secrets.randbits(62)), message, data, now + CALLBACK_LIFETIME * SECOND)
        self._waiting[query.id] = query
        return query

    def answer(self, bot: Bot, query_id: str, now: int) -> CallbackQuery:
        """Close it. Raises ApiError when it is too old, answered already, or not this bot's."""
        query = self._waiting.get(query_id)
        if query is None or query.message.bot is not bot or query.expires <= now:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        del self._waiting[query_id]
        return query
