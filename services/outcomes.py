"""What became of messages that were sent: recorded, retried, and drawn conclusions from."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from channels.port import ChannelError, Failed, Menu, Message, Rejected, Sent, Throttled, Uncertain, Unreachable
from models import Account, Bot, OutboxMessage
from rules.mail import Brake, MailState, Priority, repeat_after_silence, retry_at
from rules.mass_failure import takes_nothing
from services.arrivals import choices_of, record_arrivals
from services.failing import failures
from services.group_loss import group_lost
from services.groups import group_bound, move
from services.hours import GATHERED
from services.media import remember_copy
from services.reach import delivered, delivered_many, given_up, lost, undeliverable
from services.results import Result
from services.window import close_window, is_open, spend


def record_results(
    session: Session,
    now: datetime,
    bot_name: str,
    results: Sequence[Result],
    bot_waits: timedelta | None = None,
    *,
    was_failing: bool = False,
) -> dict[str, int]:
    """Records each outcome with what follows from it; returns how many of each kind.

    `was_failing`: before these, nothing got through to the messenger, or nobody knows.
    `bot_waits`: so many chats were told to wait at one time that the whole bot is meant, for so long.
    """
    in_order = sorted(results, key=lambda result: result.parcel.id)
    if plain := [one for one in in_order if one.is_plain]:
        record_arrivals(session, now, plain)
        delivered_many(session, now, [one.parcel for one in plain if isinstance(one.message, Message)])
    counts = Counter(type(one.said).__name__.lower() if one.said else "held" for one in in_order)
    for result in in_order:
        if not result.is_plain:
            _record_one(session, now, result)
    _note_failing(session, now, bot_name, is_failing(results), was_failing=was_failing)
    if bot_waits is not None:
        bot = session.get_one(Bot, bot_name)
        bot.paused_until = now + bot_waits
        brake = Brake(bot.brake, bot.braked_at).pressed(now)
        bot.brake, bot.braked_at = brake.share, brake.since
    return dict(counts)


def is_failing(results: Sequence[Result]) -> bool | None:
    """Whether the messenger took none of these; None: they say nothing about it. A refusal is an answer."""
    said = [one.said for one in results if one.said is not None]
    if not said:
        return None
    return all(isinstance(one, Failed | Uncertain) for one in said)


def _note_failing(session: Session, now: datetime, bot_name: str, failing: bool | None, *, was_failing: bool) -> None:
    """Since when nothing gets through stands with the bot: written when that changes, not with every message."""
    mine = update(Bot).where(Bot.name == bot_name)
    if failing:
        session.execute(mine.where(Bot.failing_since.is_(None)).values(failing_since=now))
    elif failing is False and was_failing:
        session.execute(mine.where(Bot.failing_since.is_not(None)).values(failing_since=None))


def _record_one(session: Session, now: datetime, result: Result) -> None:
    row = session.get_one(OutboxMessage, result.parcel.id)
    account = session.get_one(Account, row.account_id)
    row.lease = row.leased_until = None
    if result.said is None:
        row.state, row.attempts = MailState.PENDING, row.attempts - 1
        return
    for _ in range(max(1, result.said.spent) if isinstance(result.said, Sent) else 1):
        arrival = account.arrival_at = result.parcel.pace.reserve(account.arrival_at, now)[1]
    if isinstance(result.said, Throttled):
        row.state, row.attempts = MailState.PENDING, row.attempts - 1
        account.paused_until = now + result.said.retry_after
        # Whoever was told to wait has no burst left when the wait is over.
        account.arrival_at = max(arrival, account.paused_until + result.parcel.pace.tolerance)
        return
    _record(session, now, row, account, result)


def _record(session: Session, now: datetime, row: OutboxMessage, account: Account, result: Result) -> None:
    said = result.said
    if isinstance(said, Sent):
        if said.moved_to:
            move(session, account, said.moved_to)
        _count(account, now, result, said)
        if isinstance(result.message, Message) and result.message.attachment:
            remember_copy(session, account.bot, result.message.attachment.digest, said.media)
        _keep_handle(session, row, said, result.parcel.edits)
        _sent(session, now, row, account, result.message, said.message_id)
    elif isinstance(said, Unreachable):
        row.state, row.error = MailState.UNREACHABLE, said.reason
        if not _only_saved(account, now, result):
            lost(session, now, account, said.reason)
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
    if repeat_after_silence(Priority(row.priority)) or _takes_nothing(session, now, row.bot):
        _retry(session, now, row, said)
    else:
        row.error = str(said)
        _sent(session, now, row, account, result.message, None)


def _takes_nothing(session: Session, now: datetime, bot: str) -> bool:
    since = session.get_one(Bot, bot).failing_since
    return since is not None and takes_nothing(since, failures(session, bot, since), now)


def _keep_handle(session: Session, row: OutboxMessage, said: Sent, edits: Sent | None) -> None:
    """An edit in place leaves its handle, if it brings one, with the message that it changed.

    One that took its message away and said it anew is what later edits change.
    """
    changed = session.get(OutboxMessage, row.edits_id) if row.edits_id is not None else None
    if changed is not None and edits is not None and said.message_id != edits.message_id:
        changed.external_id, changed.handle = said.message_id, said.handle
    elif said.handle and changed is not None and changed.external_id == said.message_id:
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
        account.offered = choices_of(message)
    session.flush()
    delivered(session, now, row)


def _retry(session: Session, now: datetime, row: OutboxMessage, said: ChannelError) -> None:
    row.error = str(said)
    again = retry_at(now, row.attempts)
    if again is not None:
        row.state = MailState.PENDING
        row.put_off(again, now)
        return
    row.state = MailState.DEAD
    session.flush()
    undeliverable(session, now, row, "failed")
    if row.template in {"alert", "digest", "shift_taken", GATHERED}:
        given_up(session, now, row)
