"""The duty roster as a workbook: who works when, and the holidays, read in and written out (排班表)."""

from services.duty_roster.exporting import export_duty
from services.duty_roster.importing import DutyReport, import_duty
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.duty_roster.sheets import DUTY_SHEETS
from services.duty_roster.template import write_duty_template

__all__ = [
    "DUTY_SHEETS",
    "DutyReport",
    "HolidayRow",
    "ShiftRow",
    "export_duty",
    "import_duty",
    "write_duty_template",
]
