"""Somebody in quarantine goes on in another home: the record moves, the history stays where it was (转网格)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models import Escalation, Household, Person, Quarantine
from rules.escalation import State
from rules.mail import Priority
from rules.release import last_miss
from rules.rounds import slot
from services.areas import address
from services.audit import record_quarantine
from services.changes import bring_up_to_date
from services.dossier import names_of
from services.escalations import advance, chain_of, open_about, refresh
from services.homes import household_of
from services.mailbox import Button, say
from services.moving import move
from services.orders import running
from services.phones import phones_of, tell_staff
from services.policy import policy_at


def transfer(session: Session, now: datetime, people: Sequence[Person], home: Household, by: int | None) -> None:
    """They live in `home` from now on; its grid's staff hear, open alarms about them go on along its chain."""
    left = {person.id: household_of(session, person.id) for person in people}
    move(session, now, people, home, alarms_stay=False)
    moved = [one for person in people if (one := running(session, person.id)) is not None]
    for one in moved:
        _by_the_new_rules(session, now, one, home)
    for person in people:
        alarm = open_about(session, person.id)
        if alarm is not None and alarm.grid_id != home.grid_id:
            _along_the_new_chain(session, now, alarm, home)
        old = left[person.id]
        record_quarantine(session, now, person.id, by, "transferred", left=old.id if old else None, to=home.id)
    session.flush()
    for grid in {old.grid_id for old in left.values() if old} | {home.grid_id}:
        bring_up_to_date(session, now, f"releases:{grid}")
    if any(old is None or old.grid_id != home.grid_id for old in left.values()):
        _tell_new_staff(session, now, people, home)
    _tell_family(session, now, people, home)


def _by_the_new_rules(session: Session, now: datetime, one: Quarantine, home: Household) -> None:
    """Slots that are still to open open when the new area's policy says; whoever waits for a decision waits there."""
    policy = policy_at(session, home.grid_id)
    if one.next_at is not None and one.next_day is not None and one.next_half is not None and one.next_at > now:
        one.next_at = slot(one.next_day, one.next_half, policy).opens_at
    if one.released_at is None:
        one.end_at = max(last_miss(one.last_day, policy), now) if one.end_step < 0 else now
        one.end_step = -1


def _along_the_new_chain(session: Session, now: datetime, alarm: Escalation, home: Household) -> None:
    """Whoever has it in hand keeps it until their time is over; then, or at once, the new grid's people are told."""
    alarm.household_id, alarm.grid_id = home.id, home.grid_id
    alarm.chain, alarm.step = chain_of(session, now, alarm), -1
    if alarm.state is State.OPEN:
        advance(session, now, alarm)
    refresh(session, now, alarm)


def _tell_new_staff(session: Session, now: datetime, people: Sequence[Person], home: Household) -> None:
    buttons: list[list[Button]] = [[(f"qshow:{one.id}", "button-person", {"name": one.name})] for one in people]
    args: dict[str, str | int | float] = {
        "name": names_of(session, people),
        "where": address(session, home),
        "alarms": sum(open_about(session, person.id) is not None for person in people),
    }
    tell_staff(session, now, home.grid_id, "moved-here", args, buttons)


def _tell_family(session: Session, now: datetime, people: Sequence[Person], home: Household) -> None:
    args: dict[str, str | int | float] = {"name": names_of(session, people), "where": address(session, home)}
    due_at = policy_at(session, home.grid_id).awake(now)
    for account in phones_of(session, [home.id])[home.id]:
        say(session, now, account, "transferred", args, priority=Priority.NOTICE, due_at=due_at)
