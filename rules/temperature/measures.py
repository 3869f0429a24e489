"""Finding the numbers of a message, and telling those that may be temperatures from all others.

Numbers of other things come first: a value is only what is no time, date, room, phone number, count or blood pressure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from rules.temperature.answers import Why
from rules.temperature.numerals import DIGITS, NUMERALS, number_of


class Scale(Enum):
    """The unit that was written with a number."""

    UNSAID = auto()
    CELSIUS = auto()
    FAHRENHEIT = auto()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that may be a temperature. A `plain` one is an integer without a unit: it may still be a count."""

    end: int
    number: Decimal
    scale: Scale
    plain: bool
    why: Why | None = None


_N = rf"(?:[0-9]+|[{NUMERALS}]+)"
_HOUR = rf"(?:[01]?[0-9]|2[0-4]|[{DIGITS}]|二?十[{DIGITS}]?)"

# Words behind a number that make it a count. 度 is missing for its other meaning; 张, 包, 米 are surnames.
_COUNTED = (
    "个人|个|岁|周岁|号|楼|元|块|分钟|分|小时前|分钟前|小时|钟头|天|日|月|年|周|星期|次|人|口人|口|位|栋|幢|单元|室|层|户|门|床|床位|斤|公斤|千克|克|片|粒|颗|盒|瓶|"
    "支|杯|碗|袋|份|公里|厘米|毫米|毫升|毫克|秒|刻|遍|回|场|件|种|倍|万|千|名|页|顿|双|套|批|只|条|趟|班|级|弄|队|组|例|站|路|"
    "%|kg|km|cm|mm|ml|mg|days?|years?|yrs?|hours?|minutes?|mins?|times?|people"
)
# Behind a number with decimals only amounts count: in 36.5人没事 or 36.5天天正常 the number is a temperature.
_AMOUNTS = "元|块|斤|公斤|千克|克|小时|公里|厘米|毫米|毫升|毫克|岁|%|kg|km|cm|mm|ml|mg|hours?|days?|years?"
_OTHER_THINGS = (
    "血氧饱和度|血氧|血压|高压|低压|血糖|心率|脉搏|脉率|呼吸频率|体重|身高|年龄|气温|室温|水温|室内|室外|零下|空调|近视|今年|房间|房号|门牌|价格|花了|考了|"
    "spo2|pulse|heart rate|blood pressure|room|flat|apt"
)
# Nothing but these may stand between the thing and its number: 血压有点高38.2 speaks of a fever.
_GLUE = r"(?:[ :是为到约在开]|大概|左右|最高|最低|温度|is|no\.|#)*"
_MARK = r"[.·]\s?|[.·。,]{2}|点|point"
_PART = rf"[0-9]+|[{DIGITS}]+|半"

_OTHERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[0-9]{5,}(?:-[0-9]+)*",  # phone and identity numbers
        rf"[{NUMERALS}]{{6,}}",
        r"[0-9]{3,4}-[0-9]{7,8}",
        r"[0-9]{4}[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2}[日号]?)?(?![0-9])",
        r"[0-9]{1,2}\.[0-9]{1,2}[日号]",
        rf"{_N}月{_N}[日号]?",
        r"(?:0?[1-9]|1[0-2])/[0-9]{1,2}(?![0-9./])",
        rf"(?:{_N}(?:栋|幢|座|号楼|号院|楼|单元|层|门)-?){{1,4}}[0-9]{{1,4}}(?:室|号)?(?![0-9.·,。点度°])",
        r"[0-9]{1,2}-[0-9]{3,4}(?![0-9.])|[0-9]{1,3}(?:-[0-9]{1,4}){2,3}(?![0-9.])",  # 3-401, 3-2-401
        r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9]|\.[0-9])(?: ?[ap]\.?m\b)?",
        r"[0-9]{1,2} ?[ap]m\b",
        rf"{_HOUR}[点时](?:整|钟|半|一刻|三刻|多|[0-5]?[0-9]分?(?![0-9.,。·度])|[{DIGITS}十]{{1,3}}分?(?![{NUMERALS}点度]))?",
        rf"第{_N}",
        rf"[0-9]+[.·][0-9]+ ?(?:{_AMOUNTS})(?![a-z])(?!天)",
        rf"{_N}[多几来]?(?:{_COUNTED})(?![a-z])",
        rf"(?:{_OTHER_THINGS}){_GLUE}{_N}(?:[./-][0-9]+)*(?:点[{DIGITS}]+)?\s?(?:°c|度|%|岁)?",
    )
)
# 1. 王芳36.5 and 1、36.5: the numbers of a list.
_BULLET = re.compile(r"[1-9](?:[、)]|\.(?=\s?[^\s0-9]|\s+[0-9]{2}))\s?")

