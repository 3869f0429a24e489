"""Buttons of somebody who has joined on more than one phone."""

from handlers.turn import Turn
from models import Account
from services.phones import tell_staff, unlink
from services.readings import household_of


def not_me(turn: Turn, number: int) -> None:
    """不是我: the other phone is put out, and the grid's staff hear of it."""
    other = _another_of_mine(turn, number)
    if other is None or turn.person is None:
        turn.reply("phone-gone")
        return
    unlink(turn.session, turn.now, other, turn.person.id, "not me")
    household = household_of(turn.session, turn.person.id)
    if household:
        tell_staff(turn.session, turn.now, household.grid_id, "stranger-put-out", {"name": turn.person.name})
    turn.reply("stranger-gone")


def retire(turn: Turn, number: int) -> None:
    """旧手机不用了: nothing goes to the old phone any more."""
    other = _another_of_mine(turn, number)
    if other is None or turn.person is None:
        turn.reply("phone-gone")
        return
    unlink(turn.session, turn.now, other, turn.person.id, "old phone")
    turn.reply("phone-retired")


def _another_of_mine(turn: Turn, number: int) -> Account | None:
    other = turn.session.get(Account, number)
    mine = turn.person is not None and other is not None and other.person_id == turn.person.id
    return other if mine and other is not turn.account else None
