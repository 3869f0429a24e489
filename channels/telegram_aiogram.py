"""Telegram through aiogram's Bot client.

Only its client: its polling confirms an update before the handler has ended, so a crash loses updates. Our loop asks
for the next batch after the last one is committed.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import TelegramMethod
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from aiohttp import ClientTimeout

from channels.aiogram_errors import outcome
from channels.port import (
    Accept,
    Address,
    Capabilities,
    ChannelError,
    Incoming,
    Message,
    Rejected,
    Sent,
)
from channels.telegram_updates import ALLOWED, incoming
from channels.text import Line, as_html, pieces

log = structlog.get_logger()

T = TypeVar("T")
Update = dict[str, Any]

POLL_SECONDS = 25
"""How long Telegram holds an empty getUpdates (it caps at 50)."""
REQUEST_SECONDS = 30.0
"""How long a request may take before its outcome is uncertain."""
_CONNECT_SHARE = 0.5
"""The share of it for reaching the server at all: until then nothing has been sent, and that is certain."""
_PAUSE_SECONDS = 1.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class _RawUpdates(TelegramMethod[list[Update]]):
    """getUpdates with its answer as it came: one update of an unknown shape must not spoil a whole batch."""

    __returning__ = list[Update]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class AiogramChannel:
    """One Telegram bot; `poll_seconds` and `request_seconds` are real seconds."""

    def __init__(
        self,
        name: str,
        token: str,
        api_base: str,
        poll_seconds: int = POLL_SECONDS,
        request_seconds: float = REQUEST_SECONDS,
    ) -> None:
        limits = ClientTimeout(total=request_seconds, sock_connect=request_seconds * _CONNECT_SHARE)
        # aiogram names a number here and hands it to aiohttp, which then cannot tell "never reached" from "no answer".
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_base), timeout=limits)
        self._name = name
        self._poll_seconds = poll_seconds
        self._bot = Bot(token, session=session)
        self._acknowledgements: set[asyncio.Task[None]] = set()

    @property
    def capabilities(self) -> Capabilities:
        """What Telegram can do."""
        return Capabilities()

    async def send(self, to: Address, message: Message) -> Sent:
        """Sends, in several messages when it is too long; the choices stand under the last.

        When a later one fails the outcome is that of the whole: repeating it begins with the first again.
        """
        *first, last = self._pieces(message)
        for piece in first:
            await self._send(to, piece, None)
        return await self._send(to, last, _keyboard(message))

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        """Replaces a sent message; the same content again is a success."""
        try:
            await self._call(
                self._bot.edit_message_text(
                    as_html(self._pieces(message)[-1]),
                    chat_id=int(to.chat),
                    message_id=int(sent.message_id),
                    parse_mode="HTML",
                    reply_markup=_keyboard(message),
                    link_preview_options=_NO_PREVIEW,
                )
            )
        except Rejected as error:
            if "message is not modified" not in str(error):
                raise
        return sent

    async def listen(self, accept: Accept) -> None:
        """Hands over batches until cancelled; the offset moves only when a batch is committed."""
        offset: int | None = None
        await self._leave_webhook()
        while True:
            updates = await self._updates(offset)
            if not updates:
                continue
            batch = [found for one in updates if (found := self._read(one)) is not None]
            try:
                if batch:
                    await accept(batch)
            except Exception:
                log.exception("batch not accepted", bot=self._name, updates=len(batch))
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            offset = int(updates[-1]["update_id"]) + 1
            self._acknowledge(updates)

    async def introduce(self, menus: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Sets the menu of commands for each language; raises one of the five `ChannelError`s."""
        for language, commands in menus.items():
            menu = [BotCommand(command=name, description=words) for name, words in commands]
            await self._call(self._bot.set_my_commands(menu, language_code=language or None))

    async def check(self) -> dict[str, Any]:
        """Who the bot is."""
        me = await self._call(self._bot.get_me())
        return {"id": me.id, "username": me.username, "name": me.first_name}

    async def close(self) -> None:
        """Ends every connection."""
        for task in self._acknowledgements:
            task.cancel()
        await self._bot.session.close()

    def _pieces(self, message: Message) -> list[tuple[Line, ...]]:
        """What is sent one after the other; a piece without a word is left out, for Telegram refuses it."""
        every = pieces(message, self.capabilities.longest_text)
        return [one for one in every if any(span.text.strip() for line in one for span in line)] or every[-1:]

    async def _send(self, to: Address, piece: Sequence[Line], keyboard: InlineKeyboardMarkup | None) -> Sent:
        sent = await self._call(
            self._bot.send_message(
                int(to.chat),
                as_html(piece),
                parse_mode="HTML",
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        )
        return Sent(str(sent.message_id))

    async def _updates(self, offset: int | None) -> list[Update]:
        asked = _RawUpdates(offset=offset, timeout=self._poll_seconds, allowed_updates=list(ALLOWED))
        try:
            return await self._call(self._bot(asked, request_timeout=self._poll_seconds + 10))
        except ChannelError as error:  # among them: somebody else polls this bot
            log.warning("polling failed", bot=self._name, outcome=type(error).__name__, error=str(error))
            await asyncio.sleep(_PAUSE_SECONDS)
            return []

    def _read(self, update: Update) -> Incoming | None:
        """The update as the house's own; one that cannot be read is passed over, or it would come again for ever."""
        try:
            return incoming(self._name, update)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            log.exception("update not understood", bot=self._name, update=update.get("update_id"))
            return None

    async def _leave_webhook(self) -> None:
        """Telegram hands out updates by one way only; what waits there is kept."""
        while True:
            try:
                await self._call(self._bot.delete_webhook())
            except ChannelError as error:
                log.warning("telegram is not ready", bot=self._name, error=str(error))
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                return

    def _acknowledge(self, updates: Sequence[Update]) -> None:
        """Stops the little clock on every pressed button, beside the next poll; a late one does no harm."""
        for update in updates:
            if callback := update.get("callback_query"):
                task = asyncio.get_running_loop().create_task(self._answer(callback["id"]))
                self._acknowledgements.add(task)
                task.add_done_callback(self._acknowledgements.discard)

    async def _answer(self, callback_id: str) -> None:
        try:
            await self._call(self._bot.answer_callback_query(callback_id))
        except ChannelError as error:
            log.debug("button not acknowledged", bot=self._name, error=str(error))

    async def _call(self, call: Awaitable[T]) -> T:
        """Awaits one request; what goes wrong becomes one of the five outcomes."""
        try:
            return await call
        except (TelegramAPIError, ClientDecodeError) as error:
            raise outcome(error) from error


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.choices:
        return None
    rows = [
        [InlineKeyboardButton(text=choice.label, callback_data=choice.key) for choice in row] for row in message.choices
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)
