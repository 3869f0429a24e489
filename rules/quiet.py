"""Quiet hours: what may not ring at night waits for the morning."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.times import at_local, aware, local_date


def is_quiet(now: datetime, start: time, end: time, zone: str) -> bool:
    """Whether `now` lies in the quiet hours [start, end), local times of day; they may span midnight."""
    clock = aware(now).astimezone(ZoneInfo(zone)).time()
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def release(now: datetime, start: time, end: time, zone: str) -> datetime:
    """The first instant at or after `now` that is not quiet (UTC).

    An end that the clocks skip in spring counts when they would have shown it.
    """
    if not is_quiet(now, start, end, zone):
        return aware(now)
    today = local_date(now, zone)
    # In autumn a clock may show the end twice (`fold`), with quiet minutes before each.
    ends = (
        at_local(today + timedelta(days=days), end.replace(fold=fold), zone) for days in range(3) for fold in (0, 1)
    )
    return min(one for one in ends if one > aware(now) and not is_quiet(one, start, end, zone))
