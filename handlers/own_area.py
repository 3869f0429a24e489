"""People and what belongs to their household, in front of staff: only of one's own areas (invariant 11)."""

from typing import TypeVar

from handlers.turn import Turn
from models import Declaration, Household, Person, Quarantine
from services.homes import household_of
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


def at_their_door(turn: Turn, person_id: int) -> tuple[Person, Household] | None:
    """Somebody and the door behind which they live, when this reader may touch it; else they are told so."""
    home = household_of(turn.session, person_id)
    person = turn.session.get(Person, person_id)
    if home and person and turn.person and may_touch(turn.session, turn.now, turn.person.id, home.grid_id):
        return person, home
    turn.reply("not-yours")
    return None
