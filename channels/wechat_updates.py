"""WeChat's messages and events as the house's `Incoming`."""

import re
from datetime import UTC, datetime, timedelta

from channels.digest import short
from channels.flat_xml import Fields, text
from channels.port import (
    Address,
    Allowance,
    Content,
    Document,
    Incoming,
    NotDelivered,
    Other,
    Photo,
    Press,
    Reachable,
    Text,
)

SAID = Allowance(5, timedelta(hours=48))
"""After a message of the person."""
TOUCHED = Allowance(3, timedelta(minutes=1))
"""After a click on the account's menu, a scan, following it."""
OPENING = frozenset({"subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg"})

_NUMBERED = re.compile(r"\d{1,2}\. (.+)")
"""A link of ours whose id got lost on the way (test accounts): the words are those that were shown."""


def incoming(bot: str, fields: Fields) -> Incoming | None:
    """One call's message; None for what is nobody's business here. Raises `ValueError`, `OverflowError` for none."""
    sender, event = text(fields, "FromUserName"), text(fields, "Event")
    content = _event(fields, event) if text(fields, "MsgType") == "event" else _message(fields)
    if not sender or content is None:
        return None
    created = int(text(fields, "CreateTime"))
    allows = TOUCHED if event in OPENING else None if event else SAID
    number = text(fields, "MsgId")
    # An event has no number of its own: its sender and second are what WeChat tells us to go by. With what was clicked,
    # or which template message it is about, two of one second are two; a repetition is the same in that as well.
    about = text(fields, "MsgID") or text(fields, "EventKey")
    return Incoming(
        update_id=number or f"{sender}:{created}:{event}:{short(about)}",
        sender=Address(bot, sender),
        content=content,
        at=datetime.fromtimestamp(created, UTC),
        allows=allows,
    )


def _message(fields: Fields) -> Content:
    kind = text(fields, "MsgType")
    if kind == "text":
        if pressed := text(fields, "bizmsgmenuid"):
            return Press(pressed)
        said = text(fields, "Content")
        numbered = _NUMBERED.fullmatch(said)
        return Text(numbered[1] if numbered else said)
    if kind == "image":
        return Photo(text(fields, "MediaId"))
    if kind == "voice":
        return Document(text(fields, "MediaId"), "voice.amr", "audio/amr")
    return Other(kind or "unknown")


def _event(fields: Fields, event: str) -> Content | None:
    key = text(fields, "EventKey")
    if event in {"subscribe", "SCAN"}:
        return Text(f"/start {key.removeprefix('qrscene_')}".rstrip())
    if event == "unsubscribe":
        return Reachable(False)
    if event == "CLICK":
        return Text(key) if key.startswith("/") else Press(key)
    if event == "TEMPLATESENDJOBFINISH" and (status := text(fields, "Status")) != "success":
        return NotDelivered(text(fields, "MsgID"), "blocked" if "block" in status else "failed")
    return None
