"""What stands under a prompt to be pressed, and what becomes of a prompt that was answered."""

from channels.port import Choice, Message
from models import Person, ReportRequest
from rules.rounds import ANSWERED
from rules.usual import A_ROW, USUAL
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.slots import standing, values_of
from services.words import Lines


def usual(paper: Paper, request: ReportRequest, left: list[int]) -> list[list[Choice]]:
    """The usual temperatures of whoever is asked next, one press each, and a way to type another.

    Where more than one is asked, whose they are stands above them.
    """
    if not left:
        return []
    key = f"temp:{request.id}:{left[0]}"
    values = [Choice(f"{key}:{value}", value) for value in USUAL]
    rows = in_rows(values, A_ROW)
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
    taken = standing(paper.session, request.id)
    reporters = {one.reporter_id for one in taken}
    if paper.account.person_id in reporters or len(reporters) != 1:
        said = paper.line("report-stored", values=_listed(paper, values_of(paper.session, request.id)))
        return letter([said], shortcuts=[_fix(paper, request)])
    return _others(paper, request, next(iter(reporters)))


def _fix(paper: Paper, request: ReportRequest) -> list[Choice]:
    return [paper.button(f"fix:{request.id}", "button-fix")]


def told(paper: Paper) -> Message | None:
    """To the others of a household: who has answered, and what; in place of their own question where it can change."""
    request = paper.session.get_one(ReportRequest, paper.subject)
    return _others(paper, request, paper.message.args["by"]) if request.status in ANSWERED else None


def _others(paper: Paper, request: ReportRequest, by: int | None) -> Message | None:
    who = paper.session.get(Person, by) if by is not None else None
    if who is None:
        return None
    values = _listed(paper, values_of(paper.session, request.id))
    in_place = paper.message.edits_id is not None and not paper.anew
    fix = [_fix(paper, request)] if in_place else []
    return letter([paper.line("others-told", who=who.name, values=values)], shortcuts=fix)


def _listed(paper: Paper, values: list[tuple[int, float]]) -> str:
    return "  ".join(f"{paper.names([person])} {celsius:.1f}" for person, celsius in values)
