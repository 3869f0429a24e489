"""The story of one alarm in the chat (经过): its newest moments, and the way to all of them."""

from channels.port import Message
from models import Escalation
from services.alarm_links import link_to
from services.letters.paper import Paper, letter
from services.timelines import Moment, Timeline
from services.words import Lines

MOST = 14
"""Two screens of a phone."""


def history(paper: Paper) -> Message:
    """As it is when the message leaves."""
    one = paper.session.get_one(Escalation, paper.subject)
    moments = Timeline(paper.session, paper.words, one).moments()
    parts = [paper.line("history-head", kind=paper.word(f"kind-{one.kind.value.replace('_', '-')}"))]
    if len(moments) > MOST:
        parts.append(paper.line("history-before", count=len(moments) - MOST))
    parts += [_line(paper, moment) for moment in moments[-MOST:]]
    link = link_to(paper.session, paper.now, one, paper.account.person_id or 0)
    if link:
        parts.append(paper.line("history-link", link=link))
    return letter(parts)


def _line(paper: Paper, moment: Moment) -> Lines:
    time = paper.clock(moment.at)
    if not moment.who:
        return paper.line("history-line", time=time, said=moment.said)
    return paper.line("history-line-who", time=time, who=moment.who, said=moment.said)
