"""A closed alarm that is opened again: it begins anew, with its chain of today (重新打开)."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Escalation
from rules.errors import NotAllowedError
from rules.escalation import Event, move
from rules.reopening import may_reopen
from services.escalations import advance, chain_of, note, open_like, refresh
from services.foresight import foreseen
from services.places import lasts, open_at


def reopen(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """Opens it again and tells the first step of its chain.

    Raises `NotAllowedError` when it is not closed, was not finished by hand, or that is more than a day ago; when what
    it is about is over; and when another is open about the same: there is one at most (invariant 6).
    """
    move(escalation.state, Event.REOPENED)
    timely = may_reopen(escalation.kind, escalation.outcome, escalation.closed_at, now)
    if not timely or not lasts(session, escalation) or beside(session, escalation):
        raise NotAllowedError("opened again")
    note(session, now, escalation, Event.REOPENED, person_id, outcome=escalation.outcome)
    escalation.outcome = escalation.closed_at = None
    escalation.chain, escalation.step = chain_of(session, now, escalation), -1
    foreseen(session).follow(escalation)
    advance(session, now, escalation)
    refresh(session, now, escalation)


def beside(session: Session, escalation: Escalation) -> Escalation | None:
    """Another that is open about the same person, the same silence of a household, or the same place."""
    if escalation.place_id is not None:
        found = open_at(session, escalation.kind, [escalation.place_id]).get(escalation.place_id)
    else:
        found = open_like(session, escalation.kind, escalation.household_id, escalation.person_id)
    return None if found is escalation else found
