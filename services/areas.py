"""Places, read from the tree."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from models import Area, Household
from rules.roles import Level


def by_code(session: Session, code: str) -> Area | None:
    """The area with this code."""
    return session.scalar(select(Area).where(Area.code == code))


def numbers(path: str) -> list[int]:
    """The ids of a path like ``/1/4/9/``, from the city down."""
    return [int(part) for part in path.strip("/").split("/")]


def line_above(session: Session, area_id: int) -> list[Area]:
    """The area and everything above it, from the city down; looked up once a transaction."""
    area = session.get_one(Area, area_id)
    return _lines(session, [area])[area.path]


_AREAS = select(Area).where(Area.id.in_(bindparam("numbers", expanding=True)))


def look_up_lines(session: Session, area_ids: Iterable[int]) -> None:
    """The lines of many areas are about to be asked for: two questions for all of them."""
    _lines(session, session.scalars(_AREAS, {"numbers": sorted(set(area_ids))}).all())


def _lines(session: Session, areas: Iterable[Area]) -> dict[str, list[Area]]:
    """By path, those of these areas and whatever else this transaction has looked up."""
    known: dict[str, list[Area]] = session.info.setdefault("lines", {})
    lines = {area.path: numbers(area.path) for area in areas if area.path not in known}
    above = {one for line in lines.values() for one in line}
    found = {area.id: area for area in session.scalars(_AREAS, {"numbers": sorted(above)})} if above else {}
    known |= {path: [found[one] for one in line] for path, line in lines.items()}
    return known


def areas_below(session: Session, paths: Iterable[str], level: Level) -> list[Area]:
    """The areas of a level in these subtrees, in the order of the tree."""
    return list(session.scalars(select(Area).where(within(paths), Area.level == level).order_by(Area.path)))


def within(paths: Iterable[str]) -> ColumnElement[bool]:
    """The condition that an `Area` row lies in one of these subtrees; false for none of them."""
    tests = [Area.path.startswith(path, autoescape=True) for path in paths]
    return or_(*tests) if tests else func.coalesce(False, False)


ALONE = "."
"""After a path: that area alone, without what lies in it."""


def grid_below(grid_id: InstrumentedAttribute[int], path: str | None) -> ColumnElement[bool]:
    """The condition that a row's grid lies in a subtree, or is an area `ALONE`; None: anywhere."""
    if path is None:
        return true()
    here = Area.path == path.removesuffix(ALONE) if path.endswith(ALONE) else within([path])
    return grid_id.in_(select(Area.id).where(here))


def address(session: Session, household: Household) -> str:
    """Where a door is, from the grid down, as people say it: 第一网格 东一排 3号."""
    line = line_above(session, household.area_id)
    below = [area.name for area in line if area.level.depth >= Level.GRID.depth]
    return " ".join([*below, household.room])


def place(session: Session, area_id: int) -> str:
    """A unit, building or grid, from the grid down: 第一网格 2号楼 1单元; anything above by its name."""
    line = line_above(session, area_id)
    return " ".join(area.name for area in line if area.level.depth >= Level.GRID.depth) or line[-1].name


def whereabouts(session: Session, household_id: int | None, place_id: int | None) -> str:
    """Where something is that is about a household or about a place."""
    if household_id is not None:
        return address(session, session.get_one(Household, household_id))
    return place(session, place_id) if place_id is not None else ""


def address_below(session: Session, household: Household, level: Level) -> str:
    """The same for whoever knows which grid, building or unit is meant: 东一排 3号, 3号."""
    line = line_above(session, household.area_id)
    below = [area.name for area in line if area.level.depth > level.depth]
    return " ".join([*below, household.room])
