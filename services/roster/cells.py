"""The content of one cell: what Excel or a text file holds, turned into what the column means."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from rules.quarantine import LONGEST
from services.register.numbers import id_characters, id_check_character, is_id_number, is_phone, phone_digits
from services.roster.errors import CellError

T = TypeVar("T")

Cell = str | float | bool | date | datetime | time | timedelta | None
Parser = Callable[[Cell], object]

FIRST_DATE, LAST_DATE = date(2019, 1, 1), date(2099, 12, 31)
MOST_DAYS = LONGEST

_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?$|^(\d{4})(\d{2})(\d{2})$")
_DAYS = re.compile(r"^(\d{1,3})天?$")
_BETWEEN_TAGS = re.compile(r"[、,;]")


def plain(cell: Cell) -> str:
    """The cell as one line of text without invisible characters; raises `CellError` for what Excel made a date."""
    if cell is None:
        return ""
    if isinstance(cell, date | time | timedelta):
        raise CellError("roster-cell-is-date")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    value = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
    return value if value.isprintable() else "".join(filter(str.isprintable, value)).strip()


def is_blank(cell: Cell) -> bool:
    """Whether nothing has been filled in."""
    return cell is None or (isinstance(cell, str) and not plain(cell))


def text(longest: int) -> Parser:
    """Any text of up to `longest` characters."""

    def parse(cell: Cell) -> str:
        value = plain(cell)
        if len(value) > longest:
            raise CellError("roster-too-long", longest=str(longest), length=str(len(value)))
        return value

    return parse


def name(cell: Cell) -> object:
    """A name; the space that pads a name of two characters (王　芳) does not belong to it."""
    return text(50)(_HAN_GAP.sub("", plain(cell)))


def choice(words: Mapping[str, T], key: str) -> Parser:
    """One of the words of a vocabulary; anything else is the error `key`, whose text lists what is allowed."""

    def parse(cell: Cell) -> T:
        value = plain(cell)
        found = words.get(value.casefold().replace("_", " "))
        if found is None:
            raise CellError(key, value=value)
        return found

    return parse


def phone(cell: Cell) -> str:
    """A phone number as its digits."""
    digits = phone_digits(plain(cell))
    if not is_phone(digits):
        raise CellError("roster-bad-phone", value=plain(cell))
    return digits


def id_number(cell: Cell) -> str:
    """A citizen's number with the right check character."""
    if isinstance(cell, float):
        raise CellError("roster-id-is-number")  # Excel keeps 15 digits of a number: the last three are lost
    value = id_characters(plain(cell))
    if not is_id_number(value):
        raise CellError("roster-bad-id-number", length=str(len(value)))
    if id_check_character(value[:17]) != value[17]:
        raise CellError("roster-id-checksum", value=value)
    return value


def day(cell: Cell) -> date:
    """A calendar date: a date of Excel's, or written 2020-02-01, 2020/2/1, 2020年2月1日 or 20200201."""
    if isinstance(cell, datetime):
        value = cell.date()
    elif isinstance(cell, date):
        value = cell
    else:
        value = _written_day(plain(cell))
    if not FIRST_DATE <= value <= LAST_DATE:
        raise CellError("roster-date-out-of-range", value=f"{value}", first=f"{FIRST_DATE}", last=f"{LAST_DATE}")
    return value


def _written_day(value: str) -> date:
    match = _DATE.match(value)
    if match:
        try:
            return date(*(int(part) for part in match.groups() if part is not None))
        except ValueError:
            raise CellError("roster-bad-date", value=value) from None
    raise CellError("roster-bad-date", value=value)


def days(cell: Cell) -> int:
    """A number of days that a quarantine may last."""
    value = plain(cell)
    match = _DAYS.match(value)
    if not match or not 1 <= int(match[1]) <= MOST_DAYS:
        raise CellError("roster-bad-days", value=value, most=str(MOST_DAYS))
    return int(match[1])


def tags(cell: Cell) -> tuple[str, ...]:
    """Tags between 、 or , or ; each once."""
    found = [one.strip() for one in _BETWEEN_TAGS.split(str(text(200)(cell)))]
    return tuple(dict.fromkeys(one for one in found if one))
