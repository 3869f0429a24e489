"""Messages out: claimed, written as they leave, paced, sent outside any transaction, and their outcomes recorded.

A crash loses nothing: what was leased and not recorded is owed again at the next start, or when the lease runs out. It
repeats at most what was in flight.
"""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from functools import partial

import structlog

from bot.drain import Drain
from bot.media import Media
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.sending import Sending
from channels.port import Channel
from models.db import Database
from rules.mail import bot_pace
from services.clock import Clock
from services.leases import release
from services.results import Result

log = structlog.get_logger()


class Delivery:
    """Drains the outbox of every bot; `rate` is in messages a second and bot, `rates` of those that have their own."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        rate: float,
        media: Media,
        metrics: Metrics | None = None,
        turned: Callable[[str], None] = lambda _: None,
        rates: Mapping[str, float] | None = None,
    ) -> None:
        """`turned` hears of a bot at every turn of its drain: while that is so, it moves."""
        self._database = database
        self._clock = clock
        self._sending = Sending(channels, media, metrics)
        self._turned = turned
        self._rate, self._rates = rate, rates or {}
        self._lease = uuid.uuid4().hex
        self._pacers: dict[str, Pacer] = {}
        self._landed: dict[str, list[Result]] = {}
        self._running: dict[str, Drain] = {}

    async def drain(self, bot: str) -> int:
        """Sends what is due for a bot until nothing is; how many were handed to the messenger.

        When it is cancelled it takes no more, and ends when what is on its way has been answered and recorded; what
        has not left by then is owed again at once.
        """
        pacer, pace = self._pacer(bot), bot_pace(self._rates.get(bot, self._rate))
        can = self._sending.channels[bot].capabilities
        landed = self._landed.setdefault(bot, [])
        send, turned = self._sending.send, partial(self._turned, bot)
        drain = Drain(bot, self._lease, pace, pacer, self._database, self._clock, can, send, landed, turned)
        self._running[bot] = drain
        work = asyncio.create_task(drain.run())
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            drain.end()
            await asyncio.wait({work})
            raise
        finally:
            self._running.pop(bot, None)

    def nudge(self, bot: str) -> None:
        """Something is due: a drain that runs looks at once, so that an alert does not wait for the batch in flight."""
        if drain := self._running.get(bot):
            drain.nudge()

    def hold(self, bot: str, wanted: int) -> int:
        """Keeps up to so many places of this second for messages that leave in another way; how many."""
        if bot not in self._sending.channels:
            return 0
        return self._pacer(bot).hold(wanted, self._clock.now().timestamp())

    def _pacer(self, bot: str) -> Pacer:
        if bot not in self._pacers:
            self._pacers[bot] = Pacer(self._rates.get(bot, self._rate))
        return self._pacers[bot]

    def give_back(self, bot: str, places: int) -> None:
        """Frees so many of the places that were held last."""
        if places:
            self._pacers[bot].give_back(places)

    async def release(self) -> None:
        """At the end, when no drain runs any more: whatever is still leased here is owed again."""
        if released := await self._database.run(release, self._lease):
            log.warning("messages released unsent", count=released)
