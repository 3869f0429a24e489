"""A question is asked: answered by the house where somebody has answered it for everybody, else put to the sender."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import Account, Enquiry, EnquiryEvent, EnquiryTopic, LastTopic, Notice, NoticeCopy
from models.db import insert_into
from rules.enquiries import MOST_OPEN, OPEN, EnquiryState, Heard
from rules.likeness import most_alike
from rules.mail import Priority
from services.audit import record
from services.changes import bring_up_to_date
from services.enquiries.addressing import senders_level
from services.mailbox import post
from services.notices import acknowledge

MOST_TOPICS = 300
"""Of a notice: the newest are compared with a new question."""
ABOUT = "enquiries"
"""What a message about all open questions of a notice is about."""


def ask(
    session: Session, now: datetime, copy: NoticeCopy, account: Account, said: str, photo_id: int | None = None
) -> Enquiry | None:
    """Puts a question about a notice; the one that is open already when it asks the same, None when too many are.

    Who asks has read the notice: that counts as their receipt, and nobody reminds them of it.
    """
    notice = session.get_one(Notice, copy.notice_id)
    waiting = open_of(session, notice.id, copy.person_id)
    topic = _topic(session, now, notice, said)
    same = next((one for one in waiting if one.topic_id == topic.id), None)
    if same is not None or len(waiting) >= MOST_OPEN:
        return same
    one = Enquiry(
        notice_id=notice.id,
        person_id=copy.person_id,
        account_id=account.id,
        area_id=copy.area_id,
        household_id=copy.household_id or None,
        topic_id=topic.id,
        alone=False,
        state=EnquiryState.ASKED,
        round=1,
        node_id=senders_level(session, notice).id,
        asked_at=now,
        came_at=now,
        next_at=now,
    )
    session.add(one)
    session.flush()
    note(session, now, one, Heard.ASKED, copy.person_id, said, photo_id)
    record(session, now, actor_id=copy.person_id, act="ask", subject=f"notice:{notice.id}", enquiry=one.id)
    if notice.receipt and copy.read_at is None:
        acknowledge(session, now, copy)
    if topic.answer:
        _answer_from(session, now, one, topic)
    return one


def open_of(session: Session, notice_id: int, person_id: int) -> list[Enquiry]:
    """The questions of one person about a notice that wait for an answer."""
    mine = (Enquiry.person_id == person_id) & (Enquiry.notice_id == notice_id) & Enquiry.state.in_(OPEN)
    return list(session.scalars(select(Enquiry).where(mine).order_by(Enquiry.id)))


def _topic(session: Session, now: datetime, notice: Notice, said: str) -> EnquiryTopic:
    """What it shares with questions that were asked before; one of its own when it is new."""
    mine = select(EnquiryTopic.id, EnquiryTopic.words).where(EnquiryTopic.notice_id == notice.id)
    rows = session.execute(mine.order_by(EnquiryTopic.id.desc()).limit(MOST_TOPICS))
    found = most_alike(said, [(number, words) for number, words in rows])
    if found is not None:
        return session.get_one(EnquiryTopic, found)
    _alone(session, now, notice.id)
    topic = EnquiryTopic(notice_id=notice.id, words=said, answer="", given=0)
    session.add(topic)
    session.flush()
    return topic


def _alone(session: Session, now: datetime, notice_id: int) -> None:
    """Two new topics of a notice at one instant, in two processes: the second is a conflict, and is asked again when it
    sees the first, which may be the same. The notice's own row is not touched: its copies are being written.
    """
    last = insert_into(session, LastTopic).values(notice_id=notice_id, at=now)
    session.execute(last.on_conflict_do_update(index_elements=["notice_id"], set_={"at": now}))


def _answer_from(session: Session, now: datetime, one: Enquiry, topic: EnquiryTopic) -> None:
    """The house answers by itself, and says whose answer it is."""
    one.state, one.next_at = EnquiryState.KNOWN, None
    session.execute(update(EnquiryTopic).where(EnquiryTopic.id == topic.id).values(given=EnquiryTopic.given + 1))
    given = note(session, now, one, Heard.KNOWN, topic.answered_by, topic.answer)
    session.flush()
    account = session.get_one(Account, one.account_id)
    about = f"enquiry:{one.id}"
    post(session, now, account, Priority.REPLY, "enquiry_answer", about=about, args={"event": given.id})


def useful(session: Session, now: datetime, one: Enquiry) -> bool:
    """有用: the known answer was one; False when that was said before, or a human is asked already."""
    if one.state is not EnquiryState.KNOWN or _has(session, one, Heard.USEFUL):
        return False
    note(session, now, one, Heard.USEFUL, one.person_id)
    return True


def ask_a_human(session: Session, now: datetime, one: Enquiry) -> bool:
    """转给工作人员: the known answer was not enough, and the question goes the way that it would have gone."""
    if one.state is not EnquiryState.KNOWN:
        return False
    note(session, now, one, Heard.NOT_ENOUGH, one.person_id)
    return _open(session, now, one)


def ask_on(
    session: Session, now: datetime, one: Enquiry, account: Account, said: str, photo_id: int | None = None
) -> None:
    """More about the same: an answer is asked again, a question that waits has it beside it. Whoever is writing an
    answer to what waits has not read this: theirs is not given (`Enquiry.round`).
    """
    one.account_id = account.id
    note(session, now, one, Heard.ASKED, one.person_id, said, photo_id)
    record(session, now, actor_id=one.person_id, act="ask", subject=f"notice:{one.notice_id}", enquiry=one.id)
    if one.state in OPEN:
        one.alone, one.round = True, one.round + 1
        session.flush()
        bring_up_to_date(session, now, f"{ABOUT}:{one.notice_id}")
    else:
        _open(session, now, one)


def _open(session: Session, now: datetime, one: Enquiry) -> bool:
    """A human is asked (again): its story is its own from here on."""
    notice = session.get_one(Notice, one.notice_id)
    one.alone, one.state, one.round = True, EnquiryState.ASKED, one.round + 1
    one.node_id = senders_level(session, notice).id
    one.asked_at = one.came_at = one.next_at = now
    one.told_at = one.lost_at = None
    session.flush()
    return True


def note(
    session: Session,
    now: datetime,
    one: Enquiry,
    event: Heard,
    person_id: int | None,
    body: str = "",
    photo_id: int | None = None,
) -> EnquiryEvent:
    """Puts down what was said or done; its number is known after a flush."""
    row = EnquiryEvent(
        enquiry_id=one.id, event=event, person_id=person_id, area_id=one.node_id, at=now, body=body, photo_id=photo_id
    )
    session.add(row)
    return row


def _has(session: Session, one: Enquiry, event: Heard) -> bool:
    mine = (EnquiryEvent.enquiry_id == one.id) & (EnquiryEvent.event == event)
    return bool(session.scalar(select(func.count()).select_from(EnquiryEvent).where(mine)))
