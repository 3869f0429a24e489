"""A directive: written and issued, and at each node confirmed, added to and passed on (指令)."""

from collections.abc import Callable, Sequence

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.turn import Turn
from models import Area, Directive, DirectiveStep
from rules.directives import ENDED, ISSUED_BY, PATIENCES, Step
from rules.mail import Priority
from rules.roles import Level
from services.directives.answering import answers_for
from services.directives.confirming import add_words, confirm, pass_on, remind_below
from services.directives.finding import latest_at
from services.directives.issuing import issue, reach
from services.directives.steps import ABOUT
from services.mailbox import Button, post
from services.staff import appointments
from services.words import Value

LONGEST_BODY, LONGEST_WORDS = 2000, 300
"""Characters: the original and the words of every level fit into one message everywhere."""
ORDINARY, URGENT = "ordinary", "urgent"
STAFF, DOORS = "staff", "doors"


def _one_of(*values: str) -> Callable[[str, Answers], str | None]:
    return lambda text, _: text.strip() if text.strip() in values else None


def _minutes(text: str, _: Answers) -> int | None:
    return int(text) if text.isdecimal() and int(text) in PATIENCES else None


def _sends(text: str, _: Answers) -> str | None:
    return "send" if text.strip().casefold() in {"send", "发出", "确认", "ok"} else None


_HOW = ((ORDINARY, "directive-ordinary"), (URGENT, "directive-urgent"))
_TO = ((DOORS, "directive-to-doors"), (STAFF, "directive-to-staff"))
_WITHIN = (
    ("30", "directive-in-30"),
    ("60", "directive-in-60"),
    ("120", "directive-in-120"),
    ("240", "directive-in-240"),
)

ISSUE = Form(
    "directive",
    (
        Field("body", "directive-write", "directive-too-long", words_of(LONGEST_BODY)),
        Field("how", "directive-how", "directive-choose", _one_of(ORDINARY, URGENT), choices=_HOW),
        Field("to", "directive-to", "directive-choose", _one_of(DOORS, STAFF), choices=_TO),
        Field("minutes", "directive-within", "directive-choose", _minutes, choices=_WITHIN),
        Field("confirm", "directive-preview", "directive-choose", _sends, choices=(("send", "directive-send"),)),
    ),
)
ADD = Form(
    "directive-words",
    (
        Field("words", "directive-words", "directive-words-long", words_of(LONGEST_WORDS)),
        Field(
            "confirm",
            "directive-words-preview",
            "directive-choose",
            _sends,
            choices=(("send", "directive-words-send"),),
        ),
    ),
)


def begin(turn: Turn, forms: Forms) -> None:
    """`/directive`: those that came here lately, and one to be written by whoever may."""
    mine = _may_issue(turn)
    shown = _lately(turn)
    if not mine and not shown:
        turn.reply("directive-not-allowed")
    elif len(mine) == 1 and not shown:
        choose(turn, forms, mine[0].id)
    else:
        new: list[list[Button]] = [
            [(f"directive:new:{area.id}", "directive-new", {"area": area.name})] for area in mine
        ]
        turn.reply("directive-which", buttons=[*new, *shown])


def _may_issue(turn: Turn) -> list[Area]:
    mine = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    return [area for one, area in mine if one.role in ISSUED_BY]


def _lately(turn: Turn) -> list[list[Button]]:
    found = latest_at(turn.session, turn.now, turn.person.id) if turn.person else []
    return [
        [(f"directive:show:{step.id}", "directive-one", {"number": step.directive_id, "area": origin.name})]
        for step, origin in found
    ]


def choose(turn: Turn, forms: Forms, area_id: int) -> None:
    """Where it begins is chosen; the text is asked for."""
    if area_id not in {area.id for area in _may_issue(turn)}:
        turn.reply("not-yours")
        return
    forms.start(turn, ISSUE.name, {"area": area_id})


def _issue_args(turn: Turn, field: Field, answers: Answers) -> dict[str, Value]:
    area = turn.session.get_one(Area, answers["area"])
    if field.name == "body":
        return {"area": area.name}
    if field.name != "confirm":
        return {}
    to_doors = answers["to"] == DOORS
    found = reach(turn.session, area, to_doors=to_doors)
    words = turn.words
    nodes = [f"{words.text(f'board-level-{level.value}')} {count}" for level, count in found.nodes.items()]
    return {
        "area": area.name,
        "body": answers["body"],
        "how": answers["how"],
        "to": answers["to"],
        "within": words.text(f"directive-in-{answers['minutes']}"),
        "nodes": " · ".join(nodes) or "0",
        "households": found.households,
    }


