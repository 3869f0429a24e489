"""A message of the house as calls of WeChat: pieces, pictures, choices as links or numbers; and without a window."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from channels.numbered import choices_of, plain, with_list
from channels.port import WINDOW_CLOSED, Attachment, Capabilities, Message, Rejected, Sent, Unreachable
from channels.tencent_client import Refusal
from channels.text import pieces
from channels.wechat_client import WeChatClient
from channels.wechat_outcomes import NO_MENU, WINDOW
from rules.first_words import cut

LONGEST_FIELD = 20
"""Characters of a field `thing` of a template."""

Part = Literal["title", "text", "time"]


@dataclass(frozen=True, slots=True)
class Template:
    """A template message of the account: its id, and what each of its fields is filled with.

    `title` is the first line of the message, `text` the rest, `time` the moment in `zone`.
    """

    number: str
    fields: Mapping[str, Part] = field(default_factory=lambda: {"thing1": "title", "thing2": "text", "time3": "time"})
    zone: str = "Asia/Shanghai"

    def filled(self, message: Message, now: datetime) -> dict[str, str]:
        """The fields for one message; an empty one is a dash, for WeChat refuses nothing."""
        title, _, rest = message.text.strip().partition("\n")
        parts: dict[Part, str] = {
            "title": cut(title, LONGEST_FIELD),
            "text": cut(" ".join(rest.split()), LONGEST_FIELD),
            "time": f"{now.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}",
        }
        return {name: parts[part] or "-" for name, part in self.fields.items()}


class Sender:
    """Sends for one account; the client's errors, and `Unreachable` and `Rejected` of its own."""

    def __init__(self, client: WeChatClient, limits: Capabilities, template: Template | None) -> None:
        self._client = client
        self._limits = limits
        self._template = template
        self._menus = True

    async def send(self, openid: str, message: Message, now: datetime) -> Sent:
        """Sends within the window, else as the template; raises `Unreachable` when there is neither.

        Our count of the window may be wrong: theirs decides.
        """
        if message.outside:
            return await self._send_outside(openid, message, now)
        try:
            return await self._send_inside(openid, message)
        except Refusal as refusal:
            if refusal.code not in WINDOW:
                raise
        return await self._send_outside(openid, message, now)

    async def _send_outside(self, openid: str, message: Message, now: datetime) -> Sent:
        if self._template is None:
            raise Unreachable(WINDOW_CLOSED)
        fields = self._template.filled(message, now)
        number = await self._client.send_template(openid, self._template.number, fields)
        return Sent(number, outside=True)

    async def _send_inside(self, openid: str, message: Message) -> Sent:
        media, spent = "", 0
        if message.attachment is not None:
            media = await self._send_picture(openid, message.attachment)
            spent += 1
        *first, last = pieces(message, self._limits.longest_text)
        for piece in first:
            await self._client.send_text(openid, plain(piece))
            spent += 1
        if words := plain(last):
            await self._send_last(openid, words, choices_of(message))
            spent += 1
        elif not spent:
            raise Rejected("a message without a word")
        return Sent("", media, spent=spent)

    async def _send_last(self, openid: str, words: str, choices: list[tuple[str, str]]) -> None:
        if choices and self._menus:
            try:
                await self._client.send_menu(openid, words, choices)
            except Refusal as refusal:
                if refusal.code not in NO_MENU:
                    raise
                self._menus = False  # this account never may: its people type the numbers
            else:
                return
        await self._client.send_text(openid, with_list(words, choices))

    async def _send_picture(self, openid: str, picture: Attachment) -> str:
        """Sends by WeChat's own id of it; uploads it when there is none or it is over (after three days)."""
        if not picture.is_picture:
            raise Rejected("a service account sends no files")
        if picture.known:
            try:
                await self._client.send_image(openid, picture.known)
            except Refusal:
                if not picture.content:
                    raise
            else:
                return picture.known
        media = await self._client.upload_image(picture.name, picture.mime, picture.content)
        await self._client.send_image(openid, media)
        return media
