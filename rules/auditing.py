"""Whether an open alarm is in somebody's hands or on its way to somebody: invariant 6, looked at from outside."""

from datetime import datetime, timedelta
from enum import StrEnum

from rules.escalation import State

LATE = timedelta(minutes=5)
"""How long after its time nobody may have moved an alarm on; the tick that does looks every two seconds."""
AGAIN = timedelta(minutes=10)
"""When an alarm that could not be moved is tried again, out of the way of the others until then."""


class Fault(StrEnum):
    """What must never be true of an alarm that is not closed."""

    NO_TIME = "no_time"
    """Nothing will ever happen to it."""
    NO_HOLDER = "no_holder"
    """Taken, and by nobody."""
    TWO_WAYS = "two_ways"
    """In nobody's hands, and somebody is written down as having it."""
    LATE = "late"
    """Its time is past, and nothing has moved it on."""


def fault(state: State, holder_id: int | None, next_at: datetime | None, now: datetime) -> Fault | None:
    """What is wrong with an alarm, the gravest first; None: somebody has it, or somebody will be told."""
    if state is State.CLOSED:
        return None
    if next_at is None:
        return Fault.NO_TIME
    if state is State.TAKEN and holder_id is None:
        return Fault.NO_HOLDER
    if state is State.OPEN and holder_id is not None:
        return Fault.TWO_WAYS
    return Fault.LATE if next_at <= now - LATE else None
