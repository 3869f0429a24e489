"""Alerts that arrived and were not answered in their time: counted, and told to whoever shows up again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import exists, func, or_, update
from sqlalchemy.orm import Session

from models import Account, OutboxMessage
from rules.duty import APART
from rules.escalation import State
from rules.mail import MailState
from services.mailbox import say
from services.policy import default_policy


class RanOut(Protocol):
    """An alarm whose time is up, or a row of it."""

    id: Any
    bundle: Any
    state: Any
    step: Any
    chain: Any


def not_answered(session: Session, now: datetime, alarms: Iterable[RanOut]) -> None:
    """Counts one more for everybody of the step whose time is up who had got the alert and was not heard since.

    One statement for all of these alarms.
    """
    waited = [one for one in alarms if one.state is State.OPEN and one.step >= 0]
    people = {person for one in waited for person in one.chain[one.step]["people"]}
    if not people:
        return
    abouts = {f"bundle:{one.bundle}" if one.bundle else f"escalation:{one.id}" for one in waited}
    arrived = exists().where(
        OutboxMessage.account_id == Account.id,
        OutboxMessage.about.in_(abouts),
        OutboxMessage.template.in_(["alert", "digest"]),
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.SENT,
        OutboxMessage.sent_at > func.coalesce(Account.last_seen_at, Account.created_at),
    )
    before = or_(Account.unanswered_at.is_(None), Account.unanswered_at <= now - APART)
    session.flush()
    session.execute(
        update(Account)
        .where(Account.person_id.in_(people), before, arrived)
        .values(unanswered=Account.unanswered + 1, unanswered_at=now)
        .execution_options(synchronize_session=False)
    )


def heard_again(session: Session, now: datetime, account: Account, unanswered: int) -> None:
    """Somebody who was passed over shows up: told so, kindly, and that alarms come to them again."""
    limit = default_policy(session).unanswered
    if account.person_id is not None and 0 < limit <= unanswered:
        buttons: Sequence[Any] = [[("alarms:0", "answering-alarms")], [("duty:off", "answering-rest")]]
        say(session, now, account, "answering-again", {"count": unanswered}, buttons)
