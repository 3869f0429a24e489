"""A notice as its readers see it, and as its author does."""

from channels.port import Message, Span
from models import Area, Notice, NoticeCopy, Person
from services.letters.paper import Paper, letter
from services.receipts import receipts
from services.words import Lines


def body_lines(body: str) -> Lines:
    """What somebody wrote, as it was written."""
    return tuple((Span(line),) if line else () for line in body.split("\n"))


def copy(paper: Paper) -> Message:
    """The notice with its receipt button, or with the receipt."""
    one = paper.session.get_one(NoticeCopy, paper.subject)
    notice = paper.session.get_one(Notice, one.notice_id)
    area = paper.session.get_one(Area, notice.area_id)
    author = paper.session.get_one(Person, notice.author_id)
    parts = [
        paper.line("notice-head", area=area.name, author=author.name, time=paper.clock(notice.created_at)),
        body_lines(notice.body),
    ]
    if one.read_at and paper.anew:
        return letter([paper.line("notice-read", time=paper.clock(one.read_at))])
    if one.read_at:
        return letter([*parts, paper.line("notice-read", time=paper.clock(one.read_at))])
    return letter(parts, [[paper.button(f"read:{one.id}", "button-read")]])


def funnel(paper: Paper) -> Message:
    """The author's own message, with its live count."""
    count = receipts(paper.session, paper.subject)
    notice = paper.session.get_one(Notice, paper.subject)
    if notice.group_id is not None:
        state = "funnel-group-posted" if notice.posted_at else "funnel-group-waiting"
        return letter([paper.line(state), paper.line("funnel-group-read", read=count.read)])
    parts = [
        paper.line("funnel", people=count.people),
        paper.line("funnel-sent", sent=count.sent, people=count.people),
        paper.line("funnel-read", read=count.read, people=count.people),
    ]
    if notice.spread_at:
        parts.append(paper.line("funnel-spreading"))
    if count.failed:
        parts.append(paper.line("funnel-failed", failed=count.failed))
    return letter(parts)
