"""The menu that an account or an application has of its own: what a console takes, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.wechat.trouble import Trouble

MOST, MOST_BELOW = 3, 5
LONGEST_NAME, LONGEST_KEY = 16, 128
"""Bytes of an entry at the foot of the chat, and of what a click brings."""


def checked_menu(given: Mapping[str, Any], longest_below: int) -> list[dict[str, Any]]:
    """The entries of menu/create; `longest_below`: bytes of a name in a list. Raises `Trouble` for what is none."""
    buttons = given.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST:
        raise Trouble(40016, "invalid button size")
    for button in buttons:
        below = button.get("sub_button", [])
        if len(below) > MOST_BELOW:
            raise Trouble(40023, "invalid sub button size")
        _check(button, LONGEST_NAME, opens=bool(below))
        for one in below:
            _check(one, longest_below)
    return buttons


def _check(button: Mapping[str, Any], longest: int, *, opens: bool = False) -> None:
    if not 1 <= len(str(button.get("name", "")).encode()) <= longest:
        raise Trouble(40018, "invalid button name size")
    if opens:  # a list opens, and nobody hears of it
        return
    kind = button.get("type")
    if kind == "view":
        if not str(button.get("url", "")).startswith(("http://", "https://")):
            raise Trouble(40020, "invalid button url size")
    elif kind != "click":
        raise Trouble(40017, "invalid button type")
    elif not 1 <= len(str(button.get("key", "")).encode()) <= LONGEST_KEY:
        raise Trouble(40019, "invalid button key size")
