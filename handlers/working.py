"""What else is done with an alarm: put off, opened again (稍后处理, 重新打开)."""

from handlers.alarms import refused, show, theirs
from handlers.noting import in_ones_hands
from handlers.turn import Turn
from models import Escalation
from rules.errors import NotAllowedError
from rules.escalation import State
from services.dossier import events_of
from services.letters.paper import clock
from services.mailbox import Button
from services.places import lasts
from services.policy import policy_at
from services.reopening import beside, reopen
from services.snoozing import can_snooze, snooze


def more(turn: Turn, number: int) -> None:
    """What does not stand under the alarm itself, where only six buttons fit."""
    one = in_ones_hands(turn, number)
    if one is None:
        return
    buttons: list[list[Button]] = [[(f"call:{number}", "button-call")], [(f"note:{number}", "button-note")]]
    if can_snooze(turn.session, one, events_of(turn.session, number)):
        buttons.append([(f"later:{number}", "button-snooze")])
    buttons.append([(f"history:{number}", "button-history")])
    turn.reply("more-ask", buttons=buttons)


def put_off(turn: Turn, number: int) -> None:
    """稍后处理: only what can wait, only whoever holds it, and as often as the area lets them."""
    one = in_ones_hands(turn, number)
    if one is None or turn.person is None:
        return
    try:
        until = snooze(turn.session, turn.now, one, turn.person.id)
    except NotAllowedError:
        turn.reply("snooze-no-more")
        return
    zone = policy_at(turn.session, one.grid_id).timezone
    turn.reply("snooze-done", {"until": clock(zone, turn.now, until, turn.words)})


def open_again(turn: Turn, number: int) -> None:
    """重新打开: within a day, by anybody of the chain; where another is open about the same, that one is shown."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    if one.state is not State.CLOSED:
        refused(turn, one)
    elif not lasts(turn.session, one):
        turn.reply("reopen-over")
    elif other := beside(turn.session, one):
        turn.reply("reopen-other")
        show(turn, other.id)
    else:
        _open_again(turn, one, turn.person.id)


def _open_again(turn: Turn, one: Escalation, person_id: int) -> None:
    try:
        reopen(turn.session, turn.now, one, person_id)
    except NotAllowedError:
        turn.reply("reopen-too-late")
    else:
        turn.reply("reopen-done")
