"""When somebody wants something done, as they type it: 15:30, 明天上午9点, 2月12日 8点半, tomorrow 8:00, 3月15日."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from rules.times import at_local, local_date

_DAYS = {
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "today": 0, "tonight": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "tomorrow": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_LATE = frozenset({"今晚", "明晚", "tonight", "下午", "傍晚", "晚上", "晚", "pm"})
"""Words after which one to eleven o'clock are those after noon."""
_SAID = re.compile(
    rf"(?:(?P<word>{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
    r"|(?:(?P<year>\d{4})[-年/])?(?P<month>\d{1,2})[-月/](?P<day>\d{1,2})[日号]?)?"
    r"\s*(?:at\s*)?(?P<part>上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚)?"
    r"\s*(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|(?P<sharp>[点时])(?:(?P<half>半)|(?P<past>\d{1,2})分?)?)?"
    r"\s*(?P<half_day>am|pm)?"
)


def typed_moment(text: str, now: datetime, zone: str) -> datetime | None:
    """The instant that was meant (UTC); None when it is not understood to its last word, or lies in the past.

    A time without a day is the next time that a clock shows it; a day and a month without a year, the next such date.
    """
    said = _SAID.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
    if said is None or not (said["minute"] or said["sharp"] or said["half_day"]):
        return None
    today = local_date(now, zone)
    try:
        clock, day = _clock(said), _day(said, today)
    except ValueError:  # no clock shows it, or no calendar
        return None
    at = at_local(day or today, clock, zone)
    if at > now:
        return at
    return at_local(today + timedelta(days=1), clock, zone) if day is None else None


_DATE = re.compile(
    rf"(?:到|直到|until|till)?\s*(?:(?P<word>{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
    r"|(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?)"
)


def typed_day(text: str, today: date) -> date | None:
    """The date to come that was meant: 3月15日, 3.15, 2020-03-15, 后天; None when it is no date, or is over.

    A day and a month without a year are the next such date.
    """
    said = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
    if said is None:
        return None
    try:
        day = _day(said, today)
    except ValueError:
        return None
    return day if day is not None and day >= today else None


def _clock(said: re.Match[str]) -> time:
    hour, minute = int(said["hour"]), int(said["minute"] or said["past"] or (30 if said["half"] else 0))
    late = not _LATE.isdisjoint({said["word"], said["part"], said["half_day"]})
    if (late and hour < 12) or (said["part"] == "中午" and hour < 3):
        hour += 12
    return time(hour, minute)


def _day(said: re.Match[str], today: date) -> date | None:
    if said["word"]:
        return today + timedelta(days=_DAYS[said["word"]])
    if not said["month"]:
        return None
    day = date(int(said["year"] or today.year), int(said["month"]), int(said["day"]))
    return day if said["year"] or day >= today else day.replace(year=today.year + 1)
