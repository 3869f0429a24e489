"""A message of the house as calls of WeCom: cards with buttons that can be changed, texts, pictures and files."""

from dataclasses import replace
from typing import Any

from channels.digest import short
from channels.numbered import choices_of, plain
from channels.port import Attachment, Capabilities, Message, Rejected, Sent, Span
from channels.tencent_client import Refusal
from channels.text import pieces
from channels.wecom_client import WeComClient
from rules.first_words import cut

MOST_BUTTONS = 6
DONE = "✓"
"""What stands, grey, in place of the buttons of a card that has none any more."""
LONGEST_TITLE, LONGEST_WORDS, LONGEST_LABEL = 36, 160, 10
"""Characters of a card that are shown (developer.work.weixin.qq.com, document 90236)."""


class Sender:
    """Sends and changes for one application; the client's errors, and `Rejected` of its own."""

    def __init__(self, client: WeComClient, limits: Capabilities) -> None:
        self._client = client
        self._limits = limits

    async def send(self, member: str, message: Message) -> Sent:
        """Sends: as a card when it fits one, else as text with a card below, else with a list of numbers below.

        How many messages that was is told where it was more than one: WeCom counts each of them.
        """
        media = ""
        if message.attachment is not None:
            media = await self._attach(member, message.attachment, message.number)
        before = int(bool(media))
        if not message.text.strip():
            if not media:
                raise Rejected("a message without a word")
            return Sent("", media)
        card = card_of(message, _task(member, message))
        if card is None:
            words = pieces(message, self._limits.longest_text)
            for piece in words:
                sent = await self._text(member, plain(piece), message.number)
            before += len(words)
            if not message.choices:
                return Sent(str(sent.get("msgid", "")), media, spent=_several(before))
            head = replace(message, lines=((Span(cut(plain(message.lines).partition("\n")[0], LONGEST_TITLE)),),))
            card = card_of(head, _task(member, message))
        if card is None:
            sent = await self._text(member, "\n".join(label for _, label in choices_of(message)), message.number)
            return Sent(str(sent.get("msgid", "")), media, spent=_several(before + 1))
        sent = await self._client.send(member, "template_card", card, message.number)
        code = str(sent.get("response_code", ""))
        return Sent(str(card["task_id"]), media, spent=_several(before + 1), handle=code)

    async def edit(self, member: str, sent: Sent, message: Message) -> Sent:
        """Puts another card in place of the one that was sent; uses up its handle.

        What is too long for a card was told in a text above it: the card keeps its head, its end and its buttons.
        Choices for which it has no room are a list of numbers below.
        """
        card, listed = _changed(message, sent.message_id), ""
        if card is None and message.choices:
            card = _changed(replace(message, choices=()), sent.message_id)
            listed = "\n".join(label for _, label in choices_of(message))
        if card is None or not sent.handle:
            raise Rejected("this message cannot be changed any more")
        await self._client.update_card(sent.handle, card)
        if listed:
            await self._text(member, listed, message.number)
        return Sent(sent.message_id)

    async def _text(self, member: str, words: str, number: int) -> dict[str, Any]:
        return await self._client.send(member, "text", {"content": words}, number)

    async def _attach(self, member: str, attachment: Attachment, number: int) -> str:
        """Sends by WeCom's own id of it; uploads it when there is none or it is over (after three days)."""
        kind = "image" if attachment.is_picture else "file"
        if attachment.known:
            try:
                await self._client.send(member, kind, {"media_id": attachment.known}, number)
            except Refusal:
                if not attachment.content:
                    raise
            else:
                return attachment.known
        media = await self._client.upload(kind, attachment.name, attachment.mime, attachment.content)
        await self._client.send(member, kind, {"media_id": media}, number)
        return media


def card_of(message: Message, task: str, *, closed: bool = False) -> dict[str, Any] | None:
    """The message as a card; None when it does not fit one. A `closed` card may be without buttons."""
    title, _, words = plain(message.lines).partition("\n")
    buttons = [
        {"text": choice.label, "key": choice.key, "style": 1 if not number else 2}
        for number, choice in enumerate(choice for row in message.choices for choice in row)
    ]
    if not (closed or buttons) or len(buttons) > MOST_BUTTONS or len(title) > LONGEST_TITLE:
        return None
    if len(words) > LONGEST_WORDS or any(len(one["text"]) > LONGEST_LABEL for one in buttons):  # type: ignore[arg-type]
        return None
    head = {"main_title": {"title": title}, "sub_title_text": words}
    if buttons:
        return {"card_type": "button_interaction", **head, "task_id": task, "button_list": buttons}
    done = {"text": DONE, "key": "done", "style": 2}
    return {"card_type": "button_interaction", **head, "task_id": task, "button_list": [done], "replace_text": DONE}


def _changed(message: Message, task: str) -> dict[str, Any] | None:
    return card_of(message, task, closed=True) or card_of(_shortened(message), task, closed=True)


def _shortened(message: Message) -> Message:
    """Its first line, and as many of the last as a card shows: how it stands is said at the end."""
    title, *rest = plain(message.lines).split("\n")
    kept: list[str] = []
    for line in reversed(rest):
        if len("\n".join((line, *kept))) > LONGEST_WORDS:
            break
        kept.insert(0, line)
    return replace(message, lines=tuple((Span(line),) for line in (cut(title, LONGEST_TITLE), *kept)))


def _several(messages: int) -> int:
    return messages if messages > 1 else 0


def _task(member: str, message: Message) -> str:
    """A number that no other card of the application has; the same when the same message is tried again."""
    words = f"{member}\n{message.text}"
    return f"gridbot-{message.number}-{short(words)}"
