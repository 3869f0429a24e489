"""Whether a part of the service still moves, judged by when it last went through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Beat:
    """What is known of one part; instants of the machine's clock, whatever clock the town goes by."""

    at: datetime
    """When it last went through."""
    waits_since: datetime | None = None
    """Since when something has been waiting for it."""
    told_at: datetime | None = None
    """When the operators were told that it stands still; None: they think that it moves."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What one process watches for.

    `parts` are those that always move, each with how often it goes through; any other is missed only while something
    waits for it. Nothing is held against a part that was before `since`, when the process began to watch.
    """

    parts: Mapping[str, timedelta]
    since: datetime
    patience: timedelta


def stands_still(part: str, beat: Beat, watch: Watch, now: datetime) -> bool:
    """Whether a part has not moved for longer than there is patience."""
    every = watch.parts.get(part)
    if every is not None:
        return now - max(beat.at, watch.since) > every + watch.patience
    return beat.waits_since is not None and now - max(beat.waits_since, watch.since) > watch.patience


def goes_on(part: str, beat: Beat, watch: Watch) -> bool:
    """Whether a part of which was told that it stands still has moved since, or has nothing to do any more."""
    if beat.told_at is None:
        return False
    return beat.at > beat.told_at or (part not in watch.parts and beat.waits_since is None)
