"""Every column, everything that can be wrong in it: named by sheet, row and header, in both languages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.db import Database
from services.roster import Roster, RowError, describe, import_roster, write_roster
from services.roster.vocabulary import LEVELS, RELATIONS, ROLES, SEXES
from services.words import LANGUAGES, text_for
from tests.roster.books import (
    AREA_HEADERS,
    NOW,
    RESIDENT_HEADERS,
    STAFF_HEADERS,
    TREE,
    id_number,
    write_book,
)

HEADERS = {"areas": AREA_HEADERS, "staff": STAFF_HEADERS, "residents": RESIDENT_HEADERS}
GOOD: dict[str, dict[str, Any]] = {
    "areas": {"编码": "N", "名称": "新", "级别": "楼栋", "上级编码": "G"},
    "staff": {"姓名": "李娜", "电话": "19900000001", "职务": "网格员", "区域编码": "G"},
    "residents": {"区域编码": "B", "房号": "1号", "姓名": "王芳", "隔离开始": "2020-02-01"},
}
ANOTHER: dict[str, dict[str, Any]] = {"areas": {"编码": "N2"}, "staff": {"姓名": "张敏"}, "residents": {"房号": "2号"}}
WRONG_CHECK = id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("areas", {"编码": None}, "编码", "roster-required"),
    ("areas", {"编码": "长" * 41}, "编码", "roster-too-long"),
    ("areas", {"编码": date(2020, 3, 1)}, "编码", "roster-cell-is-date"),
    ("areas", {"编码": "G", "级别": "楼栋", "上级编码": "K"}, "级别", "roster-level-fixed"),
    ("areas", {"名称": " "}, "名称", "roster-required"),
    ("areas", {"名称": "名" * 51}, "名称", "roster-too-long"),
    ("areas", {"级别": None}, "级别", "roster-required"),
    ("areas", {"级别": "省"}, "级别", "roster-bad-level"),
    ("areas", {"上级编码": None}, "上级编码", "roster-parent-required"),
    ("areas", {"上级编码": "X9"}, "上级编码", "roster-parent-unknown"),
    ("areas", {"级别": "网格"}, "上级编码", "roster-parent-level"),
    ("areas", {"级别": "市", "上级编码": "C"}, "上级编码", "roster-city-has-parent"),
    ("staff", {"姓名": None}, "姓名", "roster-required"),
    ("staff", {"姓名": "名" * 51}, "姓名", "roster-too-long"),
    ("staff", {"电话": "12345"}, "电话", "roster-bad-phone"),
    ("staff", {"电话": "12000000000"}, "电话", "roster-bad-phone"),
    ("staff", {"职务": None}, "职务", "roster-required"),
    ("staff", {"职务": "书记"}, "职务", "roster-bad-role"),
    ("staff", {"区域编码": None}, "区域编码", "roster-required"),
    ("staff", {"区域编码": "X9"}, "区域编码", "roster-area-unknown"),
    ("staff", {"区域编码": "K"}, "区域编码", "roster-role-level"),
    ("residents", {"区域编码": None}, "区域编码", "roster-required"),
    ("residents", {"区域编码": "X9"}, "区域编码", "roster-area-unknown"),
    ("residents", {"区域编码": "K"}, "区域编码", "roster-area-too-high"),
    ("residents", {"区域编码": "K-B"}, "区域编码", "roster-no-grid"),
    ("residents", {"房号": None}, "房号", "roster-required"),
    ("residents", {"房号": date(2020, 3, 1)}, "房号", "roster-cell-is-date"),
    ("residents", {"房号": "1" * 41}, "房号", "roster-too-long"),
    ("residents", {"姓名": None}, "姓名", "roster-required"),
    ("residents", {"性别": "不详"}, "性别", "roster-bad-sex"),
    ("residents", {"身份证号": "1502031980010100"}, "身份证号", "roster-bad-id-number"),
    ("residents", {"身份证号": "150203198013010011"}, "身份证号", "roster-bad-id-number"),
    ("residents", {"身份证号": 150203198001010011}, "身份证号", "roster-id-is-number"),
    ("residents", {"身份证号": WRONG_CHECK}, "身份证号", "roster-id-checksum"),
    ("residents", {"电话": "没有"}, "电话", "roster-bad-phone"),
    ("residents", {"与户主关系": "老王"}, "与户主关系", "roster-bad-relation"),
    ("residents", {"重点人群": "病" * 201}, "重点人群", "roster-too-long"),
    ("residents", {"隔离开始": "2020-02-30"}, "隔离开始", "roster-bad-date"),
    ("residents", {"隔离开始": "昨天"}, "隔离开始", "roster-bad-date"),
    ("residents", {"隔离开始": 43862}, "隔离开始", "roster-bad-date"),
    ("residents", {"隔离开始": "2202-02-01"}, "隔离开始", "roster-date-out-of-range"),
    ("residents", {"隔离天数": 0}, "隔离天数", "roster-bad-days"),
    ("residents", {"隔离天数": 61}, "隔离天数", "roster-bad-days"),
    ("residents", {"隔离天数": 13.5}, "隔离天数", "roster-bad-days"),
    ("residents", {"隔离开始": None, "隔离天数": 14}, "隔离天数", "roster-needs-first-day"),
    ("residents", {"隔离开始": None, "隔离原因": "返乡"}, "隔离原因", "roster-needs-first-day"),
    ("residents", {"隔离开始": None, "来源地": "北京"}, "来源地", "roster-needs-first-day"),
    ("residents", {"隔离原因": "因" * 101}, "隔离原因", "roster-too-long"),
    ("residents", {"来源地": "地" * 101}, "来源地", "roster-too-long"),
]


@pytest.mark.parametrize(("sheet", "changes", "column", "key"), CASES)
def test_a_wrong_cell_is_named_and_the_good_row_after_it_goes_in(
    database: Database, tmp_path: Path, sheet: str, changes: dict[str, Any], column: str, key: str
) -> None:
    write_roster(tmp_path / "tree.xlsx", Roster(TREE))
    import_roster(database, tmp_path / "tree.xlsx", NOW)
    bad, good = {**GOOD[sheet], **changes}, {**GOOD[sheet], **ANOTHER[sheet]}
    rows = [HEADERS[sheet], *([row.get(one) for one in HEADERS[sheet]] for row in (bad, good))]
    report = import_roster(database, write_book(tmp_path / "book.xlsx", **{sheet: rows}), NOW)
    title = {"areas": "区域", "staff": "工作人员", "residents": "居民"}[sheet]
    assert [(one.sheet, one.row, one.column, one.key) for one in report.errors] == [(title, 2, column, key)]
    assert (report.counts[sheet].added, report.counts[sheet].rejected) == (1, 1)
    for language in LANGUAGES:
        line = describe(report.errors[0], language)
        assert title in line
        assert "2" in line
        assert column in line


def test_the_second_of_two_equal_rows_is_named_with_the_first(database: Database, tmp_path: Path) -> None:
    number = id_number(1)
    book = write_book(
        tmp_path / "book.xlsx",
        areas=[
            AREA_HEADERS,
            ("C", "市", "市"),
            ("K", "社区", "社区", "C"),
            ("G", "网格", "网格", "K"),
            ("C", "城", "市"),
        ],
        staff=[STAFF_HEADERS, ("李娜", None, "网格员", "G"), ("李娜", None, "网格员", "G")],
        residents=[
            RESIDENT_HEADERS,
            ("G", "1号", "王芳"),
            ("G", "1号", "王　芳"),
            ("G", "2号", "刘洋", None, number),
            ("G", "3号", "刘洋", None, number.lower()),
        ],
    )
    report = import_roster(database, book, NOW)
    assert report.errors == (
        RowError("区域", 5, "编码", "roster-duplicate", {"first": "2"}),
        RowError("工作人员", 3, "姓名", "roster-duplicate", {"first": "2"}),
        RowError("居民", 3, "区域编码", "roster-duplicate", {"first": "2"}),
        RowError("居民", 5, "区域编码", "roster-duplicate", {"first": "4"}),
    )


def test_every_mistake_of_a_row_is_named_at_once(database: Database, tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "book.xlsx", residents=[RESIDENT_HEADERS, (None, "1号", None, "?", None, None, None, None, None, 0)]
    )
    report = import_roster(database, book, NOW)
    assert [one.column for one in report.errors] == ["区域编码", "姓名", "性别", "隔离天数"]
    assert report.counts["residents"].rejected == 1


def test_a_child_of_a_rejected_area_says_which_code_is_missing(database: Database, tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "book.xlsx", areas=[AREA_HEADERS, ("C", "市", "省"), ("K", "社区", "社区", "C"), ("C2", "市", "市")]
    )
    report = import_roster(database, book, NOW)
    assert report.errors[1] == RowError("区域", 3, "上级编码", "roster-parent-unknown", {"code": "C"})
    assert report.counts["areas"].added == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "allowed"),
    [
        ("roster-bad-level", LEVELS.values()),
        ("roster-bad-role", ROLES.values()),
        ("roster-bad-sex", SEXES),
        ("roster-bad-relation", RELATIONS),
    ],
)
def test_the_text_lists_every_word_that_is_allowed(language: str, key: str, allowed: list[str]) -> None:
    text = text_for(language, key, value="?")
    assert [word for word in allowed if word not in text] == []
