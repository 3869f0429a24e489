"""Edits of very many sent messages, owed inside the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import Session, aliased

from models import OutboxMessage
from models.db import insert_into
from models.statements import rows_changed, spelled
from rules.mail import MailState, Priority


def owe_edits(
    session: Session, now: datetime, abouts: Sequence[str], priority: Priority, template: str, due_at: datetime
) -> int:
    """Owes an edit, written by another template, of every message about these that was sent or is on its way; how many.

    A chat gets one message at a time: the edit of one that is on its way is looked at when that has arrived, or has
    not. Of an edit that still waits there is no second one.
    """
    sent, waiting = aliased(OutboxMessage), aliased(OutboxMessage)
    columns = OutboxMessage.__table__.c
    fixed = {
        "priority": int(priority),
        "template": template,
        "args": {},
        "due_at": due_at,
        "waits": due_at > now,
        "state": MailState.PENDING,
        "attempts": 0,
        "handle": "",
        "created_at": now,
    }
    already = exists().where(
        waiting.edits_id == sent.id, waiting.state == spelled(MailState.PENDING), waiting.template == template
    )
    rows = (
        select(
            sent.bot,
            sent.account_id,
            sent.about,
            sent.id,
            *(literal(value, columns[name].type).label(name) for name, value in fixed.items()),
        )
        .where(
            sent.about.in_(abouts),
            sent.edits_id.is_(None),
            sent.state.in_([MailState.SENT, MailState.LEASED]),
            ~already,
        )
        .order_by(sent.id)
    )
    names = ["bot", "account_id", "about", "edits_id", *fixed]
    return rows_changed(session, insert_into(session, OutboxMessage).from_select(names, rows))
