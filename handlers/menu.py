"""The menu of commands that a messenger shows beside the text field."""

from services.words import text_for

MENU = ("report", "status", "family", "help", "language", "today", "alerts", "notice", "duty", "stop")
"""Residents' commands first: they are many, and look here."""


def menus() -> dict[str, list[tuple[str, str]]]:
    """(command, description) by two-letter language; "" is for everybody else, in our first language."""
    return {
        code: [(name, text_for(language, f"command-{name}")) for name in MENU]
        for code, language in (("", "zh-CN"), ("en", "en"))
    }
