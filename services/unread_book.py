"""The doors at which a notice was not read, as a sheet to print and take along."""

from pathlib import Path

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from models import Area, Export, Notice
from services import unread
from services.letters.notices import first_words
from services.policy import default_policy
from services.words import words_in

WIDTHS = (6, 34, 30, 26, 24)


def write_unread(session: Session, file: Path, number: int) -> None:
    """Writes the sheet of an export: one line a door, in the order of the doors, with room for what was found there."""
    row = session.get_one(Export, number)
    notice, area = session.get_one(Notice, row.notice_id), session.get_one(Area, row.area_id)
    words = words_in(default_policy(session).language)
    heads = ["sheet-number", "sheet-door", "sheet-people", "sheet-why", "sheet-found"]
    with Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(words.text("export-unread"))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write(0, 0, f"{area.name}：{first_words(notice.body)}", book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(1, 0, [words.text(key) for key in heads], book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for line, one in enumerate(unread.doors(session, notice, area), 1):
            names = words.text("list-mark").join(one.names)
            why = words.text(f"why-{one.why.replace('_', '-')}") if one.why else ""
            sheet.write_row(line + 1, 0, [line, one.where, names, why])
