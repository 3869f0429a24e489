"""The many messages that simply arrived: written down with a few statements, however many they are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.orm import Session

from channels.port import Message, Sent
from models import Account, OutboxMessage
from models.listed import listed
from rules.mail import MailState
from services.leases import NO_LEASE
from services.results import Result

_OUTBOX, _ACCOUNTS = cast(Table, OutboxMessage.__table__), cast(Table, Account.__table__)


def record_arrivals(session: Session, now: datetime, results: Sequence[Result]) -> None:
    """Their rows are sent, and their chats have had them: counted under their pace, with the choices last shown."""
    connection = session.connection()
    dialect = connection.dialect.name
    sent = [(one.parcel.id, _external(one)) for one in results]
    connection.execute(_mark_sent(dialect), {"sent": sent, "now": now})
    chats: defaultdict[tuple[datetime, bool], list[Any]] = defaultdict(list)
    for one in results:
        parcel, shown = one.parcel, _choices(one)
        # Of chats that were quiet for a while, which is nearly all of them, the time comes out the same.
        arrival = parcel.pace.reserve(parcel.arrival_at, now)[1]
        chats[arrival, shown is not None].append((parcel.account_id, shown))
    for (arrival, shows), rows in chats.items():
        connection.execute(_count_chats(dialect, shows), {"chats": sorted(rows, key=_number), "arrival": arrival})


@cache
def _mark_sent(dialect: str) -> Update:
    rows = listed(dialect, "sent", number=int, external=str)
    sent = {"state": MailState.SENT, "sent_at": bindparam("now", type_=_OUTBOX.c.sent_at.type), **NO_LEASE}
    return update(_OUTBOX).where(_OUTBOX.c.id == rows.c.number).values(external_id=rows.c.external, **sent)


@cache
def _count_chats(dialect: str, shows: bool) -> Update:
    rows = listed(dialect, "chats", number=int, choices=list)
    chats = update(_ACCOUNTS).where(_ACCOUNTS.c.id == rows.c.number)
    counted = chats.values(arrival_at=bindparam("arrival", type_=_ACCOUNTS.c.arrival_at.type))
    return counted.values(offered=rows.c.choices) if shows else counted


def _number(row: tuple[int, object]) -> int:
    return row[0]


def _external(result: Result) -> str | None:
    return result.said.message_id if isinstance(result.said, Sent) else None


def _choices(result: Result) -> list[list[str]] | None:
    """What it showed to choose from; None where it changes nothing in what was shown."""
    message = result.message
    if not isinstance(message, Message) or not (message.choices or result.parcel.edits_id is None):
        return None
    return choices_of(message)


def choices_of(message: Message) -> list[list[str]]:
    """The choices of a message as an account keeps them."""
    return [[choice.key, choice.label] for line in message.choices for choice in line]
