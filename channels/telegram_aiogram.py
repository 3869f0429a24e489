"""Telegram through aiogram's Bot client."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any, TypeVar

import channels.aiogram_sparing  # noqa: F401 - before anything of aiogram

# isort: split
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from aiogram.types import Message as TelegramMessage
from aiohttp import ClientError, ClientTimeout

from channels.aiogram_session import Session, no_answer
from channels.telegram_answers import CONNECT_SHARE, REQUEST_SECONDS, too_long
from channels.telegram_client import Keyboard, NotReached, Said, Update, Upload

T = TypeVar("T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class _RawUpdates(TelegramMethod[list[Update]]):
    """getUpdates with its answer as it came: one update of an unknown shape must not spoil a whole batch."""

    __returning__ = list[Update]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class AiogramClient:
    """One bot through aiogram; `request_seconds` are real seconds."""

    def __init__(self, token: str, api_base: str, request_seconds: float = REQUEST_SECONDS) -> None:
        limits = ClientTimeout(total=request_seconds, sock_connect=request_seconds * CONNECT_SHARE)
        self._session = Session(api_base, limits)
        self._bot = Bot(token, session=self._session)

    async def get_me(self) -> dict[str, Any]:
        """The bot's own user."""
        return (await _call(self._bot.get_me())).model_dump()

    async def get_updates(self, *, offset: int | None, wait: int, allowed: Sequence[str]) -> list[Update]:
        """Updates as they came."""
        asked = _RawUpdates(offset=offset, timeout=wait, allowed_updates=list(allowed))
        return await _call(self._bot(asked, request_timeout=wait + 10))

    async def send_text(self, chat: int, text: str, keyboard: Keyboard | None) -> Said:
        """sendMessage without a link preview."""
        return Said(await self._session.send_text(self._bot.token, chat, text, keyboard))

    async def send_photo(self, chat: int, photo: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendPhoto."""
        return _said(
            await _call(
                self._bot.send_photo(
                    chat, _file(photo), caption=caption, parse_mode="HTML", reply_markup=_markup(keyboard)
                )
            )
        )

    async def send_document(self, chat: int, document: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendDocument."""
        return _said(
            await _call(
                self._bot.send_document(
                    chat, _file(document), caption=caption, parse_mode="HTML", reply_markup=_markup(keyboard)
                )
            )
        )

    async def edit_text(self, chat: int, message: int, text: str, keyboard: Keyboard | None) -> None:
        """editMessageText without a link preview."""
        await _call(
            self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode="HTML",
                reply_markup=_inline(keyboard),
                link_preview_options=_NO_PREVIEW,
            )
        )

    async def edit_caption(self, chat: int, message: int, caption: str, keyboard: Keyboard | None) -> None:
        """editMessageCaption."""
        await _call(
            self._bot.edit_message_caption(
                chat_id=chat,
                message_id=message,
                caption=caption,
                parse_mode="HTML",
                reply_markup=_inline(keyboard),
            )
        )

    async def delete(self, chat: int, message: int) -> None:
        """deleteMessage."""
        await _call(self._bot.delete_message(chat, message))

    async def answer_callback(self, callback: str) -> None:
        """answerCallbackQuery without words."""
        await _call(self._bot.answer_callback_query(callback))

    async def download(self, file_id: str, longest: int) -> bytes:
        """getFile and its content."""
        file = await _call(self._bot.get_file(file_id))
        if (file.file_size or 0) > longest or file.file_path is None:
            raise too_long(longest)
        into = BytesIO()
        async with _connection():
            await self._bot.download_file(file.file_path, into)
        return into.getvalue()

    async def set_webhook(
        self, url: str, *, secret: str, allowed: Sequence[str], connections: int, certificate: bytes | None = None
    ) -> None:
        """setWebhook."""
        await _call(
            self._bot.set_webhook(
                url,
                certificate=BufferedInputFile(certificate, "certificate.pem") if certificate else None,
                max_connections=connections,
                allowed_updates=list(allowed),
                secret_token=secret,
            )
        )

    async def delete_webhook(self) -> None:
        """deleteWebhook."""
        await _call(self._bot.delete_webhook())

    async def webhook_info(self) -> dict[str, Any]:
        """getWebhookInfo, its JSON."""
        return (await _call(self._bot.get_webhook_info())).model_dump(mode="json", exclude_none=True)

    async def get_commands(self, language: str, chat: int | None = None) -> list[tuple[str, str]]:
        """getMyCommands."""
        found = await _call(self._bot.get_my_commands(_scope(chat), language or None))
        return [(one.command, one.description) for one in found]

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str, chat: int | None = None) -> None:
        """setMyCommands."""
        menu = [BotCommand(command=name, description=words) for name, words in commands]
        await _call(self._bot.set_my_commands(menu, _scope(chat), language or None))

    async def get_description(self, language: str) -> str:
        """getMyDescription."""
        return (await _call(self._bot.get_my_description(language or None))).description

    async def set_description(self, words: str, language: str) -> None:
        """setMyDescription."""
        await _call(self._bot.set_my_description(words, language or None))

    async def get_short_description(self, language: str) -> str:
        """getMyShortDescription."""
        return (await _call(self._bot.get_my_short_description(language or None))).short_description

    async def set_short_description(self, words: str, language: str) -> None:
        """setMyShortDescription."""
        await _call(self._bot.set_my_short_description(words, language or None))

    async def close(self) -> None:
        """Ends every connection."""
        await self._bot.session.close()


async def _call(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramNetworkError as error:
        raise no_answer(error.__cause__, str(error)) from error


@asynccontextmanager
async def _connection() -> AsyncIterator[None]:
    """A download's trouble: nothing was changed by it, so that it may simply be tried again."""
    try:
        yield
    except (TimeoutError, ClientError) as error:
        raise NotReached(repr(error)) from error


def _said(message: TelegramMessage) -> Said:
    if message.photo:
        return Said(message.message_id, message.photo[-1].file_id)
    return Said(message.message_id, message.document.file_id if message.document else "")


def _file(upload: Upload) -> str | BufferedInputFile:
    return upload.known or BufferedInputFile(upload.content, upload.name)


def _scope(chat: int | None) -> BotCommandScopeChat | None:
    return None if chat is None else BotCommandScopeChat(chat_id=chat)


def _inline(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    return None if keyboard is None else InlineKeyboardMarkup.model_validate(keyboard)


def _markup(keyboard: Keyboard | None) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if keyboard is not None and "keyboard" in keyboard:
        return ReplyKeyboardMarkup.model_validate(keyboard)
    return _inline(keyboard)
