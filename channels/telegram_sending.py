"""A message of the house as calls of the Bot API: pieces, captions, keyboards; and what to do when one is refused.

What is too much for a caption stands below its picture: the picture's own number is then the `handle` of what was sent.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from channels.port import Capabilities, Message, Sent
from channels.telegram_client import Keyboard, Refusal, Said, TelegramClient, Upload
from channels.text import Line, as_html, pieces

T = TypeVar("T")

_FORGOTTEN = ("wrong file identifier", "wrong remote file", "file reference", "wrong file_id")
"""Words of a refusal: Telegram does not know a file_id (any more)."""


class Sender:
    """Sends for one bot; every error is the client's own."""

    def __init__(self, client: TelegramClient, limits: Capabilities) -> None:
        self._client = client
        self._limits = limits

    async def send(self, chat: int, message: Message) -> Sent:
        """Sends, in several messages when it is too long; the choices stand under the last, whose number is returned.

        A group that has become a supergroup is written to at its new address, and that is told in `moved_to`.
        """
        try:
            return await self._send(chat, message)
        except Refusal as refusal:
            if refusal.migrate_to is None:
                raise
            sent = await self._send(refusal.migrate_to, message)
            return replace(sent, moved_to=str(refusal.migrate_to))

    async def _send(self, chat: int, message: Message) -> Sent:
        keyboard = _keyboard(message)
        if message.attachment is None:
            said = await self._send_text(chat, message, keyboard)
            return Sent(str(said.message_id))
        caption = caption_of(message, self._limits)
        if caption is not None:
            said = await self._attach(chat, message, caption, keyboard)
            return Sent(str(said.message_id), said.media)
        # Too many words for a caption: the picture goes first, for the words and their choices have to be found below.
        above = await self._attach(chat, message, (), None)
        said = await self._send_text(chat, message, keyboard)
        return Sent(str(said.message_id), above.media, handle=str(above.message_id))

    async def _send_text(self, chat: int, message: Message, keyboard: Keyboard | None) -> Said:
        *first, last = pieces_of(message, self._limits)
        for piece in first:
            await worded(piece, lambda words: self._client.send_text(chat, words, None))
        return await worded(last, lambda words: self._client.send_text(chat, words, keyboard))

    async def _attach(self, chat: int, message: Message, caption: Sequence[Line], keyboard: Keyboard | None) -> Said:
        """Sends the attachment by Telegram's own id of it; with its bytes when Telegram has none, or forgot it."""
        attachment = message.attachment
        assert attachment is not None  # noqa: S101 - the callers have looked
        send = self._client.send_photo if attachment.is_picture else self._client.send_document
        upload = Upload(attachment.name, attachment.known, b"" if attachment.known else attachment.content)
        try:
            return await worded(caption, lambda words: send(chat, upload, words, keyboard))
        except Refusal as refusal:
            if not (attachment.known and attachment.content and _is_forgotten(refusal)):
                raise
            anew = Upload(attachment.name, content=attachment.content)
            return await worded(caption, lambda words: send(chat, anew, words, keyboard))


def caption_of(message: Message, limits: Capabilities) -> Sequence[Line] | None:
    """The words as a caption; None when they are too many for one."""
    return message.lines if len(message.text) <= limits.longest_caption else None


def pieces_of(message: Message, limits: Capabilities) -> list[tuple[Line, ...]]:
    """What is sent one after the other; a piece without a word is left out, for Telegram refuses it."""
    every = pieces(message, limits.longest_text)
    return [one for one in every if any(span.text.strip() for line in one for span in line)] or every[-1:]


async def worded(lines: Sequence[Line], call: Callable[[str], Awaitable[T]]) -> T:
    """Calls with the lines as HTML; without their emphasis when Telegram cannot read that."""
    words = as_html(lines)
    try:
        return await call(words)
    except Refusal as refusal:
        plain = as_html([tuple(type(span)(span.text) for span in line) for line in lines])
        if "can't parse entities" not in refusal.description or plain == words:
            raise
        return await call(plain)


def _is_forgotten(refusal: Refusal) -> bool:
    return any(words in refusal.description.casefold() for words in _FORGOTTEN)


def _keyboard(message: Message) -> Keyboard | None:
    if message.ask_number:
        key = {"text": message.ask_number, "request_contact": True}
        return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    return inline_keyboard(message)


def inline_keyboard(message: Message) -> Keyboard | None:
    """What can be pressed under a message; None when there is nothing."""
    rows = (*message.choices, *message.shortcuts)
    if not rows:
        return None
    return {
        "inline_keyboard": [[{"text": choice.label, "callback_data": choice.key} for choice in row] for row in rows]
    }
