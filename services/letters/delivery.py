"""To the operators, the city or the community: messages did not arrive for many, and do again."""

from channels.port import Message
from models import Area, DeliveryTrouble
from services.letters.paper import Paper, letter


def trouble(paper: Paper) -> Message:
    """What does not arrive, since when, and that nobody is blamed for it; afterwards, until when it lasted."""
    one = paper.session.get_one(DeliveryTrouble, paper.subject)
    if one.bot:
        parts = [paper.line("trouble-down", bot=one.bot, since=paper.clock(one.since))]
    else:
        area = paper.session.get_one(Area, one.area_id).name
        slot = {"day": paper.day(one.day), "half": paper.word(f"half-{one.half.value}")} if one.day and one.half else {}
        parts = [paper.line("trouble-round", area=area, asked=one.asked, undelivered=one.undelivered, **slot)]
    if one.closed_at is None:
        return letter([*parts, paper.line("trouble-lasts")])
    return letter([*parts, paper.line("trouble-over", time=paper.clock(one.closed_at))])


def trouble_over(paper: Paper) -> Message:
    """Said once, when it is over."""
    one = paper.session.get_one(DeliveryTrouble, paper.subject)
    return letter(
        [paper.line("trouble-again", since=paper.clock(one.since), time=paper.clock(one.closed_at or paper.now))]
    )
