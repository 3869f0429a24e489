"""Where the stories are told: the messenger of a run, and what a story may need that not every messenger has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

CHOSEN = os.environ.get("GRIDBOT_TEST_MESSENGER", "")
"""Every story is told on this messenger; "": on Telegram, and elsewhere too where a module of stories says so."""

NEEDS: Mapping[str, str] = {
    "edits": "a message that was sent changes where it stands, without being asked for",
    "groups": "the bot is in a group of neighbours",
    "shortcuts": "buttons stand in rows, and some of them for what can be typed as well",
    "captions": "a picture and its words are one message",
    "language": "the messenger says which language a person reads",
    "silent return": "who lets the bot in again says nothing by it, and is not greeted",
    "own number": "a key hands over the own phone number",
    "files": "the bot sends files",
    "files from people": "people send files",
    "deep links": "a link opens the chat and brings a code along",
    "several bots": "there are several bots, of one messenger or of several",
    "deleted accounts": "the messenger says that an account is no more, and not only that it does not follow",
    "old lists": "more than six choices can still be pressed when others were shown since",
    "no edits": "nothing that was sent changes, so that news of it is a message of its own",
    "bot api": "what is told is the Bot API itself: its methods, its answers, its numbers of messages",
}
"""What a story may need (`@pytest.mark.needs(...)`), and what that is."""
LACKS: Mapping[str, frozenset[str]] = {
    "telegram": frozenset({"no edits"}),
    "wechat": frozenset(NEEDS) - {"old lists", "no edits"},
    "wecom": frozenset(NEEDS) - {"files"},
}
"""What each messenger does not have. WeCom's cards change once, and once more after each press: nobody relies on that,
or on their staying as they are. What is too much for a card is a list, whose numbers count until others are shown."""

SENDING: Mapping[str, str] = {
    "telegram": "sendMessage",
    "wechat": "message/custom/send",
    "wecom": "message/send",
}
"""The call by which each has a message sent, for faults in it."""
NEVER: Mapping[str, Mapping[str, Any]] = {
    "telegram": {"kind": "status", "status": 400, "description": "Bad Request"},
    "wechat": {"kind": "code", "code": 45002},
    "wecom": {"kind": "code", "code": 40058},
}
"""How each refuses a message for good."""


def told_on(*messengers: str) -> list[str]:
    """The messengers of a module of stories that is told on several: the chosen one alone, where one is."""
    return [CHOSEN] if CHOSEN else list(messengers)


def messenger_of(item: pytest.Item) -> str:
    """Where this story is told."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("messenger", CHOSEN or "telegram")) if callspec else CHOSEN or "telegram"


def lacking(item: pytest.Item) -> str:
    """Why this story cannot be told where it would be; "" when it can."""
    messenger = messenger_of(item)
    needed = {one for marker in item.iter_markers("needs") for one in marker.args}
    if unknown := needed - NEEDS.keys():
        raise pytest.UsageError(f"{item.nodeid}: nobody knows what {sorted(unknown)} is")
    missing = sorted(needed & LACKS.get(messenger, frozenset()))
    return f"{messenger} lacks {', '.join(missing)}" if missing else ""
