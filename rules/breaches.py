"""Somebody in quarantine was seen outside: who says so counts, and nobody is flooded by neighbours (隔离违规)."""

from datetime import datetime, timedelta
from enum import StrEnum

from rules.times import aware


class ToldBy(StrEnum):
    """Who says so."""

    SEEN = "seen"
    """A worker, who saw it."""
    GATE = "gate"
    NEIGHBOUR = "neighbour"


A_DAY = timedelta(days=1)
MOST_A_DAY = 3
"""What one neighbour tells of in a day, of whichever household; more is kept and rings nobody's telephone."""
SETTLED = timedelta(hours=2)
"""After somebody looked into it, neighbours who tell of it again tell what is known."""
APART = timedelta(minutes=10)
"""Whoever has it in hand is not rung more often, however many tell of it."""


class Told(StrEnum):
    """What becomes of a report."""

    OPENED = "opened"
    """A new alarm."""
    RANG = "rang"
    """It joins the one that is open, and whoever has that is rung again."""
    JOINED = "joined"
    """It joins the one that is open, which shows it; nobody is rung."""
    KEPT = "kept"
    """It is in the audit, and nowhere else."""


def becomes(
    by: ToldBy,
    now: datetime,
    *,
    told_today: int,
    is_open: bool,
    rang_at: datetime | None,
    closed_at: datetime | None,
) -> Told:
    """What becomes of a report at `now`.

    `told_today` is how many the same person told of in the last day; `rang_at` when somebody was told last of the one
    that is open, `closed_at` when the last one of the household was closed.
    """
    neighbour = by is ToldBy.NEIGHBOUR
    if neighbour and told_today >= MOST_A_DAY:
        return Told.KEPT
    if is_open:
        rings = not neighbour and (rang_at is None or aware(now) - rang_at >= APART)
        return Told.RANG if rings else Told.JOINED
    settled = closed_at is not None and aware(now) - closed_at < SETTLED
    return Told.KEPT if neighbour and settled else Told.OPENED
