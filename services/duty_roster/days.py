"""The days and times that cells of a duty roster hold: 周一至周五, 节假日, 2020-02-10, 8:00, 20点半, 24:00."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from rules.shifts import WEEK, Weekday, When
from services.roster import cells
from services.roster.cells import Cell, plain
from services.roster.errors import CellError

SHORT = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
"""Monday to Sunday, as they are written."""
EVERY_DAY, WORKING_DAYS, WEEKEND, HOLIDAY, NEVER = "每天", "工作日", "周末", "节假日", "不排班"

_ONE: dict[str, Weekday] = {
    **{
        f"{before}{sign}": day
        for before in ("周", "星期", "礼拜", "")
        for sign, day in zip("一二三四五六日", WEEK, strict=True)
    },
    **{f"{before}天": Weekday.SUNDAY for before in ("周", "星期", "礼拜")},
    **{day.value: day for day in WEEK},
    **{day.value[:3]: day for day in WEEK},
    **dict.fromkeys((HOLIDAY, "假日", "节日", "holiday", "holidays"), Weekday.HOLIDAY),
}
_SEVERAL: dict[str, tuple[When, ...]] = {
    **dict.fromkeys((EVERY_DAY, "每日", "daily", "every day"), WEEK),
    **dict.fromkeys((WORKING_DAYS, "weekdays", "working days"), WEEK[:5]),
    **dict.fromkeys((WEEKEND, "双休日", "weekend", "weekends"), WEEK[5:]),
}
_NEVER = frozenset({NEVER, "不再排班", "none", "no roster"})
_BETWEEN = re.compile(r"[、,;\s]+")
_RANGE = re.compile(r"^(.+?)\s*[至到~—–-]\s*(.+)$")
_CLOCK = re.compile(r"^(\d{1,2})(?:(?:[:.点时])(\d{1,2}|半)?分?)?(?::00)?$")
_MIDNIGHT = 24


def when(cell: Cell) -> tuple[When, ...]:
    """The days of a row: weekdays, ranges of them, holidays, dates; none for 不排班."""
    if isinstance(cell, datetime | date):
        found = cells.day(cell)
        assert isinstance(found, date)  # noqa: S101 - what `cells.day` is for
        return (found,)
    text = plain(cell).casefold()
    if text in _NEVER:
        return ()
    days = _days(text)
    return tuple(sorted(dict.fromkeys(days), key=_order))


def _days(text: str) -> Iterable[When]:
    if (known := _part(text)) is not None:
        return known
    parts = [_part(one) for one in _BETWEEN.split(text) if one]
    if any(one is None for one in parts) or not parts:
        raise CellError("duty-bad-days", value=text)
    return [day for one in parts for day in one or ()]


def _part(text: str) -> tuple[When, ...] | None:
    if text in _SEVERAL:
        return _SEVERAL[text]
    if text in _ONE:
        return (_ONE[text],)
    if all(sign in "一二三四五六日" for sign in text):
        return tuple(_ONE[sign] for sign in text)
    try:
        return (cells.day(text),)
    except CellError as error:
        if error.key == "roster-date-out-of-range":
            raise
    match = _RANGE.match(text)
    ends = [_ONE.get(one) for one in match.groups()] if match else []
    if len(ends) == 2 and ends[0] in WEEK and ends[1] in WEEK:
        first, last = WEEK.index(ends[0]), WEEK.index(ends[1])
        return WEEK[first : last + 1] if first <= last else (*WEEK[first:], *WEEK[: last + 1])
    return None


def _order(one: When) -> tuple[int, date]:
    return (0, one) if isinstance(one, date) else (1 + tuple(Weekday).index(one), date.min)


def spelled(days: tuple[When, ...]) -> str:
    """The days of a row as they are written; what `when` reads."""
    if not days:
        return NEVER
    known: dict[tuple[When, ...], str] = {WEEK: EVERY_DAY, WEEK[:5]: WORKING_DAYS, WEEK[5:]: WEEKEND}
    if days in known:
        return known[days]
    return "、".join(
        f"{one}" if isinstance(one, date) else HOLIDAY if one is Weekday.HOLIDAY else SHORT[WEEK.index(one)]
        for one in days
    )


def clock(cell: Cell) -> time:
    """A time of day, to the minute: one of Excel's, or written 8:00, 8点半, 20; midnight is 24:00 as well."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, float) and 0 <= cell < 1:  # how Excel keeps a time whose cell is formatted as a number
        cell = timedelta(days=cell)
    if isinstance(cell, timedelta):
        minutes = round(cell / timedelta(minutes=1)) % (_MIDNIGHT * 60)
        return time(minutes // 60, minutes % 60)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    value = plain(cell)
    match = _CLOCK.match(value)
    if not match:
        raise CellError("duty-bad-time", value=value)
    hour, minute = int(match[1]), 30 if match[2] == "半" else int(match[2] or 0)
    if (hour, minute) == (_MIDNIGHT, 0):
        return time(0)
    try:
        return time(hour, minute)
    except ValueError:
        raise CellError("duty-bad-time", value=value) from None


def shown(moment: time) -> str:
    """A time of day as it is written: 08:00."""
    return f"{moment:%H:%M}"
