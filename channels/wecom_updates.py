"""WeCom's messages and events as the house's `Incoming`."""

from datetime import UTC, datetime

from channels.digest import short
from channels.flat_xml import Fields, text
from channels.port import Address, Content, Document, Incoming, Other, Photo, Press, Reachable, Text


def incoming(bot: str, fields: Fields) -> Incoming | None:
    """One call's message; None for what is nobody's business here. Raises `ValueError`, `OverflowError` for none."""
    sender, event = text(fields, "FromUserName"), text(fields, "Event")
    content = _event(fields, event) if text(fields, "MsgType") == "event" else _message(fields)
    if not sender or content is None:
        return None
    created = int(text(fields, "CreateTime"))
    about = text(fields, "ResponseCode") or text(fields, "EventKey")
    number = text(fields, "MsgId") or f"{sender}:{created}:{event}:{short(about)}"
    return Incoming(number, Address(bot, sender), content, datetime.fromtimestamp(created, UTC), member=sender)


def _message(fields: Fields) -> Content:
    kind = text(fields, "MsgType")
    if kind == "text":
        return Text(text(fields, "Content"))
    if kind == "image":
        return Photo(text(fields, "MediaId"))
    if kind == "voice":
        return Document(text(fields, "MediaId"), "voice.amr", "audio/amr")
    return Other(kind or "unknown")


def _event(fields: Fields, event: str) -> Content | None:
    key = text(fields, "EventKey")
    if event == "subscribe":
        return Text("/start")
    if event == "unsubscribe":  # nobody's member any more, or not of this application
        return Reachable(False)
    if event == "click":
        return Text(key) if key.startswith("/") else Press(key)
    if event == "template_card_event":
        return Press(key, text(fields, "TaskId"), text(fields, "ResponseCode"))
    return None
