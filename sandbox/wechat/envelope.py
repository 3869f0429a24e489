"""What happened in a chat, as the XML of WeChat."""

from __future__ import annotations

from typing import Any, Protocol
from xml.sax.saxutils import escape

from sandbox.updates import Update

_FIRST_NUMBER = 23_000_000_000_000_000

Element = tuple[str, str]


class Followed(Protocol):
    """An account that knows who follows it."""

    followers: set[int]


def read(account: Followed, update: Update, created: int) -> list[Element] | None:
    """The elements of the message; None for what WeChat does not know."""
    found = _elements(account, update)
    if found is None:
        return None
    head = [("ToUserName", "gh_sandbox"), ("FromUserName", str(update.lane[1])), ("CreateTime", str(created))]
    number = [] if found[0] == ("MsgType", "event") else [("MsgId", str(_FIRST_NUMBER + update.id))]
    return [*head, *found, *number]


def xml(elements: list[Element]) -> str:
    """The elements in one document."""
    return "<xml>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in elements) + "</xml>"


def _elements(account: Followed, update: Update) -> list[Element] | None:
    payload, user = update.payload, update.lane[1]
    if update.kind == "callback_query":
        return _text(_label(payload), ("bizmsgmenuid", str(payload["data"])))
    if update.kind == "my_chat_member":
        inside = payload["new_chat_member"]["status"] == "member"
        (account.followers.add if inside else account.followers.discard)(user)
        return _event("subscribe" if inside else "unsubscribe", "")
    if update.kind == "template":
        done = _event("TEMPLATESENDJOBFINISH", "")
        return [*done, ("MsgID", str(payload["number"])), ("Status", str(payload["status"]))]
    if update.kind == "click":
        return _event("CLICK", str(payload["key"]))
    return _message(account, payload, user)


def _message(account: Followed, payload: dict[str, Any], user: int) -> list[Element] | None:
    if sizes := payload.get("photo"):
        return [("MsgType", "image"), ("PicUrl", "http://127.0.0.1/none"), ("MediaId", sizes[-1]["file_id"])]
    if voice := payload.get("voice"):
        return [("MsgType", "voice"), ("MediaId", voice["file_id"]), ("Format", "amr")]
    if place := payload.get("location"):
        label = str(payload.get("venue", {}).get("title", ""))
        where = [("Location_X", str(place["latitude"])), ("Location_Y", str(place["longitude"]))]
        return [("MsgType", "location"), *where, ("Scale", "16"), ("Label", label)]
    text = str(payload.get("text", ""))
    if not text:
        return None
    if not text.startswith("/start"):
        return _text(text)
    scene = text.removeprefix("/start").strip()
    if user in account.followers:
        return _event("SCAN", scene) if scene else _text(text)
    account.followers.add(user)
    return _event("subscribe", f"qrscene_{scene}" if scene else "")


def _text(words: str, *more: Element) -> list[Element]:
    return [("MsgType", "text"), ("Content", words), *more]


def _event(name: str, key: str) -> list[Element]:
    return [("MsgType", "event"), ("Event", name), ("EventKey", key)]


def _label(query: dict[str, Any]) -> str:
    rows = query.get("message", {}).get("reply_markup", {}).get("inline_keyboard", [])
    return next((str(one["text"]) for row in rows for one in row if one.get("callback_data") == query["data"]), "")
