"""When somebody who has an alarm in hand is reminded that their time is nearly over."""

from datetime import datetime, timedelta

LONGEST = timedelta(minutes=30)
"""Nobody is reminded earlier before the end: what is said hours before is forgotten again."""


def reminded_at(now: datetime, lapses_at: datetime) -> datetime:
    """When the holder hears that an alarm taken at `now` lapses: with a third of their time left, `LONGEST` at most."""
    return lapses_at - min((lapses_at - now) / 3, LONGEST)
