"""A bot as Telegram knows it: who it is, its commands and descriptions, its queue, its webhook."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import ControlError
from sandbox.limits import BotLimit
from sandbox.updates import UpdateQueue

TOKEN = re.compile(r"(?P<id>[0-9]{1,15}):[A-Za-z0-9_-]{3,}")
DEFAULT_SCOPE, PRIVATE_SCOPE = (json.dumps({"type": kind}) for kind in ("default", "all_private_chats"))
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,31}")


@dataclass(slots=True)
class Webhook:
    """Where updates go, and how it went last."""

    url: str
    secret: str = ""
    max_connections: int = 40
    certificate: bytes = b""
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True, eq=False)
class Bot:
    """One bot. `commands` by (scope, language), texts by (kind, language)."""

    token: str
    id: int
    username: str
    name: str
    updates: UpdateQueue
    limit: BotLimit = field(default_factory=BotLimit)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)
    webhook: Webhook | None = None
    last_message_id: int = 0
    poll: int = 0

    @property
    def channel(self) -> str:
        """The messenger that it is a bot of: telegram, wechat or wecom."""
        return "telegram"

    @property
    def says_presses(self) -> bool:
        """Whether what is pressed stands in the chat as the person's own words."""
        return False

    @property
    def menu_keys(self) -> frozenset[str]:
        """What can be clicked in a menu of its own."""
        return frozenset()

    def welcome(self, user: int, heard_at: int) -> None:
        """Somebody is here from the beginning, last heard at an instant (microseconds)."""

    def standing(self, user: int, now: int) -> dict[str, Any]:  # noqa: ARG002 - of one bot, not of one person
        """What the page must know about the chat beside its messages; `now` in microseconds."""
        return {"channel": self.channel}

    def user(self) -> dict[str, Any]:
        """The User of the Bot API, as it appears in messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> dict[str, Any]:
        """The User of getMe, with the fields only it has."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def as_json(self) -> dict[str, Any]:
        """The bot of the control API; the commands are those a private chat shows, whatever the language."""
        return {
            "id": self.id,
            "username": self.username,
            "name": self.name,
            "channel": self.channel,
            "commands": self.commands.get((PRIVATE_SCOPE, "")) or self.commands.get((DEFAULT_SCOPE, ""), []),
            "webhook": self.webhook is not None,
            "pending": len(self.updates),
        }


def bot_id(token: str) -> int:
    """The number before the colon. Raises ControlError for what is no token."""
    match = TOKEN.fullmatch(token)
    if match is None:
        raise ControlError("a token looks like 1001:abc")
    return int(match["id"])


def checked_username(username: str) -> str:
    """The user name itself. Raises ControlError for one Telegram would not give."""
    if not USERNAME.fullmatch(username):
        raise ControlError(f"a username is 3 to 32 letters, digits and underscores: {username!r}")
    return username
