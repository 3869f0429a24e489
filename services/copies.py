"""Copies of a notice on their way out: written once for each language, and addressed to each of their readers.

A notice to a city is most of what a bot ever sends, and its copies differ in one number, under the button. Whatever
else there is, and every copy at night or where a messenger counts, is written by itself (services/outbox.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import structlog
from sqlalchemy import Table, bindparam, func, select
from sqlalchemy import cast as as_type
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from channels.port import Address, Capabilities
from models import Account, AccountKind, NoticeCopy, OutboxMessage, Person
from models.listed import Fetched
from models.types import BigId
from rules.mail import CHAT_PACE, Pace
from rules.notice_life import NoticeState
from rules.quiet import is_quiet
from services.fitting import takes, told_instead
from services.letters.notices import Body, addressed, body_of
from services.parcels import Parcel
from services.policy import default_policy
from services.words import words_in

log = structlog.get_logger()

TEMPLATE = "notice"
_ABOUT = "notice_copy:"
_BOT = 5
"""Where the bot stands in a row of `_READERS`."""
_OUTBOX, _ACCOUNTS, _COPIES, _PEOPLE = (
    cast(Table, one.__table__).c for one in (OutboxMessage, Account, NoticeCopy, Person)
)
_READERS = Fetched(
    select(
        _OUTBOX.id,
        _OUTBOX.priority,
        _OUTBOX.about,
        _OUTBOX.cause,
        _ACCOUNTS.id,
        _ACCOUNTS.bot,
        _ACCOUNTS.address,
        _ACCOUNTS.arrival_at,
        _COPIES.id,
        _COPIES.notice_id,
        _PEOPLE.language,
        _ACCOUNTS.language,
    )
    .select_from(
        cast(Table, OutboxMessage.__table__)
        .join(cast(Table, Account.__table__), _ACCOUNTS.id == _OUTBOX.account_id)
        .join(
            cast(Table, NoticeCopy.__table__),
            _COPIES.id == as_type(func.substr(_OUTBOX.about, len(_ABOUT) + 1), BigId),
        )
        .outerjoin(cast(Table, Person.__table__), _PEOPLE.id == _ACCOUNTS.person_id)
    )
    .where(
        _OUTBOX.id.in_(bindparam("ids", expanding=True)),
        _OUTBOX.edits_id.is_(None),
        _ACCOUNTS.kind == AccountKind.PRIVATE,
        _COPIES.read_at.is_(None),
        ~_ACCOUNTS.stopped,
    )
)


def write_copies(session: Session, now: datetime, numbers: Sequence[int], can: Capabilities) -> list[Parcel]:
    """The parcels of these messages, all of the template `notice`, as far as they can be written at once."""
    house = default_policy(session)
    if can.window or not numbers or is_quiet(now, house.quiet_from, house.quiet_to, house.timezone):
        return []
    bodies: dict[tuple[int, str, str], Body | None] = {}
    pace, parcels = can.chat_pace or CHAT_PACE, []
    for *row, notice_id, chosen, messengers in _READERS.rows(session, {"ids": numbers}):
        key = notice_id, words_in(chosen or messengers or house.language).language, str(row[_BOT])
        if key not in bodies:
            bodies[key] = _body(session, now, *key, can)
        if body := bodies[key]:
            parcels.append(_parcel(row, body, pace))
    return parcels


def _body(session: Session, now: datetime, notice_id: int, language: str, bot: str, can: Capabilities) -> Body | None:
    try:
        body = _fitting(body_of(session, now, notice_id, words_in(language), bot), language, can)
        # What is paused or has ended does not go out: each message of it is put aside by itself.
        return body if body.state is NoticeState.SENDING else None
    except DBAPIError:
        raise
    except Exception:
        # Each is then written by itself, and given up by itself.
        log.exception("notice cannot be written", notice=notice_id, language=language)
        return None


def _fitting(body: Body, language: str, can: Capabilities) -> Body:
    """What a messenger cannot carry is told in the words (services/fitting.py)."""
    if takes(body.attachment, can):
        return body
    told = told_instead(body.attachment, words_in(language))
    return replace(body, lines=(*body.lines, *told), attachment=None)


def _parcel(row: Sequence[Any], body: Body, pace: Pace) -> Parcel:
    number, priority, about, cause, account_id, bot, address, arrival_at, copy_id = row
    message = addressed(body, copy_id, number)
    to = Address(bot, address)
    return Parcel(number, account_id, to, message, None, priority, TEMPLATE, about, None, pace, arrival_at, cause)
