"""A grid with nobody on duty, as the community and those above see it."""

from channels.port import Message
from models import Area, DutyGap
from services.duty import who_is_on
from services.letters.paper import Paper, letter
from services.words import Lines


def duty_gap(paper: Paper) -> Message | None:
    """Who is off until when; afterwards who sees to it, and that somebody is on again. Pointless when over."""
    one = paper.session.get_one(DutyGap, paper.subject)
    if one.closed_at is not None and paper.message.edits_id is None:
        return None
    area = paper.session.get_one(Area, one.grid_id)
    head = paper.line("duty-gap", grid=area.name)
    if one.closed_at is not None:
        return letter([head, paper.line("duty-gap-over", time=paper.clock(one.closed_at))])
    parts = [head, *_people(paper, area)]
    if one.seen_to_by is not None:
        return letter([*parts, paper.line("duty-gap-seen-to", who=paper.names([one.seen_to_by]))])
    parts.append(paper.line("duty-gap-open"))
    return letter(parts, [[paper.button(f"dutygap:{one.id}", "duty-gap-see-to")]])


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
