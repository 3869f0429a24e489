"""Telegram as the port sees it, whatever library speaks to it and whichever way updates come in."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from channels.port import Accept, Address, Capabilities, Introduction, Menu, Message, Route, Sent
from channels.telegram_client import TelegramClient
from channels.telegram_editing import Editor
from channels.telegram_outcomes import outcomes
from channels.telegram_reading import Reader
from channels.telegram_sending import Sender

LONGEST_DOWNLOAD = 20_000_000
"""Bytes; getFile gives no more."""


class WayIn(Protocol):
    """How updates reach us: `Polling` or `Webhook`."""

    def routes(self, reader: Reader, accept: Accept, /) -> Sequence[Route]:
        """Where Telegram calls us."""
        ...

    async def listen(self, reader: Reader, accept: Accept, /) -> None:
        """Takes updates in, or keeps the callbacks set up, until cancelled."""
        ...

    async def trouble(self, reader: Reader, /) -> list[str]:
        """What Telegram says against this way in, a line each."""
        ...


class TelegramChannel:
    """One Telegram bot."""

    def __init__(self, name: str, client: TelegramClient, way_in: WayIn) -> None:
        self._client = client
        self._way_in = way_in
        self._reader = Reader(name, client)
        self._sender = Sender(client, self.capabilities)
        self._editor = Editor(client, self._sender, self.capabilities)

    @property
    def capabilities(self) -> Capabilities:
        """What Telegram can do."""
        return Capabilities()

    async def send(self, to: Address, message: Message) -> Sent:
        """Sends, in several messages when it is too long; the choices stand under the last.

        When a later one fails the outcome is that of the whole: repeating it begins with the first again.
        """
        with outcomes():
            return await self._sender.send(int(to.chat), message)

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        """Replaces a sent message; the same content again is a success.

        A picture that is to go is deleted with it, and the words are sent anew; after 48 hours they stand below it.
        """
        with outcomes():
            return await self._editor.edit(int(to.chat), sent, message)

    async def fetch(self, media: str) -> bytes:
        """The content behind a file_id; at most 20 MB."""
        with outcomes():
            return await self._client.download(media, LONGEST_DOWNLOAD)

    async def listen(self, accept: Accept) -> None:
        """Takes updates in until cancelled; what is not accepted comes again."""
        await self._way_in.listen(self._reader, accept)

    def routes(self, accept: Accept) -> Sequence[Route]:
        """Where Telegram calls us; none when we ask."""
        return self._way_in.routes(self._reader, accept)

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Shows the menu and the descriptions for each language; writes only what differs."""
        with outcomes():
            for language, said in introductions.items():
                if await self._client.get_commands(language) != list(said.menu.commands):
                    await self._client.set_commands(said.menu.commands, language)
                if await self._client.get_description(language) != said.description:
                    await self._client.set_description(said.description, language)
                if await self._client.get_short_description(language) != said.about:
                    await self._client.set_short_description(said.about, language)

    async def show_menu(self, to: Address, menu: Menu) -> None:
        """Gives one chat a menu of its own."""
        with outcomes():
            await self._client.set_commands(menu.commands, "", int(to.chat))

    async def check(self) -> dict[str, Any]:
        """Who the bot is; `trouble` is what Telegram says against the way in, a line each."""
        with outcomes():
            me = await self._client.get_me()
            trouble = await self._way_in.trouble(self._reader)
        link = f"https://t.me/{me['username']}"
        return {
            "id": me["id"],
            "username": me["username"],
            "name": me["first_name"],
            "link": link,
            "join": f"{link}?start={{code}}",
            "trouble": trouble,
        }

    async def close(self) -> None:
        """Ends every connection."""
        self._reader.close()
        await self._client.close()