def _issue(turn: Turn, answers: Answers) -> None:
    area = turn.session.get_one(Area, answers["area"])
    if turn.person is None or area.id not in {one.id for one in _may_issue(turn)}:
        turn.reply("not-yours")
        return
    issue(
        turn.session,
        turn.now,
        author_id=turn.person.id,
        account=turn.account,
        area=area,
        body=str(answers["body"]),
        minutes=int(answers["minutes"]),
        urgent=answers["how"] == URGENT,
        to_doors=answers["to"] == DOORS,
    )


def press(turn: Turn, forms: Forms, rest: Sequence[str]) -> None:
    """A button under a directive: ``directive:VERB:STEP``, and ``directive:new:AREA``."""
    verb, number = rest[0], int(rest[1])
    if verb == "new":
        choose(turn, forms, number)
        return
    if verb not in _VERBS:
        turn.reply("not-understood")
        return
    step = _theirs(turn, number)
    if step is not None:
        _VERBS[verb](turn, forms, step)


def _theirs(turn: Turn, number: int) -> DirectiveStep | None:
    """The step, when this reader answers for its node; else they are told so."""
    step = turn.session.get(DirectiveStep, number)
    area = turn.session.get_one(Area, step.area_id) if step else None
    if area is None or turn.person is None or not answers_for(turn.session, turn.now, turn.person.id, area):
        turn.reply("not-yours")
        return None
    return step


def _pass(turn: Turn, _forms: Forms, step: DirectiveStep) -> None:
    """收到, and on it goes; what was done before is done once."""
    if step.state in {Step.DONE, Step.LATE}:
        _already(turn, step)
        return
    if step.state is not Step.CONFIRMED:
        confirm(turn.session, turn.now, step, turn.account)
    if step.state is Step.CONFIRMED:
        pass_on(turn.session, turn.now, step, turn.account)


def _add(turn: Turn, forms: Forms, step: DirectiveStep) -> None:
    """收到，加几句: confirmed at once, and the words are asked for."""
    directive, area = _of(turn, step)
    if step.state in ENDED or directive.urgent or (area.level is Level.GRID and not directive.to_doors):
        _already(turn, step)
        return
    if step.state is not Step.CONFIRMED:
        confirm(turn.session, turn.now, step, turn.account)
    forms.start(turn, ADD.name, {"step": step.id})


def _already(turn: Turn, step: DirectiveStep) -> None:
    if step.confirmed_by is None:
        turn.reply("directive-gone-on")
    else:
        turn.reply("directive-already", {"who": turn.names([step.confirmed_by])})


def _of(turn: Turn, step: DirectiveStep) -> tuple[Directive, Area]:
    return turn.session.get_one(Directive, step.directive_id), turn.session.get_one(Area, step.area_id)


def _words_args(turn: Turn, field: Field, answers: Answers) -> dict[str, Value]:
    if field.name == "words":
        return {}
    directive, area = _of(turn, turn.session.get_one(DirectiveStep, answers["step"]))
    return {"area": area.name, "body": directive.body, "words": answers["words"]}


def _add_and_pass_on(turn: Turn, answers: Answers) -> None:
    step = _theirs(turn, int(answers["step"]))
    if step is None:
        return
    if step.state is not Step.CONFIRMED:
        turn.reply("directive-gone-on")
        return
    add_words(turn.session, turn.now, step, turn.account, str(answers["words"]))
    pass_on(turn.session, turn.now, step, turn.account)
    turn.reply("directive-words-added")


def _late(turn: Turn, _forms: Forms, step: DirectiveStep) -> None:
    post(turn.session, turn.now, turn.account, Priority.REPLY, "directive_list", about=f"{ABOUT}:{step.id}")


def _remind(turn: Turn, _forms: Forms, step: DirectiveStep) -> None:
    if turn.person is not None:
        turn.reply("directive-told-again", {"count": remind_below(turn.session, turn.now, step, turn.person.id)})


def _show(turn: Turn, _forms: Forms, step: DirectiveStep) -> None:
    post(turn.session, turn.now, turn.account, Priority.REPLY, "directive", about=f"{ABOUT}:{step.id}")


_VERBS = {"pass": _pass, "words": _add, "late": _late, "remind": _remind, "show": _show}
FILLINGS = (Filling(ISSUE, _issue, _issue_args), Filling(ADD, _add_and_pass_on, _words_args))
