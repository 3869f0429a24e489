"""A service account of WeChat (服务号) as the port sees it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from channels.port import (
    Accept,
    Address,
    Answer,
    Call,
    Capabilities,
    Introduction,
    Menu,
    Message,
    Rejected,
    Route,
    Sent,
)
from channels.sealed_calls import LONGEST_BODY, SealedCalls
from channels.wechat_client import WeChatClient
from channels.wechat_joining import JoinPage
from channels.wechat_outcomes import outcomes
from channels.wechat_sending import Sender, Template

PATH = "/wechat"
CAPABILITIES = Capabilities(
    messenger="wechat",
    window=True,
    numbered=True,
    edits=False,
    files=False,
    groups=False,
    ask_number=False,
    # 2,048 bytes, it is said, and a letter may have four: whoever counts letters must not cut one in two.
    longest_text=500,
    longest_caption=0,
    largest_upload=2_000_000,
)


def _now() -> datetime:
    return datetime.now(UTC)


class WeChatChannel:
    """One service account; `base` is our public address, for invites; `now` dates template messages."""

    def __init__(
        self,
        name: str,
        client: WeChatClient,
        callbacks: SealedCalls,
        *,
        title: str = "",
        base: str = "",
        template: Template | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._client = client
        self._callbacks = callbacks
        self._title = title or name
        self._base = base.rstrip("/")
        self._now = now
        self._sender = Sender(client, self.capabilities, template)
        self._joining = JoinPage(client)

    @property
    def capabilities(self) -> Capabilities:
        """What a service account can do."""
        return CAPABILITIES

    async def send(self, to: Address, message: Message) -> Sent:
        """Sends in several messages when it is too long or has a picture; the choices stand under the last."""
        with outcomes():
            return await self._sender.send(to.chat, message, self._now())

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:  # noqa: ARG002 - the port's signature
        """WeChat changes nothing that was sent: `Rejected`."""
        raise Rejected("a message of a service account cannot be changed")

    async def fetch(self, media: str) -> bytes:
        """The content behind a MediaId; WeChat keeps it for three days."""
        with outcomes():
            return await self._client.download(media)

    async def listen(self, accept: Accept) -> None:  # noqa: ARG002 - the port's signature
        """WeChat calls, and only the console says where: there is nothing to set up."""
        await asyncio.Event().wait()

    def routes(self, accept: Accept) -> Sequence[Route]:
        """The callback, and the page behind an invite."""

        async def answer(call: Call) -> Answer:
            return await self._callbacks.answer(accept, call)

        return (
            Route(PATH, ("GET", "POST"), LONGEST_BODY, answer),
            Route(f"{PATH}/join", ("GET",), 0, self._joining.answer),
        )

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Nothing: the account's profile is edited in its console, its menu is made by `gridbot wechat menu`."""

    async def show_menu(self, to: Address, menu: Menu) -> None:
        """Nothing: a service account has one menu for everybody (and menus by tag, which nobody needs here)."""

    async def check(self) -> dict[str, Any]:
        """Whether appid and secret are accepted from here; what invites look like."""
        with outcomes():
            await self._client.token()
        join = f"{self._base}{PATH}/join?code={{code}}" if self._base else ""
        return {
            "id": self._title,
            "username": self._title,
            "name": self._title,
            "link": "",
            "join": join,
            "trouble": [],
        }

    async def close(self) -> None:
        """Ends every connection."""
        await self._client.close()
