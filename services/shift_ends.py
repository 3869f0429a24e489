"""The end of a shift with alarms still in hand: told once, with what can be done about them (交班, ADR 88)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from models import Account, Appointment, Escalation, ShiftEnd, ShiftTime
from models.statements import spelled
from rules.escalation import State
from rules.ladder import Severity
from rules.mail import Priority
from rules.shift_ends import Leaves, takers
from rules.shifts import BEFORE_THE_END
from services.accounts import reachable_accounts
from services.audit import record
from services.chain import people_on, standing
from services.changes import bring_all_up_to_date, bring_up_to_date
from services.dossier import subjects_of
from services.handing_over import offer
from services.handling import in_hand_of
from services.mailbox import post
from services.mentions import speak_of
from services.policy import default_policy
from services.staff import in_force, not_off


def about(end: ShiftEnd) -> str:
    """What the messages of a shift's end are about."""
    return f"shift_end:{end.id}"


def see_to_ends(session: Session, now: datetime) -> dict[str, int]:
    """Of the tick of duty: whoever's shift is about to end hears what they have in hand; what waited is given.

    Asked before `services.shifts.look_again` works out the next shift: both look at the same rows.
    """
    told = [ask(session, now, person, ends_at, awake=True) for person, ends_at in session.execute(_ending(now)).all()]
    due = session.scalars(select(ShiftEnd).where(ShiftEnd.give_at <= now).order_by(ShiftEnd.id)).all()
    for end in due:
        give(session, now, end, end.taker_id or 0)
    return {"ends": sum(map(bool, told)), "given": len(due)}


def _ending(now: datetime) -> Select[int, datetime]:
    """Whose shift by the roster is over soon, who did not say that they stay longer or are off, and has something."""
    here = Appointment.person_id == ShiftTime.person_id
    stays = exists().where(here, Appointment.on_until > ShiftTime.ends_at)
    works = exists().where(here, not_off(now), in_force(now), Appointment.stands_for.is_(None))
    holds = exists().where(Escalation.holder_id == ShiftTime.person_id, Escalation.state == spelled(State.TAKEN))
    near = (ShiftTime.look_at <= now) & (ShiftTime.ends_at <= now + BEFORE_THE_END)
    real = ShiftTime.starts_at < ShiftTime.ends_at
    return select(ShiftTime.person_id, ShiftTime.ends_at).where(near, real, ~stays, works, holds)


def ask(session: Session, now: datetime, person_id: int, ends_at: datetime, *, awake: bool = False) -> ShiftEnd | None:
    """Tells somebody what they have in hand at the end of their shift, once for each end; None: there is nothing to.

    `awake`: they did not ask for it, so that what can wait does not ring at night.
    """
    account = reachable_accounts(session, [person_id]).get(person_id)
    held = in_hand_of(session, person_id)
    known = exists().where(ShiftEnd.person_id == person_id, ShiftEnd.ends_at == ends_at)
    if account is None or not held or session.scalar(select(known)):
        return None
    end = ShiftEnd(person_id=person_id, ends_at=ends_at, alarms=[one.id for one in held], given=[])
    session.add(end)
    session.flush()
    quiet = awake and all(one.severity is Severity.ROUTINE for one in held)
    due_at = default_policy(session).awake(now) if quiet else now
    _tell(session, now, end, account, Priority.REPLY, "shift_end", held, due_at)
    return end


def _tell(
    session: Session,
    now: datetime,
    end: ShiftEnd,
    account: Account,
    priority: Priority,
    template: str,
    alarms: Iterable[Escalation],
    due_at: datetime,
) -> None:
    message = post(session, now, account, priority, template, about=about(end), due_at=due_at)
    session.flush()
    if message is not None:
        speak_of(session, {message.id: [f"escalation:{one.id}" for one in alarms]})


def who_can(session: Session, now: datetime, end: ShiftEnd) -> dict[int, list[int]]:
    """Who can get what is still in hand, and which of it: on its chain, and on duty when the shift has ended."""
    held = in_hand_of(session, end.person_id)
    around = standing(session, max(now, end.ends_at), people_on([one.chain for one in held]))
    return takers({one.id: around.candidates(one.chain) for one in held}, end.person_id)


def keep(session: Session, now: datetime, end: ShiftEnd) -> None:
    """They go on with it themselves; it lapses as ever."""
    end.leaves, end.taker_id, end.give_at = Leaves.KEEPS, None, None
    _decided(session, now, end)


def give_to(session: Session, now: datetime, end: ShiftEnd, taker_id: int) -> bool:
    """Everything goes to somebody else: at once when they are on duty, else when the shift ends; False: they cannot."""
    if taker_id not in who_can(session, now, end):
        return False
    on_now = standing(session, now, {taker_id}).on_duty
    if end.ends_at > now and taker_id not in {person for person, _ in on_now}:
        end.leaves, end.taker_id, end.give_at = Leaves.GIVES, taker_id, end.ends_at
        _decided(session, now, end)
        return True
    return give(session, now, end, taker_id)


def give(session: Session, now: datetime, end: ShiftEnd, taker_id: int) -> bool:
    """Hands over what is in hand, each alarm by itself, and tells of all of them in one list; False: nobody can."""
    end.give_at = None
    account = reachable_accounts(session, [taker_id]).get(taker_id)
    able = set(who_can(session, now, end).get(taker_id, ()))
    alarms = [one for one in in_hand_of(session, end.person_id) if one.id in able]
    if account is None or not alarms:
        end.leaves = end.taker_id = None
        bring_up_to_date(session, now, about(end))
        return False
    starts = [offer(session, now, one, end.person_id, taker_id, shift_end=end.id) for one in alarms]
    end.leaves, end.taker_id = Leaves.GIVES, taker_id
    end.given = [*end.given, *(one.id for one in alarms)]
    _tell(session, now, end, account, Priority.ALERT, "shift_taken", alarms, min(starts))
    _decided(session, now, end, alarms)
    return True


def _decided(session: Session, now: datetime, end: ShiftEnd, alarms: Sequence[Escalation] = ()) -> None:
    given = [one.id for one in alarms]
    said = {"leaves": end.leaves, "to": end.taker_id, "given": given}
    record(session, now, actor_id=end.person_id, act="shift end", subject=f"person:{end.person_id}", **said)
    session.flush()
    bring_all_up_to_date(session, now, [about(end), *(subject for one in alarms for subject in subjects_of(one))])


def alarms_of(session: Session, end: ShiftEnd) -> list[Escalation]:
    """All of which its messages speak, in the order in which they were told."""
    numbers = list(dict.fromkeys([*end.alarms, *end.given]))
    found = {one.id: one for one in session.scalars(select(Escalation).where(Escalation.id.in_(numbers)))}
    return [found[one] for one in numbers]


def list_arrived(session: Session, now: datetime, end: ShiftEnd) -> None:
    """What moved while a list was on its way: an edit could not be owed before that had arrived."""
    waits = [one for one in alarms_of(session, end) if one.handed or one.holder_id == end.person_id]
    if len(waits) < len({*end.alarms, *end.given}):
        bring_up_to_date(session, now, about(end))
