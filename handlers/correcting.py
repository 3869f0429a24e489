"""What is typed to correct a family: a name, a relation, a nickname, somebody new."""

from handlers.admission import read_name
from handlers.family import again, theirs
from handlers.filling import Filling
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Household, Person
from rules.errors import NotAllowedError
from rules.family import RELATIONS, call_of, relation_of
from services import family
from services.dossier import members
from services.mailbox import Button, in_rows
from services.phones import households_of
from services.words import Value

_YES, _NO = "yes", "no"

_RELATION = Field("relation", "family-ask-relation", "family-wrong-relation", lambda text, _: relation_of(text))


def _child(text: str, _: Answers) -> bool | None:
    return {_YES: True, _NO: False}.get(text)


NAME = Form("family_name", (Field("name", "family-ask-name", "join-wrong-name", read_name),))
RELATION = Form("family_relation", (_RELATION,))
CALL = Form(
    "family_call", (Field("call", "family-ask-call", "family-wrong-call", lambda text, _: text.strip() or None),)
)
ADD = Form(
    "family_add",
    (
        Field("name", "family-ask-new-name", "join-wrong-name", read_name),
        _RELATION,
        Field(
            "child",
            "family-ask-child",
            "family-wrong-child",
            _child,
            choices=((_YES, "family-child-yes"), (_NO, "family-child-no")),
        ),
    ),
)


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    person = turn.session.get(Person, answers["person"]) if "person" in answers else None
    return {"name": person.name if person else answers.get("name", "")}


def _relations(_turn: Turn, field: Field, _answers: Answers) -> list[list[Button]]:
    if field.name != "relation":
        return []
    picks: list[Button] = [(f"form:pick={word}", f"relation-{one}") for word, one in RELATIONS.items()]
    return in_rows(picks, 3)


def _rename(turn: Turn, answers: Answers) -> None:
    found = theirs(turn, answers["person"])
    if found is None or turn.person is None:
        return
    try:
        family.rename(turn.session, turn.now, turn.person.id, *found, answers["name"])
    except NotAllowedError:
        turn.reply("family-name-taken", {"name": answers["name"]})
        return
    again(turn, answers["person"])


def _relate(turn: Turn, answers: Answers) -> None:
    found = theirs(turn, answers["person"])
    if found and turn.person:
        family.relate(turn.session, turn.now, turn.person.id, *found, answers["relation"])
        again(turn, answers["person"])


def _call(turn: Turn, answers: Answers) -> None:
    found = theirs(turn, answers["person"])
    if found is None or turn.person is None:
        return
    others = [(one, person) for one, person in members(turn.session, found[0].id) if person.id != answers["person"]]
    taken = {word for one, person in others for word in (person.name, one.nickname) if word}
    call = call_of(answers["call"], taken)
    if call is None:
        turn.reply("family-wrong-call")
        return
    family.nickname(turn.session, turn.now, turn.person.id, *found, call)
    again(turn, answers["person"])


def _add(turn: Turn, answers: Answers) -> None:
    mine = {home.id for home in households_of(turn.session, turn.account)}
    home = turn.session.get(Household, answers["home"])
    if turn.person is None or home is None or home.id not in mine:
        turn.reply("not-yours")
        return
    name, relation, child = answers["name"], answers["relation"], answers["child"]
    try:
        family.add(turn.session, turn.now, turn.person.id, home, name, relation, child=child)
    except NotAllowedError:
        turn.reply("family-name-taken", {"name": name})
        return
    turn.reply("family-add-done", {"name": name, "room": home.room})


FILLINGS = (
    Filling(NAME, _rename, _args),
    Filling(RELATION, _relate, _args, _relations),
    Filling(CALL, _call, _args),
    Filling(ADD, _add, _args, _relations),
)
