"""One bot's way out while something is due: claimed in turns, sent at its pace, recorded as it is answered.

Two things run side by side. *Turns* are transactions, one at a time: what was answered is recorded, or what is due is
claimed. *Departures* (`bot/departures.py`) let the most urgent of what was claimed leave at every instant that the pace
allows; so an alert waits for the turn in progress and for the next place, never for a batch.

Records are turns of their own, and short: a crash repeats what was answered and not recorded.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.departures import Departures
from bot.pacing import Pacer
from channels.port import Capabilities, ChannelError, Sent
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
LOOK_ON = timedelta(seconds=1)
"""How often what was to leave later is looked at, by the house's clock."""
RENEW_SECONDS = LEASE.total_seconds() / 4


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
        self._database, self._clock, self._can = database, clock, can
        self._landed = landed
        # Bound once: what is not logged at this level then costs nothing a message.
        self._log = log.bind()
        self._turned = turned
        self._stirred = asyncio.Event()
        self._out = Departures(pacer, clock, send, landed, self._stirred, self._left)
        self._nudged = False
        self._was_failing = True  # nobody knows: another process may have had the bot
        self._ending = False
        self._more = True
        self._looked_at = 0.0
        self._looked_on_at: datetime | None = None
        self._ahead = max(1, int(pacer.most * AHEAD_SECONDS))
        self._batch = min(MOST_AT_ONCE, self._ahead)
        self._least = self._batch if self._ahead >= 2 * self._batch else -(-self._batch // 2)

    async def run(self) -> int:
        """Sends what is due until nothing is; how many were handed to the messenger."""
        try:
            async with self._out.leaving() as dispatcher:
                while not self._ending:
                    await self._turns()
                    if dispatcher.done():
                        dispatcher.result()
                    if not (self._more or self._nudged or self._out.held):
                        break
                    if not (self._more and self._room()) and not self._nudged:
                        await self._something()
        finally:
            self._ending = True
            await self._out.finish()
            await self._record()
        return self._out.handed

    def nudge(self) -> None:
        """Something has become due, perhaps something urgent."""
        self._nudged = True
        self._stirred.set()

    def end(self) -> None:
        """Takes no more: what has not left is owed again, what is on its way is waited for."""
        self._ending = True
        self._stirred.set()

    async def _turns(self) -> None:
        """What there is to do now: a record and a claim, the claim first when somebody has called."""
        if not self._nudged:
            await self._record()
        if self._nudged or self._room() or time.monotonic() - self._looked_at > POLL_SECONDS:
            await self._claim()

    async def _record(self) -> None:
        results, waits = self._landed[:], self._out.bot_waits
        if not results:
            return
        await self._database.run(self._put_down, self._clock.now(), results, waits)
        if (failing := is_failing(results)) is not None:
            self._was_failing = failing
        # Only now: what could not be recorded is recorded by the next turn, or by the next drain.
        del self._landed[: len(results)]
        self._turned()
        self._out.bot_waits = None if self._out.bot_waits == waits else self._out.bot_waits
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
        now, renewing = self._clock.now(), started - self._out.renewed_at > RENEW_SECONDS
        looks_on = self._looked_on_at is None or not now - LOOK_ON < self._looked_on_at <= now
        claimed = await self._database.run(self._work, now, room, renewing, looks_on)
        self._looked_on_at = now if looks_on else self._looked_on_at
        self._turned()
        if renewing:
            self._out.renewed_at = started
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
            waiting=self._out.waiting,
            look_back=renewing,
            look_on=looks_on,
        )

    def _room(self) -> int:
        """How many more may be claimed: a good part of a batch at least, and no more than a second's in flight."""
        room = min(self._batch, self._ahead - self._out.waiting)
        return max(0, min(room, self._pacer.most - self._out.held)) if room >= self._least else 0

    def _take(self, claimed: Claimed) -> None:
        if claimed.share != self._pacer.share:
            self._pacer.share = claimed.share
        if claimed.before and claimed.before != self._pacer.reserved:
            self._pacer.after(claimed.before.timestamp(), self._clock.now().timestamp())
        self._pacer.reserved = claimed.arrival_at or self._pacer.reserved
        if claimed.paused:
            self._out.give_back()
        self._out.take(claimed.parcels)

    async def _something(self) -> None:
        """Waits for an answer, a nudge, an emptier queue, or a while."""
        later = asyncio.get_running_loop().call_later(POLL_SECONDS, self._stirred.set)
        await self._stirred.wait()
        later.cancel()
        self._stirred.clear()

    def _left(self) -> None:
        """A place is free again."""
        if self._more and self._room():
            self._stirred.set()
