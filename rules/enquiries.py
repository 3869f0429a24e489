"""Questions about a notice: where one stands, what the clock does with it, and when (提问)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.ladder import WhyNot
from rules.policy import Policy
from rules.times import aware


class EnquiryState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    """Nobody who could answer has been told."""
    TOLD = "told"
    REMINDED = "reminded"
    KNOWN = "known"
    """The house gave an answer that somebody had given before; open again when that was not enough."""
    ANSWERED = "answered"


OPEN = (EnquiryState.ASKED, EnquiryState.TOLD, EnquiryState.REMINDED)
"""Somebody waits for an answer."""


class Heard(StrEnum):
    """What happened to a question; every one is recorded with its time and person."""

    ASKED = "asked"
    KNOWN = "known"
    USEFUL = "useful"
    NOT_ENOUGH = "not_enough"
    """The asker has read the known answer, and wants a human's."""
    TOLD = "told"
    REMINDED = "reminded"
    UP = "up"
    LOST = "lost"
    """Whoever was told cannot be reached after all."""
    ANSWERED = "answered"


class Act(StrEnum):
    """What the clock does with a question."""

    TELL = "tell"
    REMIND = "remind"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Look:
    """What is done now, where the question stands then, and how long it is left alone."""

    act: Act
    then: EnquiryState
    patience: timedelta


PATIENCE = timedelta(hours=4)
"""Half a working day for whoever has it, before they are reminded and again before it goes up. A question is no alarm:
an ordinary one waits two hours at a grid head and four at a community (`rules.ladder`), and this is the longer of them.
"""
AT_THE_TOP = timedelta(hours=24)
"""Nobody is left above: whoever has it is reminded once a day until it is answered."""
GATHER = timedelta(minutes=30)
"""A further question about a notice rings again at most this often; meanwhile it is only shown in the last message."""
LOOK_AGAIN = timedelta(minutes=30)
"""When nobody can be told just now."""
STILL_TALKING = timedelta(minutes=15)
"""Whoever asked so lately is awake: the answer may come at night too (invariant 10)."""
MOST_OPEN = 3
"""Questions of one person about one notice that wait at a time: a fourth would be read no sooner."""

GOES_UP = Look(Act.UP, EnquiryState.TOLD, PATIENCE)
_LOOKS = {
    EnquiryState.ASKED: Look(Act.TELL, EnquiryState.TOLD, PATIENCE),
    EnquiryState.TOLD: Look(Act.REMIND, EnquiryState.REMINDED, PATIENCE),
    EnquiryState.REMINDED: GOES_UP,
}


def look(state: EnquiryState, *, above: bool) -> Look:
    """What is done with an open question that is due; `above`: somebody further up can be told."""
    if state is EnquiryState.REMINDED and not above:
        return Look(Act.REMIND, EnquiryState.REMINDED, AT_THE_TOP)
    return _LOOKS[state]


def next_look(now: datetime, patience: timedelta, policy: Policy) -> datetime:
    """When it is looked at again: nobody's time runs out at night (UTC)."""
    return policy.awake(aware(now) + patience)


def waits_for_duty(why_not: Collection[WhyNot | None], came_at: datetime, now: datetime) -> bool:
    """Whether a level is waited for of which nobody can be told now: some are only off duty, and it came lately."""
    return WhyNot.OFF_DUTY in why_not and aware(now) < aware(came_at) + PATIENCE


def rings_at(now: datetime, told_at: datetime | None) -> datetime:
    """When whoever was last rung about a notice at `told_at` (None: never) is rung about a further question."""
    return now if told_at is None else max(aware(now), aware(told_at) + GATHER)


def answered_at_once(now: datetime, asked_at: datetime) -> bool:
    """Whether an answer is one to what a person has just said, so that it may ring at night."""
    return aware(now) - aware(asked_at) <= STILL_TALKING
