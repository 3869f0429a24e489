"""Accounts lost, and what follows from every delivery."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Select, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import Account, Escalation, OutboxMessage, ReportRequest, ShiftEnd
from rules.escalation import State
from rules.mail import MailState
from services.alerts import tell_operators, told_anew
from services.changes import bring_all_up_to_date
from services.directives.confirming import lost as directive_lost
from services.dossier import escalations_about
from services.enquiries.answering import did_not_arrive as answer_lost
from services.enquiries.going_on import lost as questions_lost
from services.escalations import may_ring_at, told_lost
from services.foresight import foreseen
from services.group_loss import POSTS, post_lost
from services.handing_over import handed_in_vain
from services.hours import GATHERED
from services.mailbox import subject_of
from services.notices import posted
from services.overflow import gathered_arrived
from services.prompting import prompt_lost
from services.receipts import arrived, did_not_arrive, never_arrives, show_progress
from services.shift_ends import alarms_of, list_arrived
from services.ways import goes_on, put_in_order


def lost(session: Session, now: datetime, account: Account, why: str) -> None:
    """Nobody can be reached on this account until they write again: they are told in another chat, if they have one."""
    account.unreachable_since = account.unreachable_since or now
    account.reachable = False
    account.why_unreachable = why
    if account.person_id is not None:
        put_in_order(session, now, account.person_id)


class Delivered(Protocol):
    """What is known of a message that was handed over."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def template(self) -> str:
        """What it was."""
        ...

    @property
    def about(self) -> str | None:
        """The record that it speaks of."""
        ...

    @property
    def edits_id(self) -> int | None:
        """The message that it brought up to date."""
        ...


def delivered_many(session: Session, now: datetime, messages: Sequence[Delivered]) -> None:
    """What follows from messages having been handed over: one statement for all prompts, one for all notices."""
    asked, copies, alerts = [], [], []
    for message in messages:
        kind, number = subject_of(message.about)
        if message.edits_id is not None:
            continue
        if message.template in {"prompt", "reminder"}:
            asked.append(int(number))
        elif kind == "notice_copy":
            copies.append(int(number))
        elif message.template in _ALERTS:
            alerts.append(message.about or "")
        elif kind in _CONSEQUENT:
            delivered(session, now, session.get_one(OutboxMessage, message.id))
    if asked:
        first = ReportRequest.id.in_(asked) & ReportRequest.asked_at.is_(None)
        session.execute(update(ReportRequest).where(first).values(asked_at=now))
    if copies:
        arrived(session, now, copies)
    _alerts_arrived(session, now, alerts)


def _alerts_arrived(session: Session, now: datetime, abouts: Sequence[str]) -> None:
    """What was taken or finished while its alert was on the way: an edit could not be owed before that had arrived."""
    told: dict[str, list[str]] = {"escalation": [], "bundle": [], "person": []}
    for about in abouts:
        kind, number = subject_of(about)
        told[kind].append(number)
    if told["person"]:
        for about in gathered_arrived(session, [f"person:{number}" for number in told["person"]]):
            kind, number = subject_of(about)
            told.setdefault(kind, []).append(number)
    settled = []
    if alone := told["escalation"]:
        one = Escalation.id.in_(map(int, alone))
        settled += [f"escalation:{number}" for number in session.scalars(_settled(Escalation.id).where(one))]
    if together := told["bundle"]:
        some = Escalation.bundle.in_(together)
        now_closed = or_(Escalation.closed_at.is_(None), Escalation.closed_at > now - ON_THE_WAY)
        those = _settled(Escalation.bundle).where(some, now_closed)
        settled += [f"bundle:{bundle}" for bundle in session.scalars(those)]
    if together or told["person"]:
        settled += told_anew(session, [about for about in abouts if not about.startswith("escalation:")])
    if settled:
        bring_all_up_to_date(session, now, settled)


_ALERTS = frozenset({"alert", "digest", GATHERED})
ON_THE_WAY = timedelta(minutes=2)
"""Longer than a message is between its being written and its arrival being known."""


def _settled(column: InstrumentedAttribute[Any]) -> Select[Any]:
    return select(column).where(Escalation.state != State.OPEN).distinct()


_CONSEQUENT = {"notice", "group_notice", "notice_bundle", "shift_end"}


