"""The numbers that an area may choose; the defaults are the national or the design's."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from typing import Any

from rules.errors import NotAllowedError
from rules.ladder import LADDERS, Ladder, Step
from rules.quarantine import DAYS
from rules.quarantine import LONGEST as LONGEST_QUARANTINE
from rules.quiet import is_quiet, release
from rules.snoozing import MOST
from rules.symptoms import USUAL_SYMPTOMS, Symptom, chosen
from rules.thresholds import Thresholds
from rules.turns import Turns
from rules.written_ladder import read_ladder, write_ladder


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds in an area: local times of day, durations, thresholds in °C and ladders."""

    timezone: str = "Asia/Shanghai"
    language: str = "zh-CN"
    site: str = ""
    """The address under which the world finds the house's pages, without a slash at its end; "" for none."""
    morning: time = time(8, 0)
    evening: time = time(18, 0)
    remind_after: timedelta = timedelta(hours=2)
    miss_after: timedelta = timedelta(hours=4)
    quiet_from: time = time(21, 30)
    quiet_to: time = time(7, 30)
    recheck_after: timedelta = timedelta(hours=1)
    correct_within: timedelta = timedelta(hours=2)
    """How long after a value its family can say that it was wrong."""
    snooze_for: timedelta = timedelta(hours=2)
    """How long whoever holds an alarm that can wait may put it off at a time."""
    snoozes: int = 2
    """How often they may; 0: not at all."""
    brief_at: time | None = time(20, 0)
    """When the area's brief of the day is told; None: it has none."""
    repeated_after: int = 3
    """How many slots in a row a household misses before that is graver than one missed slot; 0: never."""
    cluster_size: int = 3
    """How many people with a fever in one place make a cluster; 0: never."""
    cluster_hours: int = 48
    """How long after it was told a fever still counts towards one."""
    spot_checks: float = 0.02
    """The share of the prompts, from 0 to 1, that ask for a photo too; the house's, not an area's."""
    unanswered: int = 3
    """How many alerts in a row somebody may leave unanswered before they are passed over; 0: any. The house's."""
    alarms_an_hour: int = 20
    """How many alarms that can wait somebody is told in an hour, more of them in one message; 0: any. The house's."""
    rate: float = 29.0
    """How many messages a second each bot sends, as far as anybody can say beforehand; the house's."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """The same of the bots whose messenger takes them at another rate, by name."""
    confirm_above: int = 1000
    """How many people a notice may reach without a second person who agrees; 0: any.

    A grid of 300 doors has fewer who have joined: nobody waits who writes to their own grid.
    """
    turns: Turns = Turns.SHARE
    """Whether the workers of a grid are all told, or take turns."""
    quarantine_days: int = DAYS
    """How long a quarantine is whose order names no days, the first and the last among them."""
    symptoms: tuple[Symptom, ...] = USUAL_SYMPTOMS
    """Asked after an abnormal value and heard in people's own words; the red flags are always among them."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    ladders: Mapping[Ladder, tuple[Step, ...]] = field(default_factory=lambda: LADDERS)
    nights: Mapping[Ladder, tuple[Step, ...]] = field(default_factory=dict)
    """The ladders that have other steps in the quiet hours."""
    lapses: Mapping[Ladder, timedelta] = field(default_factory=lambda: LAPSES)
    """How long somebody who took an escalation may hold it before it goes on."""

    def is_night(self, now: datetime) -> bool:
        """Whether `now` lies in the quiet hours."""
        return is_quiet(now, self.quiet_from, self.quiet_to, self.timezone)

    def awake(self, now: datetime) -> datetime:
        """`now`, or the end of the quiet hours in which it lies (UTC)."""
        return release(now, self.quiet_from, self.quiet_to, self.timezone)


LAPSES: Mapping[Ladder, timedelta] = {
    Ladder.EMERGENCY: timedelta(minutes=10),
    Ladder.ABNORMAL: timedelta(minutes=30),
    Ladder.LOW: timedelta(hours=4),
    Ladder.UNREACHABLE: timedelta(hours=4),
    Ladder.MISSED: timedelta(hours=4),
    Ladder.REPEATED: timedelta(hours=2),
    Ladder.BREACH: timedelta(hours=1),
    Ladder.CLUSTER: timedelta(hours=2),
    Ladder.NO_ONE_ON_DUTY: timedelta(hours=4),
    Ladder.DELIVERY_TROUBLE: timedelta(hours=2),
}

