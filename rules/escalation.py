"""The life of an escalation, as a table of state x event."""

from enum import StrEnum

from rules.errors import NotAllowedError
from rules.ladder import Ladder, Severity
from rules.thresholds import Finding


class Kind(StrEnum):
    """What an escalation is about."""

    ABNORMAL = "abnormal"
    UNREACHABLE = "unreachable"
    MISSED = "missed"
    REPEATED = "repeated"
    """Missed several slots in a row: what was open as missed becomes this."""
    BREACH = "breach"
    """Somebody in quarantine was seen outside."""


SILENCES = (Kind.UNREACHABLE, Kind.MISSED, Kind.REPEATED)
"""What is over when the household reports."""


class State(StrEnum):
    """Where an escalation stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to an escalation; every one is recorded with its time and person."""

    OPENED = "opened"
    TOLD = "told"
    PASSED_OVER = "passed_over"
    NOBODY_LEFT = "nobody_left"
    TAKEN = "taken"
    VISITED = "visited"
    CALLED = "called"
    NOTED = "noted"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    CAME_BACK = "came_back"
    LAPSED = "lapsed"
    WORSENED = "worsened"
    READING = "reading"
    CORRECTED = "corrected"
    REFUSED = "refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    MENDED = "mended"


class Outcome(StrEnum):
    """How an escalation was finished."""

    RETEST_NORMAL = "retest_normal"
    REFERRED = "referred"
    WATCHED_AT_HOME = "watched_at_home"
    REPORTED_LATE = "reported_late"
    REPORTED_BY_WORKER = "reported_by_worker"
    FINE_BUT_SILENT = "fine_but_silent"
    BACK_IN_TOUCH = "back_in_touch"
    NOT_AT_HOME = "not_at_home"
    EXCUSED = "excused"
    BACK_HOME = "back_home"
    PERMITTED = "permitted"
    POLICE = "police"
    NOT_TRUE = "not_true"


OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    Kind.ABNORMAL: (Outcome.RETEST_NORMAL, Outcome.WATCHED_AT_HOME, Outcome.REFERRED),
    Kind.MISSED: (Outcome.REPORTED_BY_WORKER, Outcome.FINE_BUT_SILENT, Outcome.NOT_AT_HOME),
    Kind.REPEATED: (Outcome.REPORTED_BY_WORKER, Outcome.FINE_BUT_SILENT, Outcome.NOT_AT_HOME),
    Kind.BREACH: (Outcome.BACK_HOME, Outcome.PERMITTED, Outcome.POLICE, Outcome.NOT_TRUE),
    Kind.UNREACHABLE: (Outcome.REPORTED_BY_WORKER, Outcome.BACK_IN_TOUCH, Outcome.NOT_AT_HOME),
}
"""What a worker may choose when closing, most usual first."""

_OPEN, _TAKEN = State.OPEN, State.TAKEN

TRANSITIONS: dict[tuple[State, Event], State] = {
    (_OPEN, Event.TOLD): _OPEN,
    (_OPEN, Event.PASSED_OVER): _OPEN,
    (_OPEN, Event.NOBODY_LEFT): _OPEN,
    (_OPEN, Event.TAKEN): _TAKEN,
    (_OPEN, Event.HANDED_OVER): _OPEN,
    (_OPEN, Event.CAME_BACK): _TAKEN,
    (_OPEN, Event.WORSENED): _OPEN,
    (_OPEN, Event.READING): _OPEN,
    (_OPEN, Event.CORRECTED): _OPEN,
    (_OPEN, Event.REFUSED): _OPEN,
    (_OPEN, Event.MENDED): _OPEN,
    (_OPEN, Event.CLOSED): State.CLOSED,
    (_TAKEN, Event.VISITED): _TAKEN,
    (_TAKEN, Event.CALLED): _TAKEN,
    (_TAKEN, Event.NOTED): _TAKEN,
    (_TAKEN, Event.SNOOZED): _TAKEN,
    (_TAKEN, Event.HANDED_OVER): _OPEN,
    (_TAKEN, Event.LAPSED): _OPEN,
    (_TAKEN, Event.WORSENED): _TAKEN,
    (_TAKEN, Event.READING): _TAKEN,
    (_TAKEN, Event.CORRECTED): _TAKEN,
    (_TAKEN, Event.REFUSED): _OPEN,
    (_TAKEN, Event.MENDED): _OPEN,
    (_TAKEN, Event.CLOSED): State.CLOSED,
    (State.CLOSED, Event.REOPENED): _OPEN,
}
"""What is not in the table cannot happen: nothing is taken twice, and from closed one way leads back."""


def move(state: State, event: Event) -> State:
    """The state after `event`; raises `NotAllowedError` when the table has no such cell."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise NotAllowedError(f"{state} does not allow {event}") from None


def severity_of(finding: Finding) -> Severity | None:
    """How urgent a finding is; None for a normal one. A low value is often a cold thermometer: it waits for the day."""
    return {
        Finding.EMERGENCY: Severity.EMERGENCY,
        Finding.ABNORMAL: Severity.URGENT,
        Finding.LOW: Severity.ROUTINE,
    }.get(finding)


_OF_FEVERS = {
    Severity.EMERGENCY: Ladder.EMERGENCY,
    Severity.URGENT: Ladder.ABNORMAL,
    Severity.ROUTINE: Ladder.LOW,
}


def ladder_of(kind: Kind, severity: Severity) -> Ladder:
    """By which ladder an alarm climbs: a fever by how high it is, everything else by what it is."""
    if kind is not Kind.ABNORMAL:
        return Ladder(kind.value)
    return _OF_FEVERS[severity]


def alike(kind: Kind) -> tuple[Kind, ...]:
    """The kinds of which one household has one open alarm, the graver last: they are about the same."""
    return (Kind.MISSED, Kind.REPEATED) if kind in (Kind.MISSED, Kind.REPEATED) else (kind,)


def graver(one: Kind, other: Kind) -> Kind:
    """The graver of two kinds that are alike."""
    return max(one, other, key=alike(one).index)


def worse(one: Severity, other: Severity) -> Severity:
    """The more urgent of the two."""
    order = list(Severity)
    return min(one, other, key=order.index)
