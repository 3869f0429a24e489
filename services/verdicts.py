"""What the rule of release is told: of many people at once, what they were asked, said, and what is open about them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import Asked, Escalation, Household, Quarantine, ReportRequest, TemperatureReading
from rules.doors import Found
from rules.escalation import State
from rules.excuses import holds
from rules.policy import Policy
from rules.release import Taken, Value, Verdict, judge, unseen_days
from rules.rounds import RequestStatus
from rules.times import local_date
from services.policy import policies_at


def verdicts(session: Session, quarantines: Sequence[Quarantine]) -> dict[int, Verdict]:
    """By the number of each quarantine: what the rule finds in it."""
    people = {one.person_id for one in quarantines}
    if not people:
        return {}
    session.flush()
    slots, values = _slots(session, people), _values(session, people)
    alarms = set(
        session.scalars(
            select(Escalation.person_id).where(Escalation.person_id.in_(people), Escalation.state != State.CLOSED)
        )
    )
    policies = policies_of(session, quarantines)
    return {
        one.id: judge(
            (taken for taken in slots.get(one.person_id, ()) if _within(one, taken.day)),
            _measured(one, values.get(one.person_id, ()), policies[one.id]),
            alarm=one.person_id in alarms,
            in_hospital=one.excused_why == Found.IN_HOSPITAL and holds(one.excused_until, one.last_day),
            unseen=unseen_days(one.first_day, local_date(one.created_at, policies[one.id].timezone)),
        )
        for one in quarantines
    }


def policies_of(session: Session, quarantines: Iterable[Quarantine]) -> Mapping[int, Policy]:
    """By the number of each quarantine: the policy of the grid in which it is spent."""
    homes = {one.id: one.household_id for one in quarantines}
    rows = session.execute(select(Household.id, Household.grid_id).where(Household.id.in_(set(homes.values()))))
    grids = dict(rows.all())
    policies = policies_at(session, set(grids.values()))
    return {number: policies[grids[home]] for number, home in homes.items()}


def _within(one: Quarantine, day: date) -> bool:
    return one.first_day <= day <= one.last_day


def _slots(session: Session, people: set[int]) -> dict[int, list[Taken]]:
    measured = exists().where(
        TemperatureReading.request_id == Asked.request_id, TemperatureReading.person_id == Asked.person_id
    )
    rows = session.execute(
        select(Asked.person_id, ReportRequest.day, ReportRequest.half, ReportRequest.status, measured)
        .join(ReportRequest, ReportRequest.id == Asked.request_id)
        .where(Asked.person_id.in_(people))
    )
    found: dict[int, list[Taken]] = {}
    for person, day, half, status, answered in rows:
        taken = Taken(day, half, bool(answered), excused=status is RequestStatus.EXCUSED)
        found.setdefault(person, []).append(taken)
    return found


def _values(session: Session, people: set[int]) -> dict[int, list[TemperatureReading]]:
    found: dict[int, list[TemperatureReading]] = {}
    for one in session.scalars(
        select(TemperatureReading)
        .where(TemperatureReading.person_id.in_(people), TemperatureReading.superseded_by.is_(None))
        .order_by(TemperatureReading.at)
    ):
        found.setdefault(one.person_id, []).append(one)
    return found


def _measured(one: Quarantine, readings: Iterable[TemperatureReading], policy: Policy) -> Iterable[Value]:
    for reading in readings:
        day = local_date(reading.at, policy.timezone)
        if _within(one, day):
            finding = policy.thresholds.finding(reading.celsius)
            yield Value(day, reading.celsius, finding, unwell=bool(reading.symptoms))
