"""An answer goes back to everybody who asked the same, and may become one that the house gives by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models import Account, Enquiry, EnquiryTopic
from models.statements import rows_changed
from rules.enquiries import OPEN, EnquiryState, Heard, answered_at_once
from rules.mail import Priority
from services.audit import record
from services.changes import bring_up_to_date
from services.enquiries.addressing import askers_chat
from services.enquiries.asking import ABOUT, note
from services.enquiries.finding import story
from services.mailbox import post
from services.policy import policy_at


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an answer: how many people it goes to, how many of them cannot be reached just now."""

    people: int
    unreachable: int


def answer(session: Session, now: datetime, asked: Mapping[int, int], body: str, by: int, *, for_all: bool) -> Given:
    """Answers these questions, each as far as the round of it that was seen; what somebody else answered meanwhile is
    left alone. `for_all`: whatever asks the same has this answer, now and from now on.
    """
    rounds = {number: (Enquiry.id == number) & (Enquiry.round == round_) for number, round_ in asked.items()}
    ones = session.scalars(select(Enquiry).where(Enquiry.id.in_(asked)).order_by(Enquiry.id)).all()
    done = [one for one in ones if _is_mine(session, now, rounds[one.id], by)]
    topics = {one.topic_id for one in done if not one.alone} if for_all else set()
    for topic in topics:
        done += _make_known(session, now, topic, body, by)
    unreachable = sum(not _send_back(session, now, one, body, by) for one in done)
    if done:
        bring_up_to_date(session, now, f"{ABOUT}:{done[0].notice_id}")
    return Given(len(done), unreachable)


def _is_mine(session: Session, now: datetime, which: ColumnElement[bool], by: int) -> bool:
    """Two answer at one time: one of them does, by compare and swap."""
    still = update(Enquiry).where(which, Enquiry.state.in_(OPEN))
    values = {"state": EnquiryState.ANSWERED, "answered_by": by, "answered_at": now, "next_at": None}
    return rows_changed(session, still.values(**values).execution_options(synchronize_session=False)) > 0


def _make_known(session: Session, now: datetime, topic_id: int, body: str, by: int) -> list[Enquiry]:
    """The house gives this answer from now on; those who asked the same meanwhile have it too."""
    topic = session.get_one(EnquiryTopic, topic_id)
    topic.answer, topic.answered_by, topic.answered_at = body, by, now
    session.flush()
    record(session, now, actor_id=by, act="answer_for_all", subject=f"notice:{topic.notice_id}", topic=topic.id)
    same = (Enquiry.topic_id == topic_id) & ~Enquiry.alone & Enquiry.state.in_(OPEN)
    more = session.scalars(select(Enquiry).where(same).order_by(Enquiry.id)).all()
    return [one for one in more if _is_mine(session, now, Enquiry.id == one.id, by)]


def _send_back(session: Session, now: datetime, one: Enquiry, body: str, by: int) -> bool:
    """Owes the answer to whoever asked, in the chat in which they are now; False when they cannot be reached."""
    session.refresh(one)
    given = note(session, now, one, Heard.ANSWERED, by, body)
    session.flush()
    record(session, now, actor_id=by, act="answer", subject=f"notice:{one.notice_id}", enquiry=one.id)
    account = askers_chat(session, one)
    if account is None:
        one.lost_at = now
        session.flush()
        return False
    _owe(session, now, one, account, given.id)
    return True


def _owe(session: Session, now: datetime, one: Enquiry, account: Account, event: int) -> None:
    at_once = answered_at_once(now, one.asked_at)
    due_at = now if at_once else policy_at(session, one.area_id).awake(now)
    priority = Priority.REPLY if at_once else Priority.PROMPT
    about = f"enquiry:{one.id}"
    post(session, now, account, priority, "enquiry_answer", about=about, args={"event": event}, due_at=due_at)


def did_not_arrive(session: Session, now: datetime, number: int, _account: int) -> None:
    """The answer cannot be delivered: the asker gets it when they are back."""
    session.get_one(Enquiry, number).lost_at = now


def bring_answers(session: Session, now: datetime, account: Account) -> int:
    """Somebody is back: the answers that did not reach them; how many."""
    mine = (Enquiry.person_id == account.person_id) & Enquiry.lost_at.is_not(None)
    ones = session.scalars(select(Enquiry).where(mine).order_by(Enquiry.id)).all() if account.person_id else []
    for one in ones:
        given = [each.id for each in story(session, one) if each.event in {Heard.ANSWERED, Heard.KNOWN}]
        one.lost_at = None
        about = f"enquiry:{one.id}"
        post(session, now, account, Priority.REPLY, "enquiry_answer", about=about, args={"event": given[-1]})
    return len(ones)


def answer_no_more(session: Session, now: datetime, topic: EnquiryTopic, by: int) -> bool:
    """The house does not give this answer any more: a human is asked again. False when it gave none."""
    mine = update(EnquiryTopic).where(EnquiryTopic.id == topic.id, EnquiryTopic.answer != "").values(answer="")
    if not rows_changed(session, mine):
        return False
    subject = f"notice:{topic.notice_id}"
    record(session, now, actor_id=by, act="answer_no_more", subject=subject, topic=topic.id, answer=topic.answer)
    return True
