"""The roster: the register as a workbook that a community keeps in Excel, read in and written out (台账)."""

from services.roster.errors import RosterFileError, RowError, describe
from services.roster.exporting import export_roster
from services.roster.importing import ImportReport, import_roster
from services.roster.rows import AreaRow, ResidentRow, Roster, StaffRow
from services.roster.template import write_template
from services.roster.writing import write_roster

__all__ = [
    "AreaRow",
    "ImportReport",
    "ResidentRow",
    "Roster",
    "RosterFileError",
    "RowError",
    "StaffRow",
    "describe",
    "export_roster",
    "import_roster",
    "write_roster",
    "write_template",
]
