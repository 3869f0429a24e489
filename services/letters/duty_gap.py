"""A grid with nobody on duty, as the community and those above see it."""

from models import Area, Escalation
from rules.escalation import State
from services.duty import who_is_on
from services.letters.paper import Paper
from services.words import Lines


def nobody_on_duty(paper: Paper, escalation: Escalation) -> list[Lines]:
    """The grid, since when, and who of it is off until when, while that is so."""
    area = paper.session.get_one(Area, escalation.grid_id)
    since = paper.line("duty-gap-since", time=paper.clock(escalation.opened_at))
    head = [paper.line("duty-gap", grid=area.name), since]
    if escalation.state is State.CLOSED:
        return head
    return [*head, *_people(paper, area), paper.line("duty-gap-open")]


def _people(paper: Paper, area: Area) -> list[Lines]:
    found = who_is_on(paper.session, paper.now, [area])[area.id]
    return [
        paper.line("duty-one-rests", name=one.person.name, until=paper.clock(one.until))
        if one.until and one.until > paper.now and one.why_not == "off_duty"
        else paper.line(
            "duty-one-not",
            name=one.person.name,
            why=paper.word(f"passed-{one.why_not.replace('_', '-')}") if one.why_not else "",
        )
        for one in found
        if one.why_not
    ]
