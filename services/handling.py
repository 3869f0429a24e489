"""What people do about an alarm: take it, visit, close it (接单, 上门, 结案); `services.handing_over` passes it on."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Escalation, Person
from models.statements import spelled
from rules.escalation import Event, Kind, Outcome, State
from services.escalations import note, refresh
from services.holding import hold
from services.mailbox import say
from services.phones import phones_of
from services.register import phone_of

AFTERTHOUGHT = timedelta(hours=2)
"""How long after closing an alarm its worker may still send what was measured."""


def take(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """Somebody says: I deal with it. Raises `NotAllowedError` when it is in somebody's hands already, or closed."""
    note(session, now, escalation, Event.TAKEN, person_id)
    escalation.handed = False
    hold(session, escalation, now)
    refresh(session, now, escalation)
    if escalation.kind is Kind.ABNORMAL:
        _tell_household(session, now, escalation, session.get_one(Person, person_id))


def _tell_household(session: Session, now: datetime, escalation: Escalation, worker: Person) -> None:
    """Whoever is ill at home hears who is coming, and the number to call."""
    phone = phone_of(session, worker)
    home = escalation.household_id
    for account in phones_of(session, [home])[home] if home is not None else ():
        if phone:
            say(session, now, account, "worker-coming-phone", {"name": worker.name, "phone": phone})
        else:
            say(session, now, account, "worker-coming", {"name": worker.name})


def visited(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """The holder was at the door; their time begins anew."""
    note(session, now, escalation, Event.VISITED, person_id)
    hold(session, escalation, now)
    refresh(session, now, escalation)


def called(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """The holder telephoned. Their time does not begin anew: nobody was seen."""
    note(session, now, escalation, Event.CALLED, person_id)
    refresh(session, now, escalation)


def noted(
    session: Session, now: datetime, escalation: Escalation, person_id: int, words: str, *, photo: bool = False
) -> None:
    """What the holder wrote down about it, kept with it and shown on it; "" says that nobody answered the telephone,
    or that a photo says it.
    """
    note(session, now, escalation, Event.NOTED, person_id, words=words, **({"photo": True} if photo else {}))
    refresh(session, now, escalation)


def close(
    session: Session, now: datetime, escalation: Escalation, outcome: Outcome, person_id: int | None, words: str = ""
) -> None:
    """Finished, with an outcome; `person_id` None: the household's own report finished it. Raises `NotAllowedError`."""
    note(session, now, escalation, Event.CLOSED, person_id, outcome=outcome.value)
    escalation.outcome, escalation.note = outcome, words
    escalation.next_at, escalation.closed_at, escalation.handed = None, now, False
    refresh(session, now, escalation)


def in_hand_of(session: Session, person_id: int) -> list[Escalation]:
    """What somebody has in hand, oldest first."""
    held = (Escalation.holder_id == person_id) & (Escalation.state == spelled(State.TAKEN))
    return list(session.scalars(select(Escalation).where(held).order_by(Escalation.opened_at, Escalation.id)))


def at_the_door(session: Session, now: datetime, person_id: int) -> list[Escalation]:
    """What somebody has in hand or has just finished: values from the door may come before or after the outcome."""
    return list(session.scalars(select(Escalation).where(in_hand(now, [person_id])).order_by(Escalation.id)))


def in_hand(now: datetime, people: Collection[int]) -> ColumnElement[bool]:
    """The condition that one of these people has an escalation in hand, or has just finished it."""
    just_finished = (Escalation.state == State.CLOSED) & (Escalation.closed_at > now - AFTERTHOUGHT)
    return Escalation.holder_id.in_(people) & ((Escalation.state == State.TAKEN) | just_finished)
