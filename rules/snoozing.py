"""Putting off an alarm in one's hands: only what can wait, and not for ever (稍后处理)."""

from datetime import datetime, timedelta

from rules.ladder import Severity

MOST = 5
"""No area lets an alarm be put off more often."""
GRACE = timedelta(minutes=30)
"""How long the holder has after it came up again, before it lapses."""


def may_snooze(severity: Severity, times: int, most: int) -> bool:
    """Whether an alarm that was put off `times` times may be put off once more; an emergency or a fever never."""
    return severity is Severity.ROUTINE and times < most


def asleep(remind_at: datetime | None, until: datetime | None) -> bool:
    """Whether an alarm that was last put off until `until` still is: nothing has begun its time anew since."""
    return until is not None and remind_at == until
