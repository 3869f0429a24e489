"""What people do, in numbers: the shares and minutes by which the simulated people differ.

73 % of the slots answered, 89 % of the answers within four hours: what monitoring by text message found, as the project
states it. The rest is assumed, and named here so that it can be changed.
"""

import math
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares from 0 to 1; times in minutes."""

    answers: float = 0.73
    """Of the slots in which a family was asked."""
    in_time: float = 0.89
    """Of the answers: before the slot closes; the others later."""
    alike: float = 3.0
    """How alike families are: the larger, the more each answers `answers` of its slots (the sum of a beta's two)."""
    median_answer: float = 25.0
    spread_answer: float = 1.2
    """The answers in time: log-normal, cut where the slot closes."""
    slips: float = 0.03
    """Answers that are a mistake first: 365."""
    parts: float = 0.06
    """Answers in two messages."""
    mends: float = 0.03
    """Answers of which one value is corrected some minutes later."""
    falls_ill: float = 0.0015
    """A person and day."""
    blocks: float = 0.02
    """Families that block the bot once in the simulated days."""
    comes_back: float = 0.6
    """Of them: unblock it after 6 to 60 hours."""
    block_is_told: float = 0.7
    """Of the blocks: the messenger tells the bot at once; of the others it hears when it writes next."""
    never_works: float = 0.05
    """Of the staff: has the bot and never reacts."""
    overlooks: float = 0.03
    """Of the alarms that somebody is told of."""
    median_take: float = 4.0
    median_take_at_night: float = 14.0
    redelivered: float = 0.003
    """Updates that the messenger hands over twice."""
    uncertain: float = 0.001
    """Messages whose answer is lost; half of them arrived."""
    failed: float = 0.002
    """Messages that the messenger could not take at the first try."""


def log_normal(random: Random, median: float, spread: float) -> float:
    """A time whose middle is `median`, in its unit."""
    return random.lognormvariate(math.log(median), spread)


def willingness(random: Random, habits: Habits) -> float:
    """The share of its slots that one family answers."""
    return random.betavariate(habits.answers * habits.alike, (1 - habits.answers) * habits.alike)
