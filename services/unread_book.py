"""The doors at which a notice was not read, as sheets to print and take along: one for each community, or a grid's."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from models import Account, Area, Export, ExportKind, Household, Notice
from rules.first_words import first_words
from rules.roles import Level
from services import exports, unread
from services.areas import areas_below
from services.policy import default_policy
from services.unread import Unread
from services.words import Words, words_in

WIDTHS = (6, 34, 30, 26, 24)
MOST_DOORS = 10_000
"""Households in one workbook; of a part of the tree with more, each community has a workbook of its own."""
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")


def owe_books(
    session: Session, now: datetime, account: Account, person_id: int, notice: Notice, area: Area
) -> list[Export]:
    """Owes somebody the list for the doors of an area: one workbook, or where that is too long one a community."""
    inside = Area.path.startswith(area.path, autoescape=True)
    doors = session.scalar(
        select(func.count()).select_from(Household).join(Area, Area.id == Household.area_id).where(inside)
    )
    places = [area] if (doors or 0) <= MOST_DOORS else areas_below(session, [area.path], Level.COMMUNITY) or [area]
    rows = [exports.ask(session, now, account, person_id, place, ExportKind.UNREAD) for place in places]
    for row in rows:
        row.notice_id = notice.id
    return rows


def write_unread(session: Session, file: Path, number: int, now: datetime) -> None:
    """Writes the workbook of an export: one line a door, in the order of the doors, with room for what was found there.

    Above the communities each of them has a sheet of its own, those where everybody has read it have none.
    """
    row = session.get_one(Export, number)
    notice, area = session.get_one(Notice, row.notice_id), session.get_one(Area, row.area_id)
    above = area.level.depth < Level.COMMUNITY.depth
    places = areas_below(session, [area.path], Level.COMMUNITY) if above else [area]
    found = [(place, unread.doors(session, now, notice, place)) for place in places]
    words = words_in(default_policy(session).language)
    taken: set[str] = set()
    with Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for place, doors in [one for one in found if one[1]] or found[:1]:
            title = sheet_name(place.name, taken) if above else words.text("export-unread")
            _write_sheet(book, title, f"{place.name}：{first_words(notice.body)}", doors, words)


def sheet_name(name: str, taken: set[str]) -> str:
    """A name as a spreadsheet takes it, another one than those `taken`, to which it is added."""
    plain = _NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip() or "-"
    found, at = plain, 1
    while found.casefold() in taken:
        at += 1
        found = f"{plain[: _LONGEST_NAME - len(str(at)) - 1]} {at}"
    taken.add(found.casefold())
    return found


def _write_sheet(book: Workbook, title: str, head: str, doors: Sequence[Unread], words: Words) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write(0, 0, head, book.add_format({"bold": True, "font_size": 14}))
    heads = ["sheet-number", "sheet-door", "sheet-people", "sheet-why", "sheet-found"]
    sheet.write_row(1, 0, [words.text(key) for key in heads], book.add_format({"bold": True, "bottom": 1}))
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for line, one in enumerate(doors, 1):
        names = words.text("list-mark").join(one.names)
        why = words.text(f"why-{one.why.replace('_', '-')}") if one.why else ""
        sheet.write_row(line + 1, 0, [line, one.where, names, why])
