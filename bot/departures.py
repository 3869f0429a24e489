"""What a drain has claimed, as it leaves: the most urgent first, at every instant that the bot's pace allows."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from bot.pacing import Pacer
from channels.port import ChannelError, Sent, Throttled, Uncertain
from rules.mail import LEASE
from services.clock import Clock
from services.parcels import Parcel
from services.results import Result

GATHER_SECONDS = 0.005
"""How long an answer waits for others to be recorded with it, where they come fast."""
ENDING_SECONDS = 4.0
"""How long, in real seconds, what is on its way may still take when the house closes."""
STALE_SECONDS = LEASE.total_seconds() * 0.8
"""Real seconds since our lease was last renewed after which nothing leaves: another process may have it by now."""
AT_ONE_TIME = timedelta(seconds=1)
"""When several chats are throttled within this time, the bot is meant."""


class Departures:
    """What is to leave, what is on its way, and what has `landed` and is not recorded yet.

    `stirred` is set when there is something to record or to claim again; `left` hears of everything that leaves.
    """

    def __init__(
        self,
        pacer: Pacer,
        clock: Clock,
        send: Callable[[Parcel], Awaitable[Sent | ChannelError]],
        landed: list[Result],
        stirred: asyncio.Event,
        left: Callable[[], None],
    ) -> None:
        self._pacer, self._clock, self._send = pacer, clock, send
        self._queue: list[tuple[int, int, Parcel]] = []
        self._flying: dict[int, tuple[Parcel, asyncio.Task[None]]] = {}
        self._landed = landed
        self._throttled: deque[tuple[datetime, int]] = deque()
        self._stirred, self._moved, self._left = stirred, asyncio.Event(), left
        self._gathering: asyncio.TimerHandle | None = None
        self._is_fast = pacer.most > 100
        self.renewed_at = 0.0
        """When our lease was last renewed, in this machine's own seconds."""
        self.bot_waits: timedelta | None = None
        """For how long the messenger wants nothing from the bot, where it has said so and that is not recorded yet."""
        self.handed = 0
        """How many were handed to the messenger."""

    @property
    def waiting(self) -> int:
        """How many have not left."""
        return len(self._queue)

    @property
    def held(self) -> int:
        """How many there are that are not recorded: to leave, on their way, landed."""
        return len(self._queue) + len(self._flying) + len(self._landed)

    @asynccontextmanager
    async def leaving(self) -> AsyncIterator[asyncio.Task[None]]:
        """What is taken leaves meanwhile, until the end of the context."""
        dispatcher = asyncio.create_task(self._dispatch())
        try:
            yield dispatcher
        finally:
            dispatcher.cancel()
            with suppress(asyncio.CancelledError):
                await dispatcher

    def take(self, parcels: Sequence[Parcel]) -> None:
        """These are to leave too; with none, the pace may have changed."""
        for parcel in parcels:
            heappush(self._queue, (parcel.priority, parcel.id, parcel))
        self._moved.set()

    def give_back(self) -> None:
        """What has not left is owed again."""
        self._landed += [Result(parcel, None) for *_, parcel in self._queue]
        self._queue.clear()
        self._stirred.set()

    async def finish(self) -> None:
        """Nothing more leaves, and what is on its way is waited for: what is not answered by then is uncertain."""
        self.give_back()
        if self._flying:
            await asyncio.wait([task for _, task in self._flying.values()], timeout=ENDING_SECONDS)
        for parcel, task in list(self._flying.values()):
            task.cancel()
            self._land(parcel, Uncertain("no answer before the end"))
        self._flying.clear()

    async def _dispatch(self) -> None:
        while True:
            ready_at = self._pacer.ready_at(self._seconds()) if self._queue else None
            if ready_at is None:
                self._moved.clear()
                await self._moved.wait()
            elif ready_at > self._seconds():
                await self._clock.sleep_until(datetime.fromtimestamp(ready_at, UTC) + timedelta.resolution)
            elif time.monotonic() - self.renewed_at > STALE_SECONDS:
                self.give_back()
            else:
                self._leave(heappop(self._queue)[2])

    def _leave(self, parcel: Parcel) -> None:
        self.handed += 1
        self._pacer.left(parcel.id, self._seconds())
        self._flying[parcel.id] = parcel, asyncio.create_task(self._fly(parcel))
        self._left()

    async def _fly(self, parcel: Parcel) -> None:
        said = await self._send(parcel)
        del self._flying[parcel.id]
        self._land(parcel, said)

    def _land(self, parcel: Parcel, said: Sent | ChannelError) -> None:
        self._pacer.answered(parcel.id, self._seconds())
        if isinstance(said, Throttled):
            self._slow_down(parcel, said)
        self._landed.append(Result(parcel, said))
        self._stir_soon()
        self._moved.set()

    def _stir_soon(self) -> None:
        """A turn for what was answered: at once, or where answers come fast, for a few of them together."""
        if not self._is_fast:
            self._stirred.set()
        elif self._gathering is None or self._gathering.when() < asyncio.get_running_loop().time():
            self._gathering = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._stirred.set)

    def _slow_down(self, parcel: Parcel, said: Throttled) -> None:
        now = self._clock.now()
        self._throttled.append((now, parcel.account_id))
        while self._throttled[0][0] < now - AT_ONE_TIME:
            self._throttled.popleft()
        if len({account for _, account in self._throttled}) > 1:
            self.bot_waits = max(self.bot_waits or said.retry_after, said.retry_after)
            self.give_back()

    def _seconds(self) -> float:
        return self._clock.now().timestamp()
