"""How somebody feels: asked after an abnormal value, and heard in their own words at any time."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from handlers.homes import Home, homes_asked
from handlers.turn import Turn
from models import Household, Person, TemperatureReading
from rules.complaints import Complaint, complaints_in
from rules.mail import Priority
from rules.symptoms import RED_FLAGS, Symptom
from services.homes import household_of
from services.mailbox import Button, in_rows, post
from services.phones import households_of
from services.policy import policy_at
from services.readings import Measured
from services.symptoms import add_symptom, complain
from services.words import Value

NONE = "none"
LONGEST_REPORT = 200
"""Characters; a longer text is a story, not a report."""
_A_ROW = 2
_MOST = 5
"""A card of WeCom has six buttons."""


def advise(turn: Turn, household: Household, one: Measured) -> None:
    """Advice in plain words, the question after symptoms, and a second measurement asked for later."""
    name = turn.session.get_one(Person, one.reading.person_id).name
    turn.session.flush()  # the buttons carry the reading's number
    number = one.reading.id
    policy = policy_at(turn.session, household.grid_id)
    left = [symptom for symptom in policy.symptoms if symptom not in one.reading.symptoms]
    args: dict[str, Value] = {"name": name, "celsius": f"{one.reading.celsius:.1f}"}
    _ask(turn, f"advice-{one.finding.value}", args, f"sym:{number}", left)
    later = policy.awake(turn.now + policy.recheck_after)
    post(
        turn.session,
        turn.now,
        turn.account,
        Priority.PROMPT,
        "recheck",
        about=f"reading:{number}",
        due_at=max(later, turn.now + timedelta(minutes=1)),
    )


def _ask(turn: Turn, text: str, args: dict[str, Value], key: str, symptoms: Sequence[Symptom]) -> None:
    """The short form: a button a symptom, and one for none of them; the rarer ones where there is room, or typed."""
    buttons: list[Button] = [(f"{key}:{one}", _label(one)) for one in symptoms]
    usual, rarer = [*buttons[:_MOST], (f"{key}:{NONE}", "symptom-none")], buttons[_MOST:]
    turn.reply(text, args, in_rows(usual, _A_ROW), shortcuts=in_rows(rarer, _A_ROW))


def _label(symptom: str) -> str:
    return f"symptom-{symptom.replace('_', '-')}"


def press(turn: Turn, number: int, what: str) -> None:
    """A symptom button under the advice after a value."""
    reading = turn.session.get_one(TemperatureReading, number)
    home = household_of(turn.session, reading.person_id)
    name = turn.session.get_one(Person, reading.person_id).name
    if home is None or home.id not in {one.id for one in households_of(turn.session, turn.account)}:
        turn.reply("not-yours")
    elif what == NONE:
        turn.reply("symptom-thanks", {"name": name})
    elif what not in policy_at(turn.session, home.grid_id).symptoms:
        turn.reply("not-understood")
    else:
        add_symptom(turn.session, turn.now, reading, Symptom(what))
        turn.reply("symptom-emergency" if what in RED_FLAGS else "symptom-noted", {"name": name})


def hear(turn: Turn, text: str) -> bool:
    """Symptoms that somebody tells in their own words; False when there are none in it."""
    homes = homes_asked(turn) if turn.person and len(text) <= LONGEST_REPORT else []
    found = [(home, one) for home in homes for one in complaints_of(turn, home, text)]
    if not found:
        return False
    known = [(home, one) for home, one in found if one.member_id is not None]
    for member, said in groupby(known, key=lambda pair: pair[1].member_id):
        pairs = list(said)
        _note(turn, pairs[0][0], member or 0, [one.symptom for _, one in pairs])
    open_ones = list(dict.fromkeys(one.symptom for _, one in found if one.member_id is None))
    if open_ones and not known:
        _ask_whose(turn, homes, open_ones)
    return True


def complaints_of(turn: Turn, home: Home, text: str) -> Sequence[Complaint]:
    """What a text says of how those of one household feel, each member's together."""
    speaker = turn.person.id if turn.person else None
    listed = policy_at(turn.session, home.household.grid_id).symptoms
    found = complaints_in(text, home.members, speaker, listed)
    return sorted(found, key=lambda one: one.member_id or 0)


def _note(turn: Turn, home: Home, person_id: int, symptoms: Sequence[Symptom]) -> None:
    for one in symptoms:
        complain(turn.session, turn.now, home.household, person_id, one)
    name = turn.names([person_id])
    left = [
        one for one in policy_at(turn.session, home.household.grid_id).symptoms if one not in (*symptoms, *RED_FLAGS)
    ]
    said = turn.words.text("list-mark").join(turn.words.text(_label(one)) for one in symptoms)
    key = "complaint-emergency" if any(one in RED_FLAGS for one in symptoms) else "complaint-noted"
    _ask(turn, key, {"name": name, "symptoms": said}, f"feel:{person_id}", left)


def _ask_whose(turn: Turn, homes: Sequence[Home], symptoms: Sequence[Symptom]) -> None:
    """Whose it is, never guessed."""
    what = "+".join(symptoms)
    buttons: list[list[Button]] = [
        [(f"feel:{one.id}:{what}", "button-person", {"name": one.name})] for home in homes for one in home.members
    ]
    said = turn.words.text("list-mark").join(turn.words.text(_label(one)) for one in symptoms)
    grave = any(one in RED_FLAGS for one in symptoms)
    turn.reply(
        "complaint-whose-grave" if grave else "complaint-whose",
        {"symptoms": said},
        [*buttons, [(f"feel:0:{NONE}", "button-nobody")]],
    )


def feel(turn: Turn, person_id: int, what: str) -> None:
    """A button of the form after somebody's own words, or the answer whose a symptom is."""
    if what == NONE:
        turn.reply("complaint-nobody" if person_id == 0 else "complaint-thanks")
        return
    home = next((one for one in homes_asked(turn) if person_id in {member.id for member in one.members}), None)
    names = what.split("+")
    if home is None:
        turn.reply("not-yours")
    elif not set(names) <= {str(one) for one in Symptom}:
        turn.reply("not-understood")
    else:
        _note(turn, home, person_id, [Symptom(one) for one in names])
