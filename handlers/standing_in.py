"""One's duty handed to a colleague until a time: asked for, accepted, given back (代班)."""

from datetime import datetime

from handlers.duty import offered_rests
from handlers.turn import Turn
from models import Person, StandIn
from rules.duty import Plea, Rest, rests
from services import stand_ins
from services.accounts import reachable_accounts
from services.duty import go_off
from services.letters.paper import clock
from services.mailbox import Button, say
from services.policy import default_policy
from services.shift_ends import ask
from services.staff import appointments
from services.words import Value


def press(turn: Turn, what: str, *rest: str) -> None:
    """A button of asking for a stand-in, or of answering."""
    if turn.person is None or not appointments(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
        return
    match what, *rest:
        case ["when"]:
            _when(turn)
        case ["who", rest_] if rest_ in _ends(turn):
            _who(turn, rest_)
        case ["ask", rest_, number] if rest_ in _ends(turn):
            _ask(turn, _ends(turn)[rest_], int(number))
        case ["yes" | "no" | "stop", number]:
            _answer(turn, what, int(number))
        case _:
            _when(turn)  # an old button: that time is over


def _ends(turn: Turn) -> dict[str, datetime]:
    """Until when one may be stood in for: no stand-in without an end."""
    offered = rests(turn.now, default_policy(turn.session).timezone)
    return {rest.value: end for rest, end in offered.items() if end is not None}


def _when(turn: Turn) -> None:
    buttons: list[list[Button]] = [
        [(f"standin:who:{rest.value}", f"stand-in-until-{rest.value}", {"day": day})]
        for rest, day in offered_rests(turn)
        if rest is not Rest.OPEN
    ]
    turn.reply("stand-in-when", buttons=buttons)


def _who(turn: Turn, rest: str) -> None:
    assert turn.person is not None  # noqa: S101 - asked in `press`
    people = stand_ins.colleagues(turn.session, turn.now, turn.person.id)
    if not people:
        turn.reply("stand-in-nobody")
        return
    buttons: list[list[Button]] = [[(f"standin:ask:{rest}:{one.id}", "pass-to", {"name": one.name})] for one in people]
    turn.reply("stand-in-who", buttons=buttons)


def _ask(turn: Turn, until: datetime, taker_id: int) -> None:
    assert turn.person is not None  # noqa: S101 - asked in `press`
    one = stand_ins.ask(turn.session, turn.now, turn.person.id, taker_id, until)
    if one is None:
        turn.reply("stand-in-nobody")
    else:
        turn.reply("stand-in-sent", {"name": turn.names([taker_id])})


def _answer(turn: Turn, what: str, number: int) -> None:
    one = turn.session.get(StandIn, number)
    if one is None or turn.person is None or one.taker_id != turn.person.id:
        turn.reply("not-yours")
    elif one.until <= turn.now or one.plea is not (Plea.ACCEPTED if what == "stop" else Plea.ASKED):
        turn.reply("stand-in-too-late")
    elif what == "yes":
        _accept(turn, one)
    elif what == "no":
        stand_ins.refuse(turn.session, turn.now, one)
    else:
        stand_ins.stop(turn.session, turn.now, one)


def _accept(turn: Turn, one: StandIn) -> None:
    stand_ins.accept(turn.session, turn.now, one)
    go_off(turn.session, turn.now, one.giver_id, one.until)
    account = reachable_accounts(turn.session, [one.giver_id]).get(one.giver_id)
    if account is not None:
        args: dict[str, Value] = {
            "name": turn.session.get_one(Person, one.taker_id).name,
            "until": _clock(turn, one.until),
        }
        say(turn.session, turn.now, account, "stand-in-they-accepted", args, [[("duty:on", "duty-go-on")]])
        ask(turn.session, turn.now, one.giver_id, turn.now)


def _clock(turn: Turn, moment: datetime) -> str:
    return clock(default_policy(turn.session).timezone, turn.now, moment, turn.words)
