"""What waits in the outbox and what will never arrive: for operators, without a name or a word of any message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import OutboxMessage
from rules.mail import MailState, Priority
from rules.wordless import without_words

WAITING = (MailState.PENDING, MailState.LEASED)
GIVEN_UP = (MailState.DEAD, MailState.REJECTED)


@dataclass(frozen=True, slots=True)
class Heap:
    """Messages of one bot, priority and state; `age` is how long the oldest has been due (negative: not due yet)."""

    bot: str
    priority: Priority
    state: MailState
    count: int
    age: timedelta


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A message that is not tried any more."""

    id: int
    bot: str
    priority: Priority
    template: str
    state: MailState
    attempts: int
    error: str
    created_at: datetime


def heaps(session: Session, now: datetime) -> list[Heap]:
    """What waits, and what was given up, by bot, priority and state."""
    kinds = (OutboxMessage.bot, OutboxMessage.priority, OutboxMessage.state)
    rows = session.execute(
        select(*kinds, func.count(), func.min(OutboxMessage.due_at))
        .where(OutboxMessage.state.in_([*WAITING, *GIVEN_UP]))
        .group_by(*kinds)
        .order_by(*kinds)
    )
    return [Heap(bot, Priority(priority), state, count, now - oldest) for bot, priority, state, count, oldest in rows]


def given_up(session: Session, most: int = 200) -> list[GivenUp]:
    """The newest of what was given up."""
    rows = session.scalars(
        select(OutboxMessage).where(OutboxMessage.state.in_(GIVEN_UP)).order_by(OutboxMessage.id.desc()).limit(most)
    )
    return [
        GivenUp(
            one.id,
            one.bot,
            Priority(one.priority),
            one.template,
            one.state,
            one.attempts,
            without_words(one.error or ""),
            one.created_at,
        )
        for one in rows
    ]


def try_again(session: Session, now: datetime, numbers: Sequence[int]) -> set[int]:
    """Owes given-up messages anew, with all their attempts; those that were. What has become pointless is not sent."""
    chosen = OutboxMessage.id.in_(numbers) & OutboxMessage.state.in_(GIVEN_UP)
    anew = {"state": MailState.PENDING, "attempts": 0, "due_at": now, "waits": False, "error": None}
    done = session.scalars(update(OutboxMessage).where(chosen).values(anew).returning(OutboxMessage.id))
    return set(done)
