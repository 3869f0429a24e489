"""The way out, step by step: messages owed by hand, a clock that moves only when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.delivery import Delivery
from channels.port import Address, Content, Incoming
from models import Account, OutboxMessage
from rules.mail import MailState, Priority
from services.mailbox import say
from tests.contracts.adapters import ADAPTERS
from tests.harness import BOT, TOKEN, USERNAME, ZONE, Town, local

RATE = 20.0
AFTER_THE_QUIET_HOURS = "07:31"
PATIENT, IMPATIENT = 30.0, 2.0
"""Seconds for which an answer is waited: short only where the silence itself is the story."""


class PostOffice:
    """A town's outbox and whoever empties it."""

    def __init__(self, town: Town, delivery: Delivery) -> None:
        self.town, self.delivery = town, delivery
        self._updates = 0
        self._draining: list[asyncio.Task[int]] = []

    def start_draining(self) -> asyncio.Task[int]:
        """Begins to send what is due; it ends with the test, however that ends."""
        self._draining.append(asyncio.create_task(self.drain()))
        return self._draining[-1]

    async def close(self) -> None:
        """Nothing is sent any more."""
        for task in self._draining:
            task.cancel()
        await asyncio.gather(*self._draining, return_exceptions=True)

    async def drain(self) -> int:
        """Sends what is due now."""
        return await self.delivery.drain(BOT)

    async def drain_after(self, **step: float) -> int:
        """Moves the clock on by hours=, minutes= … and sends what is due then; no tick runs."""
        await self.town.stage.clock.move_by(timedelta(**step))
        return await self.drain()

    def owe(self, name: str, words: str, priority: Priority = Priority.NOTICE, **step: float) -> int:
        """Owes somebody a message with these words, due now or after a while; its number."""
        with self.town.database.transaction() as session:
            account = session.get_one(Account, self.account(name).id)
            message = say(session, self.town.now, account, "alarm-held", {"who": words}, priority=priority)
            assert message is not None
            message.put_off(self.town.now + timedelta(**step), self.town.now)
            session.flush()
            return message.id

    async def hears(self, name: str, content: Content) -> None:
        """Takes in what somebody says or presses; nothing is sent yet."""
        self._updates += 1
        sender = Address(BOT, str(self.town.phone(name).number))
        await self.town.stage.app.intake.accept([Incoming(f"by hand {self._updates}", sender, content)])

    def row(self, number: int) -> OutboxMessage:
        """A message as it stands."""
        return self.town.read(lambda session: session.get_one(OutboxMessage, number))

    def rows(self, template: str, name: str | None = None) -> list[OutboxMessage]:
        """The messages of a template, to one person or to all."""
        chosen = select(OutboxMessage).where(OutboxMessage.template == template).order_by(OutboxMessage.id)
        if name:
            chosen = chosen.where(OutboxMessage.account_id == self.account(name).id)
        return self.town.read(lambda session: list(session.scalars(chosen)))

    def account(self, name: str) -> Account:
        """Somebody's chat as it stands."""
        address = str(self.town.phone(name).number)
        return self.town.read(lambda session: session.scalars(select(Account).where(Account.address == address)).one())

    def waiting(self) -> int:
        """How many messages are not in a final state."""
        unfinished = OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED])
        return self.town.read(
            lambda session: session.scalar(select(func.count(OutboxMessage.id)).where(unfinished)) or 0
        )

    def crowd(self, count: int) -> list[str]:
        """So many strangers who have started the bot; their names."""
        names = [f"路人{number:02}" for number in range(count)]
        with self.town.database.transaction() as session:
            for name in names:
                phone = self.town.stranger(name)
                self.town.sandbox.world.chat(
                    self.town.sandbox.world.bot(USERNAME), self.town.sandbox.world.phone(phone.number)
                ).started = True
                session.add(Account(bot=BOT, address=str(phone.number), language="zh-hans", created_at=self.town.now))
        return names

    def fault(self, kind: str, name: str | None = None, *, method: str = "sendMessage", **details: object) -> None:
        """Arms a fault for what is sent to somebody."""
        phone = self.town.phone(name).number if name else None
        self.town.sandbox.world.arm_fault(kind, phone=phone, method=method, **details)

    def arrivals(self) -> list[tuple[str, datetime]]:
        """What has arrived anywhere, in order: the words and the instant by the messenger's clock."""
        journal = self.town.sandbox.world.journal
        found: list[tuple[str, datetime]] = []
        read = 0
        while page := journal.after(read):
            read = page[-1]["seq"]
            for one in page:
                if one["kind"] == "bot_sent":
                    words = one["message"]["text"].removesuffix(" 已经在处理了。")
                    found.append((words, datetime.fromisoformat(one["at"])))
        return found

    def arrived(self) -> list[str]:
        """The words of what has arrived, in order."""
        return [words for words, _ in self.arrivals()]


@asynccontextmanager
async def post_office(town: Town, request_seconds: float = PATIENT) -> AsyncIterator[PostOffice]:
    """The town's post office, with a client of its own beside the one that listens."""
    channel = ADAPTERS["aiogram"](BOT, TOKEN, town.sandbox.api_base, poll_seconds=2, request_seconds=request_seconds)
    await town.stage.clock.move_to(local(town.now.astimezone(ZONE).date(), AFTER_THE_QUIET_HOURS))
    post = PostOffice(town, Delivery(town.database, {BOT: channel}, town.stage.clock, RATE, town.stage.app.media))
    try:
        yield post
    finally:
        await post.close()
        await channel.close()
