"""The outbox: what is claimed for sending, and what is known of it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, aliased

from channels.port import Address, Capabilities, Menu, Message, Sent
from models import Account, AccountKind, Bot, OutboxMessage
from rules.mail import CHAT_PACE, GROUP_PACE, LEASE, MailState, Pace
from services.fitting import answers_in_place, can_change, fit
from services.letters import write
from services.reach import undeliverable

log = structlog.get_logger()

EVERYTHING = Capabilities()
"""A messenger that can do whatever there is, and counts nothing."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, written and given its time."""

    id: int
    to: Address
    message: Message | Menu
    leave_at: datetime
    edits: Sent | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one claim found; `looked_at` 0 means that nothing is due."""

    parcels: list[Parcel]
    looked_at: int


def claim(
    session: Session, now: datetime, bot_name: str, lease: str, pace: Pace, limit: int, can: Capabilities = EVERYTHING
) -> Claimed:
    """Claims up to `limit` due messages of a bot by (priority, id), one a chat, each with its time under both paces.

    Each is written as its messenger, which `can` do so much, takes it. What has become pointless is dropped here. A
    chat with a message still in flight waits: one chat's order is kept.
    What another process had in flight is owed again once its lease ran out.
    """
    _take_back(session, now, bot_name, lease)
    bot = session.get_one(Bot, bot_name)
    if bot.paused_until and bot.paused_until > now:
        return Claimed([], 0)
    parcels: list[Parcel] = []
    chats: set[int] = set()
    chat_pace = can.chat_pace or CHAT_PACE
    due = session.execute(_due(now, bot_name, chat_pace).limit(limit * 2)).all()
    for message, account in due:
        if len(parcels) == limit or account.id in chats:
            continue
        chats.add(account.id)
        written = _write(session, message, account, now, can)
        if written is None:
            continue
        leave_at, bot.arrival_at = pace.reserve(bot.arrival_at, now)
        own_pace = GROUP_PACE if account.kind is AccountKind.GROUP else chat_pace
        _, account.arrival_at = own_pace.reserve(account.arrival_at, leave_at)
        message.state, message.lease, message.leased_until = MailState.LEASED, lease, now + LEASE
        message.attempts += 1
        body, edits = written
        parcels.append(Parcel(message.id, Address(account.bot, account.address), body, leave_at, edits))
    return Claimed(parcels, len(due))


def _due(now: datetime, bot_name: str, chat_pace: Pace) -> Any:
    flying = aliased(OutboxMessage)
    in_flight = exists().where(flying.account_id == OutboxMessage.account_id, flying.state == MailState.LEASED)
    return (
        select(OutboxMessage, Account)
        .join(Account, Account.id == OutboxMessage.account_id)
        .where(
            OutboxMessage.bot == bot_name,
            OutboxMessage.state == MailState.PENDING,
            OutboxMessage.due_at <= now,
            or_(Account.paused_until.is_(None), Account.paused_until <= now),
            or_(
                Account.arrival_at.is_(None),
                Account.arrival_at <= now + GROUP_PACE.tolerance,
                and_(Account.kind == AccountKind.PRIVATE, Account.arrival_at <= now + chat_pace.tolerance),
            ),
            ~in_flight,
        )
        .order_by(OutboxMessage.priority, OutboxMessage.id)
    )


def _write(
    session: Session, message: OutboxMessage, account: Account, now: datetime, can: Capabilities
) -> tuple[Message | Menu, Sent | None] | None:
    original = session.get_one(OutboxMessage, message.edits_id) if message.edits_id is not None else None
    if not answers_in_place(message, original, account, can):
        message.state = MailState.DROPPED
        return None
    edits: Sent | None = None
    if original is not None and can_change(original, can):
        edits = Sent(original.external_id or "", handle=original.handle)
    try:
        with session.begin_nested():
            written = write(session, message, now, anew=edits is None)
    except OperationalError:
        raise  # another process was first: the whole claim begins again
    except Exception as error:
        # One message that cannot be written must not hold up a whole bot; the chain goes on as if it had been lost.
        log.exception("message cannot be written", message=message.id, template=message.template)
        message.state, message.error = MailState.REJECTED, repr(error)
        session.flush()
        undeliverable(session, now, message, "rejected")
        return None
    if written is None:
        message.state = MailState.DROPPED
        return None
    if original is not None and edits is not None:
        original.handle = ""  # it is good for once, whatever comes of it
    return fit(session, message, account, written, edits, can, now)


_OWED_AGAIN = {"state": MailState.PENDING, "lease": None, "leased_until": None}


def _take_back(session: Session, now: datetime, bot_name: str, lease: str) -> None:
    """Our own leases never run out: only somebody else can find that we are gone."""
    ran_out = (OutboxMessage.lease != lease) & (OutboxMessage.leased_until <= now)
    mine = (OutboxMessage.bot == bot_name) & (OutboxMessage.state == MailState.LEASED)
    session.execute(update(OutboxMessage).where(mine, ran_out).values(_OWED_AGAIN))


def renew(session: Session, now: datetime, lease: str) -> int:
    """The process with this lease lives: what it has in flight stays its own for another `LEASE`; how many."""
    done: Any = session.execute(update(OutboxMessage).where(_held_by(lease)).values(leased_until=now + LEASE))
    return int(done.rowcount)


def release(session: Session, lease: str) -> int:
    """The process with this lease ends: what it took and did not send is owed again at once; how many."""
    unsent = {**_OWED_AGAIN, "attempts": OutboxMessage.attempts - 1}
    done: Any = session.execute(update(OutboxMessage).where(_held_by(lease)).values(unsent))
    return int(done.rowcount)


def take_over(session: Session) -> int:
    """At the start of the one process: what an earlier one had in flight is owed again; how many."""
    in_flight = OutboxMessage.state == MailState.LEASED
    done: Any = session.execute(update(OutboxMessage).where(in_flight).values(_OWED_AGAIN))
    return int(done.rowcount)


def _held_by(lease: str) -> ColumnElement[bool]:
    return (OutboxMessage.state == MailState.LEASED) & (OutboxMessage.lease == lease)
