"""The sheets of a duty roster as data: 排班 and 节假日."""

from collections.abc import Mapping
from typing import Any

from services.duty_roster.days import clock, shown, spelled, when
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.roster import cells
from services.roster.errors import CellError
from services.roster.sheets import Column, Problem, Sheet, as_is


def _check_shift(values: Mapping[str, Any]) -> list[Problem]:
    """Both times or neither; none where somebody is on no roster any more."""
    if not values.get("when") and ("starts" in values or "ends" in values):
        return [("starts", CellError("duty-times-without-days"))]
    if "starts" in values and "ends" not in values:
        return [("ends", CellError("roster-required"))]
    if "ends" in values and "starts" not in values:
        return [("starts", CellError("roster-required"))]
    return []


def _check_nothing(_values: Mapping[str, Any]) -> list[Problem]:
    return []


SHIFTS: Sheet[ShiftRow] = Sheet(
    "shifts",
    "排班",
    "Shifts",
    (
        Column("name", "姓名", "Name", cells.name, 16, required=True),
        Column("phone", "电话", "Phone", cells.phone, 16, note="duty-note-phone"),
        Column("area", "区域编码", "Area code", cells.text(40), 18, required=True, note="duty-note-area"),
        Column("when", "日子", "Days", when, 22, required=True, show=spelled, note="duty-note-days"),
        Column("starts", "上班", "From", clock, 9, show=shown, note="duty-note-from"),
        Column("ends", "下班", "To", clock, 9, show=shown, note="duty-note-to"),
    ),
    ShiftRow,
    _check_shift,
    "#1D4E89",
)

HOLIDAYS: Sheet[HolidayRow] = Sheet(
    "holidays",
    "节假日",
    "Holidays",
    (
        Column("day", "日期", "Date", cells.day, 14, required=True, show=as_is, kind="date", note="duty-note-date"),
        Column("name", "名称", "Name", cells.text(50), 18, note="duty-note-holiday"),
        Column("area", "区域编码", "Area code", cells.text(40), 18, note="duty-note-holiday-area"),
    ),
    HolidayRow,
    _check_nothing,
    "#8A4B08",
)

DUTY_SHEETS: tuple[Sheet[Any], ...] = (SHIFTS, HOLIDAYS)
