"""Doors of the register that somebody may mean, among those that can be looked at (门牌)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, Household, Resident
from rules.addresses import is_meant, room_number
from rules.finding import FEW, MOST_LOOKED_AT
from rules.roles import Level
from services.areas import address_below, look_up_lines, within


@dataclass(frozen=True, slots=True)
class Doors:
    """Those that may be meant, in the order of the register; `too_many`: there are more than can be looked at."""

    homes: tuple[Household, ...] = ()
    too_many: bool = False


def are_few(session: Session, paths: Sequence[str]) -> bool:
    """Whether so few people live in these subtrees that each of them, and each door, can be looked at."""
    live = select(Resident.person_id).join(Household, Household.id == Resident.household_id)
    there = live.join(Area, Area.id == Household.grid_id).where(within(paths)).limit(FEW + 1).subquery()
    return (session.scalar(select(func.count()).select_from(there)) or 0) <= FEW


def doors_like(session: Session, paths: Sequence[str], text: str, *, few: bool) -> Doors:
    """The doors in these subtrees that `text` can mean; where people are not `few`, only by the number of a room."""
    room = room_number(text)
    if not (few or room):
        return Doors(too_many=True)
    here = select(Household).join(Area, Area.id == Household.grid_id).where(within(paths))
    if room:
        # A room without a number (东户) is meant by that of its building; among many nobody goes through those.
        nameless = ~Household.room.regexp_match("[0-9]")
        here = here.where(Household.room.contains(room) | nameless if few else Household.room.contains(room))
    most = FEW if few else MOST_LOOKED_AT
    rows = session.scalars(here.order_by(Household.id).limit(most + 1)).all()
    if len(rows) > most:
        return Doors(too_many=True)
    look_up_lines(session, (home.area_id for home in rows))
    return Doors(tuple(home for home in rows if is_meant(address_below(session, home, Level.GRID), text)))
