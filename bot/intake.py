"""Updates in: one transaction for a batch; an update that fails is rolled back alone and kept, the rest goes on."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

import structlog
from sqlalchemy.orm import Session

from bot.metrics import Metrics
from bot.riding import Rides
from channels.port import Incoming, Message
from handlers import groups
from handlers.router import route
from handlers.turn import Turn
from models.cause import because, of_update
from models.db import Database, is_conflict
from services.clock import Clock
from services.intake import Arrived, arrived, note_all_seen, note_seen, reject
from services.looking_ahead import looking_ahead
from services.mailbox import say
from services.returning import welcome_back
from services.riding import Ride, ride
from services.unanswered import heard_again

log = structlog.get_logger()


MOST_TOGETHER = 200
"""Updates of calls that arrive together, committed in one transaction: the disk is waited for once."""


_COUNTED = ("handled", "repeated", "rejected")


@dataclass(frozen=True, slots=True)
class _Waiting:
    batch: Sequence[Incoming]
    done: asyncio.Future[Mapping[str, Message]]
    came: float = field(default_factory=monotonic)


class Intake:
    """Accepts batches from every channel; `wake` is told which bots have something to send.

    While one transaction is being committed, whatever else arrives gathers for the next (group commit).
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wake: Callable[[str], None],
        metrics: Metrics | None = None,
        rides: Rides | None = None,
    ) -> None:
        """`rides`: plain answers may go back with the messenger's calls, at the pace that it keeps."""
        self._database = database
        self._clock = clock
        self._wake = wake
        self._metrics = metrics or Metrics()
        self._rides = rides
        self._waiting: deque[_Waiting] = deque()
        self._committing: asyncio.Task[None] | None = None

    async def accept(self, batch: Sequence[Incoming]) -> Mapping[str, Message]:
        """Returns when the whole batch is committed; raises, with nothing of it done, when it cannot be.

        What comes back goes out with the answers to the calls that brought the batch (`channels.port.Accept`).

        A caller that goes away meanwhile takes nothing with it: what was handed over is committed all the same.
        """
        if not batch:
            return {}
        waiting = _Waiting(batch, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await waiting.done

    async def close(self) -> None:
        """Waits until everything that was handed over is committed or refused."""
        if self._committing is not None:
            await self._committing

    async def _commit(self) -> None:
        try:
            while self._waiting:
                await self._take_in(self._gathered())
        finally:
            self._committing = None

    def _gathered(self) -> list[_Waiting]:
        found = [self._waiting.popleft()]
        room = MOST_TOGETHER - len(found[0].batch)
        while self._waiting and len(self._waiting[0].batch) <= room:
            found.append(self._waiting.popleft())
            room -= len(found[-1].batch)
        return found

    async def _take_in(self, together: Sequence[_Waiting]) -> None:
        """Commits all of them at once; one by one when that fails, so that nobody suffers for a neighbour."""
        batch = [incoming for waiting in together for incoming in waiting.batch]
        places = self._rides.places(batch) if self._rides else {}
        try:
            taken = await self._database.run(take_in, self._clock.now(), batch, places)
        except Exception as error:
            self._went(places, ())
            if len(together) == 1:
                _tell(together[0], error)
                return
            for waiting in together:
                await self._take_in([waiting])
            return
        log.debug("accepted", causes=_causes(batch), **taken.counts)
        self._metrics.took_in(monotonic() - together[0].came, taken.counts)
        self._went(places, taken.rides)
        for waiting in together:
            _tell(waiting, _answers(waiting.batch, taken.rides))
        for bot in {incoming.sender.bot for incoming in batch}:
            self._wake(bot)

    def _went(self, places: Mapping[str, int], rides: Sequence[Ride]) -> None:
        if self._rides:
            self._rides.went(places, rides)


def _answers(batch: Sequence[Incoming], rides: Sequence[Ride]) -> dict[str, Message]:
    own = {(one.sender.bot, one.update_id) for one in batch if one.carries}
    return {one.update_id: one.message for one in rides if (one.bot, one.update_id) in own}


def _tell(waiting: _Waiting, said: Mapping[str, Message] | Exception) -> None:
    if waiting.done.done():  # its caller has gone away
        return
    if isinstance(said, Exception):
        waiting.done.set_exception(said)
    else:
        waiting.done.set_result(said)


def _causes(batch: Sequence[Incoming]) -> list[str]:
    return [of_update(incoming.sender.bot, incoming.update_id) for incoming in batch]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done with a batch: how many updates in which way, and what goes back with the calls."""

    counts: dict[str, int]
    rides: Sequence[Ride] = ()


def take_in(
    session: Session, now: datetime, batch: Sequence[Incoming], places: Mapping[str, int] | None = None
) -> Taken:
    """The batch's transaction; `places`: how many answers of each bot may go back with the calls.

    Tried first as one piece, with what its handlers need looked up for all of them (ADR 27). When one raises, nothing
    of that stays, and the batch is taken again, each update in a savepoint of its own.
    """
    try:
        with session.begin_nested():
            counts = _take_together(session, now, batch)
    except Exception as error:
        if is_conflict(error):
            raise
        log.info("a batch is taken again, one by one", causes=_causes(batch), error=type(error).__name__)
        counts = _take_each(session, now, batch)
    if counts["repeated"] or any((places or {}).values()):
        return Taken(counts, ride(session, now, batch, places or {}, again=counts["repeated"] > 0))
    return Taken(counts)


def _take_each(session: Session, now: datetime, batch: Sequence[Incoming]) -> dict[str, int]:
    counts = dict.fromkeys(_COUNTED, 0)
    for incoming in batch:
        with because(of_update(incoming.sender.bot, incoming.update_id)):
            counts[_take_one(session, now, incoming)] += 1
    return counts


def _take_together(session: Session, now: datetime, batch: Sequence[Incoming]) -> dict[str, int]:
    new = note_all_seen(session, now, batch)
    with looking_ahead(session, now, new):
        for incoming in new:
            with because(of_update(incoming.sender.bot, incoming.update_id)):
                if incoming.speaker is not None:
                    groups.hear(session, now, incoming)
                else:
                    _hear(session, now, incoming, arrived(session, now, incoming))
        session.flush()
    return dict.fromkeys(_COUNTED, 0) | {"handled": len(new), "repeated": len(batch) - len(new)}


def _hear(session: Session, now: datetime, incoming: Incoming, found: Arrived) -> None:
    said_at = min(incoming.at or now, now)
    route(Turn(session, now, found.account, found.person, incoming.content, said_at, incoming.member))
    if found.back_since is not None:
        welcome_back(session, now, found.account, found.back_since)
    if found.unanswered:
        heard_again(session, now, found.account, found.unanswered)


def _take_one(session: Session, now: datetime, incoming: Incoming) -> str:
    if not note_seen(session, now, incoming):
        return "repeated"
    if incoming.speaker is not None:
        return _take_from_group(session, now, incoming)
    found = arrived(session, now, incoming)
    session.flush()
    try:
        with session.begin_nested():
            _hear(session, now, incoming, found)
    except Exception as error:
        if is_conflict(error):
            raise
        log.exception("update rejected", bot=incoming.sender.bot)
        session.expire_all()
        reject(session, now, incoming, found.account, repr(error))
        say(session, now, found.account, "apology")
        return "rejected"
    return "handled"


def _take_from_group(session: Session, now: datetime, incoming: Incoming) -> str:
    """A road of its own: a group has no conversation, and no apology is said in it."""
    session.flush()
    try:
        with session.begin_nested():
            groups.hear(session, now, incoming)
    except Exception as error:
        if is_conflict(error):
            raise
        log.exception("update of a group rejected", bot=incoming.sender.bot)
        session.expire_all()
        reject(session, now, incoming, None, repr(error))
        return "rejected"
    return "handled"
