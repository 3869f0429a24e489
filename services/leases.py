"""Who has a message in flight, and until when: a process that dies leaves nothing behind for long."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from models import OutboxMessage
from rules.mail import LEASE, MailState

NO_LEASE: dict[str, Any] = {"lease": None, "leased_until": None}
OWED_AGAIN: dict[str, Any] = {"state": MailState.PENDING, **NO_LEASE}
"""What a message in flight becomes when nobody sends it after all."""


def take_back(session: Session, now: datetime, bot: str, lease: str) -> int:
    """What other processes had in flight for a bot is owed again where their lease ran out; how many.

    Our own leases never run out here: only somebody else can find that we are gone.
    """
    ran_out = (OutboxMessage.lease != lease) & (OutboxMessage.leased_until <= now)
    flying = (OutboxMessage.bot == bot) & (OutboxMessage.state == MailState.LEASED)
    return _count(session, update(OutboxMessage).where(flying, ran_out).values(OWED_AGAIN))


def renew(session: Session, now: datetime, lease: str, bot: str) -> int:
    """The process with this lease lives: what it has in flight for a bot stays its own for another `LEASE`."""
    mine = _held_by(lease) & (OutboxMessage.bot == bot)
    return _count(session, update(OutboxMessage).where(mine).values(leased_until=now + LEASE))


def release(session: Session, lease: str) -> int:
    """The process with this lease ends: what it took and did not send is owed again at once; how many."""
    unsent = {**OWED_AGAIN, "attempts": OutboxMessage.attempts - 1}
    return _count(session, update(OutboxMessage).where(_held_by(lease)).values(unsent))


def take_over(session: Session) -> int:
    """At the start of the one process: what an earlier one had in flight is owed again; how many."""
    return _count(session, update(OutboxMessage).where(OutboxMessage.state == MailState.LEASED).values(OWED_AGAIN))


def _held_by(lease: str) -> ColumnElement[bool]:
    return (OutboxMessage.state == MailState.LEASED) & (OutboxMessage.lease == lease)


def _count(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)
