"""What would ring at night only because it was late: held until the morning as it leaves (invariant 10).

Whatever is owed in the quiet hours gets the morning as its due time where it is written down. What was due before them
and could not leave, because the machine was down or the queue was long, is looked at once more here.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Brief, Escalation, Household, Notice, NoticeCopy, OutboxMessage, ReportRequest
from rules.ladder import Severity
from rules.mail import Priority
from rules.policy import Policy
from services.directives.ringing import rings_at_night
from services.mailbox import subject_of
from services.notice_sweeps import CHANGED
from services.policy import default_policy, policy_at

_SILENT = frozenset({"menu"})
"""What a phone does not ring for."""
_ROUTINE = frozenset({"digest", "gathered"})
"""Alerts that wait for the morning whatever they are about."""


def held_until(session: Session, now: datetime, message: OutboxMessage) -> datetime | None:
    """The instant (UTC) until which a message has to wait because it would ring at night; None: it may leave now.

    Looks no further by day: areas may have quiet hours of their own within those of the house, and longer ones are kept
    by the due times alone.
    """
    house = default_policy(session)
    if not house.is_night(now) or not _waits_at_night(session, message):
        return None
    policy = _policy_of(session, message)
    released = policy.awake(now)
    return released if released > now else None


def _waits_at_night(session: Session, message: OutboxMessage) -> bool:
    """Everything but answers to what a person just said, edits, urgent directives, and alarms graver than routine."""
    if message.template in _SILENT or (message.edits_id is not None and message.template != CHANGED):
        return False
    kind, number = subject_of(message.about)
    if kind == "notice_copy" and rings_at_night(session, _notice_of(session, number)):
        return False
    if message.priority > Priority.REPLY or message.template in _ROUTINE:
        return True
    if message.priority != Priority.ALERT or kind != "escalation":
        return False
    return session.get_one(Escalation, int(number)).severity is Severity.ROUTINE


def _policy_of(session: Session, message: OutboxMessage) -> Policy:
    area = _area_of(session, *subject_of(message.about))
    return default_policy(session) if area is None else policy_at(session, area)


def _notice_of(session: Session, number: str) -> Notice:
    return session.get_one(Notice, session.get_one(NoticeCopy, int(number)).notice_id)


def _area_of(session: Session, kind: str, number: str) -> int | None:
    match kind:
        case "grid" | "answers":
            return int(number)
        case "household":
            return session.get_one(Household, int(number)).grid_id
        case "request":
            return session.get_one(ReportRequest, int(number)).grid_id
        case "escalation":
            return session.get_one(Escalation, int(number)).grid_id
        case "notice_copy" | "notice_reminder" | "notice_bundle":
            return _notice_of(session, number).area_id
        case "brief":
            return session.get_one(Brief, int(number)).area_id
        case "bundle":
            return int(number.split("/")[1])
        case _:
            return None
