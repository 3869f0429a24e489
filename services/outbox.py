"""The outbox: what is claimed for sending, and what is known of it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from channels.port import Address, Capabilities, Menu, Message, Sent
from models import Account, AccountKind, Bot, OutboxMessage
from rules.mail import CHAT_PACE, GROUP_PACE, MailState, Pace
from services.fitting import answers_in_place, fit
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
    """
    bot = session.get_one(Bot, bot_name)
    if bot.paused_until and bot.paused_until > now:
        return Claimed([], 0)
    parcels: list[Parcel] = []
    chats: set[int] = set()
    due = session.execute(_due(now, bot_name).limit(limit * 2)).all()
    for message, account in due:
        if len(parcels) == limit or account.id in chats:
            continue
        chats.add(account.id)
        written = _write(session, message, account, now, can)
        if written is None:
            continue
        leave_at, bot.arrival_at = pace.reserve(bot.arrival_at, now)
        chat_pace = GROUP_PACE if account.kind is AccountKind.GROUP else CHAT_PACE
        _, account.arrival_at = chat_pace.reserve(account.arrival_at, leave_at)
        message.state, message.lease = MailState.LEASED, lease
        message.attempts += 1
        body, edits = written
        parcels.append(Parcel(message.id, Address(account.bot, account.address), body, leave_at, edits))
    return Claimed(parcels, len(due))


def _due(now: datetime, bot_name: str) -> Any:
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
                and_(Account.kind == AccountKind.PRIVATE, Account.arrival_at <= now + CHAT_PACE.tolerance),
            ),
            ~in_flight,
        )
        .order_by(OutboxMessage.priority, OutboxMessage.id)
    )


def _write(
    session: Session, message: OutboxMessage, account: Account, now: datetime, can: Capabilities
) -> tuple[Message | Menu, Sent | None] | None:
    if not answers_in_place(message, account, can):
        message.state = MailState.DROPPED
        return None
    edits: Sent | None = None
    if message.edits_id is not None:
        original = session.get_one(OutboxMessage, message.edits_id)
        edits = Sent(original.external_id or "")
    try:
        with session.begin_nested():
            written = write(session, message, now, anew=not can.edits)
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
    return fit(session, message, account, written, edits, can, now)


def take_over(session: Session) -> int:
    """At the start of the one process: what an earlier one had in flight is owed again; how many."""
    done: Any = session.execute(
        update(OutboxMessage).where(OutboxMessage.state == MailState.LEASED).values(state=MailState.PENDING, lease=None)
    )
    return int(done.rowcount)
