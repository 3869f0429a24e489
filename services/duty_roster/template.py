"""The empty duty roster: headers, examples, and what to do, in both languages."""

from datetime import date, time
from pathlib import Path
from typing import Any

from rules.shifts import WEEK, Weekday
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.duty_roster.sheets import DUTY_SHEETS, HOLIDAYS, SHIFTS
from services.roster.template import write_empty

_README = (
    "duty-readme-title",
    "duty-readme-what",
    "duty-readme-rows",
    "duty-readme-days",
    "duty-readme-free",
    "duty-readme-again",
    "duty-readme-own-word",
)

_EXAMPLES: dict[str, tuple[Any, ...]] = {
    SHIFTS.key: (
        ShiftRow("李晓燕", "XHL-1", WEEK[:5], time(8), time(20), "19900000001"),
        ShiftRow("刘志强", "XHL-1", WEEK, time(20), time(8)),
        ShiftRow("李晓燕", "XHL-1", (Weekday.HOLIDAY,), time(9), time(17), "19900000001"),
        ShiftRow("李晓燕", "XHL-1", (date(2020, 2, 14),), phone="19900000001"),
    ),
    HOLIDAYS.key: (HolidayRow(date(2020, 2, 8), name="元宵节"),),
}


def write_duty_template(path: Path) -> None:
    """Writes the workbook to be filled in. Its examples are remarks: importing it as it is changes nothing."""
    write_empty(path, DUTY_SHEETS, _EXAMPLES, _README)
