"""Telegram updates as the house's `Incoming`, whatever library read them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.port import (
    Address,
    Contact,
    Content,
    Document,
    Incoming,
    Moved,
    Other,
    Photo,
    Press,
    Reachable,
    Text,
)

ALLOWED = ("message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; an omitted list would keep whatever was set before."""


_GROUPS = frozenset({"group", "supergroup"})
_INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
"""States of a chat member who can be written to; the others are ``left`` and ``kicked``."""


def incoming(bot: str, update: Mapping[str, Any]) -> Incoming | None:
    """One update of the Bot API (its JSON as a mapping); None for what is nobody's business here.

    Of what is said in a group only commands and presses come through: the talk of neighbours stays theirs.
    """
    if callback := update.get("callback_query"):
        message = callback.get("message") or {}
        return _made(bot, update, message.get("chat"), callback["from"], Press(_clean(callback.get("data", ""))), None)
    if member := update.get("my_chat_member"):
        inside = member["new_chat_member"]["status"] in _INSIDE
        return _made(bot, update, member["chat"], member["from"], Reachable(inside), member["date"])
    if message := update.get("message"):
        content = _content(message)
        if message["chat"].get("type") in _GROUPS and not _concerns_the_bot(content):
            return None
        return _made(bot, update, message["chat"], message.get("from"), content, message["date"])
    return None


def _concerns_the_bot(content: Content) -> bool:
    return isinstance(content, Moved) or (isinstance(content, Text) and content.text.startswith("/"))


def _made(
    bot: str,
    update: Mapping[str, Any],
    chat: Mapping[str, Any] | None,
    sender: Mapping[str, Any] | None,
    content: Content,
    at: int | None,
) -> Incoming | None:
    if chat is None or sender is None or chat.get("type") not in {"private", *_GROUPS}:
        return None
    name = " ".join(_clean(part) for part in (sender.get("last_name"), sender.get("first_name")) if part)
    language = sender.get("language_code")
    return Incoming(
        update_id=str(update["update_id"]),
        sender=Address(bot, str(int(chat["id"]))),
        content=content,
        at=datetime.fromtimestamp(at, UTC) if at is not None else None,
        sender_name=name,
        language=_clean(language) if language else None,
        speaker=Address(bot, str(int(sender["id"]))) if chat["type"] in _GROUPS else None,
    )


def _content(message: Mapping[str, Any]) -> Content:
    caption = _clean(message.get("caption", ""))
    if "text" in message:
        return Text(_clean(message["text"]))
    if sizes := message.get("photo"):
        largest = max(sizes, key=lambda size: size["width"] * size["height"])
        return Photo(_clean(largest["file_id"]), caption)
    if "animation" in message:  # which comes as a document too
        return Other("video")
    if file := message.get("document"):
        media, name, mime = (_clean(file.get(key, "")) for key in ("file_id", "file_name", "mime_type"))
        return Document(media, name, mime, caption)
    if contact := message.get("contact"):
        return Contact(_clean(contact["phone_number"]), contact.get("user_id") == message["from"]["id"])
    if "migrate_to_chat_id" in message:
        return Moved(str(int(message["migrate_to_chat_id"])))
    known = ("voice", "sticker", "location", "video", "audio")
    found = "video" if "video_note" in message else next((kind for kind in known if kind in message), "unknown")
    return Other(found)


def _clean(text: str) -> str:
    """No database keeps a NUL, or half of a character; raises `AttributeError` for what is no text."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
