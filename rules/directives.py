"""A directive at one node of the chain: a table of state x event → state and effects, and its deadlines (指令)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.errors import NotAllowedError
from rules.policy import Policy
from rules.roles import LEVELS, Level, Role
from rules.times import at_local, local_date

ANSWER_FOR: dict[Level, tuple[Role, ...]] = {
    Level.CITY: (Role.CITY,),
    Level.DISTRICT: (Role.DISTRICT,),
    Level.STREET: (Role.STREET,),
    Level.COMMUNITY: (Role.COMMUNITY,),
    Level.GRID: (Role.GRID_HEAD, Role.GRID_WORKER),
}
"""Who answers for a node of each level, its holder first; whoever comes after the holder is a deputy."""
NODES = tuple(ANSWER_FOR)
"""The levels whose areas receive, confirm and pass on."""
ISSUED_BY = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY})
"""Who may issue one: below a grid there is nobody to pass on, and its head has notices."""
PATIENCES = (30, 60, 120, 240)
"""Minutes that a level may be given; with the two ways out as many as a card of every messenger holds."""
REMIND_APART = timedelta(minutes=10)
"""A node is not reminded again by whoever waits above it within this."""


class Step(StrEnum):
    """Where a directive stands at one node."""

    COMING = "coming"
    TOLD = "told"
    REMINDED = "reminded"
    WITH_DEPUTY = "with_deputy"
    CONFIRMED = "confirmed"
    DONE = "done"
    GONE_PAST = "gone_past"
    """Nobody confirmed it: it went on below without them."""
    LATE = "late"
    """It had gone past, and was confirmed afterwards."""


class Event(StrEnum):
    """What can happen to it there; every one is recorded with its time and person."""

    TOLD = "told"
    PASSED_OVER = "passed_over"
    REMINDED = "reminded"
    DEPUTY = "deputy"
    ALONE = "alone"
    """Nobody else answers for the node: the holder keeps the rest of the time."""
    NOBODY = "nobody"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"
    """An urgent one is confirmed: everybody has it already."""
    WORDS = "words"
    PASSED_ON = "passed_on"
    WENT_ON = "went_on"
    """Confirmed, and not passed on in time: it went on by itself."""
    OVERDUE = "overdue"


class Time(StrEnum):
    """When it is looked at next, after an event."""

    KEPT = "kept"
    REMIND = "remind"
    DEPUTY = "deputy"
    END = "end"
    NONE = "none"


class Hears(StrEnum):
    """Who gets a message of their own because of it."""

    NOBODY = "nobody"
    THEY = "they"
    """Whoever is to confirm it."""
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Cell:
    """What an event makes of a step, and its effects."""

    then: Step
    time: Time = Time.KEPT
    hears: Hears = Hears.NOBODY
    goes_on: bool = False
    """Whether the nodes below get it now, or at a grid the households."""


_CONFIRMED = Cell(Step.CONFIRMED, Time.END)
_DONE = Cell(Step.DONE, Time.NONE)
_DEPUTY = Cell(Step.WITH_DEPUTY, Time.END, Hears.THEY)
_PAST = Cell(Step.GONE_PAST, Time.NONE, Hears.ABOVE, goes_on=True)
WAITING = (Step.TOLD, Step.REMINDED, Step.WITH_DEPUTY)
"""Somebody has it and has not confirmed it."""
ENDED = (Step.DONE, Step.GONE_PAST, Step.LATE)

LIFE: dict[tuple[Step, Event], Cell] = {
    (Step.COMING, Event.TOLD): Cell(Step.TOLD, Time.REMIND, Hears.THEY),
    (Step.COMING, Event.NOBODY): _PAST,
    (Step.TOLD, Event.REMINDED): Cell(Step.REMINDED, Time.DEPUTY, Hears.THEY),
    (Step.TOLD, Event.DEPUTY): _DEPUTY,
    (Step.REMINDED, Event.DEPUTY): _DEPUTY,
    (Step.WITH_DEPUTY, Event.DEPUTY): _DEPUTY,
    (Step.TOLD, Event.ALONE): Cell(Step.REMINDED, Time.END, Hears.THEY),
    (Step.REMINDED, Event.ALONE): Cell(Step.REMINDED, Time.END),
    **{(state, Event.NOBODY): _PAST for state in WAITING},
    **{(state, Event.OVERDUE): _PAST for state in WAITING},
    **{(state, Event.CONFIRMED): _CONFIRMED for state in WAITING},
    **{(state, Event.ACKNOWLEDGED): _DONE for state in WAITING},
    (Step.CONFIRMED, Event.WORDS): Cell(Step.CONFIRMED),
    (Step.CONFIRMED, Event.PASSED_ON): Cell(Step.DONE, Time.NONE, goes_on=True),
    (Step.CONFIRMED, Event.WENT_ON): Cell(Step.DONE, Time.NONE, goes_on=True),
    (Step.GONE_PAST, Event.CONFIRMED): Cell(Step.LATE),
    (Step.GONE_PAST, Event.ACKNOWLEDGED): Cell(Step.LATE),
}
"""What is not in the table cannot happen: a step goes on below once, and what has gone on takes no more words."""


def cell(state: Step, event: Event) -> Cell:
    """What `event` makes of a step; raises `NotAllowedError` when the table has no such cell."""
    try:
        return LIFE[state, event]
    except KeyError:
        raise NotAllowedError(f"{state} does not allow {event}") from None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instants of one step: half of its time for the holder, a quarter more before the deputy, then its end."""

    remind_at: datetime
    deputy_at: datetime
    ends_at: datetime

    def of(self, time: Time, kept: datetime | None) -> datetime | None:
        """The instant that a time of the table stands for."""
        named = {Time.REMIND: self.remind_at, Time.DEPUTY: self.deputy_at, Time.END: self.ends_at, Time.NONE: None}
        return named.get(time, kept)

    def after(self, now: datetime) -> datetime:
        """The next of the instants; its end when all are past."""
        return next((one for one in (self.remind_at, self.deputy_at) if one > now), self.ends_at)


