"""What happens next: the earliest due column of all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, bindparam, exists, func, literal_column, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import (
    AnswerLook,
    BriefTurn,
    Conversation,
    Declaration,
    DirectiveStep,
    DutyOutlook,
    Enquiry,
    Escalation,
    JoinStatus,
    Notice,
    NoticeCount,
    NoticePart,
    NoticePlan,
    NoticeSweep,
    OutboxMessage,
    Quarantine,
    ReportRequest,
    ShiftEnd,
    ShiftTime,
)
from models.statements import spelled
from rules.escalation import State
from rules.mail import HELD, MailState
from rules.notice_life import NoticeState
from rules.quarantine import QuarantineStatus
from rules.rounds import RequestStatus

_DUE = ReportRequest.status == spelled(RequestStatus.DUE)
_ASKED_OUT = (Quarantine.status == spelled(QuarantineStatus.ACTIVE)) & Quarantine.next_at.is_(None)
_ON_ITS_WAY = OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED]) & (OutboxMessage.due_at < HELD)
"""A leased message is not out yet: its process may have died with it."""

_GOES_OUT = exists().where(Notice.id == NoticePart.notice_id, Notice.state == spelled(NoticeState.SENDING))

_DUE_COLUMNS: dict[str, tuple[ColumnElement[Any], ColumnElement[bool] | None]] = {
    "event-round": (Quarantine.next_at.expression, None),
    "event-reminder": (ReportRequest.remind_at.expression, _DUE),
    "event-closing": (ReportRequest.miss_at.expression, _DUE),
    "event-end": (Quarantine.end_at.expression, _ASKED_OUT),
    "event-declaration": (Declaration.next_at.expression, Declaration.status == spelled(JoinStatus.WAITING)),
    "event-shift": (ShiftTime.look_at.expression, None),
    "event-shift-end": (ShiftEnd.give_at.expression, None),
    "event-outlook": (DutyOutlook.next_at.expression, None),
    "event-escalation": (Escalation.next_at.expression, Escalation.state != State.CLOSED),
    "event-holder": (Escalation.remind_at.expression, Escalation.state == spelled(State.TAKEN)),
    "event-message": (OutboxMessage.due_at.expression, _ON_ITS_WAY),
    "event-directive": (DirectiveStep.next_at.expression, None),
    "event-notice": (Notice.spread_at.expression, Notice.state == spelled(NoticeState.SENDING)),
    "event-copies": (NoticePart.due_at.expression, _GOES_OUT),
    "event-sweep": (NoticeSweep.next_at.expression, None),
    "event-funnel": (NoticeCount.show_at.expression, None),
    "event-plan": (NoticePlan.next_at.expression, None),
    "event-enquiry": (Enquiry.next_at.expression, None),
    "event-answers": (AnswerLook.next_at.expression, None),
    "event-brief": (BriefTurn.next_at.expression, None),
    "event-form": (Conversation.lapses_at.expression, None),
}
"""By its key in the catalogue: the column in which a due time stands, and which rows count."""


MAIL = "event-message"
"""What is no tick's: a bot's drain sends it."""


@dataclass(frozen=True, slots=True)
class Appointed:
    """Something that will happen at an instant; `what` is a key of the catalogue."""

    at: datetime
    what: str


def next_event(session: Session, now: datetime, /) -> Appointed | None:
    """The first thing after `now` that the clock alone will cause; None when nothing is planned."""
    coming = session.execute(_AFTER, {"now": now})
    return min((Appointed(at, what) for what, at in coming if at), key=lambda one: one.at, default=None)


def overdue(session: Session, now: datetime, /) -> list[str]:
    """What should have happened by `now` and has not yet: the house is still at work."""
    return [what for what, at in due_times(session).items() if at <= now]


def due_times(session: Session, events: Collection[str] = frozenset(_DUE_COLUMNS)) -> dict[str, datetime]:
    """When each of these events is due, past or to come; without those that nothing is planned of."""
    return {what: at for what, at in session.execute(_of_all(frozenset(events))) if at}


def _earliest(what: str, *, after: ColumnElement[Any] | None = None) -> Select[str, datetime | None]:
    column, counts = _DUE_COLUMNS[what]
    question = select(literal_column(f"'{what}'", String), func.min(column))
    if counts is not None:
        question = question.where(counts)
    return question if after is None else question.where(column > after)


@cache
def _of_all(events: frozenset[str]) -> CompoundSelect[str, datetime | None]:
    """One question: it is asked whenever a stage moves."""
    return union_all(*(_earliest(what) for what in sorted(events)))


_NOW = bindparam("now", type_=OutboxMessage.due_at.type)
_AFTER = union_all(*(_earliest(what, after=_NOW) for what in _DUE_COLUMNS))
