"""What a messenger has not taken, as far as is known: how much speaks for that it takes nothing at all."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import OutboxMessage
from rules.mail import MailState
from rules.mass_failure import WAITING

UNCERTAIN = (
    OutboxMessage.state == MailState.SENT,
    OutboxMessage.external_id.is_(None),
    OutboxMessage.error.is_not(None),
    OutboxMessage.edits_id.is_(None),
)
"""What got no answer and was taken for sent."""
_AGAIN = (MailState.PENDING, MailState.LEASED)


def failures(session: Session, bot: str, since: datetime) -> int:
    """How many messages of a bot failed and wait or are on their way again, or were put down as sent without its word.

    No more than are needed for `rules.mass_failure` are counted of each.
    """
    failed = select(OutboxMessage.id).where(
        OutboxMessage.bot == bot, OutboxMessage.state.in_(_AGAIN), OutboxMessage.error.is_not(None)
    )
    unsure = select(OutboxMessage.id).where(OutboxMessage.bot == bot, OutboxMessage.sent_at >= since, *UNCERTAIN)
    return sum(len(session.scalars(some.limit(WAITING)).all()) for some in (failed, unsure))
