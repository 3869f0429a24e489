"""From door to door: the list, the values or what was found in their place (上门)."""

from typing import Any

from handlers.excuses import how_long
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.homes import at_the_door
from handlers.reporting import example
from handlers.turn import Turn
from handlers.visiting import DOOR_FORM, store_from_the_door, values_at_the_door
from models import Household, ReportRequest
from rules.doors import EXCUSING, Found
from rules.mail import Priority
from rules.rounds import FINAL_UNLESS_LATE
from services.areas import address
from services.audit import record
from services.doors import doors, found_at
from services.mailbox import post
from services.slots import owed
from services.staff import may_touch, paths
from services.words import Value


def show(turn: Turn, start: int = 0) -> None:
    """`/doors`: the households of one's own areas that are to be brought in, in the order of their addresses."""
    if turn.person is None or not paths(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
        return
    record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject="doors", start=start)
    post(turn.session, turn.now, turn.account, Priority.REPLY, "doors", args={"start": start})


def _values(text: str, answers: Answers) -> list[list[Any]] | str | None:
    return text if text in set(Found) else values_at_the_door(text, answers)


DOOR = Form(
    DOOR_FORM,
    (
        Field(
            "values",
            "door-ask",
            "door-wrong",
            _values,
            choices=tuple((one.value, f"door-{one.value.replace('_', '-')}") for one in Found),
        ),
    ),
)


def begin(turn: Turn, forms: Forms, number: int) -> None:
    """One door of the list: who owes, and what is there to say. The look is logged (invariant 11)."""
    request = turn.session.get(ReportRequest, number)
    if turn.person is None or request is None or not may_touch(turn.session, turn.now, turn.person.id, request.grid_id):
        turn.reply("not-yours")
    elif request.status not in FINAL_UNLESS_LATE:
        turn.reply("door-done")
    else:
        home = turn.session.get_one(Household, request.household_id)
        record(turn.session, turn.now, actor_id=turn.person.id, act="look", subject=f"household:{home.id}")
        everybody, _ = at_the_door(turn, home)
        people = [[one.id, one.name, list(one.calls)] for one in everybody]
        whom = owed(turn.session, number)
        forms.start(turn, DOOR.name, {"request": number, "members": people, "whom": whom})


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    request = turn.session.get_one(ReportRequest, answers["request"])
    home = turn.session.get_one(Household, request.household_id)
    names = [name for number, name, _ in answers["members"] if number in answers["whom"]]
    return {
        "where": address(turn.session, home),
        "names": turn.words.text("list-mark").join(names),
        "example": example(names),
    }


def _finish(turn: Turn, answers: Answers) -> None:
    request = turn.session.get_one(ReportRequest, answers["request"])
    if turn.person is None:
        return
    if isinstance(answers["values"], str):
        if request.status in FINAL_UNLESS_LATE:
            found_at(turn.session, turn.now, request, Found(answers["values"]), turn.person.id)
        turn.session.flush()
        found = answers["values"]
        longer = how_long(f"dexcuse:{request.id}:{found}") if found in EXCUSING else []
        turn.reply("door-noted", {"found": turn.words.text(f"door-{found.replace('_', '-')}")}, longer)
    else:
        store_from_the_door(turn, [(int(person), float(celsius)) for person, celsius in answers["values"]])
    if doors(turn.session, turn.now, paths(turn.session, turn.now, turn.person.id)):
        show(turn)


FILLINGS = (Filling(DOOR, _finish, _args),)
