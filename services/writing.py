"""Messages written as they leave: of the present state, in the reader's language, as far as their messenger can."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from channels.port import Address, Capabilities, Menu, Message, Sent
from models import Account, AccountKind, OutboxMessage
from rules.mail import CHAT_PACE, GROUP_PACE, MailState
from services.fitting import answers_in_place, can_change, fit, pushes
from services.held_notices import held_back, passed_over
from services.letters import write
from services.letters.looking_up import look_up
from services.night import held_until
from services.parcels import Parcel
from services.reach import undeliverable
from services.ways import goes_elsewhere

log = structlog.get_logger()

_CHOSEN = (
    select(OutboxMessage, Account)
    .join(Account, Account.id == OutboxMessage.account_id)
    .where(OutboxMessage.id.in_(bindparam("ids", expanding=True)))
    .order_by(OutboxMessage.priority, OutboxMessage.id)
)
_Written = tuple[Message | Menu, Sent | None] | None


def write_each(session: Session, now: datetime, numbers: list[int], can: Capabilities) -> list[Parcel]:
    """The messages of these numbers as a messenger that `can` do so much takes them, by (priority, id).

    What has become pointless is dropped, what is not to leave yet put off, and what cannot be written given up: they
    are not among them.
    """
    if not numbers:
        return []
    chosen = [(message, account) for message, account in session.execute(_CHOSEN, {"ids": numbers})]
    with look_up(session, chosen):
        written = _write_all(session, now, chosen, can)
    return [
        _parcel(message, account, can, *said) for (message, account), said in zip(chosen, written, strict=True) if said
    ]


def _parcel(
    message: OutboxMessage, account: Account, can: Capabilities, body: Message | Menu, edits: Sent | None
) -> Parcel:
    pace = GROUP_PACE if account.kind is AccountKind.GROUP else can.chat_pace or CHAT_PACE
    return Parcel(
        message.id,
        account.id,
        Address(account.bot, account.address),
        body,
        edits,
        message.priority,
        message.template,
        message.about,
        message.edits_id,
        pace,
        account.arrival_at,
        message.cause,
    )


def _write_all(
    session: Session, now: datetime, chosen: Sequence[tuple[OutboxMessage, Account]], can: Capabilities
) -> list[_Written]:
    """One savepoint for all of them; one for each only when somebody's letter cannot be written."""
    try:
        with session.begin_nested():
            return [_write(session, message, account, now, can) for message, account in chosen]
    except OperationalError:
        raise  # another process was first: the whole claim begins again
    except Exception:
        return [_write_alone(session, message, account, now, can) for message, account in chosen]


def _write_alone(
    session: Session, message: OutboxMessage, account: Account, now: datetime, can: Capabilities
) -> _Written:
    try:
        with session.begin_nested():
            return _write(session, message, account, now, can)
    except OperationalError:
        raise
    except Exception as error:
        # One message that cannot be written must not hold up a whole bot; the chain goes on as if it had been lost.
        log.exception("message cannot be written", message=message.id, template=message.template, cause=message.cause)
        message.state, message.error = MailState.REJECTED, repr(error)
        session.flush()
        undeliverable(session, now, message, "rejected")
        return None


def _write(session: Session, message: OutboxMessage, account: Account, now: datetime, can: Capabilities) -> _Written:
    if later := held_until(session, now, message) or held_back(session, now, message):
        message.put_off(later, now)
        return None
    original = session.get_one(OutboxMessage, message.edits_id) if message.edits_id is not None else None
    edits: Sent | None = None
    if original is not None and can_change(original, can):
        edits = Sent(original.external_id or "", handle=original.handle)
    in_place = answers_in_place(session, message, original, account, can)
    written = write(session, message, now, anew=edits is None) if in_place else None
    if written is None:
        message.state = MailState.DROPPED
        passed_over(session, now, message)
        return None
    if original is not None and edits is not None and can.edits_by_handle:
        original.handle = ""  # it is good for once, whatever comes of it
    body, edits = fit(session, message, account, written, edits, can, now)
    took = pushes(body, can) if isinstance(body, Message) and body.outside else 0
    return None if took and goes_elsewhere(session, now, message, account, took) else (body, edits)
