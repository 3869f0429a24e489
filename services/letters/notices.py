"""A notice as its readers see it, and as its author does."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from channels.port import Choice, Message, Span
from models import Area, Notice, NoticeCopy, Person
from services.letters.paper import Paper, clock, letter
from services.policy import default_policy
from services.receipts import receipts
from services.words import Lines, Words


def body_lines(body: str) -> Lines:
    """What somebody wrote, as it was written."""
    return tuple((Span(line),) if line else () for line in body.split("\n"))


_NOTICES, _AREAS, _PEOPLE = (cast(Table, one.__table__) for one in (Notice, Area, Person))
_SAID = (
    select(_NOTICES.c.body, _NOTICES.c.created_at, _AREAS.c.name, _PEOPLE.c.name)
    .join(_AREAS, _AREAS.c.id == _NOTICES.c.area_id)
    .join(_PEOPLE, _PEOPLE.c.id == _NOTICES.c.author_id)
    .where(_NOTICES.c.id == bindparam("notice"))
)


@dataclass(frozen=True, slots=True)
class Body:
    """What all copies of a notice have in common for readers of one language."""

    lines: Lines
    button: str


def body_of(session: Session, now: datetime, notice_id: int, words: Words) -> Body:
    """Who tells what, when and whom; with what is on the receipt button."""
    body, created_at, area, author = session.execute(_SAID, {"notice": notice_id}).one()
    time = clock(default_policy(session).timezone, now, created_at, words)
    head = words.lines("notice-head", {"area": area, "author": author, "time": time})
    return Body((*head, *body_lines(body)), words.text("button-read"))


def addressed(body: Body, copy_id: int, number: int = 0) -> Message:
    """The copy of one reader, not read yet; `number` is the message's own."""
    return Message(body.lines, ((Choice(f"read:{copy_id}", body.button),),), number=number)


def copy(paper: Paper) -> Message:
    """The notice with its receipt button, or with the receipt."""
    one = paper.session.get_one(NoticeCopy, paper.subject)
    if one.read_at and paper.anew:
        return letter([paper.line("notice-read", time=paper.clock(one.read_at))])
    body = body_of(paper.session, paper.now, one.notice_id, paper.words)
    if one.read_at:
        return letter([body.lines, paper.line("notice-read", time=paper.clock(one.read_at))])
    return addressed(body, one.id)


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
