"""The service account and the application of a town: the sandbox's, and our adapters that note what they sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from channels.numbered import choices_of
from channels.port import Address, Capabilities, Message, Sent
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.wechat_channel import CAPABILITIES, WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_sending import Template
from channels.wechat_updates import incoming
from channels.wecom_channel import WeComChannel
from channels.wecom_client import WeComClient
from channels.wecom_updates import incoming as wecom_incoming
from sandbox.messages import Message as Shown
from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount, open_account
from sandbox.wechat.window import SAID_LASTS, SAID_PUSHES, TOUCH_LASTS, TOUCH_PUSHES, Window
from sandbox.wecom.account import Application, open_application
from services.clock import ManualClock
from services.fitting import pushes
from tests.standing import Ledger

SECRET, AES_KEY = "a-secret-of-the-tests", "k" * 42 + "A"


@dataclass(frozen=True)
class Pushed:
    """One sending of ours to a service account, and what WeChat would have let us send at that instant."""

    number: int
    outside: bool
    messages: int
    room: int


class OpenWindow(Window):
    """Of somebody who writes so often that nothing is ever refused."""

    def push(self, now: int) -> int:  # noqa: ARG002 - whenever it is
        return 0


class OpenWindows(dict[int, Window]):
    """Windows that never shut."""

    def setdefault(self, user: int, default: Any = None) -> Window:  # noqa: ARG002 - none but an open one
        return super().setdefault(user, OpenWindow())


def room_of(window: Window, now: int) -> int:
    """How many messages WeChat would take at `now` (microseconds of the sandbox clock), counted as it counts."""
    said = window.said_at is not None and now - window.said_at < SAID_LASTS
    touched = window.touched_at is not None and now - window.touched_at < TOUCH_LASTS
    return said * (SAID_PUSHES - window.after_said) + touched * (TOUCH_PUSHES - window.after_touch)


def _arrived(sandbox: Sandbox, account: ServiceAccount, chat: str) -> list[Shown]:
    return [one for one in sandbox.world.messages(int(chat), account.username) if one.from_bot]


class TownsWeChat(WeChatChannel):
    """The town's service account; with `shuts` False nobody counts how often it writes to whom."""

    def __init__(
        self, bot: str, sandbox: Sandbox, clock: ManualClock, address: str, template: str, *, shuts: bool
    ) -> None:
        self.ledger, self.pushed, self.shuts = Ledger(), list[Pushed](), shuts
        self._sandbox = sandbox
        self.account = _service_account(sandbox, address, template)
        if not shuts:
            self.account.inbox.windows = OpenWindows()
        client = WeChatClient("wxtown", SECRET, sandbox.wechat_base, 10.0)
        super().__init__(
            bot,
            client,
            SealedCalls(bot, Seal(SECRET, (AES_KEY,), "wxtown"), incoming),
            title=self.account.username,
            base=address,
            now=clock.now,
            template=Template(template) if template else None,
        )

    @property
    def capabilities(self) -> Capabilities:
        return replace(CAPABILITIES, window=self.shuts)

    async def send(self, to: Address, message: Message) -> Sent:
        before = len(_arrived(self._sandbox, self.account, to.chat))
        room = room_of(self.account.inbox.window(int(to.chat)), self._sandbox.world.clock.micros())
        self.pushed.append(Pushed(message.number, message.outside, pushes(message, CAPABILITIES), room))
        sent = await super().send(to, message)
        came = _arrived(self._sandbox, self.account, to.chat)[before:]
        self.ledger.note(int(to.chat), [one.id for one in came], message.number)
        return sent


class TownsWeCom(WeComChannel):
    """The town's application."""

    def __init__(self, bot: str, sandbox: Sandbox, address: str) -> None:
        self.ledger = Ledger()
        self._sandbox = sandbox
        self.application = _application(sandbox, address)
        client = WeComClient("wwtown", SECRET, self.application.agent, sandbox.wecom_base, 10.0)
        callbacks = SealedCalls(bot, Seal(SECRET, (AES_KEY,), "wwtown"), wecom_incoming, echo_sealed=True)
        super().__init__(bot, client, callbacks, title=self.application.username)

    async def send(self, to: Address, message: Message) -> Sent:
        with self._noting(to, message):
            return await super().send(to, message)

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        with self._noting(to, message):
            return await super().edit(to, sent, message)

    @contextmanager
    def _noting(self, to: Address, message: Message) -> Iterator[None]:
        """What comes to the phone meanwhile is by this message, and perhaps the list of its choices."""
        before = len(_arrived(self._sandbox, self.application, to.chat))
        yield
        came = _arrived(self._sandbox, self.application, to.chat)[before:]
        phone, choices = int(to.chat), tuple((label, key) for key, label in choices_of(message))
        self.ledger.note(phone, [one.id for one in came], message.number)
        listed = "\n".join(label for label, _ in choices)
        self.ledger.lists |= {(phone, one.id): choices for one in came if listed and one.as_json()["text"] == listed}


def _service_account(sandbox: Sandbox, address: str, template: str) -> ServiceAccount:
    account = open_account(
        sandbox.world,
        appid="wxtown",
        secret=SECRET,
        callback=f"{address}/wechat",
        callback_token=SECRET,
        aes_key=AES_KEY,
        username="gridbot",
        name="网格通",
    )
    account.templates.add(template)
    return account


def _application(sandbox: Sandbox, address: str) -> Application:
    return open_application(
        sandbox.world,
        corp="wwtown",
        secret=SECRET,
        callback=f"{address}/wecom",
        callback_token=SECRET,
        aes_key=AES_KEY,
        username="gridbot",
        name="网格通",
    )
