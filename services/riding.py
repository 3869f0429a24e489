"""Plain answers that go back with our answer to the messenger's own call, without a request of their own (ADR 28).

Such a message counts as sent when its update is committed. It arrives, or the messenger has no answer to its call and
hands the update over again: then the message goes back with that call, or is owed like any other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from channels.port import Capabilities, Incoming, Menu, Message
from channels.text import pieces
from models import Account, AccountKind, Bot, OutboxMessage, SeenUpdate
from models.cause import of_update
from models.db import is_conflict
from rules.mail import CHAT_PACE, MailState, Priority
from services.fitting import fit
from services.letters import write
from services.reach import delivered

log = structlog.get_logger()

_CAN = Capabilities()


@dataclass(frozen=True, slots=True)
class Ride:
    """An answer that goes back with the call of `update_id`."""

    bot: str
    update_id: str
    message: Message


def ride(
    session: Session, now: datetime, batch: Sequence[Incoming], places: Mapping[str, int], *, again: bool
) -> list[Ride]:
    """What goes back with the calls that brought a batch which has just been taken in; at most `places` of each bot.

    `again`: some of these updates came before; what went back with an earlier call for one of them, and so did not
    arrive, goes again, or is owed again.
    """
    found = list(_lost(session, now, batch)) if again else []
    asked = {(one.sender.bot, one.update_id): one for one in batch if one.carries and one.speaker is None}
    left = {bot: 0 if _is_paused(session, now, bot) else count for bot, count in places.items() if count}
    found += _first_time(session, now, [one for one in asked.values() if left.get(one.sender.bot)])
    rides = []
    for key, row, account in found:
        said = _plain(session, now, row, account) if key in asked and left.get(key[0]) else None
        if said is None:
            continue
        left[key[0]] -= 1
        _record(session, now, key, row, account)
        rides.append(Ride(*key, said))
    return rides


_Found = tuple[tuple[str, str], OutboxMessage, Account]


def _lost(session: Session, now: datetime, batch: Sequence[Incoming]) -> Iterator[_Found]:
    """Answers that went back with an earlier call: owed again, until they have gone with this one."""
    keys = [(one.sender.bot, one.update_id) for one in batch]
    went = (
        select(SeenUpdate, OutboxMessage, Account)
        .join(OutboxMessage, OutboxMessage.id == SeenUpdate.answer_id)
        .join(Account, Account.id == OutboxMessage.account_id)
        .where(tuple_(SeenUpdate.bot, SeenUpdate.update_id).in_(keys))
    )
    for seen, row, account in session.execute(went):
        seen.answer_id = None
        row.state, row.sent_at = MailState.PENDING, None
        row.put_off(now, now)
        yield (seen.bot, seen.update_id), row, account


def _first_time(session: Session, now: datetime, carriers: Sequence[Incoming]) -> Iterator[_Found]:
    """Answers just written down that nothing goes before: the only message which their chat is owed now."""
    if not carriers:
        return
    keys = {of_update(one.sender.bot, one.update_id): (one.sender.bot, one.update_id) for one in carriers}
    chats = {(one.sender.bot, one.sender.chat) for one in carriers}
    owed = (
        select(OutboxMessage, Account)
        .join(Account, Account.id == OutboxMessage.account_id)
        .where(
            tuple_(Account.bot, Account.address).in_(chats),
            OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED]),
            OutboxMessage.due_at <= now,
        )
        .order_by(OutboxMessage.id)
    )
    alone: dict[int, tuple[OutboxMessage, Account] | None] = {}
    for row, account in session.execute(owed):
        alone[account.id] = None if account.id in alone else (row, account)
    for row, account in filter(None, alone.values()):
        if row.cause in keys and row.state is MailState.PENDING:
            yield keys[row.cause], row, account


def _plain(session: Session, now: datetime, row: OutboxMessage, account: Account) -> Message | None:
    """The letter, if it is one text without anything to press, and its chat may be written to at once.

    Nobody learns the number of a message that went back so: one that is to be changed later takes the ordinary way.
    """
    if row.priority != Priority.REPLY or row.edits_id is not None or row.about:
        return None
    if account.kind is not AccountKind.PRIVATE:
        return None
    if account.paused_until and account.paused_until > now:
        return None
    if CHAT_PACE.reserve(account.arrival_at, now)[0] > now:
        return None
    try:
        with session.begin_nested():
            written = write(session, row, now, anew=True)
    except Exception as error:
        if is_conflict(error):
            raise
        why = type(error).__name__
        log.info("an answer is left to the ordinary way", message=row.id, cause=row.cause, error=why)
        return None
    if written is None:
        return None
    message, _ = fit(session, row, account, written, None, _CAN, now)
    if isinstance(message, Menu) or message.choices or message.attachment or message.ask_number:
        return None
    return message if len(pieces(message, _CAN.longest_text)) == 1 else None


def _record(session: Session, now: datetime, key: tuple[str, str], row: OutboxMessage, account: Account) -> None:
    row.state, row.sent_at, row.attempts = MailState.SENT, now, row.attempts + 1
    account.arrival_at, account.offered = CHAT_PACE.reserve(account.arrival_at, now)[1], []
    session.flush()
    delivered(session, now, row)
    its_own = (SeenUpdate.bot == key[0], SeenUpdate.update_id == key[1])
    session.execute(update(SeenUpdate).where(*its_own).values(answer_id=row.id))
    log.debug("recorded", message=row.id, cause=row.cause, became="sent", way="with the call")


def _is_paused(session: Session, now: datetime, bot: str) -> bool:
    until = session.scalar(select(Bot.paused_until).where(Bot.name == bot))
    return until is not None and until > now
