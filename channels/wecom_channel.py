"""An application of WeCom (企业微信自建应用) as the port sees it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
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
    Route,
    Sent,
)
from channels.sealed_calls import LONGEST_BODY, SealedCalls
from channels.wecom_client import WeComClient
from channels.wecom_members import Members
from channels.wecom_outcomes import outcomes
from channels.wecom_sending import Sender
from rules.mail import Pace

PATH = "/wecom"
CAPABILITIES = Capabilities(
    messenger="wecom",
    edits_by_handle=True,
    numbered=True,
    groups=False,
    ask_number=False,
    longest_text=500,  # 2,048 bytes, beyond which WeCom cuts, and a letter may have four
    longest_caption=0,
    longest_key=1024,
    largest_upload=10_000_000,
    # A member is given 30 messages a minute and 1,000 an hour; what is beyond vanishes without a word.
    chat_pace=Pace(timedelta(seconds=3.75), burst=5),
)


class WeComChannel:
    """One application, through its callbacks and its API."""

    def __init__(self, name: str, client: WeComClient, callbacks: SealedCalls, *, title: str = "") -> None:
        self._client = client
        self._callbacks = callbacks
        self._title = title or name
        self._sender = Sender(client, self.capabilities)
        self._members = Members(client)

    @property
    def capabilities(self) -> Capabilities:
        """What an application can do."""
        return CAPABILITIES

    async def send(self, to: Address, message: Message) -> Sent:
        """Sends as a card, or in several messages when it is too long; the choices stand under the last."""
        with outcomes():
            return await self._sender.send(to.chat, message)

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        """Replaces a card, once for each handle; choices for which it has no room come below."""
        with outcomes():
            return await self._sender.edit(to.chat, sent, message)

    async def fetch(self, media: str) -> bytes:
        """The content behind a media_id."""
        with outcomes():
            return await self._client.download(media)

    async def listen(self, accept: Accept) -> None:  # noqa: ARG002 - the port's signature
        """WeCom calls, and only the console says where: there is nothing to set up."""
        await asyncio.Event().wait()

    def routes(self, accept: Accept) -> Sequence[Route]:
        """The callback."""
        known = self._members.recognised(accept)

        async def answer(call: Call) -> Answer:
            return await self._callbacks.answer(known, call)

        return (Route(PATH, ("GET", "POST"), LONGEST_BODY, answer),)

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Nothing: the application's profile is edited in its console, its menu is made by `gridbot wecom menu`."""

    async def show_menu(self, to: Address, menu: Menu) -> None:
        """Nothing: an application has one menu for everybody."""

    async def check(self) -> dict[str, Any]:
        """Whether corporation and secret are accepted from here."""
        with outcomes():
            await self._client.token()
        return {"id": self._title, "username": self._title, "name": self._title, "link": "", "join": "", "trouble": []}

    async def close(self) -> None:
        """Ends every connection."""
        await self._client.close()
