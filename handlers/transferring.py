"""Staff take somebody into another grid: which, behind which door, alone or with the family (转网格)."""

from handlers.admission import read_room
from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.own_area import at_their_door
from handlers.turn import Turn
from models import Area, Household, Person
from rules.roles import Level
from services import register
from services.areas import address, areas_below, by_code, line_above
from services.dossier import members
from services.mailbox import Button
from services.transfers import transfer
from services.words import Value

_SHOWN = 8


def _grid(text: str, answers: Answers) -> str | None:
    """A grid's code, or the name of one that was offered."""
    said = text.strip()
    offered = {name: code for code, name in answers["grids"]}
    return offered.get(said) or said or None


TRANSFER = Form(
    "transfer",
    (
        Field("grid", "transfer-ask-grid", "transfer-wrong-grid", _grid),
        Field("room", "transfer-ask-room", "join-wrong-room", read_room),
        Field(
            "who",
            "transfer-ask-who",
            "move-wrong-who",
            lambda text, _: text if text in {"me", "all"} else None,
            choices=(("me", "transfer-only-one"), ("all", "move-all")),
            when=lambda given: bool(given["family"]),
        ),
    ),
)


def begin(turn: Turn, forms: Forms, person_id: int) -> None:
    """转到别的网格: the grids of the same community are offered, any other is typed by its code."""
    found = at_their_door(turn, person_id)
    if found is None:
        return
    _, home = found
    line = line_above(turn.session, home.grid_id)
    community = next((area for area in line if area.level is Level.COMMUNITY), line[0])
    around = areas_below(turn.session, [community.path], Level.GRID)
    grids = [[area.code, area.name] for area in around if area.id != home.grid_id][:_SHOWN]
    family = len(members(turn.session, home.id)) > 1
    forms.start(turn, TRANSFER.name, {"person": person_id, "grids": grids, "family": family})


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    return {"name": turn.session.get_one(Person, answers["person"]).name}


def _picks(_turn: Turn, field: Field, answers: Answers) -> list[list[Button]]:
    if field.name != "grid":
        return []
    return [[(f"form:pick={code}", "button-person", {"name": name})] for code, name in answers["grids"]]


def _finish(turn: Turn, answers: Answers) -> None:
    found, area = at_their_door(turn, answers["person"]), by_code(turn.session, answers["grid"])
    if found is None:
        return
    if area is None or area.level.depth < Level.GRID.depth:
        turn.reply("transfer-no-grid", {"code": answers["grid"]})
    else:
        _transfer(turn, *found, area, answers)


def _transfer(turn: Turn, person: Person, old: Household, area: Area, answers: Answers) -> None:
    home = register.household_at(turn.session, area, answers["room"])
    everybody = [one for _, one in members(turn.session, old.id)] if answers.get("who") == "all" else [person]
    by = turn.person.id if turn.person else None
    transfer(turn.session, turn.now, everybody, home, by)
    turn.reply("transfer-done", {"name": turn.names(one.id for one in everybody), "where": address(turn.session, home)})


FILLINGS = (Filling(TRANSFER, _finish, _args, _picks),)
