"""Workbooks for the tests, and what is in the records afterwards."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from xlsxwriter import Workbook

from models import AuditEntry, Record
from models.db import Database
from rules.roles import Level
from services.register.numbers import id_check_character
from services.roster import AreaRow

NOW = datetime(2020, 2, 10, 1, tzinfo=UTC)
"""09:00 on 10 February in Baotou."""

AREA_HEADERS = ("编码", "名称", "级别", "上级编码")
STAFF_HEADERS = ("姓名", "电话", "职务", "区域编码", "企业微信账号")
RESIDENT_HEADERS = (
    *("区域编码", "房号", "姓名", "性别", "身份证号", "电话", "与户主关系", "重点人群"),
    *("隔离开始", "隔离天数", "隔离原因", "来源地"),
)

TREE = (
    AreaRow("C", "包头市", Level.CITY),
    AreaRow("K", "西河楞村", Level.COMMUNITY, "C"),
    AreaRow("G", "第一网格", Level.GRID, "K"),
    AreaRow("G2", "第二网格", Level.GRID, "K"),
    AreaRow("B", "东一排", Level.BUILDING, "G"),
    AreaRow("K-B", "无网格的楼", Level.BUILDING, "K"),
)

Cells = Sequence[Any]


def id_number(serial: int) -> str:
    """An invented identity number with the right check character."""
    digits = f"15020319800101{serial:03d}"
    return digits + id_check_character(digits)


def write_book(path: Path, **sheets: Sequence[Cells]) -> Path:
    """A workbook as somebody may type it; `areas`, `staff`, `residents` or any other name for a sheet."""
    titles = {"areas": "区域", "staff": "工作人员", "residents": "居民"}
    with Workbook(path) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(titles.get(name, name))
            for number, row in enumerate(rows):
                for index, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, index, cell, dates)
                    elif cell is not None:
                        page.write(number, index, cell)
    return path


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table but the audit."""
    with database.transaction() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Record.metadata.sorted_tables
            if table.name != AuditEntry.__tablename__
        }
