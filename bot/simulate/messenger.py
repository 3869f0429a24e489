"""A messenger in this process: one bot's channel, which hands every message to a simulated phone at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from time import process_time
from typing import Any

from bot.simulate.habits import Habits
from bot.simulate.phones import Phone
from channels.port import (
    Accept,
    Address,
    Capabilities,
    Failed,
    Introduction,
    Menu,
    Message,
    Rejected,
    Route,
    Sent,
    Uncertain,
    Unreachable,
)
from services.clock import Clock


class SimulatedMessenger:
    """Delivers, with the rare trouble that messengers make: who blocked the bot, no answer, not now."""

    capabilities = Capabilities(messenger="simulated")

    def __init__(self, phones: Mapping[str, Phone], clock: Clock, habits: Habits, seed: str) -> None:
        """`phones` by their chat with this bot."""
        self._phones, self._clock, self._habits = phones, clock, habits
        self._random = Random(seed)
        self._sent = 0
        self.outcomes: Counter[str] = Counter()
        """What it said to the bot's messages."""
        self.seconds = 0.0
        """CPU that people took to look at what came."""

    async def send(self, to: Address, message: Message) -> Sent:
        """Delivers a message; raises `Unreachable`, `Failed` or `Uncertain`."""
        phone = self._reach(to)
        self._sent += 1
        number, lost = str(self._sent), self._random.random() < self._habits.uncertain
        started = process_time()
        if lost and self._random.random() < 0.5:
            phone.not_certain(message, self._clock.now())
        else:
            phone.hear(number, message, self._clock.now())
        self.seconds += process_time() - started
        if lost:
            raise self._said(Uncertain("no answer"))
        self.outcomes["sent"] += 1
        return Sent(number)

    async def edit(self, to: Address, sent: Sent, message: Message) -> Sent:
        """Changes a message in place; raises like `send`."""
        phone, started = self._reach(to), process_time()
        phone.change(sent.message_id, message, self._clock.now())
        self.seconds += process_time() - started
        self.outcomes["edited"] += 1
        return Sent(sent.message_id)

    async def show_menu(self, to: Address, menu: Menu) -> None:  # noqa: ARG002 - nobody looks at it
        """Nothing to see."""
        self._reach(to)
        self.outcomes["menus"] += 1

    async def fetch(self, media: str) -> bytes:
        """Nobody sends photos here."""
        raise Rejected(media)

    async def listen(self, accept: Accept) -> None:
        """Nothing: the simulation hands over what people do itself."""

    def routes(self, accept: Accept) -> Sequence[Route]:  # noqa: ARG002
        """None."""
        return ()

    async def introduce(self, introductions: Mapping[str, Introduction]) -> None:
        """Nothing: nobody looks at a profile here."""

    async def check(self) -> dict[str, Any]:
        """Who the bot is."""
        return {"username": "simulated", "link": "", "join": ""}

    async def close(self) -> None:
        """Nothing is open."""

    def _reach(self, to: Address) -> Phone:
        phone = self._phones.get(to.chat)
        if phone is None or phone.blocked:
            raise self._said(Unreachable("blocked" if phone else "not_found"))
        if self._random.random() < self._habits.failed:
            raise self._said(Failed("not now"))
        return phone

    def _said(self, error: Unreachable | Failed | Uncertain) -> Unreachable | Failed | Uncertain:
        self.outcomes[type(error).__name__.lower()] += 1
        return error
