"""A stage for whole days: the real house and a sandbox under one clock that moves when everything is quiet."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bot.app import App
from bot.demo.messenger import Messenger
from models import Export, NoticeFile, OutboxMessage, ReceivedMedia
from rules.mail import MailState
from rules.media import MediaState
from scheduler.engine import Tick
from scheduler.ticks import TICKS
from services.agenda import MAIL, Appointed, next_event, overdue
from services.clock import ManualClock

_LOOK = 0.002
_NEXT_LOOK = timedelta(seconds=1)
_MOST_ROUNDS = 10_000


class StillEngine:
    """An engine that starts nothing: the stage runs every tick and drain itself, in order."""

    spreads = False

    def wake(self, name: str, key: str) -> None:
        """Nothing: the stage drains when it settles."""

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Nothing: the stage runs the ticks when it moves the clock."""

    async def run(self) -> None:
        """Waits to be cancelled."""
        await asyncio.Event().wait()


class Stage:
    """Plays a house: `settle` until nothing moves, `forward` from event to event."""

    def __init__(self, app: App, messenger: Messenger, clock: ManualClock) -> None:
        self.app = app
        self.messenger = messenger
        self.clock = clock
        self._listening: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Prepares the house and begins to listen."""
        self.clock.follow(self.messenger.set_clock)
        await self.messenger.set_clock(self.clock.now())
        await self.app.prepare()
        self._listening = [
            asyncio.create_task(channel.listen(self.app.intake.accept)) for channel in self.app.channels.values()
        ]

    async def stop(self) -> None:
        """Stops listening and closes the house."""
        for task in self._listening:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self.app.close()

    async def settle(self) -> None:
        """Until every update has been taken in and every message that is due has gone out."""
        for _ in range(_MOST_ROUNDS):
            await self._take_in()
            for bot in self.app.channels:
                await self.app.delivery.drain(bot)
            mail, errands = await self.app.database.run(_what_waits, self.clock.now())
            if errands:
                await self._run_errands()
            elif mail:
                await self.clock.move_by(_NEXT_LOOK)  # a chat's pace, or a pause that the messenger asked for
            elif not await self.messenger.pending():
                return
        raise RuntimeError("the house does not come to rest")

    async def _run_errands(self) -> None:
        for bot in self.app.channels:
            await self.app.errands.fetch(bot)
        await self.app.errands.make()

    async def tick(self) -> None:
        """Every tick that may have something to do, in order, until nothing is left that one of them has to do."""
        behind = await self._behind()
        for _ in range(_MOST_ROUNDS):
            counts = [await self.app.ticking.run(one) for one in TICKS if not one.due or one.due in behind]
            behind = await self._behind()
            left = any(each.get("left") for each in counts)
            if not any(any(each.values()) for each in counts) or not (left or behind):
                return
        raise RuntimeError("the ticks do not come to rest")

    async def _behind(self) -> set[str]:
        return set(await self.app.database.run(overdue, self.clock.now())) - {MAIL}

    async def next_event(self) -> Appointed | None:
        """What the clock alone will cause next."""
        return await self.app.database.run(next_event, self.clock.now())

    async def forward(self, to: datetime) -> None:
        """Moves on to `to`, stopping at everything that is to happen on the way."""
        await self.tick()
        await self.settle()
        while self.clock.now() < to:
            coming = await self.next_event()
            await self.clock.move_to(min(to, coming.at) if coming else to)
            await self.tick()
            await self.settle()

    async def _take_in(self) -> None:
        while await self.messenger.pending():
            for task in self._listening:
                if task.done():
                    task.result()
            await asyncio.sleep(_LOOK)


def _what_waits(session: Session, now: datetime) -> tuple[bool, bool]:
    """Whether messages are due, and whether errands are."""
    mail = exists().where(OutboxMessage.state == MailState.PENDING, OutboxMessage.due_at <= now)
    errands = [
        exists().where(kind.state == MediaState.OWED, kind.due_at <= now)
        for kind in (ReceivedMedia, NoticeFile, Export)
    ]
    owed, asked = session.execute(select(mail, or_(*errands))).one()
    return bool(owed), bool(asked)
