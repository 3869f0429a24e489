"""What was written to leave later, and is due now: it takes its place among what is due.

A notice for the morning stands in the index of what waits, all night. A claim looks at none of it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CompoundSelect, Table, Update, bindparam, literal_column, select, union_all, update
from sqlalchemy.orm import Session

from models import OutboxMessage
from models.listed import Fetched, listed
from models.mail import WAITS
from rules.mail import Priority

AT_ONCE = 2000
"""Of each priority, each time: more than the fastest bot sends until the next."""
_OUTBOX = cast(Table, OutboxMessage.__table__)


def fall_due(session: Session, now: datetime, bot: str) -> int:
    """The messages of a bot whose time has come are no longer passed over by a claim; how many.

    Each priority for itself: a prompt must not wait until a million notices have been looked at.
    """
    given: Mapping[str, Any] = {"bot": bot, "now": now}
    numbers = sorted(number for (number,) in _RIPE.rows(session, given))
    if numbers:
        ripe = [[number] for number in numbers]
        session.execute(_no_longer(session.get_bind().dialect.name), {"ripe": ripe})
    return len(numbers)


def _ripe() -> CompoundSelect[int]:
    mail = _OUTBOX.c
    each = [
        select(mail.id)
        .where(
            WAITS,
            mail.bot == bindparam("bot"),
            mail.priority == literal_column(str(int(priority))),
            mail.due_at <= bindparam("now", type_=mail.due_at.type),
        )
        .order_by(mail.due_at)
        .limit(AT_ONCE)
        .subquery()
        for priority in Priority
    ]
    return union_all(*(select(one.c.id) for one in each))


_RIPE = Fetched(_ripe())


@cache
def _no_longer(dialect: str) -> Update:
    rows = listed(dialect, "ripe", number=int)
    return update(_OUTBOX).where(_OUTBOX.c.id == rows.c.number).values(waits=False)
