"""The window of a messenger that lets us write only for a while after a person was heard, and only so often.

WeChat: 5 messages in the 48 hours after a person's message, 3 in the minute after a click or a scan
(developers.weixin.qq.com, customer service messages). What counts comes from the adapter; here it is kept and spent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.mail import Priority
from rules.times import aware

KEPT = {Priority.ALERT: 0, Priority.REPLY: 0, Priority.PROMPT: 1, Priority.NOTICE: 2}
"""How many messages stay for graver ones: a notice never takes the last two, a prompt or reminder never the last."""


@dataclass(frozen=True, slots=True)
class Grant:
    """`left` messages until an instant; `lasts` tells one kind of allowance from another."""

    lasts: timedelta
    until: datetime
    left: int


Window = tuple[Grant, ...]
"""The grants of one account, that which ends first at the head."""


def opened(window: Iterable[Grant], lasts: timedelta, messages: int, heard_at: datetime) -> Window:
    """The person was heard: a grant of this kind begins anew, the others stay.

    Something older that was heard later (a repeated call) takes nothing away.
    """
    new = Grant(lasts, aware(heard_at) + lasts, messages)
    same = [one for one in window if one.lasts == lasts]
    if any(one.until > new.until for one in same):
        return tuple(window)
    return _ordered([*(one for one in window if one.lasts != lasts), new])


def left(window: Iterable[Grant], now: datetime) -> int:
    """How many messages may still be sent now."""
    return sum(one.left for one in window if one.until > aware(now))


def permits(window: Iterable[Grant], now: datetime, priority: Priority, messages: int = 1) -> bool:
    """Whether so many messages of this priority may be sent now, with what is kept for graver ones untouched."""
    return left(window, now) - messages >= KEPT[priority]


def spent(window: Iterable[Grant], now: datetime, messages: int) -> Window:
    """What is left after so many messages, taken from that which ends first; what has ended is dropped."""
    kept: list[Grant] = []
    for one in _ordered(window):
        if one.until <= aware(now):
            continue
        taken = min(one.left, messages)
        messages -= taken
        kept.append(replace(one, left=one.left - taken))
    return tuple(kept)


def _ordered(window: Iterable[Grant]) -> Window:
    return tuple(sorted(window, key=lambda one: one.until))
