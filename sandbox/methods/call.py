"""One call of a bot: who calls, with what, in which world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.bots import Bot
from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.parameters import Parameters
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call being carried out."""

    world: World
    bot: Bot
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat of `chat_id`. Raises ApiError "chat_id is empty" or "chat not found"."""
        chat_id = self.parameters.chat_id()
        if chat_id is None:
            raise bad_request("chat not found")
        return self.world.chat_for_bot(self.bot, chat_id)


Handler = Callable[[Call], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method's name as documented, and what it does; the result is JSON data, failures are ApiError."""

    name: str
    run: Handler
