"""How many honest families each sign of made-up answers would ask about, and how many dishonest ones it finds.

Families of one to four people over a fortnight, two slots a day, looked at once a day as in service. The honest ones
are made harder than most: some round to halves, some measure before the prompt comes, some answer by an alarm clock,
the feverish take medicine. Every kind is stated below; a seed gives the same figures always.
"""

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from rules.honesty import Answers, Limits, Sign, Value, noticed, twins

DAYS, SIZES = 14, (1, 2, 3, 3, 4)
START = datetime(2020, 2, 10, tzinfo=UTC)
ANSWERS = 0.9
FALLS_ILL = 0.0015
"""A person and day."""


@dataclass(frozen=True)
class Kind:
    """What one kind of family does; shares from 0 to 1."""

    name: str
    median: float = 25 * 60
    spread: float = 1.2
    clock: float | None = None
    """The answer comes by a clock: this spread, in seconds, around a time of the family's own."""
    halves: float = 0.0
    """Of the values: rounded to the half degree, as an old thermometer is read."""
    flat: float = 0.0
    """Of the values: always the same one, invented."""
    invented: bool = False
    """A believable value without a measurement."""
    instant: float = 0.0
    """Of the answers: pressed within two seconds."""
    takes_back: bool = False
    """A fever is taken back within the hour."""
    copies: bool = False
    """Another household's values."""


HONEST = (
    Kind("measures when asked"),
    Kind("reads an old thermometer in halves, 4 of 10 times", halves=0.4),
    Kind("has measured before it is asked", median=40, spread=0.8),
    Kind("answers by an alarm clock, give or take 20 s", clock=20.0),
)
SHARES = (70, 12, 10, 8)
"""Per cent of the honest families."""
MADE_UP = (
    Kind("one and the same value, 95 of 100 times", flat=0.95),
    Kind("a script: the same second, invented values", clock=0.6, invented=True),
    Kind("pressed at once without measuring, 8 of 10 times", instant=0.8, invented=True),
    Kind("the neighbours' values", copies=True),
    Kind("a fever taken back within the hour", takes_back=True),
    Kind("believable values at believable times", invented=True),
)


def family(kind: Kind, number: int, random: Random) -> Answers:
    """A fortnight of one family."""
    people = [number * 10 + at for at in range(random.choice(SIZES))]
    base = {one: random.gauss(36.5, 0.2) for one in people}
    spread = {one: random.uniform(0.12, 0.3) for one in people}
    flat = {one: round(random.choice((36.3, 36.4, 36.5, 36.5, 36.5, 36.6)), 1) for one in people}
    ill = {one: _illness(random, sure=kind.takes_back and one == people[0]) for one in people}
    own_time = random.uniform(20, 3600)
    values: list[Value] = []
    delays: list[tuple[int, timedelta]] = []
    for slot in range(DAYS * 2):
        if random.random() >= ANSWERS:
            continue
        delay = _delay(kind, own_time, random)
        delays.append((slot, timedelta(seconds=math.floor(delay))))
        at = START + timedelta(hours=12 * slot) + timedelta(seconds=delay)
        for one in people:
            celsius = _celsius(kind, random, base[one], spread[one], flat[one])
            feverish = slot // 2 in ill[one]
            if feverish:
                celsius = round(max(37.3, random.gauss(38.2, 0.6)), 1)
            values.append(Value(one, celsius, at, slot))
            if feverish:
                values.append(_measured_again(kind, one, celsius, at, random))
    return Answers(number, tuple(values), tuple(delays))


def _illness(random: Random, *, sure: bool) -> range:
    onset = random.randrange(DAYS) if sure else next((d for d in range(DAYS) if random.random() < FALLS_ILL), None)
    return range(onset, onset + random.randint(1, 4)) if onset is not None else range(0)


def _delay(kind: Kind, own_time: float, random: Random) -> float:
    if kind.clock is not None:
        return max(0.0, random.gauss(own_time, kind.clock))
    if random.random() < kind.instant:
        return random.uniform(0.4, 2.5)
    return min(14000.0, random.lognormvariate(math.log(kind.median), kind.spread))


def _celsius(kind: Kind, random: Random, base: float, spread: float, flat: float) -> float:
    if random.random() < kind.flat:
        return flat
    if kind.invented:
        return round(random.choice((36.3, 36.4, 36.5, 36.5, 36.6, 36.7)), 1)
    celsius = min(37.2, max(35.3, random.gauss(base, spread)))
    return round(celsius * 2) / 2 if random.random() < kind.halves else round(celsius, 1)


