"""How many slots in a row households have missed, asked for many of them together (连续漏报)."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ReportRequest
from models.statements import among
from rules.rounds import ANSWERED, Half, RequestStatus
from rules.streaks import LOOKS_BACK, before, streak


def streaks(session: Session, day: date, half: Half, households: Collection[int]) -> dict[int, int]:
    """By household: how many slots it has missed in a row up to this one, which is the last of them.

    Households of which the slot before was answered, as of nearly all, are not looked into any further.
    """
    session.flush()
    again = _unanswered(session, *before(day, half), households)
    return dict.fromkeys(households, 1) | _counted(session, day, half, again)


def _unanswered(session: Session, day: date, half: Half, households: Collection[int]) -> list[int]:
    silent = [one for one in RequestStatus if one not in ANSWERED]
    of_them = among(session, ReportRequest.household_id, households)
    slot = (ReportRequest.day == day, ReportRequest.half == half, ReportRequest.status.in_(silent))
    return list(session.scalars(select(ReportRequest.household_id).where(of_them, *slot)))


def _counted(session: Session, day: date, half: Half, households: Collection[int]) -> dict[int, int]:
    if not households:
        return {}
    columns = (ReportRequest.household_id, ReportRequest.day, ReportRequest.half, ReportRequest.status)
    lately = (ReportRequest.day > day - LOOKS_BACK, ReportRequest.day <= day)
    rows = session.execute(select(*columns).where(among(session, ReportRequest.household_id, households), *lately))
    return {home: streak(slots, day, half) for home, slots in _by_household(rows).items()}


def _by_household(
    rows: Iterable[tuple[int, date, Half, RequestStatus]],
) -> dict[int, dict[tuple[date, Half], RequestStatus]]:
    found: dict[int, dict[tuple[date, Half], RequestStatus]] = {}
    for home, day, half, status in rows:
        found.setdefault(home, {})[day, half] = status
    return found
