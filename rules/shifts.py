"""Shifts: from the rows of a duty roster to the instants of somebody's time on duty (排班)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby

from rules.times import at_local, aware, days_between, local_date


class Weekday(StrEnum):
    """The days that a row of the roster may name; a holiday is one more."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


WEEK = tuple(Weekday)[:7]
"""Monday to Sunday, as `date.weekday` counts them."""
AHEAD = timedelta(days=8)
"""How far one looks for somebody's next time on duty: every weekday comes within it."""

BEFORE_THE_END = timedelta(minutes=10)
"""How long before the end of their shift somebody is told what they still have in hand."""

SAID_AT = time(9)
"""The local time at which a community hears when nobody is on: early enough to find somebody for the night."""

When = Weekday | date
Holidays = Mapping[int, Collection[date]]
"""By area: the holidays there, its own and those of everything above it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A row of the roster: the day that it is about, and the local times of one shift on it.

    The shift belongs to the day on which it begins; one that ends no later than it begins lasts into the next day.
    Without times the day is free.
    """

    area_id: int
    when: When
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Stint:
    """Somebody's present or next time on duty (UTC), shifts without a pause between them as one.

    With nothing in sight it is empty, and both are the instant at which to look again.
    """

    starts: datetime
    ends: datetime

    def covers(self, now: datetime) -> bool:
        """Whether it is the time at `now`; the end is no longer part of it."""
        return self.starts <= now < self.ends

    def look_at(self, now: datetime) -> datetime:
        """When to look at it next: a little before its end, and at its end."""
        before = self.ends - BEFORE_THE_END
        return before if self.starts < self.ends and before > now else self.ends


def on_day(rows: Iterable[Hours], day: date, holidays: Holidays) -> list[Hours]:
    """The rows of one person that hold on a local date, area by area.

    What is written for the date itself comes first, then what is for holidays when it is one, then the weekday's.
    Whoever has no row for holidays works as on any other day: no grid is left alone because nobody thought of it.
    """
    found: list[Hours] = []
    for area, own in groupby(sorted(rows, key=lambda one: one.area_id), key=lambda one: one.area_id):
        mine = list(own)
        wanted: list[When] = [day]
        if day in holidays.get(area, ()):
            wanted.append(Weekday.HOLIDAY)
        wanted.append(WEEK[day.weekday()])
        found += next((rows for when in wanted if (rows := [one for one in mine if one.when == when])), [])
    return found


def stints(rows: Sequence[Hours], days: Sequence[date], holidays: Holidays, zone: str) -> list[Stint]:
    """The times on duty that begin on these local dates, in order; what touches or overlaps is one."""
    spans = sorted(
        span for day in days for one in on_day(rows, day, holidays) if (span := _span(day, one, zone)) is not None
    )
    found: list[Stint] = []
    for starts, ends in spans:
        if found and starts <= found[-1].ends:
            found[-1] = Stint(found[-1].starts, max(ends, found[-1].ends))
        else:
            found.append(Stint(starts, ends))
    return found


def _span(day: date, one: Hours, zone: str) -> tuple[datetime, datetime] | None:
    if one.starts is None or one.ends is None:
        return None
    until = day if one.ends > one.starts else day + timedelta(days=1)
    starts, ends = at_local(day, one.starts, zone), at_local(until, one.ends, zone)
    return (starts, ends) if starts < ends else None  # the clock jumped over the whole of it


def next_stint(rows: Sequence[Hours], now: datetime, holidays: Holidays, zone: str) -> Stint:
    """The time on duty that runs at `now`, else the next one; an end beyond `AHEAD` is not known yet."""
    today = local_date(now, zone)
    last = today + AHEAD
    found = stints(rows, days_between(today - timedelta(days=1), last), holidays, zone)
    again = at_local(last, time(0), zone)
    return next((one for one in found if one.ends > aware(now)), Stint(again, again))


def shifts_of_days(
    rows: Sequence[Hours], days: Sequence[date], holidays: Holidays
) -> dict[date, list[tuple[time, time]]]:
    """By date: the shifts that begin on it, as written, earliest first; each once, whatever the area."""
    return {
        day: sorted({(one.starts, one.ends) for one in on_day(rows, day, holidays) if one.starts and one.ends})
        for day in days
    }


def uncovered(on: Iterable[Stint], starts: datetime, ends: datetime) -> list[Stint]:
    """The parts of a time (UTC) in which nobody of these is on duty."""
    found: list[Stint] = []
    at = starts
    for one in sorted(on, key=lambda one: one.starts):
        if one.starts > at:
            found.append(Stint(at, min(one.starts, ends)))
        at = max(at, one.ends)
        if at >= ends:
            return found
    return [*found, Stint(at, ends)]


def said_next(now: datetime, zone: str) -> datetime:
    """When a community next hears of the coming day: at `SAID_AT`, later than `now`."""
    today = local_date(now, zone)
    at = at_local(today, SAID_AT, zone)
    return at if at > aware(now) else at_local(today + timedelta(days=1), SAID_AT, zone)
