"""What became of messages that were sent: recorded, retried, and drawn conclusions from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from channels.port import ChannelError, Failed, Menu, Message, Rejected, Sent, Throttled, Uncertain, Unreachable
from models import Account, Bot, OutboxMessage
from rules.mail import MailState, Priority, repeat_after_silence, retry_at
from services.group_loss import group_lost
from services.groups import group_bound, move
from services.media import remember_copy
from services.reach import delivered, lost, undeliverable
from services.window import close_window, is_open, spend


@dataclass(frozen=True, slots=True)
class Result:
    """What the messenger said to one message."""

    id: int
    message: Message | Menu
    said: Sent | ChannelError


def record_results(session: Session, now: datetime, bot_name: str, results: Sequence[Result]) -> dict[str, int]:
    """Records each outcome with what follows from it; returns how many of each kind."""
    counts: dict[str, int] = {}
    throttled: list[tuple[Account, Throttled]] = []
    for result in results:
        row = session.get_one(OutboxMessage, result.id)
        account = session.get_one(Account, row.account_id)
        row.lease = row.leased_until = None
        kind = type(result.said).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        if isinstance(result.said, Throttled):
            throttled.append((account, result.said))
            row.state, row.attempts = MailState.PENDING, row.attempts - 1
        else:
            _record(session, now, row, account, result)
    _pause(session, now, bot_name, throttled)
    return counts


def _record(session: Session, now: datetime, row: OutboxMessage, account: Account, result: Result) -> None:
    said = result.said
    if isinstance(said, Sent):
        if said.moved_to:
            move(session, account, said.moved_to)
        _count(account, now, result, said)
        if isinstance(result.message, Message) and result.message.attachment:
            remember_copy(session, account.bot, result.message.attachment.digest, said.media)
        _keep_handle(session, row, said)
        _sent(session, now, row, account, result.message, said.message_id)
    elif isinstance(said, Unreachable):
        row.state, row.error = MailState.UNREACHABLE, said.reason
        if not _only_saved(account, now, result):
            lost(account, said.reason, now)
            close_window(account)
        session.flush()
        undeliverable(session, now, row, said.reason)
        if bound := group_bound(session, account):
            group_lost(session, now, bound)
    elif isinstance(said, Rejected):
        row.state, row.error = MailState.REJECTED, str(said)
        session.flush()
        undeliverable(session, now, row, "rejected")
    elif isinstance(said, Uncertain):
        spend(account, now, 1)
        _unanswered(session, now, row, account, result, said)
    elif isinstance(said, Failed):
        _retry(session, now, row, said)


def _unanswered(
    session: Session, now: datetime, row: OutboxMessage, account: Account, result: Result, said: Uncertain
) -> None:
    if repeat_after_silence(Priority(row.priority)):
        _retry(session, now, row, said)
    else:
        row.error = str(said)
        _sent(session, now, row, account, result.message, None)


def _keep_handle(session: Session, row: OutboxMessage, said: Sent) -> None:
    """An edit in place leaves its handle, if it brings one, with the message that it changed."""
    changed = session.get(OutboxMessage, row.edits_id) if row.edits_id is not None else None
    if said.handle and changed is not None and changed.external_id == said.message_id:
        changed.handle = said.handle
    else:
        row.handle = said.handle


def _count(account: Account, now: datetime, result: Result, said: Sent) -> None:
    spend(account, now, said.spent)
    if said.outside and not _went_outside(result):
        close_window(account)  # the messenger's own count was another than ours


def _only_saved(account: Account, now: datetime, result: Result) -> bool:
    """Whether nothing is wrong with the account: what is left of its window was kept for something graver."""
    return _went_outside(result) and is_open(account, now)


def _went_outside(result: Result) -> bool:
    return isinstance(result.message, Message) and result.message.outside


def _sent(
    session: Session,
    now: datetime,
    row: OutboxMessage,
    account: Account,
    message: Message | Menu,
    external_id: str | None,
) -> None:
    row.state, row.sent_at, row.external_id = MailState.SENT, now, external_id
    if isinstance(message, Menu):
        return
    if message.choices or row.edits_id is None:
        account.offered = [[choice.key, choice.label] for line in message.choices for choice in line]
    session.flush()
    delivered(session, now, row)


def _retry(session: Session, now: datetime, row: OutboxMessage, said: ChannelError) -> None:
    row.error = str(said)
    again = retry_at(now, row.attempts)
    if again is not None:
        row.state, row.due_at = MailState.PENDING, again
        return
    row.state = MailState.DEAD
    session.flush()
    undeliverable(session, now, row, "failed")


def _pause(session: Session, now: datetime, bot_name: str, throttled: Sequence[tuple[Account, Throttled]]) -> None:
    """Those chats wait as long as they were told; the bot too, when several chats were told so at one time."""
    for account, said in throttled:
        account.paused_until = now + said.retry_after
    if len(throttled) > 1:
        bot = session.get_one(Bot, bot_name)
        bot.paused_until = now + max(said.retry_after for _, said in throttled)
