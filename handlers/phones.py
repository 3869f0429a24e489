"""Buttons of somebody who has joined on more than one phone."""

from handlers.turn import Turn
from models import Account, Person
from services.homes import household_of
from services.mailbox import Button
from services.phones import retire as retire_phone
from services.phones import tell_staff, unlink, was_put_away
from services.staff import may_touch


def not_me(turn: Turn, number: int) -> None:
    """不是我: the other phone is put out, and the grid's staff hear of it; a phone that was put away asks the staff."""
    if turn.person is None:
        _robbed(turn, number)
        return
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
    """旧手机不用了: the old phone is told so, and nothing else goes there any more."""
    other = _another_of_mine(turn, number)
    if other is None or turn.person is None:
        turn.reply("phone-gone")
        return
    retire_phone(turn.session, turn.now, other, turn.account)
    turn.reply("phone-retired")


def _robbed(turn: Turn, number: int) -> None:
    """The staff find out whose phone is whose, and put one out: either may be the stolen one."""
    new = turn.session.get(Account, number)
    if new is None or not was_put_away(turn.session, turn.account, new):
        turn.reply("phone-gone")
        return
    household = household_of(turn.session, new.person_id or 0)
    name = turn.session.get_one(Person, new.person_id).name
    put_out: list[list[Button]] = [[(f"putout:{new.id}:{new.person_id}", "button-put-out")]]
    told = household and tell_staff(turn.session, turn.now, household.grid_id, "phone-robbed", {"name": name}, put_out)
    turn.reply("robbed-told" if told else "robbed-nobody")


def put_out(turn: Turn, number: int, person_id: int) -> None:
    """The staff's press: that phone is not that person's any more."""
    household = household_of(turn.session, person_id)
    if turn.person is None or household is None:
        turn.reply("not-yours")
        return
    if not may_touch(turn.session, turn.now, turn.person.id, household.grid_id):
        turn.reply("not-yours")
        return
    account = turn.session.get(Account, number)
    if account is None or account.person_id != person_id:
        turn.reply("phone-gone")
        return
    unlink(turn.session, turn.now, account, turn.person.id, "put out by staff")
    turn.reply("stranger-put-out-done")


def _another_of_mine(turn: Turn, number: int) -> Account | None:
    other = turn.session.get(Account, number)
    mine = turn.person is not None and other is not None and other.person_id == turn.person.id
    return other if mine and other is not turn.account else None
