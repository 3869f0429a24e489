"""The end of a quarantine (解除隔离): somebody may go by rule, or a human decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rules.policy import Policy
from rules.rounds import Half, following, slot
from rules.thresholds import Finding
from rules.times import at_local, local_date


class Doubt(StrEnum):
    """Why a human has to look before somebody may go."""

    NEVER_ASKED = "never_asked"
    UNSEEN = "unseen"
    MISSED = "missed"
    ABNORMAL = "abnormal"
    UNWELL = "unwell"
    ALARM = "alarm"
    IN_HOSPITAL = "in_hospital"


@dataclass(frozen=True, slots=True)
class Taken:
    """One slot that asked somebody; `excused`: somebody said why nothing was owed."""

    day: date
    half: Half
    answered: bool
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One temperature of somebody in °C that still stands; `unwell`: symptoms were told with it."""

    day: date
    celsius: float
    finding: Finding
    unwell: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule found in somebody's quarantine."""

    slots: int
    missed: tuple[tuple[date, Half], ...] = ()
    abnormal: tuple[tuple[date, float], ...] = ()
    unwell: tuple[date, ...] = ()
    alarm: bool = False
    in_hospital: bool = False
    unseen: int = 0
    """Days of it on which nobody knew here that it was to be asked: it was put down later."""

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a human has to look at; none: they may go by rule."""
        found = {
            Doubt.NEVER_ASKED: not self.slots,
            Doubt.UNSEEN: self.unseen > 0,
            Doubt.MISSED: bool(self.missed),
            Doubt.ABNORMAL: bool(self.abnormal),
            Doubt.UNWELL: bool(self.unwell),
            Doubt.ALARM: self.alarm,
            Doubt.IN_HOSPITAL: self.in_hospital,
        }
        return tuple(doubt for doubt, holds in found.items() if holds)


FEVERISH = frozenset({Finding.ABNORMAL, Finding.EMERGENCY})
"""A low value is a cold thermometer more often than an illness (ADR 11): by itself it keeps nobody at home."""


def judge(
    slots: Iterable[Taken], values: Iterable[Value], *, alarm: bool, in_hospital: bool = False, unseen: int = 0
) -> Verdict:
    """Whether everything that was asked was answered or excused, and nothing abnormal.

    `alarm`: one is open about them; `in_hospital`: nobody has said that they are back; `unseen`: the days before it was
    put down. A value that was corrected is not among `values`.
    """
    every, measured = sorted(slots, key=_in_time), list(values)
    return Verdict(
        slots=len(every),
        missed=tuple((one.day, one.half) for one in every if not (one.answered or one.excused)),
        abnormal=tuple((one.day, one.celsius) for one in measured if one.finding in FEVERISH),
        unwell=tuple(dict.fromkeys(one.day for one in measured if one.unwell)),
        alarm=alarm,
        in_hospital=in_hospital,
        unseen=unseen,
    )


def unseen_days(first_day: date, known: date) -> int:
    """The days of a quarantine that were over when it was put down, on the local date `known`."""
    return max(0, (known - first_day).days)


def _in_time(one: Taken) -> tuple[date, int]:
    return one.day, list(Half).index(one.half)


def last_miss(last_day: date, policy: Policy) -> datetime:
    """When the last slot of a quarantine is over at the latest (UTC)."""
    return slot(last_day, Half.EVENING, policy).miss_at


def free_from(last_day: date, now: datetime, zone: str) -> date:
    """The first local date on which somebody released at `now` may go out: the last day is stayed to its end."""
    return max(last_day + timedelta(days=1), local_date(now, zone))


def over_at(last_day: date, zone: str) -> datetime:
    """The midnight at which the last day ends (UTC)."""
    return at_local(last_day + timedelta(days=1), time(0), zone)


TIME_TO_DECIDE = timedelta(hours=2)
"""Whoever is asked to decide has at least this long before the next one up is asked."""


def next_call(told_at: datetime, policy: Policy) -> datetime:
    """When the next one up is asked to decide: as the first round opens that leaves enough time (UTC)."""
    one = slot(local_date(told_at, policy.timezone), Half.MORNING, policy)
    while one.opens_at < told_at + TIME_TO_DECIDE:
        one = following(one, policy)
    return one.opens_at


def longer_until(last_day: date, days: int, today: date) -> date:
    """The new last day when a quarantine is made so many days longer: they count from yesterday when it is past."""
    return max(last_day, today - timedelta(days=1)) + timedelta(days=days)


def masked(name: str) -> str:
    """A name for a stranger's eyes: 王*芳, 王*, W**g."""
    if len(name) < 2:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * min(len(name) - 2, 2)}{name[-1]}"
