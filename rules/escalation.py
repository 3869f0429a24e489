"""The life of an escalation, as a table of state x event → state and effects."""

from dataclasses import dataclass, replace
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
    CLUSTER = "cluster"
    """Fevers of one place within a few days; about no household."""
    NO_ONE_ON_DUTY = "no_one_on_duty"
    """A grid with households in quarantine, of which nobody can be told of an alarm."""
    DELIVERY_TROUBLE = "delivery_trouble"
    """Messages do not arrive for many: a messenger takes nothing, or a round did not get through."""


SILENCES = (Kind.UNREACHABLE, Kind.MISSED, Kind.REPEATED)
"""What is over when the household reports."""

OVER_BY_THEMSELVES = (Kind.NO_ONE_ON_DUTY, Kind.DELIVERY_TROUBLE)
"""What the house finds, and finds to be over: somebody is on again, messages arrive again."""


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
    CONTAINED = "contained"
    HANDED_TO_CDC = "handed_to_cdc"
    UNRELATED = "unrelated"
    STAFFED = "staffed"
    COVERED_ABOVE = "covered_above"
    SOMEBODY_ON = "somebody_on"
    NOBODY_TO_WATCH = "nobody_to_watch"
    REPAIRED = "repaired"
    TOLD_OTHERWISE = "told_otherwise"
    NOT_OURS = "not_ours"
    ARRIVES_AGAIN = "arrives_again"


OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    Kind.ABNORMAL: (Outcome.RETEST_NORMAL, Outcome.WATCHED_AT_HOME, Outcome.REFERRED),
    Kind.MISSED: (Outcome.REPORTED_BY_WORKER, Outcome.FINE_BUT_SILENT, Outcome.NOT_AT_HOME),
    Kind.REPEATED: (Outcome.REPORTED_BY_WORKER, Outcome.FINE_BUT_SILENT, Outcome.NOT_AT_HOME),
    Kind.CLUSTER: (Outcome.CONTAINED, Outcome.HANDED_TO_CDC, Outcome.UNRELATED),
    Kind.NO_ONE_ON_DUTY: (Outcome.STAFFED, Outcome.COVERED_ABOVE),
    Kind.DELIVERY_TROUBLE: (Outcome.REPAIRED, Outcome.TOLD_OTHERWISE, Outcome.NOT_OURS),
    Kind.BREACH: (Outcome.BACK_HOME, Outcome.PERMITTED, Outcome.POLICE, Outcome.NOT_TRUE),
    Kind.UNREACHABLE: (Outcome.REPORTED_BY_WORKER, Outcome.BACK_IN_TOUCH, Outcome.NOT_AT_HOME),
}
"""What a worker may choose when closing, most usual first."""


class Hands(StrEnum):
    """Whose it is after an event."""

    KEPT = "kept"
    THEIRS = "theirs"
    """Whoever did it; when nobody did (the household's own report), whose it was."""
    NOBODYS = "nobodys"


class Time(StrEnum):
    """What the time stands for at which it goes on, after an event."""

    KEPT = "kept"
    PATIENCE = "patience"
    """That of the step that was told, or of whoever it was handed to."""
    RETRY = "retry"
    """Nobody can be told: the chain is tried again."""
    HOLDS = "holds"
    """The holder's, from now on."""
    PUT_OFF = "put_off"
    NOW = "now"
    """The chain goes on at once, in the same transaction."""
    NONE = "none"


class Hears(StrEnum):
    """Who gets a message of their own because of an event."""

    NOBODY = "nobody"
    NEXT = "next"
    """The next step of the chain."""
    WHOSE_IT_IS = "whose_it_is"
    """Its holder, whom it was handed to, or who was told last."""
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True)
class Cell:
    """What an event makes of an alarm: where it stands then, and the effects.

    `services.escalations.note` sees to `then` and `hands`; the others need the people, their phones and the policy, and
    are seen to by whoever notes the event: that they are is tested cell by cell (ADR 81).
    """

    then: State
    hands: Hands = Hands.KEPT
    time: Time = Time.KEPT
    hears: Hears = Hears.NOBODY
    shown: bool = True
    """Whether every message that shows it is brought up to date, or its list told anew."""


_OPEN, _TAKEN = Cell(State.OPEN), Cell(State.TAKEN)
_HANDED = Cell(State.OPEN, Hands.NOBODYS, Time.PATIENCE, Hears.WHOSE_IT_IS)
_GOES_ON = Cell(State.OPEN, Hands.NOBODYS, Time.NOW, Hears.NEXT)
_CLOSED = Cell(State.CLOSED, Hands.THEIRS, Time.NONE)

LIFE: dict[tuple[State, Event], Cell] = {
    (State.OPEN, Event.TOLD): Cell(State.OPEN, time=Time.PATIENCE, hears=Hears.NEXT, shown=False),
    (State.OPEN, Event.PASSED_OVER): Cell(State.OPEN, shown=False),
    (State.OPEN, Event.NOBODY_LEFT): Cell(State.OPEN, time=Time.RETRY, hears=Hears.OPERATORS, shown=False),
    (State.OPEN, Event.TAKEN): Cell(State.TAKEN, Hands.THEIRS, Time.HOLDS),
    (State.OPEN, Event.HANDED_OVER): _HANDED,
    (State.OPEN, Event.CAME_BACK): Cell(State.TAKEN, Hands.THEIRS, Time.HOLDS, Hears.WHOSE_IT_IS),
    (State.OPEN, Event.WORSENED): replace(_OPEN, hears=Hears.WHOSE_IT_IS),
    (State.OPEN, Event.READING): _OPEN,
    (State.OPEN, Event.CORRECTED): replace(_OPEN, hears=Hears.WHOSE_IT_IS),
    (State.OPEN, Event.REFUSED): _GOES_ON,
    (State.OPEN, Event.MENDED): _GOES_ON,
    (State.OPEN, Event.CLOSED): _CLOSED,
    (State.TAKEN, Event.VISITED): replace(_TAKEN, time=Time.HOLDS),
    (State.TAKEN, Event.CALLED): _TAKEN,
    (State.TAKEN, Event.NOTED): _TAKEN,
    (State.TAKEN, Event.SNOOZED): replace(_TAKEN, time=Time.PUT_OFF),
    (State.TAKEN, Event.HANDED_OVER): _HANDED,
    (State.TAKEN, Event.LAPSED): _GOES_ON,
    (State.TAKEN, Event.WORSENED): replace(_TAKEN, hears=Hears.WHOSE_IT_IS),
    (State.TAKEN, Event.READING): _TAKEN,
    (State.TAKEN, Event.CORRECTED): replace(_TAKEN, hears=Hears.WHOSE_IT_IS),
    (State.TAKEN, Event.REFUSED): _GOES_ON,
    (State.TAKEN, Event.MENDED): _GOES_ON,
    (State.TAKEN, Event.CLOSED): _CLOSED,
    (State.CLOSED, Event.REOPENED): _GOES_ON,
}
"""What is not in the table cannot happen: nothing is taken twice, and from closed one way leads back.

Worse, by a graver ladder, a chain that is still climbing begins anew and a holder's time is cut; that it is the same
again changes nothing but what is said.
"""


def cell(state: State, event: Event) -> Cell:
    """What `event` makes of an alarm in this state; raises `NotAllowedError` when the table has no such cell."""
    try:
        return LIFE[state, event]
    except KeyError:
        raise NotAllowedError(f"{state} does not allow {event}") from None


def move(state: State, event: Event) -> State:
    """The state after `event`; raises `NotAllowedError` when the table has no such cell."""
    return cell(state, event).then


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
