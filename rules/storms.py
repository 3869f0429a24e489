"""How many alarms that can wait one person is told in an hour; what is more is gathered in one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Lately:
    """What one person was told of what can wait, and is owed.

    `sent` are the instants of the last hour's messages, `waiting` those that have not left, without the one that
    gathers; `gathered_at` is when that one is due, if there is one.
    """

    sent: Sequence[datetime] = ()
    waiting: int = 0
    gathered_at: datetime | None = None


def has_room(lately: Lately, now: datetime, most: int) -> bool:
    """Whether one more may be owed by itself. The last place of an hour is kept for what gathers; 0: no limit.

    What waits counts as if it left now: however late it leaves, no hour holds more than `most`.
    """
    if not most:
        return True
    lasting = sum(one > now - HOUR for one in lately.sent)
    return lately.gathered_at is None and lasting + lately.waiting + 1 < most


def gathered_at(lately: Lately, starts: datetime, most: int) -> datetime:
    """When what gathers may leave: not before `starts`, and when the hour before it has a place, an hour later at most.

    With what waits taken for sent as well.
    """
    places = max(0, most - 1 - lately.waiting)
    sent = sorted(lately.sent)
    if len(sent) > places:
        starts = max(starts, sent[len(sent) - places - 1] + HOUR)
    return starts
