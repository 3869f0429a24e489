"""What can become of a notice after it was sent, as a table; and how fast its copies go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.times import aware


class NoticeState(StrEnum):
    """Where a notice stands."""

    SENDING = "sending"
    """What is owed of it goes out, or has gone."""
    PAUSED = "paused"
    STOPPED = "stopped"
    """What had not been sent never is; what was sent stands."""
    WITHDRAWN = "withdrawn"
    """The same, and what was sent says so in its place."""


class NoticeAct(StrEnum):
    """What is done to a notice; every one is recorded with its time and person."""

    SENT = "sent"
    CORRECTED = "corrected"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    REMINDED = "reminded"


class Sweep(StrEnum):
    """What is done to all copies of a notice, part by part."""

    MAIL = "mail"
    """What has not left is held, let go or dropped, as its notice stands."""
    EDITS = "edits"
    """What has left says what its notice says now."""
    REMIND = "remind"
    """Who has not read it is reminded."""


_S, _A = NoticeState, NoticeAct
AFTER: dict[tuple[NoticeState, NoticeAct], NoticeState] = {
    (_S.SENDING, _A.PAUSED): _S.PAUSED,
    (_S.PAUSED, _A.RESUMED): _S.SENDING,
    (_S.SENDING, _A.STOPPED): _S.STOPPED,
    (_S.PAUSED, _A.STOPPED): _S.STOPPED,
    (_S.SENDING, _A.WITHDRAWN): _S.WITHDRAWN,
    (_S.PAUSED, _A.WITHDRAWN): _S.WITHDRAWN,
    (_S.STOPPED, _A.WITHDRAWN): _S.WITHDRAWN,
    (_S.SENDING, _A.CORRECTED): _S.SENDING,
    (_S.PAUSED, _A.CORRECTED): _S.PAUSED,
    (_S.STOPPED, _A.CORRECTED): _S.STOPPED,
    (_S.SENDING, _A.REMINDED): _S.SENDING,
    (_S.STOPPED, _A.REMINDED): _S.STOPPED,
}
"""What is possible, and where it leads. Nothing leads out of `WITHDRAWN`, nothing but that out of `STOPPED`."""

ENDED = frozenset({NoticeState.STOPPED, NoticeState.WITHDRAWN})
"""Nothing more of it is sent to whoever has not had it."""

REMIND_EVERY = timedelta(hours=4)
"""Somebody who has not read a notice is reminded of it at most this often, whoever asks for it."""

MEASURED_OVER = timedelta(minutes=5)
SAMPLED_EVERY = timedelta(seconds=20)


def after(state: NoticeState, act: NoticeAct) -> NoticeState | None:
    """Where an act leads from a state; None when it is not possible there."""
    return AFTER.get((state, act))


class Asked(StrEnum):
    """What comes of asking for a reminder."""

    BEGUN = "begun"
    TOO_SOON = "too_soon"
    ENDED = "ended"
    """The notice is held up, or was withdrawn."""


def may_be_reminded(last: datetime | None, now: datetime) -> bool:
    """Whether whoever was reminded at `last` (None: never) may be reminded at `now`."""
    return last is None or aware(now) - aware(last) >= REMIND_EVERY


@dataclass(frozen=True, slots=True)
class Sample:
    """How many copies had been sent at an instant."""

    at: datetime
    sent: int


def sampled(samples: Sequence[Sample], new: Sample) -> tuple[Sample, ...]:
    """The samples to keep after a look: `SAMPLED_EVERY` apart, those of the last `MEASURED_OVER` and one before."""
    if samples and aware(new.at) - samples[-1].at < SAMPLED_EVERY:
        return tuple(samples)
    kept = [*samples, new]
    while len(kept) > 2 and aware(new.at) - kept[1].at >= MEASURED_OVER:
        kept.pop(0)
    return tuple(kept)


def rate(samples: Sequence[Sample], now: Sample) -> float | None:
    """Messages a minute over the last `MEASURED_OVER`; None where nothing was measured, or nothing has gone out."""
    before = [one for one in samples if one.at < now.at]
    if not before:
        return None
    since = [one for one in before if aware(now.at) - one.at <= MEASURED_OVER] or before[-1:]
    sent, took = now.sent - since[0].sent, aware(now.at) - since[0].at
    return sent / (took / timedelta(minutes=1)) if sent > 0 else None


def time_left(waiting: int, a_minute: float | None) -> timedelta | None:
    """How long the rest takes at that rate; None when nothing is known of it, or nothing is left."""
    return timedelta(minutes=waiting / a_minute) if a_minute and waiting > 0 else None


NODE_REFRESH = timedelta(minutes=1)
"""The message of each area's holder changes at most this often."""
NODES_A_SECOND = 3
"""How many of them are brought up to date in a second, of one notice: a tenth of what a bot may send."""


def node_refresh(nodes: int) -> timedelta:
    """How often the messages of a notice's holders may change when it has so many areas below it."""
    return max(NODE_REFRESH, timedelta(seconds=nodes / NODES_A_SECOND))
