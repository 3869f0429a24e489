"""Outgoing messages: their order, their states, when to try again, and the pace of a bot."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    MOVED = "moved"
    """Not delivered here, and owed or told by another way to the same person (ADR 101)."""


HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a message is due that waits for somebody's word."""

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

    def after(self, arrival: datetime | None, now: datetime, waiting: int, more: int) -> datetime:
        """The arrival time to keep when `more` messages follow `waiting` ones that have not left yet."""
        begins = aware(now) + self.interval * waiting
        return max(arrival or begins, begins) + self.interval * more

    def slowed(self, share: float) -> "Pace":
        """The same pace at a share of its rate."""
        return self if share == 1 else Pace(self.interval / share, self.burst)


CHAT_PACE = Pace(timedelta(seconds=1), burst=3)
"""Telegram: one message a second a chat, short bursts tolerated."""

GROUP_PACE = Pace(timedelta(seconds=3.2))
"""Telegram: 20 messages a minute a group; a little slower, so that no delay on the way squeezes 21 into one minute."""


REPEATED_AFTER_SILENCE: dict[Priority, bool] = {
    Priority.ALERT: True,  # one that may be lost is worse than one that comes twice
    Priority.REPLY: True,  # somebody waits for it
    Priority.PROMPT: False,  # not within its slot: the reminder two hours later shows whether it arrived
    Priority.NOTICE: False,  # the count of receipts shows whether it arrived
}
"""Whether a message is sent again when the request went out and no answer came (ADR 9)."""


def repeat_after_silence(priority: Priority) -> bool:
    """What `REPEATED_AFTER_SILENCE` says of this priority."""
    return REPEATED_AFTER_SILENCE[priority]


def bot_pace(rate: float) -> Pace:
    """The pace of a bot allowed `rate` messages a second, spread evenly: a burst spends the next second's share."""
    # Rounded up: a microsecond too short would let one message too many into a second.
    return Pace(timedelta(microseconds=math.ceil(1_000_000 / rate)))


@dataclass(frozen=True, slots=True)
class Brake:
    """How much of its rate a bot uses: less after the messenger said 429, and bit by bit all of it again.

    `share` is what it was at `since`; hardly anything but a limit that we do not know makes a paced bot hear a 429.
    """

    share: float = 1.0
    since: datetime | None = None

    def at(self, now: datetime) -> float:
        """The share of the rate in force at `now`."""
        if self.since is None:
            return self.share
        return min(1.0, self.share + (aware(now) - self.since) / _RELEASED_WITHIN)

    def pressed(self, now: datetime) -> "Brake":
        """After one more 429: a quarter less than now, never less than a fifth of the rate."""
        return Brake(max(_LEAST_SHARE, self.at(now) * 0.75), aware(now))


_LEAST_SHARE = 0.2
_RELEASED_WITHIN = timedelta(minutes=10)
