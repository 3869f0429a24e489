"""How much of a round did not arrive: counted by grid, and summed for the areas above."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from models import Area, ReportRequest
from models.statements import among
from rules.mass_failure import Share
from rules.rounds import Half, RequestStatus
from services.areas import numbers, within

NOT_OWED = ("no_account", "account_lost")
"""Why nobody of a household was even owed a prompt: they are no measure of a messenger."""
_NOBODY = Share(0, 0)


def share_of(session: Session, path: str, day: date | None, half: Half | None) -> tuple[Share, int]:
    """That of an area in a slot, and how many of the undelivered are still waited for."""
    waits = ReportRequest.asked_at.is_(None) & (ReportRequest.status == RequestStatus.DUE)
    below = ReportRequest.grid_id.in_(select(Area.id).where(within([path])))
    asked, undelivered, waiting = session.execute(
        _counted(day, half, func.sum(case((waits, 1), else_=0))).where(below)
    ).one()
    return Share(asked, undelivered or 0), waiting or 0


def shares(
    session: Session, day: date, half: Half, grids: Collection[int] | None, *, given_up: bool = False
) -> dict[int, Share]:
    """Those of grids (None: of all) in a slot. `given_up`: only what will not arrive any more counts as undelivered."""
    rows = _counted(day, half, given_up=given_up).add_columns(ReportRequest.grid_id).group_by(ReportRequest.grid_id)
    if grids is not None:
        rows = rows.where(among(session, ReportRequest.grid_id, grids))
    return {grid: Share(asked, undelivered or 0) for asked, undelivered, grid in session.execute(rows)}


def _counted(day: date | None, half: Half | None, *also: Any, given_up: bool = False) -> Select[Any]:
    open_ones = [] if given_up else [RequestStatus.DUE]
    missing = ReportRequest.asked_at.is_(None) & ReportRequest.status.in_([*open_ones, RequestStatus.UNREACHABLE])
    counted = select(func.count(), func.sum(case((missing, 1), else_=0)), *also)
    return counted.where(ReportRequest.day == day, ReportRequest.half == half, ReportRequest.why.not_in(NOT_OWED))


def summed(by_grid: Mapping[int, Share], paths: Mapping[int, str], at: Iterable[int]) -> list[tuple[str, Share]]:
    """Of these areas, each by its path, what their grids come to."""
    wanted = set(at)
    found: dict[str, Share] = {}
    for grid, share in by_grid.items():
        line = numbers(paths[grid])
        for depth, area in enumerate(line, start=1):
            if area in wanted:
                path = f"/{'/'.join(map(str, line[:depth]))}/"
                found[path] = found.get(path, _NOBODY) + share
    return list(found.items())
