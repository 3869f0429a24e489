"""Messages out: claimed, written as they leave, paced, sent outside any transaction, and their outcomes recorded.

A crash loses nothing: what was leased and not recorded is owed again at the next start, or when the lease runs out. It
repeats at most what was in flight.
"""

import asyncio
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.media import Media, MediaMissingError
from channels.port import Address, Channel, ChannelError, Failed, Menu, Message, Rejected, Sent, Uncertain
from models.db import Database
from rules.mail import LEASE, bot_pace
from services.clock import Clock
from services.outbox import Claimed, Parcel, claim, release, renew
from services.outcomes import Result, record_results

log = structlog.get_logger()

BATCH_SECONDS = 0.25
"""A batch holds at most this share of a second's messages, so that an alert overtakes within a second (invariant 8)."""
MOST_BATCHES = 4
"""How many batches may be on their way at once: a chat that does not answer holds up nobody else, and a messenger that
does not answer at all is asked to take no more than a second's messages, whose fate is then uncertain."""
ENDING_SECONDS = 7.0
"""How long, in real seconds, what is on its way may still take when the house closes."""
RENEW_SECONDS = LEASE.total_seconds() / 4
STALE_SECONDS = LEASE.total_seconds() * 0.8
"""Real seconds since our lease was last renewed after which nothing leaves: another process may have it by now."""


class Delivery:
    """Drains the outbox of every bot; `rate` is in messages a second and bot."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], clock: Clock, rate: float, media: Media
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._media = media
        self._pace = bot_pace(rate)
        self._batch = max(1, int(rate * BATCH_SECONDS))
        self._lease = uuid.uuid4().hex
        self._renewed_at = 0.0

    async def drain(self, bot: str) -> int:
        """Sends what is due for a bot until nothing is; how many were handed to the messenger.

        When it is cancelled it takes no more, and ends when what is on its way has been answered and recorded; what
        has not left by then is owed again at once.
        """
        ending = asyncio.Event()
        work = asyncio.create_task(self._drain(bot, ending))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            ending.set()
            try:
                await asyncio.wait({work}, timeout=ENDING_SECONDS)
            finally:
                work.cancel()
                await asyncio.wait({work})
            raise

    async def release(self) -> None:
        """At the end, when no drain runs any more: whatever is still leased here is owed again."""
        if released := await self._database.run(release, self._lease):
            log.warning("messages released unsent", count=released)

    async def _drain(self, bot: str, ending: asyncio.Event) -> int:
        handed = 0
        flying: set[asyncio.Task[Result]] = set()
        try:
            while True:
                room = 0 if ending.is_set() else min(self._batch, MOST_BATCHES * self._batch - len(flying))
                claimed = await self._claim(bot, room)
                handed += len(claimed.parcels)
                flying |= {asyncio.create_task(self._send(bot, parcel)) for parcel in claimed.parcels}
                if not flying and not claimed.looked_at:
                    return handed
                flying = await self._land(bot, flying)
        finally:
            for task in flying:
                task.cancel()

    async def _claim(self, bot: str, room: int) -> Claimed:
        if time.monotonic() - self._renewed_at > RENEW_SECONDS:
            started = time.monotonic()
            await self._database.run(renew, self._clock.now(), self._lease)
            self._renewed_at = started
        if not room:
            return Claimed([], 0)
        can = self._channels[bot].capabilities
        return await self._database.run(claim, self._clock.now(), bot, self._lease, self._pace, room, can)

    async def _land(self, bot: str, flying: set[asyncio.Task[Result]]) -> set[asyncio.Task[Result]]:
        """Records what is answered within a batch's time; returns what is still on its way."""
        if not flying:
            return flying
        landed, flying = await asyncio.wait(flying, timeout=BATCH_SECONDS)
        if landed:
            results = sorted((task.result() for task in landed), key=lambda result: result.id)
            counts = await self._database.run(record_results, self._clock.now(), bot, results)
            log.debug("delivered", bot=bot, **counts)
        return flying

    async def _send(self, bot: str, parcel: Parcel) -> Result:
        await self._clock.sleep_until(parcel.leave_at)
        if time.monotonic() - self._renewed_at > STALE_SECONDS:
            return Result(parcel.id, parcel.message, Failed("the lease was not renewed in time"))
        channel = self._channels[bot]
        try:
            if isinstance(parcel.message, Menu):
                await channel.show_menu(parcel.to, parcel.message)
                said = Sent("")
            elif parcel.edits:
                said = await channel.edit(parcel.to, parcel.edits, parcel.message)
            else:
                said = await self._send_whole(channel, parcel.to, parcel.message)
        except ChannelError as error:
            return Result(parcel.id, parcel.message, error)
        except Exception as error:
            # An adapter promises the five errors only; whatever else it lets through must not stop the bot.
            log.exception("adapter failed", bot=bot, message=parcel.id)
            return Result(parcel.id, parcel.message, Uncertain(repr(error)))
        return Result(parcel.id, parcel.message, said)

    async def _send_whole(self, channel: Channel, to: Address, message: Message) -> Sent:
        """Sends with its picture or file: by the messenger's id of it, or with its bytes where that is not known."""
        attached = message.attachment
        if attached is None or attached.content:
            return await channel.send(to, message)
        if attached.known:
            try:
                return await channel.send(to, message)
            except Rejected:
                attached = replace(attached, known="")
        try:
            content = await self._media.content(attached.digest)
        except MediaMissingError:
            log.error("a content is missing in the media store", digest=attached.digest)
            return await channel.send(to, replace(message, attachment=None))
        return await channel.send(to, replace(message, attachment=replace(attached, content=content)))
