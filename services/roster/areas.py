"""The sheet 区域 put into the tree."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area
from services.register import NoGridError, change, hang, move_area
from services.roster.errors import RowError
from services.roster.outcomes import Outcome, Verdict, verdict
from services.roster.parsing import Line, Parsed
from services.roster.rows import AreaRow


def by_depth(line: Line[AreaRow]) -> int:
    """The order in which areas are put in: a parent lies on a higher level, so it comes first."""
    return line.row.level.depth


def areas_by_code(session: Session, codes: Iterable[str]) -> dict[str, Area]:
    """Those of these areas that are known."""
    return {area.code: area for area in session.scalars(select(Area).where(Area.code.in_(set(codes))))}


def apply_areas(
    session: Session, _now: datetime, parsed: Parsed[AreaRow], lines: Sequence[Line[AreaRow]]
) -> list[Outcome]:
    """Puts some lines in, ordered `by_depth`: a level at a time, so that parents have their paths."""
    known = areas_by_code(session, (code for line in lines for code in (line.row.code, line.row.parent)))
    outcomes: list[Outcome] = []
    for _, level in groupby(lines, by_depth):
        fresh: list[tuple[Area, Area | None]] = []
        for line in level:
            outcome = _problem(parsed, line, known) or _apply(session, parsed, line, known, fresh)
            outcomes.append(outcome)
        session.add_all(area for area, _ in fresh)
        hang(session, fresh)
        known.update((area.code, area) for area, _ in fresh)
    return outcomes


def _problem(parsed: Parsed[AreaRow], line: Line[AreaRow], known: dict[str, Area]) -> RowError | None:
    row = line.row
    present, parent = known.get(row.code), known.get(row.parent)
    if present and present.level is not row.level:
        return parsed.error(line, "level", "roster-level-fixed", code=row.code, level=present.level.value)
    if row.parent and parent is None:
        return parsed.error(line, "parent", "roster-parent-unknown", code=row.parent)
    if parent and parent.level.depth >= row.level.depth:
        return parsed.error(
            line,
            "parent",
            "roster-parent-level",
            code=row.parent,
            level=parent.level.value,
            own=row.level.value,
        )
    return None


def _apply(
    session: Session,
    parsed: Parsed[AreaRow],
    line: Line[AreaRow],
    known: dict[str, Area],
    fresh: list[tuple[Area, Area | None]],
) -> Outcome:
    row = line.row
    area, parent = known.get(row.code), known.get(row.parent)
    if area is None:
        fresh.append((Area(code=row.code, name=row.name, level=row.level, path=""), parent))
        return Verdict.ADDED
    try:
        moved = move_area(session, area, parent)
    except NoGridError:
        return parsed.error(line, "parent", "roster-no-grid", code=row.parent)
    return verdict(added=False, changed=change(area, name=row.name) or moved)
