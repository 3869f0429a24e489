"""One bot's way out while something is due: claimed in turns, sent at its pace, recorded as it is answered.

Two things run side by side. *Turns* are transactions, one at a time: what was answered is recorded, or what is due is
claimed. The *dispatcher* lets the most urgent of what was claimed leave at every instant that the pace allows; so an
alert waits for the turn in progress and for the next place, never for a batch.

Records are turns of their own, and short: a crash repeats what was answered and not recorded.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

import structlog
from sqlalchemy.orm import Session

from bot.pacing import Pacer
from channels.port import Capabilities, ChannelError, Sent, Throttled, Uncertain
from models.db import Database
from rules.mail import LEASE, Pace
from services.clock import Clock
from services.leases import renew
from services.outbox import Claimed, claim
from services.outcomes import is_failing, record_results
from services.parcels import Parcel
from services.results import Result

log = structlog.get_logger()

AHEAD_SECONDS = 0.25
"""At most this share of a second's messages waits to leave: what is written early may be stale when it leaves."""
MOST_AT_ONCE = 100
"""Messages of one claim: a longer transaction would hold up an alert."""
URGENT_AT_ONCE = 8
POLL_SECONDS = 0.1
"""How often a turn looks for what is due without having been told."""
GATHER_SECONDS = 0.005
"""How long an answer waits for others to be recorded with it, where they come fast."""
LOOK_ON = timedelta(seconds=1)
"""How often what was to leave later is looked at, by the house's clock."""
ENDING_SECONDS = 4.0
"""How long, in real seconds, what is on its way may still take when the house closes."""
RENEW_SECONDS = LEASE.total_seconds() / 4
STALE_SECONDS = LEASE.total_seconds() * 0.8
"""Real seconds since our lease was last renewed after which nothing leaves: another process may have it by now."""
AT_ONE_TIME = timedelta(seconds=1)
"""When several chats are throttled within this time, the bot is meant."""


