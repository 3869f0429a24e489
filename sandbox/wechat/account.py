"""A service account: its secrets, its tokens, who follows it, and what it may write to whom."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.bots import Bot
from sandbox.clock import EPOCH, MICROSECOND, SECOND, VirtualClock, iso
from sandbox.updates import Update, UpdateQueue
from sandbox.wechat.envelope import Element, read
from sandbox.wechat.window import Window
from sandbox.world import World

FIRST_ID = 900_000_001
TOKEN_SECONDS = 7200
BOTH_VALID_SECONDS = 300
"""A token is renewed so long before its end; until then both hold."""


class Inbox(UpdateQueue):
    """What happened to the account and was not answered yet; whatever a person does opens their window."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.windows: dict[int, Window] = {}
        self._time = clock
        self.allowed = self.allowed | {"click", "template"}

    def now(self) -> int:
        """Microseconds by the sandbox clock."""
        return self._time.micros()

    def window(self, user: int) -> Window:
        """What may be written to somebody."""
        return self.windows.setdefault(user, Window())

    def add(self, kind: str, payload: dict[str, Any], user: int) -> None:
        """Queues what `user` did."""
        now = self._time.micros()
        if kind == "template":
            pass
        elif kind in {"click", "my_chat_member"} or (
            kind == "message" and payload.get("text", "").startswith("/start")
        ):
            self.window(user).touches(now)
        else:
            self.window(user).says(now)
        super().add(kind, payload, user)


@dataclass(slots=True, eq=False)
class ServiceAccount(Bot):
    """`token` is the appid here; `callback` is where it is called, with the token and the AES key of the console.

    While nobody has said where (an empty `callback`) what happens waits.
    """

    secret: str = ""
    callback: str = ""
    callback_token: str = ""
    aes_key: str = ""
    seconds: float = 5.0
    """How long an answer is waited for (real)."""
    tokens: dict[str, int] = field(default_factory=dict)
    """Access tokens and the instant (microseconds) at which each ends."""
    followers: set[int] = field(default_factory=set)
    menu: list[dict[str, Any]] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)
    tickets: dict[str, str] = field(default_factory=dict)
    may_send_menus: bool = True

    @property
    def channel(self) -> str:
        """WeChat."""
        return "wechat"

    @property
    def says_presses(self) -> bool:
        """A link in a message is words that the person then says."""
        return True

    @property
    def longest_below(self) -> int:
        """Bytes of a name in a list of the menu."""
        return 60

    @property
    def menu_keys(self) -> frozenset[str]:
        """The keys of the menu that was made for everybody."""
        buttons = [one for button in self.menu for one in button.get("sub_button") or [button]]
        return frozenset(str(one["key"]) for one in buttons if one.get("type") == "click")

    def welcome(self, user: int, heard_at: int) -> None:
        """Somebody follows, and wrote then."""
        self.followers.add(user)
        self.inbox.window(user).says(heard_at)

    def standing(self, user: int, now: int) -> dict[str, Any]:
        """How many messages may still go to somebody, and until when; null: none, until they are heard."""
        window = self.inbox.window(user)
        until = window.until(now)
        shuts = None if until is None else iso(EPOCH + until * MICROSECOND)
        return {"channel": self.channel, "window": {"left": window.left(now), "until": shuts}}

    def as_json(self) -> dict[str, Any]:
        """The bot of the control API, with its menu."""
        return {**Bot.as_json(self), "menu": self.menu}

    def elements(self, update: Update, created: int) -> list[Element] | None:
        """What happened, as the messenger says it; None for what it does not know."""
        return read(self, update, created)

    @property
    def inbox(self) -> Inbox:
        """The queue of the account."""
        assert isinstance(self.updates, Inbox)  # noqa: S101 - made so below
        return self.updates

    def token_now(self, now: int, *, force: bool) -> tuple[str, int]:
        """The token that everybody gets, and how many seconds it holds; by force the present one ends."""
        last = next(reversed(self.tokens), "")
        left = self.tokens.get(last, 0) - now
        if force or left <= BOTH_VALID_SECONDS * SECOND:
            if force:
                self.tokens.clear()
            last, left = secrets.token_hex(64), TOKEN_SECONDS * SECOND
            self.tokens[last] = now + left
        return last, left // SECOND


def open_account(
    world: World,
    *,
    appid: str,
    secret: str,
    callback: str,
    callback_token: str,
    aes_key: str,
    username: str,
    name: str,
) -> ServiceAccount:
    """Puts a service account into the world. Raises ControlError when its name is taken."""
    number = FIRST_ID + sum(isinstance(bot, ServiceAccount) for bot in world.bots.values())
    account = ServiceAccount(
        appid,
        number,
        username,
        name,
        Inbox(world.clock),
        secret=secret,
        callback=callback,
        callback_token=callback_token,
        aes_key=aes_key,
    )
    world.register(account)
    return account


def service_accounts(world: World) -> list[ServiceAccount]:
    """Every service account of the world, and nothing else that is called like one."""
    return [bot for bot in accounts(world) if type(bot) is ServiceAccount]


def accounts(world: World) -> list[ServiceAccount]:
    """Whoever is called in the sealed way."""
    return [bot for bot in world.bots.values() if isinstance(bot, ServiceAccount)]
