"""The end of a shift: what is in hand goes to somebody else, or stays (交班)."""

from handlers.turn import Turn
from models import Person, ShiftEnd
from rules.escalation import State
from rules.shift_ends import MOST_TAKERS
from services import shift_ends
from services.handling import in_hand_of, take
from services.mailbox import Button
from services.staff import may_touch


def tell(turn: Turn) -> None:
    """Somebody has just gone off duty: what is still in their hands, when anything is."""
    if turn.person is not None:
        shift_ends.ask(turn.session, turn.now, turn.person.id, turn.now)


def press(turn: Turn, what: str, number: str, *rest: str) -> None:
    """A button of the end of a shift, of whoever goes, or of whoever gets it."""
    end = turn.session.get(ShiftEnd, int(number))
    if end is None or turn.person is None:
        turn.reply("not-yours")
    elif what == "take":
        _take(turn, end, turn.person)
    elif end.person_id != turn.person.id:
        turn.reply("not-yours")
    elif not in_hand_of(turn.session, end.person_id):
        turn.reply("shift-end-done")
    elif what == "keep":
        shift_ends.keep(turn.session, turn.now, end)
    elif what == "give" and rest:
        _give(turn, end, int(rest[0]))
    else:
        _who(turn, end)


def _give(turn: Turn, end: ShiftEnd, taker_id: int) -> None:
    if not shift_ends.give_to(turn.session, turn.now, end, taker_id):
        turn.reply("pass-lost", {"name": turn.names([taker_id])})


def _who(turn: Turn, end: ShiftEnd) -> None:
    """Everybody who can get it, and a colleague of another grid, who stands in."""
    able = list(shift_ends.who_can(turn.session, turn.now, end).items())[:MOST_TAKERS]
    buttons: list[list[Button]] = [
        [(f"shift:give:{end.id}:{person}", "button-shift-pick", {"name": turn.names([person]), "count": len(those)})]
        for person, those in able
    ]
    buttons.append([("standin:when", "stand-in-ask")])
    turn.reply("pass-ask" if able else "shift-end-nobody", buttons=buttons)


def _take(turn: Turn, end: ShiftEnd, person: Person) -> None:
    waiting = [
        one
        for one in shift_ends.alarms_of(turn.session, end)
        if one.id in end.given and one.state is State.OPEN and may_touch(turn.session, turn.now, person.id, one.grid_id)
    ]
    for one in waiting:
        take(turn.session, turn.now, one, person.id)
    if not waiting:
        turn.reply("alarm-not-held")
