"""An alarm passed to somebody else: theirs when they take it, else back where it was, or up the chain (转交)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import Account, Escalation, Person
from rules.escalation import Event
from rules.handing_over import comes_back
from services.accounts import reachable_accounts
from services.alerts import tell
from services.chain import reach
from services.dossier import handed
from services.escalations import advance, may_ring_at, note, refresh
from services.holding import hold


def others(session: Session, now: datetime, escalation: Escalation) -> list[Person]:
    """Everybody on the chain who can be told now, lowest step first."""
    return [session.get_one(Person, person) for person in _able(session, now, escalation)]


def hand_over(session: Session, now: datetime, escalation: Escalation, by: int, to: int) -> bool:
    """Passes it to somebody else, who has the present step's patience to take it; False when they cannot be reached."""
    accounts = reachable_accounts(session, [to])
    if to not in accounts:
        return False
    note(session, now, escalation, Event.HANDED_OVER, by, to=to)
    escalation.handed = True
    escalation.step = max(escalation.step, 0)
    starts = may_ring_at(session, now, escalation)
    escalation.next_at = starts + timedelta(minutes=escalation.chain[escalation.step]["minutes"])
    note(session, now, escalation, Event.TOLD, to, step=escalation.step)
    refresh(session, now, escalation)
    told_at = tell(session, now, escalation, [to], accounts, due_at=starts, again=True, handed_by=by)
    escalation.next_at = told_at + timedelta(minutes=escalation.chain[escalation.step]["minutes"])
    return True


def not_taken(session: Session, now: datetime, escalation: Escalation) -> None:
    """Nobody took it in time: whoever handed it over is told, and has it again or the chain goes on (ADR 60)."""
    by, to = handed(session, escalation)
    accounts = reachable_accounts(session, [by])
    back = comes_back(escalation.severity, able=by in accounts and by in _able(session, now, escalation))
    if back:
        _hold_again(session, now, escalation, by)
    else:
        escalation.step += _is_next(escalation, to)
        advance(session, now, escalation)
    refresh(session, now, escalation)
    if by in accounts:
        _tell(session, now, escalation, by, to, accounts)


def handed_in_vain(session: Session, now: datetime, escalation: Escalation, person_id: int) -> bool:
    """An alert could not reach this person; when the alarm was handed to them, nobody waits for them any longer.

    False when it was not handed to anybody, and the chain has to look who is left.
    """
    if not escalation.handed:
        return False
    if handed(session, escalation)[1] == person_id:
        not_taken(session, now, escalation)
    return True


def _able(session: Session, now: datetime, escalation: Escalation) -> list[int]:
    around = reach(session, now, escalation.chain)
    return list(dict.fromkeys(one.person_id for step in around.candidates for one in step if one.why_not is None))


def _hold_again(session: Session, now: datetime, escalation: Escalation, by: int) -> None:
    note(session, now, escalation, Event.CAME_BACK, by)
    escalation.handed = False
    hold(session, escalation, may_ring_at(session, now, escalation))


def _is_next(escalation: Escalation, person_id: int) -> bool:
    """Whether they are all of the next step, and have had their time already."""
    above = escalation.chain[escalation.step + 1 : escalation.step + 2]
    return any(step["people"] == [person_id] for step in above)


def _tell(
    session: Session, now: datetime, escalation: Escalation, by: int, to: int, accounts: dict[int, Account]
) -> None:
    starts = may_ring_at(session, now, escalation)
    session.flush()
    tell(session, now, escalation, [by], accounts, due_at=starts, again=True, not_taken_by=to)
