"""Answers that look made up, for a worker: what was noticed, and that it is only a question."""

from typing import Any

from channels.port import Message
from models import AnswerQuestion, Household, Person
from rules.honesty import Reply
from services.areas import address
from services.letters.paper import Paper, letter
from services.questioning import open_questions, values_since
from services.words import Lines

MOST = 6
"""Households in one message; the others are shown when some of these are cleared up."""


def answers(paper: Paper) -> Message | None:
    """The households of a grid about which something is to be asked; with one of them its buttons at once."""
    rows = open_questions(paper.session, paper.now, paper.subject)
    if not rows:
        return None if paper.message.edits_id is None or paper.anew else letter([paper.line("answers-all-clear")])
    if len(rows) == 1:
        return question_letter(paper, rows[0])
    shown = rows[:MOST]
    parts = [paper.line("answers-some", count=len(rows))]
    for one in shown:
        parts += [paper.line("answers-home", where=_where(paper, one)), *_signs(paper, one)]
    buttons = [[paper.button(f"ans:show:{one.id}", "button-answers-home", where=_where(paper, one))] for one in shown]
    return letter([*parts, paper.line("answers-gently")], buttons)


def question(paper: Paper) -> Message:
    """One of them, in a message of its own."""
    return question_letter(paper, paper.session.get_one(AnswerQuestion, paper.subject))


def question_letter(paper: Paper, row: AnswerQuestion) -> Message:
    """What was noticed at one household, and what can be done; or what came since a worker has asked."""
    if row.reply is not None:
        return letter([paper.line("answers-one", where=_where(paper, row)), *_signs(paper, row), *_since(paper, row)])
    buttons = [[paper.button(f"ans:{one.value}:{row.id}", f"button-answers-{one.value}")] for one in Reply]
    where = paper.line("answers-one", where=_where(paper, row))
    return letter([where, *_signs(paper, row), paper.line("answers-gently")], buttons)


def _since(paper: Paper, row: AnswerQuestion) -> list[Lines]:
    found = values_since(paper.session, row)
    if not found:
        return [paper.line("answers-nothing-since")]
    return [
        paper.line("answers-since", name=name, celsius=f"{celsius:.1f}", time=paper.clock(at))
        for name, celsius, at in found
    ]


def _where(paper: Paper, row: AnswerQuestion) -> str:
    return address(paper.session, paper.session.get_one(Household, row.household_id))


def _signs(paper: Paper, row: AnswerQuestion) -> list[Lines]:
    return [_sign(paper, one) for one in row.signs]


def _sign(paper: Paper, one: dict[str, Any]) -> Lines:
    name = paper.session.get_one(Person, one["person"]).name if one["person"] is not None else ""
    other = address(paper.session, paper.session.get_one(Household, one["other"])) if one["other"] else ""
    args = {"name": name, "other": other, "times": one["times"], "celsius": f"{one['celsius']:.1f}"}
    return paper.line(f"answers-{one['sign'].replace('_', '-')}", **args)
