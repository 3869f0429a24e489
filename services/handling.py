"""What people do about an alarm: take it, visit, hand it over, close it (接单, 上门, 转交, 结案)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, Escalation, Person
from rules.escalation import Event, Kind, Outcome, State
from services.alerts import tell
from services.chain import reach
from services.escalations import may_ring_at, note, refresh
from services.mailbox import say
from services.phones import answering
from services.policy import policy_at
from services.register import phone_of

AFTERTHOUGHT = timedelta(hours=2)
"""How long after closing an alarm its worker may still send what was measured."""


def take(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """Somebody says: I deal with it. Raises `NotAllowedError` when it is in somebody's hands already, or closed."""
    note(session, now, escalation, Event.TAKEN, person_id)
    escalation.holder_id = person_id
    escalation.next_at = now + policy_at(session, escalation.grid_id).lapses[escalation.severity]
    refresh(session, now, escalation)
    if escalation.kind is Kind.ABNORMAL:
        _tell_household(session, now, escalation, session.get_one(Person, person_id))


def _tell_household(session: Session, now: datetime, escalation: Escalation, worker: Person) -> None:
    """Whoever is ill at home hears who is coming, and the number to call."""
    phone = phone_of(session, worker)
    doors = answering(session, [escalation.household_id])
    accounts = session.scalars(
        select(Account).join(doors, doors.c.account_id == Account.id).where(Account.reachable).order_by(Account.id)
    )
    for account in accounts.unique():
        if phone:
            say(session, now, account, "worker-coming-phone", {"name": worker.name, "phone": phone})
        else:
            say(session, now, account, "worker-coming", {"name": worker.name})


def visited(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """The holder was at the door; their time begins anew."""
    note(session, now, escalation, Event.VISITED, person_id)
    escalation.next_at = now + policy_at(session, escalation.grid_id).lapses[escalation.severity]
    refresh(session, now, escalation)


def hand_over(session: Session, now: datetime, escalation: Escalation, by: int, to: int) -> bool:
    """Passes it to somebody else, who has the present step's patience to take it; False when they cannot be reached."""
    accounts = reach(session, now, [{"role": "grid_worker", "people": [to]}]).accounts
    if to not in accounts:
        return False
    note(session, now, escalation, Event.HANDED_OVER, by, to=to)
    escalation.holder_id = None
    escalation.step = max(escalation.step, 0)
    starts = may_ring_at(session, now, escalation)
    escalation.next_at = starts + timedelta(minutes=escalation.chain[escalation.step]["minutes"])
    note(session, now, escalation, Event.TOLD, to, step=escalation.step)
    refresh(session, now, escalation)
    tell(session, now, escalation, [to], accounts, due_at=starts, again=True, handed_by=by)
    return True


def close(
    session: Session, now: datetime, escalation: Escalation, outcome: Outcome, person_id: int | None, words: str = ""
) -> None:
    """Finished, with an outcome; `person_id` None: the household's own report finished it. Raises `NotAllowedError`."""
    note(session, now, escalation, Event.CLOSED, person_id, outcome=outcome.value)
    escalation.outcome, escalation.note = outcome, words
    escalation.holder_id = person_id or escalation.holder_id
    escalation.next_at, escalation.closed_at = None, now
    refresh(session, now, escalation)


def others(session: Session, now: datetime, escalation: Escalation) -> list[Person]:
    """Everybody on the chain who can be told now, lowest step first."""
    around = reach(session, now, escalation.chain)
    able = [one.person_id for step in around.candidates for one in step if one.why_not is None]
    return [session.get_one(Person, person) for person in dict.fromkeys(able)]


def at_the_door(session: Session, now: datetime, person_id: int) -> list[Escalation]:
    """What somebody has in hand or has just finished: values from the door may come before or after the outcome."""
    return list(session.scalars(select(Escalation).where(in_hand(now, [person_id])).order_by(Escalation.id)))


def in_hand(now: datetime, people: Collection[int]) -> ColumnElement[bool]:
    """The condition that one of these people has an escalation in hand, or has just finished it."""
    just_finished = (Escalation.state == State.CLOSED) & (Escalation.closed_at > now - AFTERTHOUGHT)
    return Escalation.holder_id.in_(people) & ((Escalation.state == State.TAKEN) | just_finished)
