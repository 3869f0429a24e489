"""Telegram updates as the house's `Incoming`, whatever library read them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.port import Address, Content, Incoming, Other, Photo, Press, Reachable, Text

ALLOWED = ("message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; an omitted list would keep whatever was set before."""


def incoming(bot: str, update: Mapping[str, Any]) -> Incoming | None:
    """One update of the Bot API (its JSON as a mapping); None for what is not a private chat's business."""
    if callback := update.get("callback_query"):
        message = callback.get("message") or {}
        return _made(bot, update, message.get("chat"), callback["from"], Press(callback.get("data", "")), None)
    if member := update.get("my_chat_member"):
        status = member["new_chat_member"]["status"]
        content = Reachable(status not in {"kicked", "left"})
        return _made(bot, update, member["chat"], member["from"], content, member["date"])
    if message := update.get("message"):
        return _made(bot, update, message["chat"], message.get("from"), _content(message), message["date"])
    return None


def _made(
    bot: str,
    update: Mapping[str, Any],
    chat: Mapping[str, Any] | None,
    sender: Mapping[str, Any] | None,
    content: Content,
    at: int | None,
) -> Incoming | None:
    if chat is None or sender is None or chat.get("type") != "private":
        return None
    name = " ".join(part for part in (sender.get("last_name"), sender.get("first_name")) if part)
    return Incoming(
        update_id=str(update["update_id"]),
        sender=Address(bot, str(chat["id"])),
        content=content,
        at=datetime.fromtimestamp(at, UTC) if at is not None else None,
        sender_name=name,
        language=sender.get("language_code"),
    )


def _content(message: Mapping[str, Any]) -> Content:
    if "text" in message:
        return Text(message["text"].replace("\0", ""))  # no database keeps a NUL
    if message.get("photo"):
        return Photo(message["photo"][-1]["file_id"], message.get("caption", ""))
    known = ("document", "voice", "sticker", "location", "contact", "video", "audio")
    return Other(next((kind for kind in known if kind in message), "unknown"))
