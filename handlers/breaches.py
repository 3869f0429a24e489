"""Telling that somebody in quarantine went out: by a worker, for the gate, or by a neighbour (举报外出)."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Area, Household
from rules.breaches import Told, ToldBy
from rules.roles import Level, covers
from services.addresses import are_few, doors_like
from services.areas import address, address_below
from services.breaches import is_in_quarantine, tell_of
from services.mailbox import Button
from services.orders import named
from services.phones import households_of
from services.staff import gates, may_touch, paths

_SHOWN = 8


def _words(text: str, _answers: Answers) -> str | None:
    return text.strip() or None


WHERE = Form("breach", (Field("where", "breach-ask", "breach-ask", _words),))
"""What staff are asked."""
DOOR = Form("breach_door", (Field("where", "breach-ask-door", "breach-ask-door", _words),))
"""What a neighbour is asked: a door, and nobody's name."""


def begin(turn: Turn, forms: Forms, text: str) -> None:
    """`/breach 3号`: which household? Staff say it by name or door, a neighbour by the door alone."""
    within = _mine(turn)
    if not within:
        turn.reply("breach-nowhere")
    elif text:
        _find(turn, text)
    else:
        forms.start(turn, (WHERE if _is_staff(turn) else DOOR).name, {})


def _mine(turn: Turn) -> list[str]:
    """What somebody answers for, else that at whose gate they stand, else the grids in which they live; as subtrees."""
    if turn.person is None:
        return []
    work = paths(turn.session, turn.now, turn.person.id) or gates(turn.session, turn.now, turn.person.id)
    return work or [turn.session.get_one(Area, one.grid_id).path for one in households_of(turn.session, turn.account)]


def _is_staff(turn: Turn) -> bool:
    return turn.person is not None and bool(paths(turn.session, turn.now, turn.person.id))


def _find(turn: Turn, text: str) -> None:
    within = _mine(turn)
    doors = doors_like(turn.session, within, text, few=are_few(turn.session, within))
    found = list(doors.homes)
    if _is_staff(turn) and not found:
        found = list(dict.fromkeys(home for _, home in named(turn.session, within, text)))
    if not found and doors.too_many:
        turn.reply("breach-large")
    elif not found:
        turn.reply("breach-no-door", {"text": text})
    elif len(found) > _SHOWN:
        turn.reply("breach-too-many", {"count": len(found)})
    elif len(found) == 1:
        ask(turn, found[0].id)
    else:
        buttons: list[list[Button]] = [
            [(f"breach:{one.id}", "button-person", {"name": address_below(turn.session, one, Level.GRID)})]
            for one in found
        ]
        turn.reply("breach-which", buttons=buttons)


def ask(turn: Turn, number: int) -> None:
    """Who says so (staff), or: is it this door (a gate, a neighbour)?"""
    home = _home(turn, number)
    if home is None:
        return
    if _touches(turn, home):
        buttons: list[list[Button]] = [[(f"breach:{number}:{by.value}", f"button-breach-{by.value}")] for by in ToldBy]
        turn.reply("breach-by-whom", {"where": address(turn.session, home)}, buttons)
    else:
        sure: list[list[Button]] = [[(f"breach:{number}:{ToldBy.NEIGHBOUR.value}", "button-breach-sure")]]
        turn.reply("breach-sure", {"where": address_below(turn.session, home, Level.GRID)}, sure)


def tell(turn: Turn, number: int, by: str) -> None:
    """It is told. Neighbours and gates learn nothing by it, not even whether anybody there is in quarantine."""
    home = _home(turn, number)
    if home is None or turn.person is None or by not in set(ToldBy):
        return
    staff = _touches(turn, home)
    if not is_in_quarantine(turn.session, turn.now, home):
        turn.reply("breach-no-quarantine" if staff else "breach-thanks")
        return
    others = ToldBy.GATE if _is_before(turn, home) else ToldBy.NEIGHBOUR
    told = tell_of(turn.session, turn.now, home, ToldBy(by) if staff else others, turn.person.id)
    turn.reply(("breach-told" if told is Told.OPENED else "breach-joined") if staff else "breach-thanks")


def press(turn: Turn, number: str, *by: str) -> None:
    """A door was chosen, or who says so."""
    if by:
        tell(turn, int(number), by[0])
    else:
        ask(turn, int(number))


def _home(turn: Turn, number: int) -> Household | None:
    """The household, when it is one of theirs to speak of; a neighbour's is in their own grid, and not their own."""
    home = turn.session.get(Household, number)
    if home is not None and turn.person is not None:
        living = households_of(turn.session, turn.account)
        beside = home.grid_id in {one.grid_id for one in living} and home not in living
        if _touches(turn, home) or _is_before(turn, home) or beside:
            return home
    turn.reply("not-yours")
    return None


def _touches(turn: Turn, home: Household) -> bool:
    return turn.person is not None and may_touch(turn.session, turn.now, turn.person.id, home.grid_id)


def _is_before(turn: Turn, home: Household) -> bool:
    """Whether they stand at the gate of it."""
    path = turn.session.get_one(Area, home.grid_id).path
    return turn.person is not None and any(covers(one, path) for one in gates(turn.session, turn.now, turn.person.id))


def _finish(turn: Turn, answers: Answers) -> None:
    _find(turn, answers["where"])


FILLINGS = (Filling(WHERE, _finish), Filling(DOOR, _finish))
