"""Questions about a notice found again: what is open, what is asked most, what was said."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models import Enquiry, EnquiryEvent, EnquiryTopic, Household, Notice, NoticeEvent, Person
from rules.enquiries import OPEN, Heard
from services.areas import address, place

MOST = 200
"""Open questions of one notice that are looked at: the oldest. The next ones come when these are answered."""


@dataclass(frozen=True, slots=True)
class Group:
    """Open questions that ask the same, the oldest first."""

    words: str
    """How the first of them put it."""
    ones: tuple[Enquiry, ...]


def groups(session: Session, notice_id: int) -> list[Group]:
    """What waits for an answer, the commonest first, then the oldest."""
    mine = (Enquiry.notice_id == notice_id) & Enquiry.state.in_(OPEN)
    found = session.scalars(select(Enquiry).where(mine).order_by(Enquiry.id).limit(MOST)).all()
    alike: dict[tuple[str, int], list[Enquiry]] = defaultdict(list)
    for one in found:
        alike[("alone", one.id) if one.alone else ("topic", one.topic_id)].append(one)
    said = last_words(session, [ones[0].id for ones in alike.values()])
    made = [Group(said.get(ones[0].id, ""), tuple(ones)) for ones in alike.values()]
    return sorted(made, key=lambda each: (-len(each.ones), each.ones[0].asked_at, each.ones[0].id))


def group_of(session: Session, one: Enquiry) -> list[Enquiry]:
    """The open questions that ask what this one asks, it among them; nothing once it is answered."""
    if one.state not in OPEN:
        return []
    return next((list(each.ones) for each in groups(session, one.notice_id) if one in each.ones), [one])


def last_words(session: Session, enquiries: Collection[int]) -> dict[int, str]:
    """What was asked last, of several questions."""
    mine = (EnquiryEvent.enquiry_id.in_(enquiries)) & (EnquiryEvent.event == Heard.ASKED)
    rows = session.execute(select(EnquiryEvent.enquiry_id, EnquiryEvent.body).where(mine).order_by(EnquiryEvent.id))
    return {one.enquiry_id: one.body for one in rows}


def story(session: Session, one: Enquiry) -> list[EnquiryEvent]:
    """Everything that was said and done about a question, in order."""
    mine = select(EnquiryEvent).where(EnquiryEvent.enquiry_id == one.id)
    return list(session.scalars(mine.order_by(EnquiryEvent.id)))


def known(session: Session, notice_id: int) -> list[EnquiryTopic]:
    """What the house answers by itself, the commonest first."""
    mine = (EnquiryTopic.notice_id == notice_id) & (EnquiryTopic.answer != "")
    return list(session.scalars(select(EnquiryTopic).where(mine).order_by(EnquiryTopic.given.desc(), EnquiryTopic.id)))


def commonest(session: Session, notice_id: int, most: int) -> list[tuple[str, int]]:
    """What was asked most about a notice, answered or not, with how many people asked it."""
    asked = func.count(Enquiry.person_id.distinct())
    rows = session.execute(
        select(EnquiryTopic.words, asked)
        .join(Enquiry, Enquiry.topic_id == EnquiryTopic.id)
        .where(EnquiryTopic.notice_id == notice_id)
        .group_by(EnquiryTopic.id, EnquiryTopic.words)
        .order_by(asked.desc(), EnquiryTopic.id)
        .limit(most)
    )
    return [(words, number) for words, number in rows]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many questions there are about a notice, how many of them wait, and since when the oldest does."""

    asked: int
    open: int
    since: datetime | None


def waiting(session: Session, notices: Sequence[int]) -> dict[int, Waiting]:
    """The same of several notices; those about which nobody asked are left out."""
    asked_at = case((Enquiry.state.in_(OPEN), Enquiry.asked_at))
    rows = session.execute(
        select(Enquiry.notice_id, func.count(), func.count(asked_at), func.min(asked_at))
        .where(Enquiry.notice_id.in_(notices))
        .group_by(Enquiry.notice_id)
    )
    return {notice: Waiting(asked, still, since) for notice, asked, still, since in rows}


def text_then(session: Session, notice: Notice, at: datetime) -> str | None:
    """What a notice said at an instant, where it says something else now; None: it is the same."""
    texts = select(NoticeEvent.body).where(
        NoticeEvent.notice_id == notice.id, NoticeEvent.body.is_not(None), NoticeEvent.at <= at
    )
    then = session.scalar(texts.order_by(NoticeEvent.at.desc(), NoticeEvent.id.desc()).limit(1))
    return None if then is None or then == notice.body else then


def who_asks(session: Session, one: Enquiry, *, named: bool) -> str:
    """Who asks and where they live; for whoever may not see that, the grid or what else they are counted in."""
    where = place(session, one.area_id)
    if not named:
        return where
    name = session.get_one(Person, one.person_id).name
    home = session.get(Household, one.household_id) if one.household_id else None
    return f"{address(session, home) if home else where} {name}"


def tally(ones: Sequence[Enquiry]) -> int:
    """How many people ask these."""
    return len({one.person_id for one in ones})
