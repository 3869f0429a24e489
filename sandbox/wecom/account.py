"""An application of a corporation: whom it may write to, how often, and which cards it may still change."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import SECOND
from sandbox.messages import Message
from sandbox.updates import Update
from sandbox.wechat.account import FIRST_ID, Inbox, ServiceAccount
from sandbox.wechat.envelope import Element
from sandbox.world import World

A_MINUTE, AN_HOUR = 30, 1000
"""Messages that one member gets; the rest vanishes."""
CODE_SECONDS = 72 * 3600


@dataclass(slots=True, eq=False)
class Application(ServiceAccount):
    """`token` is the corpid, `secret` the application's. Members are named by the numbers of their phones."""

    agent: int = 1_000_002
    unlicensed: set[int] = field(default_factory=set)
    mobiles: dict[int, str] = field(default_factory=dict)
    codes: dict[str, tuple[Message, int]] = field(default_factory=dict)
    """Response codes that were not used, each with its card and the instant at which it ends."""
    tasks: dict[str, Message] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    """Requests that asked for the duplicate check, and until when their like is dropped."""
    sent_at: dict[int, deque[int]] = field(default_factory=dict)

    @property
    def channel(self) -> str:
        """WeCom."""
        return "wecom"

    @property
    def says_presses(self) -> bool:
        """A button of a card is pressed without a word."""
        return False

    @property
    def longest_below(self) -> int:
        """Bytes of a name in a list of the menu."""
        return 40

    def standing(self, user: int, now: int) -> dict[str, Any]:  # noqa: ARG002 - nothing shuts here
        """Nothing but whose chat it is."""
        return {"channel": self.channel}

    def new_code(self, card: Message, now: int) -> str:
        """A response code for one change of a card."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = (card, now + CODE_SECONDS * SECOND)
        return code

    def swallows(self, phone: int, now: int) -> bool:
        """Whether a member has had too many: nothing is shown, and nobody is told."""
        sent = self.sent_at.setdefault(phone, deque(maxlen=AN_HOUR))
        last_minute = sum(one > now - 60 * SECOND for one in sent)
        last_hour = sum(one > now - 3600 * SECOND for one in sent)
        if last_minute >= A_MINUTE or last_hour >= AN_HOUR:
            return True
        sent.append(now)
        return False

    def elements(self, update: Update, created: int) -> list[Element] | None:
        """What happened, as WeCom says it; a press of a card brings a code for changing it."""
        if update.kind == "my_chat_member":
            inside = update.payload["new_chat_member"]["status"] == "member"
            return self._event(update, created, "subscribe" if inside else "unsubscribe")
        if update.kind == "click":
            return self._event(update, created, "click", ("EventKey", str(update.payload["key"])))
        if update.kind != "callback_query":
            return self._other(update, created)
        message = update.payload["message"]["message_id"]
        task = next((task for task, card in self.tasks.items() if card.id == message), "")
        code = self.new_code(self.tasks[task], self.updates_now()) if task else ""
        key = ("EventKey", str(update.payload["data"]))
        card = [key, ("TaskId", task), ("CardType", "button_interaction"), ("ResponseCode", code)]
        return self._event(update, created, "template_card_event", *card)

    def _other(self, update: Update, created: int) -> list[Element] | None:
        user = update.lane[1]
        if str(update.payload.get("text", "")) == "/start" and user not in self.followers:
            self.followers.add(user)
            return self._event(update, created, "subscribe")
        known = user in self.followers
        self.followers.add(user)  # a link's word is typed here: nothing but the menu opens an application
        found = ServiceAccount.elements(self, update, created)
        if not known:
            self.followers.discard(user)
        if found and ("Event", "SCAN") in found:
            words = ("Content", str(update.payload["text"]))
            return [*found[:3], ("MsgType", "text"), words, ("MsgId", str(update.id))]
        return found

    def updates_now(self) -> int:
        """Microseconds by the sandbox clock."""
        return self.inbox.now()

    def _event(self, update: Update, created: int, name: str, *more: Element) -> list[Element]:
        head = [("ToUserName", self.token), ("FromUserName", str(update.lane[1])), ("CreateTime", str(created))]
        return [*head, ("MsgType", "event"), ("Event", name), *more, ("AgentID", str(self.agent))]


def open_application(world: World, *, username: str, name: str, **secrets_of_it: Any) -> Application:
    """Puts an application into the world; `corp`, `secret`, `callback`, `callback_token`, `aes_key` are its own."""
    number = FIRST_ID + sum(isinstance(bot, ServiceAccount) for bot in world.bots.values())
    corp = str(secrets_of_it.pop("corp"))
    application = Application(corp, number, username, name, Inbox(world.clock), **secrets_of_it)
    world.register(application)
    return application


def applications(world: World) -> list[Application]:
    """Every application of the world."""
    return [bot for bot in world.bots.values() if isinstance(bot, Application)]
