"""Slots: when a household is asked, reminded and counted as silent."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rules.policy import Policy
from rules.times import at_local, aware, local_date


class Half(StrEnum):
    """The two slots of a day."""

    MORNING = "morning"
    EVENING = "evening"


class RequestStatus(StrEnum):
    """Where a household's report for one slot stands.

    Abnormal is no status: it is the finding of a reading, and the report is `reported` or `late` all the same.
    """

    DUE = "due"
    REPORTED = "reported"
    LATE = "late"
    MISSED = "missed"
    UNREACHABLE = "unreachable"
    EXCUSED = "excused"


ANSWERED = frozenset({RequestStatus.REPORTED, RequestStatus.LATE})
FINAL_UNLESS_LATE = frozenset({RequestStatus.MISSED, RequestStatus.UNREACHABLE})
"""A slot in one of these can still be answered late."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One half-day and its instants (UTC)."""

    day: date
    half: Half
    opens_at: datetime
    remind_at: datetime
    miss_at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask now, with these instants; `remind_at` is None when there is no time left for a reminder."""

    remind_at: datetime | None
    miss_at: datetime


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Too late to be useful: recorded as such, not sent."""

    why: str


LATE_PATIENCE = timedelta(hours=1)
"""Whoever is asked late (the service was down) still has this long to answer."""


def slot(day: date, half: Half, policy: Policy) -> Slot:
    """The slot of a local date and half-day under a policy."""
    clock: time = policy.morning if half is Half.MORNING else policy.evening
    opens = at_local(day, clock, policy.timezone)
    return Slot(day, half, opens, opens + policy.remind_after, opens + policy.miss_after)


def following(one: Slot, policy: Policy) -> Slot:
    """The slot after this one."""
    if one.half is Half.MORNING:
        return slot(one.day, Half.EVENING, policy)
    return slot(one.day + timedelta(days=1), Half.MORNING, policy)


def first_slot(first: date, last: date, now: datetime, policy: Policy) -> Slot | None:
    """The first slot in which somebody in quarantine from `first` to `last` can still be asked, known since `now`.

    Slots that were over when the quarantine was put down are not held against the household; None when none is left.
    """
    # A slot that is still open began within the last `miss_after`: perhaps yesterday evening.
    one = slot(max(first, local_date(aware(now) - policy.miss_after, policy.timezone)), Half.MORNING, policy)
    while one.miss_at <= aware(now):
        one = following(one, policy)
    return one if one.day <= last else None


def plan(one: Slot, now: datetime) -> Ask | NotAsked:
    """What to do about an opened slot whose household has not been asked yet."""
    moment = aware(now)
    if moment >= one.miss_at:
        return NotAsked("service_was_down")
    if moment <= one.remind_at:
        return Ask(one.remind_at, one.miss_at)
    return Ask(None, max(one.miss_at, moment + LATE_PATIENCE))


def outcome_of_silence(*, asked: bool) -> RequestStatus:
    """Missed means delivered and unanswered; undelivered is unreachable (invariant 5)."""
    return RequestStatus.MISSED if asked else RequestStatus.UNREACHABLE


def outcome_of_answer(one_status: RequestStatus, *, owed: int) -> RequestStatus:
    """The status after a reading, with `owed` members still unanswered: a closed slot that is completed is late.

    What is late stays late: a correction does not make it punctual.
    """
    if owed or one_status is RequestStatus.LATE:
        return one_status
    return RequestStatus.LATE if one_status in FINAL_UNLESS_LATE else RequestStatus.REPORTED
