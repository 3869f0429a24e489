"""The day's temperatures of an area as a sheet: one line a person, a column for each half."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from rules.rounds import Half
from services.exports import local_today, temperatures_on
from services.policy import default_policy
from services.words import words_in

WIDTHS = (24, 16, 14, 12, 12)


def write_temperatures(session: Session, file: Path, at: datetime, path: str) -> None:
    """Writes the sheet of the local day of `at`, for everybody asked in the subtree at `path`."""
    words = words_in(default_policy(session).language)
    day = local_today(session, at)
    heads = ["sheet-grid", "sheet-room", "sheet-name", *(f"half-{half.value}" for half in Half)]
    with Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(f"{day:%Y-%m-%d}")
        sheet.write_row(0, 0, [words.text(key) for key in heads], book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for line, (grid, room, name, values) in enumerate(temperatures_on(session, day, path), 1):
            sheet.write_row(line, 0, [grid, room, name])
            for column, half in enumerate(Half, 3):
                value = values.get(half, "")
                if value.replace(".", "").isdecimal():
                    sheet.write_number(line, column, float(value))
                elif value:
                    sheet.write_string(line, column, words.text(f"slot-{value}"))
