"""What was sent and shows a record: found again, and owed an edit when the record has changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CompoundSelect, Select, String, Table, bindparam, exists, select, union_all
from sqlalchemy.orm import Session

from models import Mention, OutboxMessage
from models.statements import spelled
from rules.mail import MailState, Priority
from services.foresight import foreseen


def not_left(template: str, abouts: Iterable[str]) -> Select[OutboxMessage]:
    """The messages about these that have not left, changes of sent ones aside: they say what is true by then."""
    return select(OutboxMessage).where(
        OutboxMessage.about.in_(list(abouts)),
        OutboxMessage.template == template,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.PENDING,
    )


def _shown() -> CompoundSelect[Any]:
    sent, spoken_of = cast(Table, OutboxMessage.__table__), cast(Table, Mention.__table__)
    waiting = sent.alias()
    shows = (
        sent.c.state == MailState.SENT,
        sent.c.edits_id.is_(None),
        sent.c.external_id.is_not(None),
        ~exists().where(waiting.c.edits_id == sent.c.id, waiting.c.state == spelled(MailState.PENDING)),
    )
    abouts = bindparam("abouts", expanding=True, type_=String())
    return union_all(
        select(sent.c.id, sent.c.about).where(sent.c.about.in_(abouts), *shows),
        select(sent.c.id, spoken_of.c.about).where(
            spoken_of.c.about.in_(abouts), sent.c.id == spoken_of.c.message_id, *shows
        ),
    )


_BY_NUMBER = (
    select(OutboxMessage).where(OutboxMessage.id.in_(bindparam("numbers", expanding=True))).order_by(OutboxMessage.id)
)
_SHOWN = _shown()
"""What was sent about a record and shows it, but for what will be brought up to date anyway; put together once.

It is asked with every few messages of a broadcast, and mostly there is none.
"""


def bring_up_to_date(session: Session, now: datetime, about: str, due_at: datetime | None = None) -> int:
    """Owes an edit of every message sent about a record, so that each shows its present state; how many.

    An edit that still waits will show the newest state by itself (it is written when it leaves): none is added to it.
    """
    return bring_all_up_to_date(session, now, [about], due_at)


def bring_all_up_to_date(
    session: Session,
    now: datetime,
    abouts: Iterable[str],
    due_at: datetime | None = None,
    priority: Priority = Priority.REPLY,
) -> int:
    """The same about several records."""
    known = foreseen(session).shown
    wanted = list(dict.fromkeys(abouts))
    shown = {one.id: one for about in wanted if about in known for one in known[about]}
    if strange := [about for about in wanted if about not in known]:
        session.flush()
        found = shown_about(session, strange)
        shown |= {one.id: one for about in strange for one in found[about]}
    if shown:  # one that speaks of several records has its edit now, whichever of them comes next
        known |= {about: [one for one in those if one.id not in shown] for about, those in known.items()}
    session.add_all(_edit(one, now, due_at or now, priority=priority) for one in shown.values())
    if strange:
        session.flush()
    return len(shown)


def shown_about(session: Session, abouts: Collection[str]) -> dict[str, list[OutboxMessage]]:
    """What was sent about these records and shows them, but for what will be brought up to date anyway."""
    found: dict[str, list[OutboxMessage]] = {about: [] for about in abouts}
    rows = session.connection().execute(_SHOWN, {"abouts": list(abouts)}).all() if abouts else ()
    numbers = {number for number, _ in rows}
    sent = {one.id: one for one in session.scalars(_BY_NUMBER, {"numbers": list(numbers)})} if numbers else {}
    for number, about in sorted(map(tuple, rows)):
        found[about].append(sent[number])
    return found


def change(session: Session, now: datetime, original: OutboxMessage, args: dict[str, Any]) -> None:
    """Owes an edit of one sent message, to be written with other arguments; one that still waits takes these."""
    waits = (OutboxMessage.edits_id == original.id) & (OutboxMessage.state == spelled(MailState.PENDING))
    waiting = session.scalar(select(OutboxMessage).where(waits).limit(1))
    if waiting is not None:
        waiting.args = args
    else:
        session.add(_edit(original, now, now, args))


def _edit(
    original: OutboxMessage,
    now: datetime,
    due_at: datetime,
    args: dict[str, Any] | None = None,
    priority: Priority = Priority.REPLY,
) -> OutboxMessage:
    return OutboxMessage(
        bot=original.bot,
        account_id=original.account_id,
        priority=priority,
        template=original.template,
        args=original.args if args is None else args,
        about=original.about,
        edits_id=original.id,
        due_at=due_at,
        created_at=now,
    )


def begun_with(session: Session, message: OutboxMessage) -> OutboxMessage:
    """The message that stands in the chat: this one, or the one that it changes."""
    return message if message.edits_id is None else session.get_one(OutboxMessage, message.edits_id)
