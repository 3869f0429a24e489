"""Telegram through python-telegram-bot's Bot, on our own HTTP."""

from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from channels.ptb_request import AiohttpRequest
from channels.telegram_answers import REQUEST_SECONDS, too_long
from channels.telegram_client import Keyboard, NoAnswer, NotReached, Refusal, Said, Update, Upload

T = TypeVar("T")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class PtbClient:
    """One bot through python-telegram-bot; `request_seconds` are real seconds."""

    def __init__(self, token: str, api_base: str, request_seconds: float = REQUEST_SECONDS) -> None:
        self._request = AiohttpRequest(request_seconds)
        # Never initialised: that would ask for the bot's user, and a bot must be made when Telegram is away.
        self._bot = Bot(
            token,
            base_url=f"{api_base}/bot",
            base_file_url=f"{api_base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def get_me(self) -> dict[str, Any]:
        """The bot's own user."""
        return (await _call(self._bot.get_me())).to_dict()

    async def get_updates(self, *, offset: int | None, wait: int, allowed: Sequence[str]) -> list[Update]:
        """Updates as they came: PTB's own call would make objects of them, and fail for one it cannot read."""
        asked: dict[str, Any] = {"timeout": wait, "allowed_updates": list(allowed)}
        if offset is not None:
            asked["offset"] = offset
        found: list[Update] = await _call(
            # The Bot API's names know no case; by its usual name PTB warns that it has a method of its own for it.
            self._bot.do_api_request("getupdates", api_kwargs=asked, read_timeout=wait + 10)
        )
        return found

    async def send_text(self, chat: int, text: str, keyboard: Keyboard | None) -> Said:
        """sendMessage without a link preview."""
        return _said(
            await _call(
                self._bot.send_message(
                    chat, text, "HTML", reply_markup=_markup(keyboard), link_preview_options=_NO_PREVIEW
                )
            )
        )

    async def send_photo(self, chat: int, photo: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendPhoto."""
        return _said(
            await _call(
                self._bot.send_photo(chat, _file(photo), caption, parse_mode="HTML", reply_markup=_markup(keyboard))
            )
        )

    async def send_document(self, chat: int, document: Upload, caption: str, keyboard: Keyboard | None) -> Said:
        """sendDocument."""
        return _said(
            await _call(
                self._bot.send_document(
                    chat, _file(document), caption, parse_mode="HTML", reply_markup=_markup(keyboard)
                )
            )
        )

    async def edit_text(self, chat: int, message: int, text: str, keyboard: Keyboard | None) -> None:
        """editMessageText without a link preview."""
        await _call(
            self._bot.edit_message_text(
                text,
                chat,
                message,
                parse_mode="HTML",
                reply_markup=_inline(keyboard),
                link_preview_options=_NO_PREVIEW,
            )
        )

    async def edit_caption(self, chat: int, message: int, caption: str, keyboard: Keyboard | None) -> None:
        """editMessageCaption."""
        await _call(
            self._bot.edit_message_caption(
                chat, message, caption=caption, parse_mode="HTML", reply_markup=_inline(keyboard)
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
        try:
            return bytes(await _call(file.download_as_bytearray()))
        except NoAnswer as error:
            # A download changes nothing: it may simply be tried again.
            raise NotReached(str(error)) from error

    async def set_webhook(
        self, url: str, *, secret: str, allowed: Sequence[str], connections: int, certificate: bytes | None = None
    ) -> None:
        """setWebhook."""
        await _call(
            self._bot.set_webhook(
                url,
                certificate=InputFile(certificate, "certificate.pem") if certificate else None,
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
        return (await _call(self._bot.get_webhook_info())).to_dict()

    async def get_commands(self, language: str, chat: int | None = None) -> list[tuple[str, str]]:
        """getMyCommands."""
        found = await _call(self._bot.get_my_commands(_scope(chat), language or None))
        return [(one.command, one.description) for one in found]

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str, chat: int | None = None) -> None:
        """setMyCommands."""
        await _call(self._bot.set_my_commands(list(commands), _scope(chat), language or None))

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
        await self._request.shutdown()


async def _call(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        cause = error.__cause__
        if isinstance(cause, Refusal | NotReached | NoAnswer):
            raise cause from error
        raise NoAnswer(str(error)) from error  # an answer that PTB cannot read: it may have been carried out


def _said(message: TelegramMessage) -> Said:
    if message.photo:
        return Said(message.message_id, message.photo[-1].file_id)
    return Said(message.message_id, message.document.file_id if message.document else "")


def _file(upload: Upload) -> str | InputFile:
    return upload.known or InputFile(upload.content, upload.name, attach=False)


def _scope(chat: int | None) -> BotCommandScopeChat | None:
    return None if chat is None else BotCommandScopeChat(chat)


def _inline(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    return None if keyboard is None else InlineKeyboardMarkup.de_json(dict(keyboard))


def _markup(keyboard: Keyboard | None) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if keyboard is not None and "keyboard" in keyboard:
        return ReplyKeyboardMarkup.de_json(dict(keyboard))
    return _inline(keyboard)