def _measured_again(kind: Kind, person: int, celsius: float, at: datetime, random: Random) -> Value:
    """An hour later, as is asked for; 4 of 10 of the honest have taken something against the fever."""
    if kind.takes_back:
        return Value(person, round(random.uniform(36.3, 36.7), 1), at + timedelta(minutes=random.uniform(20, 60)), None)
    falls = random.uniform(0.4, 1.4) if random.random() < 0.4 else random.gauss(0, 0.2)
    return Value(person, round(max(36.0, celsius - falls), 1), at + timedelta(minutes=random.uniform(50, 80)), None)


def until(answers: Answers, day: int) -> Answers:
    """What is known at noon of a day."""
    now = START + timedelta(days=day, hours=16)
    values = tuple(one for one in answers.values if one.at <= now)
    return replace(answers, values=values, delays=tuple(one for one in answers.delays if one[0] <= day * 2 + 1))


def look(everybody: Sequence[Answers], limits: Limits) -> dict[Sign, dict[int, int]]:
    """By sign: the households asked about, with the day on which it was first."""
    found: dict[Sign, dict[int, int]] = {sign: {} for sign in Sign}
    for day in range(DAYS):
        known = [until(one, day) for one in everybody]
        now = START + timedelta(days=day, hours=16)
        for one in known:
            for sign in {each.sign for each in noticed(one, now, limits)}:
                found[sign].setdefault(one.household, day)
        for household in twins(known, limits):
            found[Sign.TWINS].setdefault(household, day)
    return found


def made(kind: Kind, numbers: range, random: Random) -> list[Answers]:
    """Families of a kind; who copies has a neighbour who is copied."""
    families = [family(kind, number, random) for number in numbers]
    if kind.copies:
        families = [_copied(families[at - at % 2], one) for at, one in enumerate(families)]
    return families


def _copied(source: Answers, own: Answers) -> Answers:
    people = {
        person: own.household * 10 + at for at, person in enumerate(dict.fromkeys(v.person for v in source.values))
    }
    return replace(own, values=tuple(replace(one, person=people[one.person]) for one in source.values))


def main(words: Sequence[str] = ()) -> None:
    """Prints the shares of both."""
    parser = argparse.ArgumentParser(prog="python -m bench honesty")
    parser.add_argument("--honest", type=int, default=20_000, help="honest families")
    parser.add_argument("--made-up", type=int, default=1_000, help="families of each kind that makes its answers up")
    parser.add_argument("--seed", type=int, default=1)
    chosen, random, limits = parser.parse_args(words), Random(), Limits()
    random.seed(chosen.seed)
    honest: Counter[Sign] = Counter()
    asked: set[int] = set()
    start = 0
    for kind, share in zip(HONEST, SHARES, strict=True):
        count = chosen.honest * share // 100
        families = made(kind, range(start, start + count), random)
        # Compared within grids, as in service.
        found = [look(families[at : at + GRID], limits) for at in range(0, count, GRID)]
        own = {sign: set().union(*(one[sign] for one in found)) for sign in Sign}
        any_sign = set().union(*own.values())
        honest.update({sign: len(homes) for sign, homes in own.items()})
        asked |= any_sign
        print(f"honest, {kind.name}: {count} families, {len(any_sign)} asked about {_shown(own)}")
        start += count
    print(f"honest, all: {len(asked)} of {start} families in a fortnight = {len(asked) / start:.2%}")
    for sign in Sign:
        print(f"  {sign.value}: {honest[sign] / start:.3%}")
    for kind in MADE_UP:
        families = made(kind, range(start, start + chosen.made_up), random)
        first = look(families, limits)
        any_day = {home: min(d[home] for d in first.values() if home in d) for d in first.values() for home in d}
        days = sorted(any_day.values())
        middle = f", half of them by day {days[len(days) // 2] + 1}" if days else ""
        share = len(days) / len(families)
        print(f"made up, {kind.name}: {share:.1%} found{middle} {_shown({sign: set(d) for sign, d in first.items()})}")
        start += chosen.made_up


GRID = 250


def _shown(found: dict[Sign, set[int]]) -> str:
    return ", ".join(f"{sign.value} {len(homes)}" for sign, homes in found.items() if homes)