class Drain:
    """Empties one bot's outbox; `pacer`, and `landed`, which is not recorded yet, outlive it.

    `turned` hears of every turn.
    """

    def __init__(
        self,
        bot: str,
        lease: str,
        pace: Pace,
        pacer: Pacer,
        database: Database,
        clock: Clock,
        can: Capabilities,
        send: Callable[[Parcel], Awaitable[Sent | ChannelError]],
        landed: list[Result],
        turned: Callable[[], None] = lambda: None,
    ) -> None:
        self._bot, self._lease, self._pace, self._pacer = bot, lease, pace, pacer
        self._database, self._clock, self._can, self._send = database, clock, can, send
        self._queue: list[tuple[int, int, Parcel]] = []
        self._flying: dict[int, tuple[Parcel, asyncio.Task[None]]] = {}
        self._landed = landed
        # Bound once: what is not logged at this level then costs nothing a message.
        self._log = log.bind()
        self._turned = turned
        self._throttled: deque[tuple[datetime, int]] = deque()
        self._bot_waits: timedelta | None = None
        self._stirred, self._moved = asyncio.Event(), asyncio.Event()
        self._nudged = False
        self._was_failing = True  # nobody knows: another process may have had the bot
        self._ending = False
        self._more = True
        self._renewed_at = self._looked_at = 0.0
        self._looked_on_at: datetime | None = None
        self._gathering: asyncio.TimerHandle | None = None
        self._ahead = max(1, int(pacer.most * AHEAD_SECONDS))
        self._batch = min(MOST_AT_ONCE, self._ahead)
        self._least = self._batch if self._ahead >= 2 * self._batch else -(-self._batch // 2)
        self._is_fast = pacer.most > 100
        self.handed = 0

    async def run(self) -> int:
        """Sends what is due until nothing is; how many were handed to the messenger."""
        dispatcher = asyncio.create_task(self._dispatch())
        try:
            while not self._ending:
                await self._turns()
                if dispatcher.done():
                    dispatcher.result()
                if not (self._more or self._nudged or self._queue or self._flying or self._landed):
                    break
                if not (self._more and self._room()) and not self._nudged:
                    await self._something()
        finally:
            dispatcher.cancel()
            with suppress(asyncio.CancelledError):
                await dispatcher
            await self._finish()
        return self.handed

    def nudge(self) -> None:
        """Something has become due, perhaps something urgent."""
        self._nudged = True
        self._stirred.set()

    def end(self) -> None:
        """Takes no more: what has not left is owed again, what is on its way is waited for."""
        self._ending = True
        self._stirred.set()

    # Turns

    async def _turns(self) -> None:
        """What there is to do now: a record and a claim, the claim first when somebody has called."""
        if not self._nudged:
            await self._record()
        if self._nudged or self._room() or time.monotonic() - self._looked_at > POLL_SECONDS:
            await self._claim()

    async def _record(self) -> None:
        results, waits = self._landed[:], self._bot_waits
        if not results:
            return
        await self._database.run(self._put_down, self._clock.now(), results, waits)
        if (failing := is_failing(results)) is not None:
            self._was_failing = failing
        # Only now: what could not be recorded is recorded by the next turn, or by the next drain.
        del self._landed[: len(results)]
        self._turned()
        self._bot_waits = None if self._bot_waits == waits else self._bot_waits
        for result in results:
            became = type(result.said).__name__.lower() if result.said else "held"
            self._log.debug("recorded", message=result.parcel.id, cause=result.parcel.cause, became=became)

    def _put_down(
        self, session: Session, now: datetime, results: list[Result], waits: timedelta | None
    ) -> dict[str, int]:
        return record_results(session, now, self._bot, results, waits, was_failing=self._was_failing)

    async def _claim(self) -> None:
        room, self._nudged = self._room(), False
        started = self._looked_at = time.monotonic()
        now, renewing = self._clock.now(), started - self._renewed_at > RENEW_SECONDS
        looks_on = self._looked_on_at is None or not now - LOOK_ON < self._looked_on_at <= now
        claimed = await self._database.run(self._work, now, room, renewing, looks_on)
        self._looked_on_at = now if looks_on else self._looked_on_at
        self._turned()
        if renewing:
            self._renewed_at = started
        if room:
            self._more = claimed.looked_at > len(claimed.parcels)
        self._take(claimed)

    def _work(self, session: Session, now: datetime, room: int, renewing: bool, looks_on: bool) -> Claimed:
        if renewing:
            renew(session, now, self._lease, self._bot)
        return claim(
            session,
            now,
            self._bot,
            self._lease,
            self._pace,
            room or URGENT_AT_ONCE,
            self._can,
            urgent=not room,
            waiting=len(self._queue),
            look_back=renewing,
            look_on=looks_on,
        )

    def _room(self) -> int:
        """How many more may be claimed: a good part of a batch at least, and no more than a second's in flight."""
        taken = len(self._queue) + len(self._flying) + len(self._landed)
        room = min(self._batch, self._ahead - len(self._queue))
        return max(0, min(room, self._pacer.most - taken)) if room >= self._least else 0

    def _take(self, claimed: Claimed) -> None:
        if claimed.share != self._pacer.share:
            self._pacer.share = claimed.share
        if claimed.before and claimed.before != self._pacer.reserved:
            self._pacer.after(claimed.before.timestamp(), self._seconds())
        self._pacer.reserved = claimed.arrival_at or self._pacer.reserved
        if claimed.paused:
            self._give_back()
        for parcel in claimed.parcels:
            heappush(self._queue, (parcel.priority, parcel.id, parcel))
        self._moved.set()

    async def _something(self) -> None:
        """Waits for an answer, a nudge, an emptier queue, or a while."""
        later = asyncio.get_running_loop().call_later(POLL_SECONDS, self._stirred.set)
        await self._stirred.wait()
        later.cancel()
        self._stirred.clear()

    def _stir_soon(self) -> None:
        """A turn for what was answered: at once, or where answers come fast, for a few of them together."""
        if not self._is_fast:
            self._stirred.set()
        elif self._gathering is None or self._gathering.when() < asyncio.get_running_loop().time():
            self._gathering = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._stirred.set)

    # Leaving

    async def _dispatch(self) -> None:
        while True:
            ready_at = self._pacer.ready_at(self._seconds()) if self._queue else None
            if ready_at is None:
                self._moved.clear()
                await self._moved.wait()
            elif ready_at > self._seconds():
                await self._clock.sleep_until(datetime.fromtimestamp(ready_at, UTC) + timedelta.resolution)
            elif time.monotonic() - self._renewed_at > STALE_SECONDS:
                self._give_back()
            else:
                self._leave(heappop(self._queue)[2])

    def _leave(self, parcel: Parcel) -> None:
        self.handed += 1
        self._pacer.left(parcel.id, self._seconds())
        self._flying[parcel.id] = parcel, asyncio.create_task(self._fly(parcel))
        if self._more and self._room():
            self._stirred.set()

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

    def _slow_down(self, parcel: Parcel, said: Throttled) -> None:
        now = self._clock.now()
        self._throttled.append((now, parcel.account_id))
        while self._throttled[0][0] < now - AT_ONE_TIME:
            self._throttled.popleft()
        if len({account for _, account in self._throttled}) > 1:
            self._bot_waits = max(self._bot_waits or said.retry_after, said.retry_after)
            self._give_back()

    def _give_back(self) -> None:
        """What has not left is owed again."""
        self._landed += [Result(parcel, None) for *_, parcel in self._queue]
        self._queue.clear()
        self._stirred.set()

    # The end

    async def _finish(self) -> None:
        """Waits for what is on its way, and records all of it: what is not answered by then is uncertain."""
        self._ending = True
        self._give_back()
        if self._flying:
            await asyncio.wait([task for _, task in self._flying.values()], timeout=ENDING_SECONDS)
        for parcel, task in list(self._flying.values()):
            task.cancel()
            self._land(parcel, Uncertain("no answer before the end"))
        self._flying.clear()
        await self._record()

    def _seconds(self) -> float:
        return self._clock.now().timestamp()