def deadline(start: datetime, minutes: int, policy: Policy, *, urgent: bool) -> Deadline:
    """The deadline of a step that begins at `start`; the night does not count, unless it is urgent."""
    whole = timedelta(minutes=minutes)
    spans = (whole / 2, whole * 3 / 4, whole)
    return Deadline(*(start + span if urgent else awake_after(start, span, policy) for span in spans))


def awake_after(start: datetime, span: timedelta, policy: Policy) -> datetime:
    """The instant at which `span` has passed since `start` outside the quiet hours (UTC)."""
    at, left = policy.awake(start), span
    while (dusk := _dusk(at, policy)) is not None and at + left > dusk:
        left -= dusk - at
        at = policy.awake(dusk)
    return at + left


def _dusk(at: datetime, policy: Policy) -> datetime | None:
    """The next instant at which quiet hours begin; None where there are none."""
    if policy.quiet_from == policy.quiet_to:
        return None
    today = local_date(at, policy.timezone)
    days = (at_local(today + timedelta(days=more), policy.quiet_from, policy.timezone) for more in range(3))
    return min((one for one in days if one > at and policy.is_night(one)), default=None)


def due_event(state: Step, now: datetime, until: Deadline | None, *, able: bool, another: bool) -> Event | None:
    """What the clock makes of a step that is due.

    `able`: whoever has it can still be told; `another`: somebody else answers for the node who was not told yet.
    """
    if state is Step.COMING or until is None:
        return Event.TOLD if another else Event.NOBODY
    if state is Step.CONFIRMED:
        return Event.WENT_ON if now >= until.ends_at else None
    if now >= until.ends_at:
        return Event.OVERDUE
    if not able:
        return Event.DEPUTY if another else Event.NOBODY
    if now >= until.deputy_at and state is not Step.WITH_DEPUTY:
        return Event.DEPUTY if another else Event.ALONE
    return Event.REMINDED if now >= until.remind_at and state is Step.TOLD else None


def below(level: Level) -> tuple[Level, ...]:
    """The levels of nodes below one."""
    return tuple(one for one in LEVELS if one in ANSWER_FOR and one.depth > level.depth)
