"""An alarm passed to somebody else: theirs when they take it, else back where it was, or up the chain (转交)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import Escalation, Person
from rules.escalation import Event
from rules.handing_over import comes_back
from rules.mail import Priority
from rules.nights import part_of
from services.accounts import Told, reachable_accounts
from services.alerts import tell
from services.chain import reach
from services.dossier import handed, shift_end_of
from services.escalations import advance, may_ring_at, note, refresh
from services.holding import hold
from services.mailbox import post


def others(session: Session, now: datetime, escalation: Escalation) -> list[Person]:
    """Everybody on the chain who can be told now, lowest step first."""
    return [session.get_one(Person, person) for person in _able(session, now, escalation)]


def hand_over(session: Session, now: datetime, escalation: Escalation, by: int, to: int) -> bool:
    """Passes it to somebody else, who has the present step's patience to take it; False when they cannot be reached."""
    accounts = reachable_accounts(session, [to])
    if to not in accounts:
        return False
    starts = offer(session, now, escalation, by, to)
    refresh(session, now, escalation)
    told_at = tell(session, now, escalation, [to], accounts, due_at=starts, again=True, handed_by=by)
    escalation.next_at = told_at + timedelta(minutes=escalation.chain[escalation.step]["minutes"])
    return True


def offer(session: Session, now: datetime, escalation: Escalation, by: int, to: int, **detail: int) -> datetime:
    """It is somebody's to take, in the present step's patience; when they may be told (UTC). Tells nobody.

    Raises `NotAllowedError`. `detail` is kept with the event.
    """
    note(session, now, escalation, Event.HANDED_OVER, by, to=to, **detail)
    escalation.handed = True
    escalation.step = max(escalation.step, 0)
    starts = may_ring_at(session, now, escalation)
    escalation.next_at = starts + timedelta(minutes=escalation.chain[escalation.step]["minutes"])
    note(session, now, escalation, Event.TOLD, to, step=escalation.step)
    return starts


def not_taken(session: Session, now: datetime, escalation: Escalation) -> None:
    """Nobody took it in time: whoever handed it over is told, and has it again or the chain goes on (ADR 60)."""
    by, to = handed(session, escalation)
    shift_end = shift_end_of(session, escalation)
    accounts = reachable_accounts(session, [by])
    back = comes_back(escalation.severity, able=by in accounts and by in _able(session, now, escalation))
    if back:
        _hold_again(session, now, escalation, by)
    else:
        escalation.step += _is_next(escalation, to)
        advance(session, now, escalation)
    refresh(session, now, escalation)
    if by not in accounts:
        return
    if shift_end is None:
        _tell(session, now, escalation, by, to, accounts)
    else:  # one of many that were handed over together: said once
        due_at, key = may_ring_at(session, now, escalation), f"shift_back:{shift_end}:{to}"
        about = f"shift_end:{shift_end}"
        post(session, now, accounts[by], Priority.ALERT, "shift_back", about=about, dedupe_key=key, due_at=due_at)


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
    last = part_of(escalation.chain, escalation.step)[-1]
    above = escalation.chain[escalation.step + 1 : last + 1][:1]
    return any(step["people"] == [person_id] for step in above)


def _tell(session: Session, now: datetime, escalation: Escalation, by: int, to: int, accounts: Told) -> None:
    starts = may_ring_at(session, now, escalation)
    session.flush()
    tell(session, now, escalation, [by], accounts, due_at=starts, again=True, not_taken_by=to)
