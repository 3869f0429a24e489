"""To the operators, the city or the community: messages did not arrive for many, and do again."""

from channels.port import Message
from models import Area, DeliveryTrouble, Escalation
from services.letters.paper import Paper, letter
from services.troubles import of_alarm
from services.words import Lines

LINES = 15
"""Messengers and rounds in one message: what a phone shows as one."""


def delivery_trouble(paper: Paper, escalation: Escalation) -> list[Lines]:
    """What does not arrive, since when, and that nobody is blamed for it; afterwards, until when it lasted."""
    every = of_alarm(paper.session, escalation.id)
    parts = [_one(paper, one) for one in every[:LINES]]
    if len(every) > LINES:
        parts.append(paper.line("trouble-more", count=len(every) - LINES))
    ends = [one.closed_at for one in every if one.closed_at is not None]
    if len(ends) < len(every):
        return [*parts, paper.line("trouble-lasts")]
    return [*parts, paper.line("trouble-over", time=paper.clock(max(ends, default=paper.now)))]


def _one(paper: Paper, one: DeliveryTrouble) -> Lines:
    if one.bot:
        return paper.line("trouble-down", bot=one.bot, since=paper.clock(one.since))
    area = paper.session.get_one(Area, one.area_id).name
    slot = {"day": paper.day(one.day), "half": paper.word(f"half-{one.half.value}")} if one.day and one.half else {}
    return paper.line("trouble-round", area=area, asked=one.asked, undelivered=one.undelivered, **slot)


def trouble_over(paper: Paper) -> Message:
    """Said once, when it is over."""
    every = of_alarm(paper.session, paper.subject)
    since = min((one.since for one in every), default=paper.now)
    ends = max((one.closed_at for one in every if one.closed_at is not None), default=paper.now)
    return letter([paper.line("trouble-again", since=paper.clock(since), time=paper.clock(ends))])
