"""The way out under a simulated clock: the real claims, letters and outcomes, all bots' turns in one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, union, union_all
from sqlalchemy.orm import Session

from bot.simulate.messenger import SimulatedMessenger
from channels.port import ChannelError, Menu, Sent
from models import OutboxMessage
from models.db import Database
from models.mail import DUE, WAITS
from rules.mail import bot_pace
from services.outbox import Claimed, claim_together
from services.outcomes import record_results
from services.parcels import Parcel
from services.results import Result

MOST_AT_ONCE = 60
"""Messages of a bot in one turn, as in `bot.drain`."""
LATENCY = timedelta(seconds=0.3)
"""Simulated: how long a messenger takes to answer."""
LONGEST_TURN = timedelta(seconds=2)
LEASE = "simulate"


class Mailing:
    """Takes turns; what was answered is recorded with the next one."""

    def __init__(self, database: Database, messengers: Mapping[str, SimulatedMessenger], rate: float) -> None:
        """`rate` in messages a second and bot."""
        self._database, self._messengers, self._rate = database, messengers, rate
        self._pace = bot_pace(rate)
        self._landed: list[Result] = []
        self._full: timedelta | None = None
        self._last: datetime | None = None
        self.claimed = 0

    @property
    def in_flight(self) -> bool:
        """Whether something was handed over and is not recorded yet."""
        return bool(self._landed)

    def next_at(self, now: datetime) -> datetime | None:
        """When the next turn is wanted: an answer has come, a bot has more than its pace let out, or time comes."""
        if self._full:
            return now + self._full
        if self._landed:
            return now + LATENCY
        return self._database.apply(_due_after, now)

    async def turn(self, now: datetime) -> None:
        """Records what was answered, claims what is due as far as each bot's pace allows, and hands it over."""
        elapsed = min(LONGEST_TURN, now - self._last) if self._last else LONGEST_TURN
        limit = min(MOST_AT_ONCE, max(1, int(self._rate * elapsed.total_seconds())))
        claimed = self._database.apply(self._work, now, limit)
        self._landed = []
        self._last = now
        self._full = LONGEST_TURN if any(len(one.parcels) == limit for one in claimed.values()) else None
        for bot, found in claimed.items():
            for parcel in found.parcels:
                said = await self._hand_over(self._messengers[bot], parcel)
                self._landed.append(Result(parcel, said))
                self.claimed += 1

    def _work(self, session: Session, now: datetime, limit: int) -> dict[str, Claimed]:
        if self._landed:
            record_results(session, now, self._landed[0].parcel.to.bot, self._landed)  # no bot is told to wait here
        bots = session.scalars(_DUE_BOTS, {"now": now}).all()
        return claim_together(session, now, bots, LEASE, self._pace, limit, SimulatedMessenger.capabilities)

    async def _hand_over(self, messenger: SimulatedMessenger, parcel: Parcel) -> Sent | ChannelError:
        try:
            if isinstance(parcel.message, Menu):
                await messenger.show_menu(parcel.to, parcel.message)
                return Sent("")
            if parcel.edits:
                return await messenger.edit(parcel.to, parcel.edits, parcel.message)
            return await messenger.send(parcel.to, parcel.message)
        except ChannelError as error:
            return error


_NOW = bindparam("now", type_=OutboxMessage.due_at.type)
_PLACES = (DUE, WAITS)
_DUE_BOTS = union(
    *(select(OutboxMessage.bot).where(place, OutboxMessage.due_at <= _NOW).distinct() for place in _PLACES)
).order_by(OutboxMessage.bot)
_NEXT_DUE = union_all(*(select(func.min(OutboxMessage.due_at)).where(place) for place in _PLACES))
_PAUSE = timedelta(seconds=1)
"""What is due and was not claimed waits for its chat's pace."""


def _due_after(session: Session, now: datetime) -> datetime | None:
    due = [at for at in session.scalars(_NEXT_DUE) if at]
    return max(min(due), now + _PAUSE) if due else None
