"""The message that gathers what was too much for somebody's hour: of what it speaks, from its arrival on (ADR 87)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import OutboxMessage
from rules.mail import MailState
from services.changes import begun_with
from services.hours import GATHERED
from services.mentions import speak_no_more, speak_of, spoken_of, unfinished


def abouts_in(session: Session, message: OutboxMessage) -> list[str]:
    """Everything that it speaks of: what was told in it, and what was left in the ones before it."""
    begins = begun_with(session, message)
    if begins.state is MailState.SENT:
        return spoken_of(session, [begins.id])
    before = [one.id for one in _sent(session, [begins.about or ""]) if one.account_id == begins.account_id]
    return _together(begins, unfinished(session, spoken_of(session, before)))


def gathered_arrived(session: Session, abouts: Collection[str]) -> list[str]:
    """What gathers arrived in the chats of these people (``person:7``): of what is left of the ones before, too.

    Returns everything that the newest of each chat speak of.
    """
    chats: dict[tuple[int, str | None], list[OutboxMessage]] = {}
    for one in _sent(session, abouts):
        chats.setdefault((one.account_id, one.about), []).append(one)
    for *before, newest in chats.values():
        if spoken_of(session, [newest.id]):
            continue
        earlier = [one.id for one in before]
        speak_of(session, {newest.id: _together(newest, unfinished(session, spoken_of(session, earlier)))})
        speak_no_more(session, earlier)
    return spoken_of(session, [sent[-1].id for sent in chats.values()])


def _together(message: OutboxMessage, before: list[str]) -> list[str]:
    return list(dict.fromkeys((*before, *(about for _, about in message.args["told"]))))


def _sent(session: Session, abouts: Collection[str]) -> list[OutboxMessage]:
    sent = select(OutboxMessage).where(
        OutboxMessage.about.in_(abouts),
        OutboxMessage.template == GATHERED,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.SENT,
    )
    return list(session.scalars(sent.order_by(OutboxMessage.sent_at, OutboxMessage.id)))
