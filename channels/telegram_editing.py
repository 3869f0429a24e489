"""What was sent, changed where it stands: its words, its caption, and the picture or file that is to go."""

from channels.port import Capabilities, Message, Sent
from channels.telegram_client import Refusal, TelegramClient
from channels.telegram_sending import Sender, caption_of, inline_keyboard, pieces_of, worded
from channels.text import pieces

_UNCHANGED = "message is not modified"
_NO_CAPTION = "no caption in the message"
_NO_TEXT = "no text in the message"
"""Words of a refusal: what was sent was another kind of message than its new words are."""


class Editor:
    """Edits for one bot; every error is the client's own."""

    def __init__(self, client: TelegramClient, sender: Sender, limits: Capabilities) -> None:
        self._client = client
        self._sender = sender
        self._limits = limits

    async def edit(self, chat: int, sent: Sent, message: Message) -> Sent:
        """Replaces the last of what was sent; the same content again is a success.

        What went with it and is no part of `message` is deleted, as long as Telegram lets a bot do that (48 hours);
        later it stays, and the words stand below it.
        """
        gone = message.attachment is None and bool(sent.handle)
        if gone:
            await self._delete(chat, int(sent.handle))
        number, keyboard = int(sent.message_id), inline_keyboard(message)
        below = message.attachment is None or bool(sent.handle)
        caption = None if below else caption_of(message, self._limits)
        try:
            if caption is None:
                await self._edit_text(chat, number, message)
            else:
                await worded(caption, lambda words: self._client.edit_caption(chat, number, words, keyboard))
        except Refusal as refusal:
            return await self._otherwise(chat, sent, message, refusal)
        return Sent(sent.message_id) if gone else sent

    async def _otherwise(self, chat: int, sent: Sent, message: Message, refusal: Refusal) -> Sent:
        if _UNCHANGED in refusal.description:
            return sent
        if _NO_CAPTION in refusal.description:
            await self._edit_text(chat, int(sent.message_id), message)
            return sent
        if _NO_TEXT not in refusal.description:
            raise refusal
        if message.attachment is None:
            return await self._without_its_picture(chat, sent, message)
        return await self._with_more_words(chat, sent, message)

    async def _without_its_picture(self, chat: int, sent: Sent, message: Message) -> Sent:
        """The words alone, in place of a picture that had them below it."""
        if await self._delete(chat, int(sent.message_id)):
            return await self._sender.send(chat, message)
        await self._cut_caption(chat, sent, message)
        return sent

    async def _with_more_words(self, chat: int, sent: Sent, message: Message) -> Sent:
        """The picture again with more words than a caption holds; not till they are there does the old one go."""
        anew = await self._sender.send(chat, message)
        if not await self._delete(chat, int(sent.message_id)):
            await self._cut_caption(chat, sent, Message(message.lines))
        return anew

    async def _cut_caption(self, chat: int, sent: Sent, message: Message) -> None:
        number, keyboard = int(sent.message_id), inline_keyboard(message)
        first = pieces(message, self._limits.longest_caption)[0]
        try:
            await worded(first, lambda words: self._client.edit_caption(chat, number, words, keyboard))
        except Refusal as refusal:
            if _UNCHANGED not in refusal.description:
                raise

    async def _edit_text(self, chat: int, number: int, message: Message) -> None:
        keyboard, last = inline_keyboard(message), pieces_of(message, self._limits)[-1]
        try:
            await worded(last, lambda words: self._client.edit_text(chat, number, words, keyboard))
        except Refusal as refusal:
            if _UNCHANGED not in refusal.description:
                raise

    async def _delete(self, chat: int, number: int) -> bool:
        """Whether it is gone: what is older than 48 hours stays."""
        try:
            await self._client.delete(chat, number)
        except Refusal as refusal:
            if refusal.status != 400:
                raise
            return False
        return True
