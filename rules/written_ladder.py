"""A ladder as an area writes it down: six steps from the grid worker to the city, ``10x2,10,15,-,30,60``.

After a slash the six of the night, where they are others: ``10,10,15,30,30,60/20,-,30,-,-,60``.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta

from rules.ladder import AT_NIGHT, LINE, Ladder, Step
from rules.roles import Role

NOBODY = "-"
"""In place of minutes: this one is not told."""
TOGETHER = "+"
"""In place of minutes: this one is told together with the next above."""
NIGHT = "/"
"""Between the steps of the day and those of the night."""
MOST_TIMES = 5
"""Nobody is told of one alarm more often before it goes up."""
SHORTEST = 1.0
"""Minutes: whoever sleeps has to find the telephone first."""
LONGEST: dict[Ladder, int] = {Ladder.EMERGENCY: 30, Ladder.ABNORMAL: 120, Ladder.CLUSTER: 120}
"""Minutes that one step may wait, where it is not a day."""
A_DAY = 24 * 60

_NIGHT = re.compile(r"[\s,、;；]*(?:/\s*)?(?:夜[里间]?|night)\s*:?|/")
_BETWEEN = re.compile(r"[\s,、;；→]+")
_STEP = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:分钟|min|m)?(?:[x×*]([0-9]+)次?)?")


def read_ladder(ladder: Ladder, text: str) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that somebody wrote, by day and by night; those of the night are () where the day's hold then too.

    Raises `ValueError`, whose text says what is wrong with them.
    """
    by_day, *by_night = _NIGHT.split(unicodedata.normalize("NFKC", text).casefold())
    day = _read(ladder, by_day)
    if not by_night:
        return day, ()
    if ladder not in AT_NIGHT:
        raise ValueError("nobody is told of it at night: it has steps for the day alone")
    if len(by_night) > 1:
        raise ValueError("six steps for the day, six for the night")
    night = _read(ladder, by_night[0])
    return day, () if night == day else night


def _read(ladder: Ladder, text: str) -> tuple[Step, ...]:
    parts = [one for one in _BETWEEN.split(text) if one]
    if len(parts) != len(LINE):
        raise ValueError(f"{len(LINE)} steps, {', '.join(LINE)}: here are {len(parts)}")
    steps = tuple(_steps(ladder, parts))
    if not steps:
        raise ValueError("somebody has to be told")
    return steps


def _steps(ladder: Ladder, parts: Sequence[str]) -> Iterator[Step]:
    waiting: list[Role] = []
    for role, part in zip(LINE, parts, strict=True):
        if part == TOGETHER:
            waiting.append(role)
        elif part != NOBODY:
            patience, times = _patience(ladder, part)
            first, *beside = (*waiting, role)
            yield Step(first, patience, times, tuple(beside))
            waiting = []
    if waiting:
        raise ValueError(f"nobody above {waiting[0]} to be told together with")


def _patience(ladder: Ladder, part: str) -> tuple[timedelta, int]:
    found = _STEP.fullmatch(part)
    if found is None:
        raise ValueError(f"{part} is no step: minutes, minutes x times, {NOBODY} or {TOGETHER}")
    minutes, times = float(found[1]), int(found[2] or 1)
    most = LONGEST.get(ladder, A_DAY)
    if not SHORTEST <= minutes <= most:
        raise ValueError(f"{part}: {SHORTEST:g} to {most} minutes")
    if not 1 <= times <= MOST_TIMES:
        raise ValueError(f"{part}: 1 to {MOST_TIMES} times")
    return timedelta(minutes=minutes), times


def write_ladder(day: Sequence[Step], night: Sequence[Step] = ()) -> str:
    """The same steps as an area would write them."""
    return NIGHT.join(_write(steps) for steps in (day, night) if steps)


def _write(steps: Sequence[Step]) -> str:
    by_role = {role: step for step in steps for role in (step.role, *step.beside)}
    return ",".join(_part(role, by_role.get(role)) for role in LINE)


def _part(role: Role, step: Step | None) -> str:
    if step is None:
        return NOBODY
    if role is not (step.role, *step.beside)[-1]:
        return TOGETHER
    minutes = f"{step.patience / timedelta(minutes=1):g}"
    return minutes if step.times == 1 else f"{minutes}x{step.times}"
