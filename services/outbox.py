"""The outbox: what is due is claimed with a few statements a batch, and written as it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, literal_column, or_, select, update
from sqlalchemy.orm import Session

from channels.port import Capabilities
from models import Account, AccountKind, Bot, OutboxMessage
from models.listed import Fetched
from models.mail import DUE
from rules.mail import CHAT_PACE, GROUP_PACE, LEASE, Brake, MailState, Pace, Priority
from services.copies import TEMPLATE, write_copies
from services.due import fall_due
from services.leases import take_back
from services.parcels import Parcel
from services.writing import write_each

EVERYTHING = Capabilities()
"""A messenger that can do whatever there is, and counts nothing."""
OVERTAKES = Priority.REPLY
"""What is as urgent as this is claimed even when a batch is waiting to leave."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one claim found; `looked_at` 0 means that nothing is due."""

    parcels: list[Parcel] = field(default_factory=list)
    looked_at: int = 0
    before: datetime | None = None
    """The bot's arrival time as it was found: until then somebody has reserved its pace."""
    arrival_at: datetime | None = None
    """The bot's arrival time as it was left."""
    share: float = 1.0
    """How much of its rate the bot uses now."""
    paused: bool = False


_OUTBOX, _ACCOUNTS, _BOTS = (cast(Table, one.__table__) for one in (OutboxMessage, Account, Bot))


def _due(*, urgent: bool) -> Any:
    mail, chat, flying = _OUTBOX.c, _ACCOUNTS.c, _OUTBOX.alias()
    in_flight = exists().where(flying.c.account_id == mail.account_id, flying.c.state == literal_column("'leased'"))
    now, private, group = (bindparam(name, type_=mail.due_at.type) for name in ("now", "private", "group"))
    due = (
        select(mail.priority, mail.id, mail.account_id, mail.template)
        .with_hint(_OUTBOX, "INDEXED BY ix_outbox_due", "sqlite")
        .join(_ACCOUNTS, chat.id == mail.account_id)
        .where(
            DUE,
            mail.bot == bindparam("bot"),
            mail.due_at <= now,
            or_(chat.paused_until.is_(None), chat.paused_until <= now),
            or_(
                chat.arrival_at.is_(None),
                chat.arrival_at <= group,
                and_(chat.kind == AccountKind.PRIVATE, chat.arrival_at <= private),
            ),
            ~in_flight,
        )
        .order_by(mail.priority, mail.id)
        .limit(bindparam("limit"))
    )
    return due.where(mail.priority <= OVERTAKES) if urgent else due


_DUE, _URGENT = Fetched(_due(urgent=False)), Fetched(_due(urgent=True))
_BOT = select(_BOTS.c.arrival_at, _BOTS.c.paused_until, _BOTS.c.brake, _BOTS.c.braked_at).where(
    _BOTS.c.name == bindparam("bot")
)
_LEASE_THEM = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=MailState.LEASED,
        lease=bindparam("whose"),
        leased_until=bindparam("until", type_=_OUTBOX.c.leased_until.type),
        attempts=_OUTBOX.c.attempts + 1,
    )
)
_RESERVE = update(_BOTS).where(_BOTS.c.name == bindparam("bot")).values(arrival_at=bindparam("arrival"))


def claim(
    session: Session,
    now: datetime,
    bot_name: str,
    lease: str,
    pace: Pace,
    limit: int,
    can: Capabilities = EVERYTHING,
    *,
    urgent: bool = False,
    waiting: int = 0,
    look_back: bool = True,
    look_on: bool = True,
) -> Claimed:
    """Claims up to `limit` due messages of a bot by (priority, id), one a chat; the bot's pace is reserved for them.

    `urgent`: only what overtakes. `waiting` messages were claimed before and have not left. Each is written as its
    messenger, which `can` do so much, takes it. What has become pointless is dropped here. A chat with a message still
    in flight waits: one chat's order is kept. `look_back`: what another process had in flight is owed again where its
    lease ran out. `look_on`: what was to leave later is due now where its time has come.
    """
    session.flush()
    if look_back:
        take_back(session, now, bot_name, lease)
    if look_on:
        fall_due(session, now, bot_name)
    found = _find(session, now, bot_name, limit, can, urgent=urgent)
    parcels = _take(session, now, lease, found.numbers, can)
    return _claimed(session, now, found, pace, parcels, waiting)


