"""What stands under a prompt to be pressed, and what becomes of a prompt that was answered."""

from channels.port import Choice, Message
from models import Person, ReportRequest
from rules.rounds import ANSWERED
from rules.usual import A_ROW, USUAL
from services.letters.paper import Paper, letter
from services.slot_values import values_of
from services.words import Lines


def usual(paper: Paper, request: ReportRequest, left: list[int]) -> list[list[Choice]]:
    """The usual temperatures of whoever is asked next, one press each, and a way to type another.

    Where more than one is asked, whose they are stands above them.
    """
    if not left:
        return []
    key = f"temp:{request.id}:{left[0]}"
    values = [Choice(f"{key}:{value}", value) for value in USUAL]
    rows = [values[at : at + A_ROW] for at in range(0, len(values), A_ROW)]
    rows[-1].append(paper.button(f"{key}:other", "button-other-value"))
    if len(left) > 1 or left != [paper.account.person_id]:
        name = paper.session.get_one(Person, left[0]).name
        rows.insert(0, [paper.button(f"{key}:other", "button-whose", name=name)])
    return rows


def so_far(paper: Paper, request: ReportRequest) -> list[Lines]:
    """What the slot has already, where a prompt is brought up to date."""
    values = values_of(paper.session, request.id) if paper.message.edits_id is not None else []
    return [paper.line("prompt-so-far", values=_listed(paper, values))] if values else []


def settled(paper: Paper, request: ReportRequest) -> Message | None:
    """In place of a prompt that was answered: with what. None where nothing stands to be replaced."""
    if paper.message.edits_id is None or paper.anew or request.status not in ANSWERED:
        return None
    values = values_of(paper.session, request.id)
    fix = [paper.button(f"fix:{request.id}", "button-fix")]
    return letter([paper.line("report-stored", values=_listed(paper, values))], shortcuts=[fix])


def told(paper: Paper) -> Message | None:
    """To the others of a household: who has answered, and what."""
    request = paper.session.get_one(ReportRequest, paper.subject)
    values = values_of(paper.session, request.id)
    who = paper.session.get(Person, paper.message.args["by"])
    if who is None or request.status not in ANSWERED:
        return None
    return letter([paper.line("others-told", who=who.name, values=_listed(paper, values))])


def _listed(paper: Paper, values: list[tuple[int, float]]) -> str:
    return "  ".join(f"{paper.names([person])} {celsius:.1f}" for person, celsius in values)
