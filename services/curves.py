"""What the curves of a family are drawn from: values that count, and slots that nobody answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Asked, Household, Person, Quarantine, ReportRequest, Resident, TemperatureReading
from rules.curves import MIDDLE, Curve, Point
from rules.rounds import RequestStatus
from rules.times import local_date
from services.policy import default_policy, policies_at
from services.quarantines import holds_on


def in_quarantine(session: Session, now: datetime, homes: Sequence[Household]) -> list[tuple[Quarantine, Person]]:
    """Who of these households is in quarantine today, in the order of the households and of the register."""
    today = local_date(now, default_policy(session).timezone)
    rows = session.execute(
        select(Quarantine, Person)
        .join(Person, Person.id == Quarantine.person_id)
        .outerjoin(Resident, (Resident.person_id == Person.id) & (Resident.household_id == Quarantine.household_id))
        .where(Quarantine.household_id.in_([home.id for home in homes]), holds_on(today))
        .order_by(Resident.id, Quarantine.id)
    )
    place = {home.id: at for at, home in enumerate(homes)}
    return sorted(((one, person) for one, person in rows), key=lambda pair: place[pair[0].household_id])


def curves_of(
    session: Session, now: datetime, homes: Sequence[Household], running: Sequence[tuple[Quarantine, Person]]
) -> list[Curve]:
    """The curves of those `in_quarantine`, in the same order; nobody's is left out, however empty."""
    if not running:
        return []
    zone = ZoneInfo(default_policy(session).timezone)
    since = {one.person_id: one.first_day for one, _ in running}
    values, answered = _values(session, since, zone)
    gaps = _unanswered(session, now, since, answered)
    policies = policies_at(session, {home.grid_id for home in homes})
    grids = {home.id: home.grid_id for home in homes}
    return [
        Curve(
            name=person.name,
            first=one.first_day,
            last=one.last_day,
            today=now.astimezone(zone).date(),
            threshold=policies[grids[one.household_id]].thresholds.abnormal,
            points=tuple(sorted(values.get(person.id, ()))),
            gaps=tuple(sorted(gaps.get(person.id, ()))),
        )
        for one, person in running
    ]


def _values(
    session: Session, since: dict[int, date], zone: ZoneInfo
) -> tuple[dict[int, list[Point]], set[tuple[int, int]]]:
    """By person, and which of them has one in which slot."""
    rows = session.execute(
        select(TemperatureReading.person_id, TemperatureReading.celsius, TemperatureReading.at, ReportRequest)
        .outerjoin(ReportRequest, ReportRequest.id == TemperatureReading.request_id)
        .where(TemperatureReading.person_id.in_(since), TemperatureReading.superseded_by.is_(None))
    )
    found: dict[int, list[Point]] = {}
    answered: set[tuple[int, int]] = set()
    for person, celsius, at, request in rows:
        local = at.astimezone(zone)
        day, share = local.date(), (local.hour + local.minute / 60) / 24
        if request is not None:
            answered.add((person, request.id))
            day, share = request.day, MIDDLE[request.half]
        if day >= since[person]:
            found.setdefault(person, []).append(Point((day - since[person]) / timedelta(days=1) + share, celsius))
    return found, answered


def _unanswered(
    session: Session, now: datetime, since: dict[int, date], answered: set[tuple[int, int]]
) -> dict[int, list[float]]:
    rows = session.execute(
        select(Asked.person_id, ReportRequest)
        .join(ReportRequest, ReportRequest.id == Asked.request_id)
        .where(
            Asked.person_id.in_(since),
            ReportRequest.miss_at <= now,
            ReportRequest.status != RequestStatus.EXCUSED,
            ReportRequest.day >= min(since.values()),
        )
    )
    found: dict[int, list[float]] = {}
    for person, request in rows:
        if (person, request.id) not in answered and request.day >= since[person]:
            at = (request.day - since[person]) / timedelta(days=1) + MIDDLE[request.half]
            found.setdefault(person, []).append(at)
    return found
