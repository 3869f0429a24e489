"""What the households of a grid answered lately, as the signs of made-up answers are looked for in."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Household, Quarantine, ReportRequest, Source, TemperatureReading
from rules.honesty import LOOKED_BACK, Answers, Value
from rules.quarantine import QuarantineStatus
from rules.rounds import Half


def series_of(session: Session, now: datetime, grid_id: int) -> list[Answers]:
    """Every household of a grid in quarantine with the values that count, oldest first; one statement."""
    rows = session.execute(
        select(
            Quarantine.household_id,
            TemperatureReading.person_id,
            TemperatureReading.celsius,
            TemperatureReading.at,
            TemperatureReading.source,
            ReportRequest.day,
            ReportRequest.half,
            ReportRequest.asked_at,
        )
        .select_from(Quarantine)
        .join(Household, Household.id == Quarantine.household_id)
        .join(TemperatureReading, TemperatureReading.person_id == Quarantine.person_id)
        .outerjoin(ReportRequest, ReportRequest.id == TemperatureReading.request_id)
        .where(
            Household.grid_id == grid_id,
            Quarantine.status == QuarantineStatus.ACTIVE,
            TemperatureReading.at > now - timedelta(days=LOOKED_BACK),
            TemperatureReading.superseded_by.is_(None),
        )
        .order_by(TemperatureReading.at, TemperatureReading.id)
    )
    values: dict[int, list[Value]] = {}
    delays: dict[int, dict[int, timedelta]] = {}
    for home, person, celsius, at, source, day, half, asked_at in rows:
        place = None if day is None else day.toordinal() * 2 + (half is Half.EVENING)
        by_staff = source is Source.WORKER
        values.setdefault(home, []).append(Value(person, celsius, at, place, by_staff))
        if place is not None and asked_at is not None and not by_staff:
            delays.setdefault(home, {}).setdefault(place, at - asked_at)
    return [Answers(home, tuple(known), tuple(sorted(delays.get(home, {}).items()))) for home, known in values.items()]
