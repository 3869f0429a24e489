"""A grid's last days: what was asked and answered on each."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import ReportRequest
from rules.briefs import BriefFigures
from rules.rounds import RequestStatus

DAYS = 7
_ANSWERED = (RequestStatus.REPORTED, RequestStatus.LATE)


def week_of(session: Session, grid_id: int, last: date) -> list[tuple[date, BriefFigures]]:
    """The last `DAYS` local dates up to `last`, oldest first, but for those on which nobody was asked."""
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    rows = session.execute(
        select(ReportRequest.day, ReportRequest.status, func.count())
        .where(ReportRequest.day.in_(days), ReportRequest.grid_id == grid_id)
        .group_by(ReportRequest.day, ReportRequest.status)
    )
    found: dict[date, dict[RequestStatus, int]] = {}
    for day, status, count in rows:
        found.setdefault(day, {})[status] = count
    return [(day, _figures(found[day])) for day in days if day in found]


def _figures(counts: dict[RequestStatus, int]) -> BriefFigures:
    return BriefFigures(
        asked=sum(counts.values()) - counts.get(RequestStatus.EXCUSED, 0),
        answered=sum(counts.get(one, 0) for one in _ANSWERED),
        missed=counts.get(RequestStatus.MISSED, 0),
        unreachable=counts.get(RequestStatus.UNREACHABLE, 0),
    )
