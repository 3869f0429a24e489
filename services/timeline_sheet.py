"""The story of an alarm as a file: a line each moment, as .csv or .xlsx."""

import csv
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from services.alarm_links import Story
from services.timelines import said_at
from services.words import Words

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (24, 28, 60)


def _rows(story: Story, words: Words) -> list[list[str]]:
    heads = [words.text(f"history-column-{name}") for name in ("time", "who", "what")]
    return [heads, *([said_at(words, story.timezone, one.at), one.who, one.said] for one in story.moments)]


def as_csv(story: Story, words: Words) -> bytes:
    """For any program: UTF-8 with a mark that spreadsheets know it by; what a person typed is never a formula."""
    text = StringIO(newline="")
    rows = [[f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in row] for row in _rows(story, words)]
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(story: Story, words: Words) -> bytes:
    """As a workbook of one sheet."""
    content = BytesIO()
    with Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        sheet = book.add_worksheet(f"{story.number}")
        bold = book.add_format({"bold": True})
        for line, row in enumerate(_rows(story, words)):
            sheet.write_row(line, 0, row, bold if line == 0 else None)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
    return content.getvalue()
