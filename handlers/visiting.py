"""At the door: what the worker measures there goes into the record, in the worker's name (上门)."""

from typing import Any

from handlers import noting
from handlers.alarms import refused, theirs
from handlers.feeling import LONGEST_REPORT
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.homes import at_the_door
from handlers.reporting import example
from handlers.turn import Turn
from models import Household, Person, Source
from rules.errors import NotAllowedError
from rules.escalation import State
from rules.temperature import Member, Report, understand
from services import handling
from services.forms import let_go, standing
from services.homes import household_of
from services.looking_ahead import look_into
from services.readings import record_readings
from services.words import Value

NOTHING_MEASURED = "none"
DOOR_FORM = "door"
"""The form of one door of the list (`handlers/doors.py`)."""


def values_at_the_door(text: str, answers: Answers) -> list[list[Any]] | None:
    """Whose temperatures somebody typed at a door, in °C; None when that is not clear.

    `answers` hold the `members` of the household, and `whom` of them has to be measured.
    """
    everybody = [Member(number, name, tuple(calls)) for number, name, calls in answers["members"]]
    # Without names it is whoever has to be measured; with them it may be anybody who lives there.
    for people in ([one for one in everybody if one.id in answers["whom"]], everybody):
        found = understand(text, people, None)
        if isinstance(found, Report):
            return [[one.member_id, one.celsius] for one in found.readings]
    return None


def _values(text: str, answers: Answers) -> list[list[Any]] | None:
    return [] if text == NOTHING_MEASURED else values_at_the_door(text, answers)


VISIT = Form(
    "visit",
    (Field("values", "visit-ask", "visit-wrong", _values, choices=((NOTHING_MEASURED, "visit-none"),)),),
)
ASK_AT_ONE_DOOR = frozenset({VISIT.name, DOOR_FORM})
"""The forms that ask what was measured at one door."""


def begin(turn: Turn, forms: Forms, number: int) -> None:
    """已上门: noted at once; then the bot asks what was measured."""
    one = theirs(turn, number)
    if one is None or turn.person is None:
        return
    try:
        handling.visited(turn.session, turn.now, one, turn.person.id)
    except NotAllowedError:
        refused(turn, one)
        return
    if one.household_id is None:  # the place was looked at: there is nobody to measure
        turn.reply("visit-noted")
        return
    household = turn.session.get_one(Household, one.household_id)
    everybody, reporting = at_the_door(turn, household)
    people = [[member.id, member.name, list(member.calls)] for member in everybody]
    # About one person, a bare value is theirs; about a silent household it may be anybody's of whom it has to report.
    ill = [member for member, _, _ in people if member == one.person_id]
    whom = ill or [member.id for member in reporting]
    forms.start(turn, VISIT.name, {"escalation": number, "members": people, "whom": whom})


def hear(turn: Turn, text: str) -> bool:
    """Temperatures of people whose alarms this worker holds or has just finished; False when there are none.

    Where the values of one door are asked for, and these may be its own, they are no other's.
    """
    asking = standing(turn.session, turn.account)
    if asking and asking.form in ASK_AT_ONE_DOOR and _answers_it(text, asking.answers):
        return False
    held = handling.at_the_door(turn.session, turn.now, turn.person.id) if turn.person else []
    homes = {one.household_id for one in held if one.household_id is not None}
    if not homes or len(text) > LONGEST_REPORT:
        return False
    look_into(turn.session, turn.now, homes)
    doors = [at_the_door(turn, turn.session.get_one(Household, home)) for home in sorted(homes)]
    found = understand(text, [member for _, reporting in doors for member in reporting], None)
    if not isinstance(found, Report):
        found = understand(text, [member for everybody, _ in doors for member in everybody], None)
    if not isinstance(found, Report):
        return False
    store_from_the_door(turn, [(one.member_id, one.celsius) for one in found.readings])
    if asking and asking.form == VISIT.name:
        let_go(turn.session, turn.account)
    # Values in a note are values, and its words are wanted too.
    return asking is None or asking.form not in noting.FORMS


def _answers_it(text: str, answers: Answers) -> bool:
    """Whether these are values of the door that is asked about; numbers without a name are, however many."""
    return values_at_the_door(text, answers) is not None or not any(one.isalpha() for one in text)


def _whom(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    whom = [(number, name) for number, name, _ in answers["members"] if number in answers["whom"]]
    return {"names": turn.names(number for number, _ in whom), "example": example([name for _, name in whom])}


def _finish(turn: Turn, answers: Answers) -> None:
    if answers["values"]:
        store_from_the_door(turn, [(int(person), float(celsius)) for person, celsius in answers["values"]])
    else:
        turn.reply("visit-noted")


def store_from_the_door(turn: Turn, values: list[tuple[int, float]]) -> None:
    """Puts (person, °C) down as measured by this worker."""
    homes: dict[int, tuple[Household, list[tuple[int, float]]]] = {}
    for person, celsius in values:
        household = household_of(turn.session, person)
        if household:
            homes.setdefault(household.id, (household, []))[1].append((person, celsius))
    if turn.person is None:
        return
    for household, measured in homes.values():
        record_readings(
            turn.session,
            turn.now,
            household,
            measured,
            reporter_id=turn.person.id,
            measured_at=turn.said_at,
            source=Source.WORKER,
        )
    said = "  ".join(f"{turn.session.get_one(Person, person).name} {celsius:.1f}" for person, celsius in values)
    still_held = any(
        one.state is State.TAKEN and one.household_id in homes
        for one in handling.at_the_door(turn.session, turn.now, turn.person.id)
    )
    turn.reply("visit-stored-open" if still_held else "visit-stored", {"values": said})


FILLINGS = (Filling(VISIT, _finish, _whom),)
