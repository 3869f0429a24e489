"""Places: areas hung into the tree, and the doors in them."""

from collections.abc import Sequence

from sqlalchemy import String, func, literal, select, update
from sqlalchemy.orm import Session

from models import Area, Household
from rules.errors import NotAllowedError
from rules.roles import Level
from services.areas import by_code, line_above
from services.register.writing import change


class NoGridError(LookupError):
    """No grid lies at or above this area: a household there would belong to nobody."""


def add_area(session: Session, *, code: str, name: str, level: Level, parent: Area | None = None) -> Area:
    """The area with this code, named and hung as said; a new one when the code is new.

    Raises `NotAllowedError` when the parent is not above the level, or when a known area would change its level.
    """
    area = by_code(session, code)
    if area is None:
        area = Area(code=code, name=name, level=level, path="")
        _check_above(level, parent)
        session.add(area)
        hang(session, [(area, parent)])
        return area
    if area.level is not level:
        raise NotAllowedError(f"{code}: {area.level} -> {level}")
    change(area, name=name)
    move_area(session, area, parent)
    session.flush()
    return area


def hang(session: Session, places: list[tuple[Area, Area | None]]) -> None:
    """Numbers new areas and writes their paths; the parents have theirs already."""
    for area, parent in places:
        area.parent_id = parent.id if parent else None
    session.flush()
    for area, parent in places:
        area.path = f"{parent.path if parent else '/'}{area.id}/"
    session.flush()


def move_area(session: Session, area: Area, parent: Area | None) -> bool:
    """Hangs a known area elsewhere, with everything below it; whether it had to move.

    Raises `NotAllowedError` when the parent is not above it, `NoGridError` when doors would be left without a grid.
    """
    if area.parent_id == (parent.id if parent else None):
        return False
    _check_above(area.level, parent)
    session.flush()
    doors = _doors_that_follow(session, area)
    if doors:
        if parent is None:
            raise NoGridError(area.code)
        session.execute(update(Household).where(Household.id.in_(doors)).values(grid_id=grid_of(session, parent).id))
    old, new = area.path, f"{parent.path if parent else '/'}{area.id}/"
    area.parent_id = parent.id if parent else None
    session.execute(
        update(Area)
        .where(Area.path.startswith(old, autoescape=True))
        .values(path=literal(new) + func.substr(Area.path, len(old) + 1, type_=String))
        .execution_options(synchronize_session="fetch")
    )
    return True


def _doors_that_follow(session: Session, area: Area) -> Sequence[int]:
    """The doors in a building belong to the grid that it lies in; a grid, or what is above, keeps its doors."""
    if area.level.depth <= Level.GRID.depth:
        return ()
    inside = select(Area.id).where(Area.path.startswith(area.path, autoescape=True))
    return session.scalars(select(Household.id).where(Household.area_id.in_(inside))).all()


def _check_above(level: Level, parent: Area | None) -> None:
    if parent is not None and parent.level.depth >= level.depth:
        raise NotAllowedError(f"{parent.code} ({parent.level}) > {level}")


def grid_of(session: Session, area: Area) -> Area:
    """The grid that an area is or lies in; raises `NoGridError`."""
    for one in line_above(session, area.id):
        if one.level is Level.GRID:
            return one
    raise NoGridError(area.code)


def household_at(session: Session, area: Area, room: str) -> Household:
    """The household behind this door, put down when it is new; raises `NoGridError`."""
    household = session.scalar(select(Household).where(Household.area_id == area.id, Household.room == room))
    if household is None:
        household = Household(area_id=area.id, grid_id=grid_of(session, area).id, room=room)
        session.add(household)
        session.flush()
    return household
