"""Who sees which commands beside the text field, and how the bot shows itself to a stranger."""

from collections.abc import Iterable

from channels.port import Introduction, Menu
from rules.roles import NOTICE_ROLES, Role
from services.words import text_for

LANGUAGES = {"": "zh-CN", "en": "en"}
"""Telegram's two letters -> ours; "" is for everybody else, in our first language."""

STRANGER = ("start", "help", "language")
RESIDENT = ("report", "status", "family", "help", "language", "stop")
STAFF = ("today", "alerts", "duty")
HEAD = ("notice", "group")


def menu_for(roles: Iterable[Role], language: str, *, resident: bool) -> Menu:
    """The commands that somebody with these roles can use, theirs first; nobody's are a stranger's."""
    held = set(roles)
    names: list[str] = []
    if any(role.is_staff for role in held):
        names += [*STAFF, *(HEAD if held & set(NOTICE_ROLES) else ())]
    if resident:
        names += RESIDENT
    names += [one for one in (("help", "language") if names else STRANGER) if one not in names]
    return Menu(tuple((name, text_for(language, f"command-{name}")) for name in names))


def introductions() -> dict[str, Introduction]:
    """By two-letter language: the menu and the descriptions for whoever has not joined."""
    return {
        code: Introduction(
            menu_for((), language, resident=False),
            text_for(language, "bot-description"),
            text_for(language, "bot-about"),
        )
        for code, language in LANGUAGES.items()
    }
