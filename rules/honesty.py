"""Answers that look made up: signs, found by rule and put to a worker as a question, never as a verdict.

Each sign looks at the newest answers only, so that what was cleared up does not come again, and is set so that honest
families hardly ever show it (ADR 57 has the measurement).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile

from rules.rounds import Half
from rules.times import at_local, local_date


class Sign(StrEnum):
    """What was noticed."""

    SAME_VALUE = "same_value"
    SAME_SECOND = "same_second"
    TOO_QUICK = "too_quick"
    TWINS = "twins"
    JUMP_BACK = "jump_back"


class Reply(StrEnum):
    """What a worker makes of it."""

    PHOTO = "photo"
    """Asks for a value with a photo of the thermometer, now."""
    SECOND = "second"
    """Asks for a second value, now."""
    FINE = "fine"
    """Knows the family: it is all right."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is worth a question."""

    same_values: int = 8
    """So many slots in a row with one and the same value of somebody."""
    same_seconds: int = 6
    """So many answers in a row, each the same time after its prompt"""
    within: timedelta = timedelta(seconds=3)
    """up to so much."""
    quick: timedelta = timedelta(seconds=2)
    """Nobody measures so fast"""
    quick_ones: int = 4
    """so many times"""
    of_the_last: int = 10
    """of so many answers."""
    twin_slots: int = 10
    """So many slots in a row in which somebody has exactly the values of somebody of another household"""
    twin_values: int = 3
    """and not always the same: so many different ones."""
    back_within: timedelta = timedelta(hours=6)
    """A fever that is gone so soon, with nobody of the staff having measured,"""
    back_to: float = 36.8
    """down to this, °C,"""
    back_by: float = 1.2
    """by so much."""
    fever: float = 37.3


@dataclass(frozen=True, slots=True)
class Value:
    """One value that counts: of whom, in which slot (counted from any day; None: outside), when."""

    person: int
    celsius: float
    at: datetime
    slot: int | None
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What a household sent lately, oldest first; the delays of its answers after their prompts, by slot."""

    household: int
    values: tuple[Value, ...]
    delays: tuple[tuple[int, timedelta], ...] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """One sign: about whom (None: the household), and what is said of it."""

    sign: Sign
    person: int | None = None
    celsius: float = 0.0
    times: int = 0
    other: int = 0
    """The other household's number, where there is one."""


def noticed(answers: Answers, now: datetime, limits: Limits = Limits()) -> list[Noticed]:
    """What a household's own answers show."""
    by_person = _by_person(answers)
    found = [one for person, values in by_person.items() if (one := _same_value(person, values, limits))]
    found += [one for person, values in by_person.items() if (one := _jump_back(person, values, now, limits))]
    delays = [delay for _, delay in answers.delays]
    if (times := _same_second(delays, limits)) is not None:
        found.append(Noticed(Sign.SAME_SECOND, times=times))
    if (times := _quick(delays, limits)) is not None:
        found.append(Noticed(Sign.TOO_QUICK, times=times))
    return found


def twins(everybody: Sequence[Answers], limits: Limits = Limits()) -> dict[int, Noticed]:
    """By household: whose newest values are, slot by slot, those of somebody behind another door."""
    seen: dict[tuple[tuple[int, float], ...], dict[int, int]] = {}
    for answers in everybody:
        for person, values in _by_person(answers).items():
            newest = [(one.slot, one.celsius) for one in values if one.slot is not None and not one.by_staff]
            key = tuple(newest[-limits.twin_slots :])
            if len(key) == limits.twin_slots and len({celsius for _, celsius in key}) >= limits.twin_values:
                seen.setdefault(key, {}).setdefault(answers.household, person)
    found: dict[int, Noticed] = {}
    for homes in seen.values():
        for home, person in homes.items() if len(homes) > 1 else ():
            other = next(one for one in homes if one != home)
            found.setdefault(home, Noticed(Sign.TWINS, person, times=limits.twin_slots, other=other))
    return found


def _by_person(answers: Answers) -> Mapping[int, list[Value]]:
    found: dict[int, list[Value]] = {}
    for one in answers.values:
        found.setdefault(one.person, []).append(one)
    return found


def _same_value(person: int, values: Sequence[Value], limits: Limits) -> Noticed | None:
    in_slots = [one for one in values if one.slot is not None and not one.by_staff]
    if not in_slots:
        return None
    last = in_slots[-1].celsius
    times = sum(1 for _ in takewhile(lambda one: one.celsius == last, reversed(in_slots)))
    return Noticed(Sign.SAME_VALUE, person, last, times) if times >= limits.same_values else None


def _same_second(delays: Sequence[timedelta], limits: Limits) -> int | None:
    newest = delays[-limits.same_seconds :]
    if len(newest) < limits.same_seconds or max(newest) - min(newest) > limits.within:
        return None
    return len(newest)


def _quick(delays: Sequence[timedelta], limits: Limits) -> int | None:
    newest = delays[-limits.of_the_last :]
    times = sum(abs(one) <= limits.quick for one in newest)
    return times if times >= limits.quick_ones and abs(newest[-1]) <= limits.quick else None


def _jump_back(person: int, values: Sequence[Value], now: datetime, limits: Limits) -> Noticed | None:
    """Of the last day only: an older one has been asked about, or has been too late for a question."""
    for before, after in pairwise(values):
        if (
            before.celsius >= limits.fever
            and after.celsius <= limits.back_to
            and round(before.celsius - after.celsius, 1) >= limits.back_by
            and after.at - before.at <= limits.back_within
            and not after.by_staff
            and after.at > now - timedelta(days=1)
        ):
            return Noticed(Sign.JUMP_BACK, person, before.celsius)
    return None


REST = timedelta(days=3)
"""A household is asked about at most once in so long."""
TRUSTED = timedelta(days=7)
"""After a worker has said that it is all right: not in so long."""


def may_ask(now: datetime, asked_at: datetime | None, *, all_right: bool) -> bool:
    """Whether a household may be asked about again, which was last at `asked_at`."""
    return asked_at is None or now >= asked_at + (TRUSTED if all_right else REST)


def is_spot_checked(mark: bytes, share: float) -> bool:
    """Whether chance has chosen: `mark` is made of the household and the day with a key that nobody outside has.

    The same mark gives the same answer always; of many, the `share` is chosen.
    """
    return int.from_bytes(mark[:8], "big") < share * 2**64


def spot_mark(household: int, day: date, half: Half) -> str:
    """What the mark of a slot is made of."""
    return f"{household}/{day.isoformat()}/{half.value}"


LOOKED_AT = time(13, 0)
"""Local: the morning's slot is over, and there is time to ask before the evening's."""
LOOKED_BACK = 14
"""Days."""


def next_look(now: datetime, zone: str) -> datetime:
    """The next time after `now` at which a grid's answers are looked at (UTC)."""
    today = at_local(local_date(now, zone), LOOKED_AT, zone)
    return today if now < today else at_local(local_date(now, zone) + timedelta(days=1), LOOKED_AT, zone)