def delivered(session: Session, now: datetime, message: OutboxMessage) -> None:
    """What follows from a message having been handed over."""
    kind, number = subject_of(message.about)
    if message.edits_id is not None:
        return
    if message.template in {"prompt", "reminder"}:
        request = session.get_one(ReportRequest, int(number))
        request.asked_at = request.asked_at or now
    elif kind == "notice_copy":
        arrived(session, now, [int(number)])
    elif kind == "notice_bundle":
        arrived(session, now, message.args["copies"])
    elif kind == "notice":
        show_progress(session, now, int(number))
    elif kind == "group_notice":
        posted(session, now, int(number))
    elif kind == "shift_end":
        list_arrived(session, now, session.get_one(ShiftEnd, int(number)))
    elif message.template in _ALERTS:
        _alerts_arrived(session, now, [message.about or ""])


_GOES_ON = {"directive_step": directive_lost, "enquiries": questions_lost, "enquiry": answer_lost}
"""What goes on with somebody else, or later, by what a message is about; each is given the number and the chat."""


def undeliverable(session: Session, now: datetime, message: OutboxMessage, why: str) -> None:
    """What follows from a message that will never arrive here: it goes on by another way to the same person (ADR 101).

    Where none is left, nobody waits for somebody who cannot be reached.
    """
    kind, number = subject_of(message.about)
    if message.edits_id is not None or goes_on(session, now, message):
        return
    if message.template == "prompt":
        prompt_lost(session, now, session.get_one(ReportRequest, int(number)), why)
    elif kind == "notice_copy":
        never_arrives(session, now, [int(number)], why)
    elif kind in _GOES_ON:
        _GOES_ON[kind](session, now, int(number), message.account_id)
    elif kind == "notice_bundle":
        never_arrives(session, now, message.args["copies"], why)
    elif message.template in POSTS:
        post_lost(session, now, message)
    elif message.template in {*_ALERTS, "shift_taken"}:
        person_id = session.get_one(Account, message.account_id).person_id
        for escalation in _told_in(session, message):
            if person_id is not None and not handed_in_vain(session, now, escalation, person_id):
                told_lost(session, now, escalation, person_id)


def _told_in(session: Session, alert: OutboxMessage) -> list[Escalation]:
    """The alarms that a message tells of: its own, or of all that it gathers."""
    abouts = [alert.about]
    if alert.template == "shift_taken":
        return alarms_of(session, session.get_one(ShiftEnd, int(subject_of(alert.about)[1])))
    if alert.template == GATHERED:
        abouts = [about for template, about in alert.args["told"] if template in _ALERTS]
    return [one for about in abouts for one in escalations_about(session, *subject_of(about))]


def given_up(session: Session, now: datetime, alert: OutboxMessage) -> None:
    """An alert is dead: the chain has gone on, and the operators hear that something is wrong with the bot."""
    for escalation in _told_in(session, alert)[:1]:
        tell_operators(session, now, escalation, may_ring_at(session, now, escalation), "alert_dead")


def not_delivered(session: Session, now: datetime, account: Account, external_id: str, why: str) -> None:
    """The messenger had taken a message and says afterwards that it did not arrive: as if it had said so at once.

    What it says of a message that nobody knows, or twice, changes nothing.
    """
    mine = select(OutboxMessage).where(OutboxMessage.account_id == account.id, OutboxMessage.external_id == external_id)
    message = session.scalars(mine.where(OutboxMessage.state == MailState.SENT)).first()
    if message is None or not external_id:
        return
    message.state, message.error = MailState.UNREACHABLE, why
    foreseen(session).shown.clear()
    lost(session, now, account, why)
    _take_back(session, now, message)
    session.flush()
    undeliverable(session, now, message, why)


def _take_back(session: Session, now: datetime, message: OutboxMessage) -> None:
    """What had been concluded from its having been handed over."""
    kind, number = subject_of(message.about)
    if message.template == "prompt":
        request = session.get_one(ReportRequest, int(number))
        others = exists().where(
            OutboxMessage.about == message.about,
            OutboxMessage.id != message.id,
            OutboxMessage.template.in_(["prompt", "reminder"]),
            OutboxMessage.state == MailState.SENT,
        )
        if not session.scalar(select(others)):
            request.asked_at = None
    elif kind in {"notice_copy", "notice_bundle"}:
        for copy_id in message.args.get("copies", [number]):
            did_not_arrive(session, now, int(copy_id))
