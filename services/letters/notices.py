"""A notice as its readers see it: as it was sent, corrected, withdrawn, and once more for who has not read it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from channels.port import Attachment, Choice, Message, Span
from models import Area, Notice, NoticeCopy, NoticeFile, OutboxMessage, Person
from rules.first_words import first_words
from rules.mail import MailState
from rules.notice_life import ENDED, NoticeState
from services.changes import begun_with
from services.letters.media import ENDINGS
from services.letters.paper import Paper, clock, letter
from services.mailbox import subject_of
from services.media import attachment
from services.policy import default_policy
from services.ways import declines
from services.words import Lines, Value, Words


def body_lines(body: str) -> Lines:
    """What somebody wrote, as it was written."""
    return tuple((Span(line),) if line else () for line in body.split("\n"))


_NOTICES, _AREAS, _PEOPLE, _FILES = (cast(Table, one.__table__) for one in (Notice, Area, Person, NoticeFile))
_SAID = (
    select(
        _NOTICES.c.body,
        _NOTICES.c.created_at,
        _AREAS.c.name,
        _PEOPLE.c.name,
        _NOTICES.c.state,
        _NOTICES.c.corrected_at,
        _NOTICES.c.is_order,
        _NOTICES.c.receipt,
        _FILES.c.id,
        _FILES.c.digest,
        _FILES.c.name,
        _FILES.c.mime,
    )
    .join(_AREAS, _AREAS.c.id == _NOTICES.c.area_id)
    .join(_PEOPLE, _PEOPLE.c.id == _NOTICES.c.author_id)
    .outerjoin(_FILES, _FILES.c.id == _NOTICES.c.file_id)
    .where(_NOTICES.c.id == bindparam("notice"))
)


@dataclass(frozen=True, slots=True)
class Body:
    """What all copies of a notice have in common for readers of one language."""

    lines: Lines
    button: str
    """"" where nobody is asked for a receipt."""
    question: str
    """What is on the button of whoever has a question."""
    state: NoticeState
    attachment: Attachment | None = None


def body_of(session: Session, now: datetime, notice_id: int, words: Words, bot: str) -> Body:
    """Who tells what, when and whom; with what is on the receipt button, and what goes with it through this bot."""
    row = session.execute(_SAID, {"notice": notice_id}).one()
    body, created_at, area, author, state, corrected_at, order, receipt, *file = row
    zone = default_policy(session).timezone
    time = clock(zone, now, created_at, words)
    said: dict[str, Value] = {"area": area, "author": author, "time": time}
    head = words.lines("notice-head-order" if order else "notice-head", said)
    if state is NoticeState.WITHDRAWN:
        # What went with it is to go too; where a messenger leaves it standing, it is said to be void.
        taken_back = words.lines("notice-withdrawn-file" if file[1] else "notice-withdrawn")
        return Body((*head, *taken_back), "", "", state)
    if corrected_at:
        corrected = words.lines("notice-corrected", {"time": clock(zone, now, corrected_at, words)})
        text = (*corrected, *body_lines(body))
    else:
        text = body_lines(body)
    attached = attached_file(session, bot, *file) if file[1] else None
    receipt_button = words.text("button-read") if receipt else ""
    return Body((*head, *text), receipt_button, words.text("button-ask"), state, attached)


def attached_file(session: Session, bot: str, number: int, digest: str, name: str, mime: str) -> Attachment:
    """What goes with a notice, to be sent through a bot; what has no name is called by its number."""
    return attachment(session, bot, digest, name or f"{number}.{ENDINGS[mime]}", mime)


def addressed(body: Body, copy_id: int, number: int = 0) -> Message:
    """The copy of one reader, not read yet; `number` is the message's own."""
    asks = Choice(f"ask:{copy_id}", body.question)
    row = (Choice(f"read:{copy_id}", body.button), asks) if body.button else (asks,)
    return Message(body.lines, (row,), body.attachment, number=number)


