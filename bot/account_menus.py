"""The menus that a service account and an application have of their own: a click says what the command would."""

from typing import Any

from services.words import text_for

Layout = tuple[tuple[str, tuple[str, ...]], ...]
"""At most three entries, each a command, or a name with at most five commands below it."""

RESIDENTS: Layout = (("report", ()), ("home", ("status", "family")), ("more", ("help", "language", "stop")))
"""WeChat's: staff type, or are offered theirs."""
STAFF: Layout = (
    ("alerts", ()),
    ("grid", ("today", "doors", "find", "breach", "duty")),
    ("more", ("notice", "sent", "directive", "invite", "help")),
)
"""WeCom's: what waits for an answer is one tap away."""


def buttons(language: str, layout: Layout) -> list[dict[str, Any]]:
    """The menu as WeChat and WeCom want it."""
    made: list[dict[str, Any]] = []
    for name, below in layout:
        if below:
            keys = [_key(language, one) for one in below]
            made.append({"name": text_for(language, f"menu-{name}"), "sub_button": keys})
        else:
            made.append(_key(language, name))
    return made


def _key(language: str, name: str) -> dict[str, Any]:
    return {"type": "click", "name": text_for(language, f"menu-{name}"), "key": f"/{name}"}
