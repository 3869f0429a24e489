"""What the households of a community answered lately, as the signs of made-up answers are looked for in."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Household, Quarantine, ReportRequest, Source, TemperatureReading
from rules.honesty import LOOKED_BACK, Answers, Value
from rules.quarantine import QuarantineStatus
from rules.roles import Level
from rules.rounds import Half
from services.areas import within

Delay = tuple[int, timedelta]


def series_of(session: Session, now: datetime, path: str) -> dict[int, list[Answers]]:
    """By grid of a subtree: every household in quarantine with the values that count, oldest first; one statement."""
    grids = select(Area.id).where(within([path]), Area.level == Level.GRID)
    rows = session.execute(
        select(
            Household.grid_id,
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
            Household.grid_id.in_(grids),
            Quarantine.status == QuarantineStatus.ACTIVE,
            TemperatureReading.at > now - timedelta(days=LOOKED_BACK),
            TemperatureReading.superseded_by.is_(None),
        )
        .order_by(TemperatureReading.at, TemperatureReading.id)
    )
    values: dict[tuple[int, int], list[Value]] = {}
    delays: dict[tuple[int, int], dict[int, timedelta]] = {}
    for grid, home, person, celsius, at, source, day, half, asked_at in rows:
        place = None if day is None else day.toordinal() * 2 + (half is Half.EVENING)
        by_staff = source is Source.WORKER
        values.setdefault((grid, home), []).append(Value(person, celsius, at, place, by_staff))
        if place is not None and asked_at is not None and not by_staff:
            delays.setdefault((grid, home), {}).setdefault(place, at - asked_at)
    found: dict[int, list[Answers]] = {}
    for (grid, home), known in values.items():
        found.setdefault(grid, []).append(Answers(home, tuple(known), _in_order(delays.get((grid, home), {}))))
    return found


def _in_order(delays: dict[int, timedelta]) -> tuple[Delay, ...]:
    return tuple(sorted(delays.items()))
