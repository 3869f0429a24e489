"""When messages do not arrive for many at once: whose fault that is not, and how long their slot waits (ADR 72)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING_GOT_THROUGH = timedelta(minutes=5)
"""A messenger that took nothing for so long, while messages wait, is down."""
WAITING = 3
"""Messages that must wait for that: fewer may be at fault themselves, or one answer after the other was lost."""
SILENCE_IS_NO_ARRIVAL = timedelta(minutes=1)
"""Of a messenger that takes nothing for so long, no answer means that nothing arrived (else it may have, ADR 9)."""
SHARE = 0.3
"""Of a round's prompts in an area: with so many undelivered it is not these households."""
LEAST = 5
"""Fewer undelivered households than this are a matter of each."""
LOOK_AGAIN = timedelta(minutes=10)
"""What is held is looked at so often."""
TIME_TO_ANSWER = timedelta(hours=1)
"""How long a household has from when it was asked late, or from when its messenger works again."""
LONGEST = timedelta(hours=8)
"""After its slot opened nothing is held any longer: what is not answered is told, whatever the messenger does."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A time in which messages did not arrive; `until` None: it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Of an area's households that were owed a prompt in a slot: how many, and how many of them did not get one."""

    asked: int
    undelivered: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.asked + other.asked, self.undelivered + other.undelivered)

    @property
    def is_mass(self) -> bool:
        """Whether it is the messenger, not the households."""
        return self.undelivered >= LEAST and self.undelivered >= SHARE * self.asked


def is_down(failing_since: datetime | None, waiting: int, now: datetime) -> bool:
    """Whether a messenger takes nothing any more, while so many messages wait."""
    return failing_since is not None and now - failing_since >= NOTHING_GOT_THROUGH and waiting >= WAITING


def takes_nothing(failing_since: datetime | None, failed: int, now: datetime) -> bool:
    """Whether one more message without an answer has certainly not arrived; so many failed since then before it.

    One answer lost, and the next an hour later, with nothing sent between them, is no messenger that takes nothing:
    both questions were heard, and nobody is to hear theirs again.
    """
    return failing_since is not None and now - failing_since >= SILENCE_IS_NO_ARRIVAL and failed + 1 >= WAITING


def held_until(
    opens_at: datetime, asked_at: datetime | None, troubles: Iterable[Trouble], now: datetime
) -> datetime | None:
    """Until when a slot whose time is up is not judged, for these troubles of its household; None: it is judged now.

    While one lasts, from one look to the next. When it is over, whoever it kept from answering has their time from
    then, and whoever was asked late from when they were asked. Never after `LONGEST`.
    """
    last = opens_at + LONGEST
    waits = [_waits(opens_at, asked_at, one, now) for one in troubles]
    until = max((one for one in waits if one is not None), default=None)
    return None if until is None or min(until, last) <= now else min(until, last)


def _waits(opens_at: datetime, asked_at: datetime | None, trouble: Trouble, now: datetime) -> datetime | None:
    if trouble.until is None:
        return now + LOOK_AGAIN
    if trouble.until <= opens_at:
        return None
    late = asked_at if asked_at is not None and asked_at >= trouble.since else trouble.until
    return max(late, trouble.until) + TIME_TO_ANSWER


def widest(shares: Collection[tuple[str, Share]]) -> list[str]:
    """Of areas by path, each with its share: those where it is the messenger, without those that lie in one of them."""
    mass = sorted((path for path, share in shares if share.is_mass), key=len)
    found: list[str] = []
    for path in mass:
        if not any(path.startswith(wider) for wider in found):
            found.append(path)
    return found
