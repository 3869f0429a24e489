"""Outgoing messages: their order, their states, when to try again, and the pace of a bot."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from rules.times import aware


class Priority(IntEnum):
    """Lower goes first: alerts and replies overtake prompts, prompts overtake notices (invariant 8)."""

    ALERT = 0
    REPLY = 1
    PROMPT = 2
    NOTICE = 3


class MailState(StrEnum):
    """Where an outgoing message stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    DROPPED = "dropped"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    DEAD = "dead"


LEASE = timedelta(seconds=10)
"""How long what a process has in flight stays its own after it was last heard of; renewed in time while it lives."""

MAX_ATTEMPTS = 20
"""About two hours: longer than most troubles of a messenger, shorter than a slot."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=10)


def retry_at(now: datetime, attempts: int) -> datetime | None:
    """When a failed message is tried again: pauses double from 2 s up to 10 min; None after `MAX_ATTEMPTS` attempts."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return aware(now) + min(_FIRST_PAUSE * (1 << (attempts - 1)), _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Pace:
    """GCRA: one message every `interval`, with up to `burst` at once.

    The generic cell rate algorithm (ITU-T I.371) needs one stored instant, the theoretical arrival time.
    """

    interval: timedelta
    burst: int = 1

    @property
    def tolerance(self) -> timedelta:
        """How far the theoretical arrival time may lie ahead of a message that leaves now."""
        return self.interval * (self.burst - 1)

    def reserve(self, arrival: datetime | None, now: datetime) -> tuple[datetime, datetime]:
        """The instant at which the next message may leave, and the new theoretical arrival time to keep."""
        earliest = aware(now) if arrival is None else aware(arrival) - self.tolerance
        leave = max(aware(now), earliest)
        return leave, max(arrival or leave, leave) + self.interval


CHAT_PACE = Pace(timedelta(seconds=1), burst=3)
"""Telegram: one message a second a chat, short bursts tolerated."""

GROUP_PACE = Pace(timedelta(seconds=3.2))
"""Telegram: 20 messages a minute a group; a little slower, so that no delay on the way squeezes 21 into one minute."""


def repeat_after_silence(priority: Priority) -> bool:
    """Whether a message is sent again when the request went out and no answer came.

    An alert or an answer that may be lost is worse than one that comes twice; a prompt or a notice is not repeated: the
    reminder, or the count of receipts, shows whether it arrived.
    """
    return priority <= Priority.REPLY


def bot_pace(rate: float) -> Pace:
    """The pace of a bot allowed `rate` messages a second, spread evenly: a burst spends the next second's share."""
    # Rounded up: a microsecond too short would let one message too many into a second.
    return Pace(timedelta(microseconds=math.ceil(1_000_000 / rate)))