def copy(paper: Paper) -> Message | None:
    """The notice with its receipt button, or with the receipt; pointless when it ended before this copy was sent, or
    its reader has asked for quiet.
    """
    one = paper.session.get_one(NoticeCopy, paper.subject)
    if one.read_at and paper.anew:
        return letter([paper.line("notice-read", time=paper.clock(one.read_at))])
    body = body_of(paper.session, paper.now, one.notice_id, paper.words, paper.account.bot)
    over = body.state in ENDED or declines(paper.session, paper.account, paper.message)
    if over and paper.message.edits_id is None:
        return None
    if body.state is NoticeState.WITHDRAWN:
        return letter([body.lines])
    if one.read_at:
        received = paper.line("notice-read", time=paper.clock(one.read_at))
        return replace(letter([body.lines, received], [[_asks(paper, one)]]), attachment=body.attachment)
    return addressed(body, one.id)


def _asks(paper: Paper, one: NoticeCopy) -> Choice:
    return paper.button(f"ask:{one.id}", "button-ask")


def several(paper: Paper) -> Message | None:
    """Several notices in one message, each whole, with one button for all of them."""
    copies = [paper.session.get_one(NoticeCopy, number) for number in _gathered(paper)]
    if not copies:
        return None
    parts = [paper.line("notices-together", count=len(copies))]
    if paper.anew:
        parts.append(paper.line("notices-together-changed"))
    unread = stands = False
    for one in copies:
        body = body_of(paper.session, paper.now, one.notice_id, paper.words, paper.account.bot)
        parts += [((),), body.lines]
        stands = stands or body.state is not NoticeState.WITHDRAWN
        unread = unread or (one.read_at is None and body.state is not NoticeState.WITHDRAWN)
    times = [one.read_at for one in copies if one.read_at]
    asks = [paper.button(f"askall:{paper.subject}", "button-ask")] if stands else []
    if unread or not times:
        return letter(parts, [[paper.button(f"readall:{paper.subject}", "button-read-all"), *asks] if unread else asks])
    return letter([*parts, ((),), paper.line("notice-read", time=paper.clock(max(times)))], [asks])


def _gathered(paper: Paper) -> list[int]:
    """The copies that a message carries."""
    args = begun_with(paper.session, paper.message).args
    return [int(number) for number in args["copies"]]


def changed(paper: Paper) -> Message | None:
    """The text was corrected or withdrawn after this copy was sent; pointless when it was not sent after all."""
    original = paper.session.get_one(OutboxMessage, paper.message.edits_id)
    if original.state != MailState.SENT:
        return None
    if subject_of(paper.message.about)[0] == "notice_bundle":
        return several(paper)
    if not paper.anew:
        return copy(paper)
    one = paper.session.get_one(NoticeCopy, paper.subject)
    notice = paper.session.get_one(Notice, one.notice_id)
    place = {
        "area": paper.session.get_one(Area, notice.area_id).name,
        "time": paper.clock(notice.created_at),
        "first": first_words(notice.body),
    }
    if notice.state is NoticeState.WITHDRAWN:
        key = "notice-withdrawn-anew-file" if notice.file_id else "notice-withdrawn-anew"
        return letter([paper.line(key, **place)])
    receipt = [] if one.read_at or not notice.receipt else [paper.button(f"read:{one.id}", "button-read")]
    said = [paper.line("notice-corrected-anew", **place), body_lines(notice.body)]
    return letter(said, [[*receipt, _asks(paper, one)]])


def reminder(paper: Paper) -> Message | None:
    """The notice once more, for who has had it and has not said that they read it; pointless once they have."""
    one = paper.session.get_one(NoticeCopy, paper.subject)
    body = body_of(paper.session, paper.now, one.notice_id, paper.words, paper.account.bot)
    if body.state is NoticeState.WITHDRAWN:
        return None if paper.message.edits_id is None else letter([body.lines])
    if one.read_at:
        received = paper.line("notice-read", time=paper.clock(one.read_at))
        return None if paper.message.edits_id is None else letter([body.lines, received], [[_asks(paper, one)]])
    row = [paper.button(f"read:{one.id}", "button-read"), _asks(paper, one)]
    return letter([paper.line("notice-reminder"), body.lines], [row])
