"""By telephone, in words, with a photo: what a holder notes about an alarm (已打电话, 备注)."""

from handlers.alarms import refused, theirs
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, line_of
from handlers.turn import Turn
from models import Escalation, Household
from rules.escalation import State
from services import handling
from services.homes import household_of
from services.media import receive

LONGEST = 100
"""Characters of a note: it stands in a message that is read at night."""
NO_ANSWER, NOTHING = "no_answer", "nothing"


NOTE = Form("note", (Field("words", "note-ask", "note-wrong", line_of(LONGEST)),))
CALL = Form(
    "call",
    (
        Field(
            "words",
            "call-ask",
            "note-wrong",
            line_of(LONGEST),
            choices=((NO_ANSWER, "call-no-answer"), (NOTHING, "call-nothing")),
        ),
    ),
)
FORMS = frozenset({NOTE.name, CALL.name})


def in_ones_hands(turn: Turn, number: int) -> Escalation | None:
    """The escalation, when this person holds it; else they are told who does, or that it is finished."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return None
    if one.holder_id == turn.person.id and one.state is State.TAKEN:
        return one
    refused(turn, one)
    return None


def call(turn: Turn, forms: Forms, number: int) -> None:
    """已打电话: noted at once; then the bot asks what was said."""
    one = in_ones_hands(turn, number)
    if one and turn.person:
        handling.called(turn.session, turn.now, one, turn.person.id)
        forms.start(turn, CALL.name, {"escalation": number})


def note(turn: Turn, forms: Forms, number: int) -> None:
    """备注: a short line in one's own words."""
    if in_ones_hands(turn, number):
        forms.start(turn, NOTE.name, {"escalation": number})


def _finish(turn: Turn, answers: Answers) -> None:
    one = in_ones_hands(turn, int(answers["escalation"]))
    if one is None or turn.person is None:
        return
    said = answers["words"]
    if said != NOTHING:
        handling.noted(turn.session, turn.now, one, turn.person.id, "" if said == NO_ANSWER else said)
    turn.reply("note-kept")


def pictured(turn: Turn, forms: Forms) -> list[Escalation]:
    """Which alarms a photo may be about that somebody sends: the one they are writing about, else all in their hands.

    None of a resident, whose photo is of their own thermometer.
    """
    if turn.person is None:
        return []
    held = handling.in_hand_of(turn.session, turn.person.id)
    asked = forms.known(turn).get("escalation")
    if asked is not None:
        return [one for one in held if one.id == int(asked)]
    return held if household_of(turn.session, turn.person.id) is None else []


def keep_photo(turn: Turn, forms: Forms, one: Escalation, media: str, caption: str) -> None:
    """A photo from whoever holds an alarm: kept with it, and shown to everybody whom its household's photos are shown.

    What is written beside it is heard as the note that it is.
    """
    home = turn.session.get(Household, one.household_id) if one.household_id is not None else None
    if turn.person is None or home is None:
        turn.reply("note-photo-no-door")
        return
    receive(turn.session, turn.now, turn.account, turn.person, home, media, caption)
    handling.noted(turn.session, turn.now, one, turn.person.id, "", photo=True)
    if caption:
        forms.expect(turn, NOTE.name, {"escalation": one.id})
        return
    if forms.is_open(turn, FORMS):
        forms.leave(turn)
    turn.reply("note-photo-kept")


FILLINGS = (Filling(NOTE, _finish), Filling(CALL, _finish))
