"""What the written workbooks look like, and the words in them."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Message
from python_calamine import CalamineWorkbook

from services.roster import AreaRow, ResidentRow, Roster, write_roster, write_template
from services.roster.sheets import SHEETS
from services.roster.writing import note
from services.words import FOLDER, LANGUAGES
from tests.roster.books import AREA_HEADERS, RESIDENT_HEADERS, STAFF_HEADERS


def rows(path: Path, sheet: str) -> list[list[object]]:
    with CalamineWorkbook.from_path(path) as book:
        return [list(row) for row in book.get_sheet_by_name(sheet).to_python()]


def xml(path: Path, part: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()


def test_the_template_has_the_headers_of_the_contract_and_an_example_each(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    with CalamineWorkbook.from_path(tmp_path / "template.xlsx") as book:
        assert book.sheet_names == ["说明 Read me", "区域", "工作人员", "居民"]
    for sheet, headers in (("区域", AREA_HEADERS), ("工作人员", STAFF_HEADERS), ("居民", RESIDENT_HEADERS)):
        found = rows(tmp_path / "template.xlsx", sheet)
        assert tuple(found[0]) == headers
        assert str(found[1][0]).startswith("#")
    readme = rows(tmp_path / "template.xlsx", "说明 Read me")
    assert readme[0] == ["台账怎么填", "How to fill in the roster"]
    assert len(readme) > 5


def test_the_template_offers_the_words_and_keeps_the_header_in_sight(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    areas, staff, residents = (xml(tmp_path / "template.xlsx", f"xl/worksheets/sheet{n}.xml") for n in (2, 3, 4))
    assert "市,区县,街道,社区,网格,楼栋,单元" in areas
    assert "市级,分局,街道,社区,网格长,网格员" in staff
    assert "男,女" in residents
    assert "户主,配偶" in residents
    for page in (areas, staff, residents):
        assert 'state="frozen"' in page
        assert "<autoFilter" in page


def test_text_that_looks_like_a_number_or_a_formula_stays_text(tmp_path: Path) -> None:
    row = ResidentRow("G", "0301", "=1+1", phone="19900000001", first_day=date(2020, 2, 1), days=14)
    write_roster(tmp_path / "out.xlsx", Roster(residents=[row]))
    found = rows(tmp_path / "out.xlsx", "居民")[1]
    assert found[:3] == ["G", "0301", "=1+1"]
    assert found[5] == "19900000001"
    assert found[8:10] == [date(2020, 2, 1), 14.0]
    assert "<f>" not in xml(tmp_path / "out.xlsx", "xl/worksheets/sheet3.xml")


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_template(tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.key))
def test_every_header_has_a_note_in_every_language(sheet: object) -> None:
    notes = [note(column) for one in SHEETS if one is sheet for column in one.columns]
    assert all(len(text.splitlines()) == len(LANGUAGES) for text in notes)


def test_both_catalogues_have_the_same_texts() -> None:
    keys = []
    for language in LANGUAGES:
        body = parse((FOLDER / language / "roster.ftl").read_text(encoding="utf-8")).body
        keys.append({one.id.name for one in body if isinstance(one, Message)})
    assert keys[0] == keys[1]
    assert all(key.startswith("roster-") for key in keys[0])


def test_every_row_knows_how_its_cells_are_shown() -> None:
    area_sheet = SHEETS[0]
    cells = area_sheet.shown(AreaRow("C", "包头市", area_sheet.columns[2].parse("市")))  # type: ignore[arg-type]
    assert cells == ["C", "包头市", "市", None]