_VALUE = re.compile(
    rf"(?:(?P<before>华氏|摄氏)\s?)?(?P<whole>{_N})"
    rf"(?:\s?(?:{_MARK})(?P<strict>{_PART})(?![{NUMERALS}0-9])"
    # A comma is a decimal point only before one digit, or two that are no value themselves: 36,5 but 36,37.
    rf"|[,。](?P<loose>[0-9]|[0-25-9][0-9])(?!\s?(?:{_COUNTED})|[0-9.·点度°])"
    rf"|\s?(?:度|°c?)\s?(?P<tenth>[0-9]|[{DIGITS}]|半)分?(?![0-9.·{NUMERALS}点度°]))?"
    r"(?P<unit>\s?(?:摄氏度?|华氏度?|°\s?[cf](?![a-z])|度\s?[cf]?(?![a-z])|°|[cf](?![a-z])|"
    r"degrees?(?: ?(?:celsius|fahrenheit|[cf](?![a-z])))?|celsius|fahrenheit))?"
)
_HALF = re.compile(
    rf"[ 、:;'/_*-][0-9](?![0-9.·点度°:]|\s?(?:{_COUNTED}))|[.·点][0-9{NUMERALS}]+|[零〇0][0-9{NUMERALS}]*"
)
_MIXED = re.compile(rf"[0-9{NUMERALS}][0-9{NUMERALS}.·点度]*")
_LEAST = 30  # smaller whole numbers count something
_LIMIT = re.compile("以上|以下|以内")
_ABOUT = re.compile("[点度]?[多几](?![喝休注谢亏少吃睡穿保])")


def other_number(text: str, at: int) -> int | None:
    """Where the number that starts at `at` ends, if it is that of a time, a date, a room, a count ..."""
    ends = [found.end() for pattern in (*_OTHERS, _BULLET) if (found := pattern.match(text, at))]
    return max(ends, default=None)


def measure(text: str, at: int) -> Measure | None:
    """The number at `at` with its decimals and its unit; None if there is none, or only a single numeral of a word."""
    found = _VALUE.match(text, at)
    if found is None:
        return None
    whole, part = found["whole"], found["strict"] or found["loose"] or found["tenth"]
    plain = not (part or found["unit"] or found["before"])
    if plain and len(whole) == 1 and not whole.isascii():
        return None
    number = number_of(whole, (part or "")[:2])
    if number is None:
        return Measure(found.end(), Decimal(0), Scale.UNSAID, plain, Why.OUT_OF_RANGE)
    scale = _scale((found["before"] or "") + (found["unit"] or ""))
    if len(part or "") > 2:
        return Measure(found.end(), number, scale, plain=False, why=Why.OUT_OF_RANGE)
    return _with_flaws(text, Measure(found.end(), number, scale, plain), exact=bool(part))


def _with_flaws(text: str, seen: Measure, *, exact: bool) -> Measure:
    about = _LIMIT.match(text, seen.end) or (None if exact else _ABOUT.match(text, seen.end))
    if about:
        return Measure(about.end(), seen.number, seen.scale, plain=False, why=Why.INEXACT)
    # 36 5, 36:5, 36度零五, 36五: half of a value must not pass as a whole one.
    rest = None if exact or seen.number < _LEAST else _HALF.match(text, seen.end)
    rest = rest or (_MIXED.match(text, seen.end) if seen.plain else None)
    if rest:
        return Measure(rest.end(), seen.number, seen.scale, plain=False, why=Why.OUT_OF_RANGE)
    return seen


def _scale(unit: str) -> Scale:
    if not unit:
        return Scale.UNSAID
    return Scale.FAHRENHEIT if "f" in unit or "华" in unit else Scale.CELSIUS
