"""The simulated days: from instant to instant, what people did is taken in, the ticks run, messages leave.

One thread, the database on it, no waiting: the machine's own time plays no part, so that a seed gives one story.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.intake import take_in
from bot.simulate.city import Plan, build
from bot.simulate.clockwork import Clockwork
from bot.simulate.crowd import Crowd
from bot.simulate.habits import Habits
from bot.simulate.mailing import Mailing
from bot.simulate.messenger import SimulatedMessenger
from models import Escalation, EscalationEvent
from models.db import Database
from rules.escalation import Event, State
from rules.times import at_local
from services.clock import ManualClock

TOGETHER = 200
"""Updates taken in with one transaction, as in `bot.intake`."""
MOST_AFTERWARDS = timedelta(days=3)
"""How long after the last slot an alarm may still be on its way to a human."""

Progress = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What was played."""

    plan: Plan
    crowd: Crowd
    messengers: dict[str, SimulatedMessenger]
    mailing: Mailing
    clockwork: Clockwork
    ended_at: datetime

    @property
    def people_seconds(self) -> float:
        """CPU that the simulated people took, not the house."""
        return self.crowd.seconds + sum(one.seconds for one in self.messengers.values())


class Play:
    """A city and its people on an empty, migrated database."""

    def __init__(self, database: Database, plan: Plan, habits: Habits, step: timedelta, rate: float) -> None:
        """`step`: how long what is not urgent gathers before it is taken in; `rate`: messages a second and bot."""
        build(database, plan)
        self._database, self._plan, self._step = database, plan, step
        self.crowd = database.apply(Crowd, plan, habits)
        self._clock = ManualClock(plan.before)
        self._messengers = {
            bot: SimulatedMessenger(self.crowd.phones_of(bot), self._clock, habits, f"{plan.seed}:{bot}")
            for bot in plan.bots
        }
        self._mailing = Mailing(database, self._messengers, rate)
        self._clockwork = Clockwork(database, plan.before)

    async def play(self, progress: Progress) -> Played:
        """Plays the days and what follows of them, until every alarm has met a human or the top of its chain."""
        last = self.crowd.ledger.slots[-1]
        end = at_local(last.day + timedelta(days=1), time(12), self.crowd.zone)
        await self._until(end, progress)
        while self._database.apply(_in_nobodys_hands) and self._clock.now() < end + MOST_AFTERWARDS:
            await self._until(self._clock.now() + timedelta(hours=1), progress)
        await self._until(self._clock.now() + timedelta(minutes=5), progress)
        return self._played()

    async def play_until(self, end: datetime, progress: Progress) -> Played:
        """Plays so far, and until what is on its way then has arrived."""
        await self._until(end, progress)
        while self._mailing.in_flight:
            await self._until(self._clock.now() + timedelta(seconds=1), progress)
        return self._played()

    def _played(self) -> Played:
        return Played(self._plan, self.crowd, self._messengers, self._mailing, self._clockwork, self._clock.now())

    async def _until(self, end: datetime, progress: Progress) -> None:
        while (moment := self._next()) <= end:
            await self._clock.move_to(moment)
            await self._happen(self._clock.now())
            progress(moment)
        await self._clock.move_to(end)

    def _next(self) -> datetime:
        now, deeds = self._clock.now(), self.crowd.deeds
        wanted = [self._clockwork.next_at, deeds.urgent_at, self._mailing.next_at(now)]
        if deeds.patient_at:
            wanted.append(deeds.patient_at + self._step)
        return max(now, min(moment for moment in wanted if moment is not None))

    async def _happen(self, now: datetime) -> None:
        deeds = self.crowd.deeds
        urgent = deeds.urgent_at is not None and deeds.urgent_at <= now
        waited = deeds.patient_at is not None and deeds.patient_at + self._step <= now
        clock = self._clockwork.next_at <= now
        if urgent or waited or clock:
            updates = self.crowd.act(now)
            for start in range(0, len(updates), TOGETHER):
                self._database.apply(take_in, now, updates[start : start + TOGETHER])
            self._clockwork.run(now)
        await self._mailing.turn(now)


def _in_nobodys_hands(session: Session) -> bool:
    """Whether an alarm is open that nobody has ever taken and that has not been all the way up."""
    met = exists().where(
        EscalationEvent.escalation_id == Escalation.id, EscalationEvent.event.in_([Event.TAKEN, Event.NOBODY_LEFT])
    )
    return bool(session.scalar(select(exists().where(Escalation.state == State.OPEN, ~met))))
