"""Who need not be measured, until when, and who said so; asked again afterwards (免报)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Asked, Escalation, Household, Person, Quarantine, ReportRequest
from rules import excuses as rule
from rules.doors import Found
from rules.escalation import SILENCES, Outcome, State
from rules.mail import Priority
from rules.quarantine import QuarantineStatus
from rules.times import local_date
from services.areas import within
from services.audit import record_quarantine
from services.dates import day_for
from services.handling import close
from services.mailbox import say
from services.moving import owes_no_more
from services.phones import phones_of
from services.policy import policy_at
from services.slots import owed
from services.words import Value


def excuse(session: Session, now: datetime, one: Quarantine, why: Found, days: int | None, by: int | None) -> None:
    """Not measured for so many days after today (None: until they are back); what is owed of today is owed no more."""
    today = local_date(now, _zone(session, one))
    one.excused_until, one.excused_why, one.excused_by = rule.until(today, days), why.value, by
    _owe_no_more(session, now, one, today, why.value)
    until = None if days is None else one.excused_until.isoformat()
    record_quarantine(session, now, one.person_id, by, "excused", why=why.value, until=until)
    _tell(session, now, one, f"excused-{why.value.replace('_', '-')}")


def back(session: Session, now: datetime, one: Quarantine, by: int | None) -> None:
    """They are back: the next slot asks again."""
    one.excused_until, one.excused_why, one.excused_by = None, "", None
    record_quarantine(session, now, one.person_id, by, "back")
    _tell(session, now, one, "excused-back")


def is_excused(session: Session, now: datetime, one: Quarantine) -> bool:
    """Whether somebody need not be measured today."""
    return rule.holds(one.excused_until, local_date(now, _zone(session, one)))


def excused_today(session: Session, today: date, paths: Iterable[str]) -> list[tuple[Quarantine, Person, Household]]:
    """Everybody in these subtrees who need not be measured today, in the order of the doors."""
    rows = session.execute(
        select(Quarantine, Person, Household)
        .join(Person, Person.id == Quarantine.person_id)
        .join(Household, Household.id == Quarantine.household_id)
        .join(Area, Area.id == Household.grid_id)
        .where(
            within(paths),
            Quarantine.status == QuarantineStatus.ACTIVE,
            Quarantine.excused_until >= today,
            Quarantine.last_day >= today,
        )
        .order_by(Household.id, Person.id)
    )
    return [(one, person, home) for one, person, home in rows]


def until_word(one: Quarantine) -> date | None:
    """The last date of an excuse; None: until they are back."""
    return None if one.excused_until in (None, rule.UNTIL_BACK) else one.excused_until


def _zone(session: Session, one: Quarantine) -> str:
    return policy_at(session, session.get_one(Household, one.household_id).grid_id).timezone


def _owe_no_more(session: Session, now: datetime, one: Quarantine, today: date, why: str) -> None:
    slots = session.scalars(
        select(ReportRequest)
        .join(Asked, Asked.request_id == ReportRequest.id)
        .where(
            ReportRequest.household_id == one.household_id,
            Asked.person_id == one.person_id,
            ReportRequest.day == today,
            ReportRequest.opens_at <= now,
        )
    ).all()
    for request in slots:
        if owes_no_more(session, now, request, one.person_id, why) and not owed(session, request.id):
            _calm(session, now, request, one.excused_by)


def _calm(session: Session, now: datetime, request: ReportRequest, by: int | None) -> None:
    """What is open about the silence of a household that owes nothing any more."""
    for alarm in session.scalars(
        select(Escalation).where(
            Escalation.request_id == request.id, Escalation.kind.in_(SILENCES), Escalation.state != State.CLOSED
        )
    ).all():
        close(session, now, alarm, Outcome.EXCUSED, by)


def _tell(session: Session, now: datetime, one: Quarantine, key: str) -> None:
    """The family hears that nobody asks, and until when."""
    name = session.get_one(Person, one.person_id).name
    last = until_word(one)
    due_at = policy_at(session, session.get_one(Household, one.household_id).grid_id).awake(now)
    for account in phones_of(session, [one.household_id])[one.household_id]:
        day = day_for(session, account, last) if last else ""
        said: dict[str, Value] = {"name": name, "day": day, "known": "yes" if last else "no"}
        args: dict[str, Value] = {"name": name} if key == "excused-back" else said
        say(session, now, account, key, args, priority=Priority.NOTICE, due_at=due_at)
