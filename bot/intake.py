"""Updates in: one transaction for a batch, a savepoint for each update; what fails is kept, the rest goes on."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from channels.port import Incoming
from handlers.router import route
from handlers.turn import Turn
from models.db import Database
from services.clock import Clock
from services.intake import arrive, reject
from services.mailbox import say

log = structlog.get_logger()


class Intake:
    """Accepts batches from every channel; `wake` is told which bots have something to send."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[str], None]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    async def accept(self, batch: Sequence[Incoming]) -> None:
        """Returns when the whole batch is committed; raises, with nothing done, when it cannot be."""
        if not batch:
            return
        counts = await self._database.run(take_in, self._clock.now(), batch)
        log.debug("accepted", **counts)
        for bot in {incoming.sender.bot for incoming in batch}:
            self._wake(bot)


def take_in(session: Session, now: datetime, batch: Sequence[Incoming]) -> dict[str, int]:
    """The batch's transaction; counts of what was done."""
    counts = {"handled": 0, "repeated": 0, "rejected": 0}
    for incoming in batch:
        counts[_take_one(session, now, incoming)] += 1
    return counts


def _take_one(session: Session, now: datetime, incoming: Incoming) -> str:
    arrived = arrive(session, now, incoming)
    if arrived is None:
        return "repeated"
    session.flush()
    said_at = min(incoming.at or now, now)
    turn = Turn(session, now, arrived.account, arrived.person, incoming.content, said_at)
    try:
        with session.begin_nested():
            route(turn)
    except Exception as error:
        log.exception("update rejected", bot=incoming.sender.bot, update=incoming.update_id)
        session.expire_all()
        reject(session, now, arrived, repr(error))
        say(session, now, arrived.account, "apology")
        return "rejected"
    return "handled"
