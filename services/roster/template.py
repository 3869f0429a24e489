"""The empty roster: headers, examples, and what to do, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from rules.quarantine import DAYS
from rules.roles import Level, Role
from services.roster.parsing import REMARK
from services.roster.rows import AreaRow, ResidentRow, StaffRow
from services.roster.sheets import AREAS, RESIDENTS, SHEETS, STAFF, Sheet, Shown
from services.roster.writing import open_workbook, write_sheet
from services.words import text_for

_TITLE = "说明 Read me"
_README = (
    "roster-readme-what",
    "roster-readme-order",
    "roster-readme-required",
    "roster-readme-examples",
    "roster-readme-text",
    "roster-readme-again",
    "roster-readme-match",
    "roster-readme-privacy",
)

_EXAMPLES: dict[str, tuple[Any, ...]] = {
    AREAS.key: (
        AreaRow("BT", "包头市", Level.CITY),
        AreaRow("BT-KQ", "昆区分局", Level.DISTRICT, "BT"),
        AreaRow("KHZ", "昆河镇", Level.STREET, "BT-KQ"),
        AreaRow("XHL", "西河楞村", Level.COMMUNITY, "KHZ"),
        AreaRow("XHL-1", "第一网格", Level.GRID, "XHL"),
    ),
    STAFF.key: (StaffRow("李晓燕", Role.GRID_WORKER, "XHL-1", "19900000001"),),
    RESIDENTS.key: (
        ResidentRow(
            area="XHL-1",
            room="3号",
            name="王芳",
            sex="女",
            phone="19900000002",
            relation="户主",
            tags=("孕产妇", "慢性病"),
            first_day=date(2020, 2, 1),
            days=DAYS,
            reason="返乡",
            origin="呼和浩特市",
        ),
    ),
}


def write_template(path: Path) -> None:
    """Writes the workbook that a community fills in. Its examples are remarks: importing it as it is adds nobody."""
    write_empty(path, SHEETS, _EXAMPLES, ("roster-readme-title", *_README))


def write_empty(
    path: Path, sheets: Sequence[Sheet[Any]], examples: Mapping[str, Sequence[Any]], readme: Sequence[str]
) -> None:
    """A workbook to be filled in: what to do (`readme`: the keys of its texts, the title first), and empty sheets."""
    book = open_workbook(path)
    with book:
        _write_readme(book, readme)
        for sheet in sheets:
            write_sheet(book, sheet, (), examples=[_remark(sheet, row) for row in examples[sheet.key]])


def _remark(sheet: Sheet[Any], row: object) -> list[Shown]:
    first, *rest = sheet.shown(row)
    return [f"{REMARK}{first}", *rest]


def _write_readme(book: Workbook, readme: Sequence[str]) -> None:
    page = book.add_worksheet(_TITLE)
    page.hide_gridlines(2)
    page.set_tab_color("#555555")
    page.set_column(0, 0, 60)
    page.set_column(1, 1, 68)
    heading = book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D9D9D9"})
    page.set_row(0, 36)
    for number, key in enumerate(readme):
        if number:
            page.set_row(number, 62)
        for column, language in enumerate(("zh-CN", "en")):
            page.write_string(number, column, text_for(language, key), body if number else heading)
