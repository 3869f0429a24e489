"""What belongs to a household, in front of staff: only of one's own areas (invariant 11)."""

from typing import TypeVar

from handlers.turn import Turn
from models import Declaration, Household, Quarantine
from services.staff import may_touch

T = TypeVar("T", Declaration, Quarantine)


def theirs(turn: Turn, kind: type[T], number: int) -> T | None:
    """The record with this number, when this reader may touch it; else they are told so."""
    one = turn.session.get(kind, number)
    grid = turn.session.get_one(Household, one.household_id).grid_id if one else 0
    if one is None or turn.person is None or not may_touch(turn.session, turn.now, turn.person.id, grid):
        turn.reply("not-yours")
        return None
    return one
