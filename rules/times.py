"""Local dates and times of day against aware UTC instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.errors import NaiveTimeError


def aware(moment: datetime) -> datetime:
    """The same instant in UTC; raises `NaiveTimeError` for a time without a zone."""
    if moment.tzinfo is None:
        raise NaiveTimeError(moment.isoformat())
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def local_date(now: datetime, zone: str) -> date:
    """The calendar date in `zone` (an IANA name) at the instant `now`."""
    return aware(now).astimezone(ZoneInfo(zone)).date()


def at_local(day: date, clock: time, zone: str) -> datetime:
    """The UTC instant at which a clock on the wall in `zone` shows `day` and `clock`."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every date from `first` to `last`, both included; empty when `last` is before `first`."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
