"""The sandbox's control API, as a client: phones, clock, events. The demo meets it over HTTP only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp


class Messenger:
    """A sandbox at `base` (its page address)."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http:
            await self._http.close()

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One call; raises `aiohttp.ClientResponseError` when it is refused."""
        if self._http is None:
            raise RuntimeError("use it in an async with block")
        url = f"{self.base}/sandbox/{path}"
        async with self._http.request(method, url, json=body, params=query) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def add_bot(self, token: str, username: str, name: str) -> None:
        """Registers a bot."""
        await self.call("POST", "bots", {"token": token, "username": username, "name": name})

    async def open_account(self, account: Mapping[str, Any]) -> None:
        """Registers a service account or an application, which nobody answers for yet."""
        await self.call("POST", "bots", dict(account))

    async def call_at(self, username: str, address: str) -> None:
        """From now on what happens to an account is brought to an address."""
        await self.call("PUT", f"bots/{username}", {"callback": address})

    async def add_phones(self, phones: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Registers phones."""
        found: list[dict[str, Any]] = await self.call("POST", "phones", list(phones))
        return found

    async def pending(self) -> int:
        """How many updates the bots have not confirmed yet."""
        return sum(int(bot["pending"]) for bot in await self.call("GET", "bots"))

    async def set_clock(self, now: datetime) -> None:
        """Moves the world's clock on."""
        await self.call("PUT", "clock", {"now": now.isoformat()})

    async def say(self, phone: int, bot: str, text: str) -> None:
        """Somebody types."""
        await self.call("POST", f"phones/{phone}/send", {"bot": bot, "text": text})

    async def press(self, phone: int, bot: str, message_id: int, data: str) -> None:
        """Somebody presses a button."""
        await self.call("POST", f"phones/{phone}/press", {"bot": bot, "message_id": message_id, "data": data})

    async def messages(self, phone: int, bot: str) -> list[dict[str, Any]]:
        """A chat, oldest first."""
        found: list[dict[str, Any]] = await self.call("GET", f"phones/{phone}/messages", bot=bot)
        return found