LONGEST_CLUSTER = 14 * 24
"""Hours: what is further apart than a quarantine is long has nothing to do with each other."""
LARGEST_CLUSTER = 20
"""No area waits for more fevers in one place before they are a cluster."""
MOST_UNCONFIRMED = 1_000_000
"""People: no area has more."""
LONGEST_STREAK = 10
"""No area waits for more missed slots in a row before that is graver."""
_LIMITS = tuple(one.name for one in fields(Thresholds))
_COUNTS: Mapping[str, tuple[int, int]] = {
    "quarantine_days": (1, LONGEST_QUARANTINE),
    "snoozes": (0, MOST),
    "repeated_after": (0, LONGEST_STREAK),
    "cluster_size": (0, LARGEST_CLUSTER),
    "cluster_hours": (1, LONGEST_CLUSTER),
    "confirm_above": (0, MOST_UNCONFIRMED),
}
"""Whole numbers, with the least and the most."""
_WORDS: Mapping[str, Callable[[str], Any]] = {"symptoms": chosen, "turns": Turns}
"""What is chosen by words, and what reads them."""
NONE = "off"
"""How an area writes that it wants none of something."""
_OR_NONE = frozenset({"brief_at"})
CHOSEN_LADDERS: Mapping[str, Ladder] = {f"ladder_{one.value}": one for one in LAPSES}
"""By the name under which an area chooses it."""
CHOSEN: tuple[str, ...] = (
    *(one.name for one in fields(Policy) if isinstance(one.default, time | timedelta)),
    *_COUNTS,
    "turns",
    "symptoms",
    *_LIMITS,
    *CHOSEN_LADDERS,
)
"""What an area may choose."""

LONGEST = timedelta(days=1)
"""No duration of a policy is longer: a slot that ended after the next two had begun would mean nothing."""


def overridden(policy: Policy, values: Mapping[str, str]) -> Policy:
    """`policy` with an area's own values (times of day as ``08:00``, durations in minutes, quarantines in days,
    thresholds in °C, ladders as `rules.written_ladder`).

    Raises `NotAllowedError` for a name that is not a policy or a value that does not fit it: a time with a zone, a
    number that is not positive, a duration over `LONGEST`, days over `rules.quarantine.LONGEST`, snoozes over
    `rules.snoozing.MOST`.
    """
    for name, value in values.items():
        policy = _override(policy, name, value)
    return policy


def written(policy: Policy) -> dict[str, str]:
    """What an area may choose, as it would write it down: what `overridden` reads."""
    found: dict[str, str] = {}
    for name in CHOSEN:
        if getattr(policy, name, "") is None:
            found[name] = NONE
            continue
        if name in CHOSEN_LADDERS:
            ladder = CHOSEN_LADDERS[name]
            found[name] = write_ladder(policy.ladders[ladder], policy.nights.get(ladder, ()))
            continue
        value = getattr(policy.thresholds, name) if name in _LIMITS else getattr(policy, name)
        if isinstance(value, time):
            found[name] = f"{value:%H:%M}"
        elif isinstance(value, timedelta):
            found[name] = f"{value / timedelta(minutes=1):g}"
        elif name in _COUNTS or name == "turns":
            found[name] = f"{value}"
        else:
            found[name] = ",".join(value) if name == "symptoms" else f"{value:g}"
    return found


def _override(policy: Policy, name: str, value: str) -> Policy:
    if name in CHOSEN_LADDERS:
        return _override_ladder(policy, name, value)
    try:
        if name in {one.name for one in fields(Thresholds)}:
            return replace(policy, thresholds=replace(policy.thresholds, **{name: _positive(value)}))
        present = getattr(policy, name)
        new: Any = None
        if name in _OR_NONE and value == NONE:
            none: dict[str, Any] = {name: None}
            return replace(policy, **none)
        if isinstance(present, time) or name in _OR_NONE:
            new = _time_of_day(value)
        elif isinstance(present, timedelta):
            new = _duration(value)
        elif name in _COUNTS:
            new = _count(value, *_COUNTS[name])
        elif name in _WORDS:
            new = _WORDS[name](value)
        if new is not None:
            return replace(policy, **{name: new})
    except (AttributeError, ValueError) as error:
        raise NotAllowedError(f"{name} = {value}") from error
    raise NotAllowedError(name)


def _override_ladder(policy: Policy, name: str, value: str) -> Policy:
    ladder = CHOSEN_LADDERS[name]
    try:
        day, night = read_ladder(ladder, value)
    except ValueError as error:
        raise NotAllowedError(f"{name} = {value}: {error}") from error
    nights = {one: steps for one, steps in policy.nights.items() if one is not ladder}
    nights |= {ladder: night} if night else {}
    return replace(policy, ladders={**policy.ladders, ladder: day}, nights=nights)


def _positive(value: str) -> float:
    number = float(value)
    if not 0 < number < math.inf:  # a threshold of nan would find no fever at all
        raise ValueError(value)
    return number


def _time_of_day(value: str) -> time:
    clock = time.fromisoformat(value)
    if clock.tzinfo is not None:  # the zone is the policy's own
        raise ValueError(value)
    return clock


def _count(value: str, least: int, most: int) -> int:
    number = int(value)
    if not least <= number <= most:
        raise ValueError(value)
    return number


def _duration(value: str) -> timedelta:
    minutes = _positive(value)
    if minutes > LONGEST / timedelta(minutes=1):
        raise ValueError(value)
    return timedelta(minutes=minutes)