def claim_together(
    session: Session, now: datetime, bots: Sequence[str], lease: str, pace: Pace, limit: int, can: Capabilities
) -> dict[str, Claimed]:
    """The same for several bots of one messenger: what their letters are about is looked up for all of them."""
    session.flush()
    found = []
    for bot in bots:
        fall_due(session, now, bot)
        found.append(_find(session, now, bot, limit, can, urgent=False))
    numbers = {number: template for one in found for number, template in one.numbers.items()}
    parcels: dict[str, list[Parcel]] = {bot: [] for bot in bots}
    for parcel in _take(session, now, lease, numbers, can):
        parcels[parcel.to.bot].append(parcel)
    return {one.bot: _claimed(session, now, one, pace, parcels[one.bot], waiting=0) for one in found}


@dataclass(frozen=True, slots=True)
class _Found:
    """How a bot stands and what is due, before anything of it is written."""

    bot: str
    arrival_at: datetime | None
    share: float
    paused: bool = False
    looked_at: int = 0
    numbers: dict[int, str] = field(default_factory=dict)
    """The messages to take, each with its template."""


def _find(session: Session, now: datetime, bot: str, limit: int, can: Capabilities, *, urgent: bool) -> _Found:
    arrival_at, paused_until, share, since = session.connection().execute(_BOT, {"bot": bot}).one()
    share = Brake(share, since).at(now)
    if paused_until and paused_until > now:
        return _Found(bot, arrival_at, share, paused=True)
    tolerance = (can.chat_pace or CHAT_PACE).tolerance
    when = {"now": now, "private": now + tolerance, "group": now + GROUP_PACE.tolerance}
    due = (_URGENT if urgent else _DUE).rows(session, {"bot": bot, "limit": limit + limit // 4 + 1, **when})
    return _Found(bot, arrival_at, share, looked_at=len(due), numbers=_one_a_chat(due, limit))


def _claimed(
    session: Session, now: datetime, found: _Found, pace: Pace, parcels: list[Parcel], waiting: int
) -> Claimed:
    before, share = found.arrival_at, found.share
    if found.paused or not (parcels or waiting):
        return Claimed([], found.looked_at, before, before, share, found.paused)
    reserved = pace.slowed(share).after(before, now, waiting, len(parcels))
    if reserved != before:
        session.connection().execute(_RESERVE, {"bot": found.bot, "arrival": reserved})
    return Claimed(parcels, found.looked_at, before, reserved, share)


def _one_a_chat(due: Sequence[Sequence[Any]], limit: int) -> dict[int, str]:
    """The numbers of the messages to take, each with its template."""
    firsts: dict[int, tuple[int, str]] = {}
    for _, number, account_id, template in sorted(map(tuple, due)):
        firsts.setdefault(account_id, (number, template))
    return dict(list(firsts.values())[:limit])


def _take(session: Session, now: datetime, lease: str, numbers: dict[int, str], can: Capabilities) -> list[Parcel]:
    copies = [number for number, template in numbers.items() if template == TEMPLATE]
    parcels = write_copies(session, now, copies, can)
    written = {parcel.id for parcel in parcels}
    parcels += write_each(session, now, [number for number in numbers if number not in written], can)
    if ids := [parcel.id for parcel in parcels]:
        session.connection().execute(_LEASE_THEM, {"ids": ids, "whose": lease, "until": now + LEASE})
    return parcels
