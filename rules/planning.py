"""When a notice leaves, how long it takes, and when a second person has to agree."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rules.times import at_local, aware, local_date

USEFUL_FOR = timedelta(hours=2)
"""A notice that is later than this says what is over: it is written down as not sent."""
CONFIRM_WITHIN = timedelta(hours=2)
"""How long a second person has, by day; it lapses no earlier than it was to leave."""
LONGEST_AHEAD = timedelta(days=90)
"""No notice is planned, or repeated, further ahead than this."""
EVERY_DAY = "0123456"


class PlanState(StrEnum):
    """Where a notice stands that did not leave at once."""

    WAITING = "waiting"
    """For a second person."""
    PLANNED = "planned"
    SENT = "sent"
    CALLED_OFF = "called_off"
    REFUSED = "refused"
    LAPSED = "lapsed"
    """Nobody agreed in time."""
    LATE = "late"
    """It was too late to be useful when it could have left."""

    @property
    def is_open(self) -> bool:
        """Whether something is still to come of it."""
        return self in {PlanState.WAITING, PlanState.PLANNED}


def needs_second(people: int, confirm_above: int) -> bool:
    """Whether so many readers need a second person who agrees; `confirm_above` 0: never."""
    return 0 < confirm_above < people


def lapses_at(awake: datetime, send_at: datetime | None) -> datetime:
    """When what nobody agreed to is let go; `awake` is when the second person could be told."""
    until = awake + CONFIRM_WITHIN
    return until if send_at is None else max(until, send_at)


def is_too_late(due: datetime, now: datetime) -> bool:
    """Whether what was due then is of no use any more."""
    return now - due > USEFUL_FOR


def next_time(after: datetime, clock: time, days: str, until: date, zone: str) -> datetime | None:
    """The next instant after `after` at which a repeated notice leaves; None when none is left."""
    day = local_date(after, zone)
    while day <= until:
        at = at_local(day, clock, zone)
        if str(day.weekday()) in days and at > after:
            return at
        day += timedelta(days=1)
    return None


def clock_of(moment: datetime, zone: str) -> time:
    """The local time of day of an instant."""
    return aware(moment).astimezone(ZoneInfo(zone)).time()


def delivery_time(people: Mapping[str, int], rate: float, rates: Mapping[str, float]) -> timedelta:
    """How long it takes until everybody has it: the bots send side by side, each `rate` messages a second, or at the
    rate of its own that `rates` knows.
    """
    return timedelta(seconds=math.ceil(max((many / rates.get(bot, rate) for bot, many in people.items()), default=0)))
