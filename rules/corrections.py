"""When a second value mends the first, and when somebody has measured again (ADR 10)."""

from datetime import datetime, timedelta

SLIP = timedelta(minutes=30)
"""A second value within this time mends a slip of the thumb; after it somebody has measured again."""


def corrects(measured_at: datetime, now: datetime, within: timedelta, *, said_so: bool) -> bool:
    """Whether a value said at `now` takes the place of the one of `measured_at`.

    `said_so`: the person said that it is a correction (改, 错了), for which they have `within` (a policy).
    """
    return now - measured_at <= (max(within, SLIP) if said_so else SLIP)
