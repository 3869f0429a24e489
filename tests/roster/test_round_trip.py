"""Import, export, import: the register comes back as it was."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import AuditEntry, Record
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from rules.roles import LEVEL_OF_ROLE, Level, Role
from services.roster import AreaRow, ResidentRow, Roster, StaffRow, export_roster, import_roster, write_roster
from services.roster.outcomes import Counts
from services.roster.vocabulary import RELATIONS, ROLES
from tests.roster.books import NOW, everything, id_number

_WORDS = st.text("王李张芳伟abcXYZ019=+-@'\"，、<&. 乌云", min_size=1, max_size=8).map(
    lambda text: " ".join(text.split())
)
_TEXT = _WORDS.filter(lambda text: bool(text) and "，" not in text and "王 " not in text)
_NAMES = st.text("王李张芳伟娜巴特尔abc", min_size=1, max_size=6)
_PHONES = st.one_of(st.just(""), st.integers(0, 9999).map(lambda number: f"1990000{number:04d}"))
_TAGS = st.lists(st.text("老孕病alone", min_size=1, max_size=4), max_size=3, unique=True).map(tuple)


@st.composite
def areas(draw: st.DrawFn) -> list[AreaRow]:
    """A tree in any order of its rows, with a grid at least."""
    rows = [AreaRow("C", draw(_NAMES), Level.CITY), AreaRow("G", draw(_NAMES), Level.GRID, "C")]
    for number, level in enumerate(draw(st.lists(st.sampled_from(list(Level)[1:]), max_size=8))):
        parents = [row.code for row in rows if row.level.depth < level.depth]
        if level.depth > Level.GRID.depth:
            parents = [row.code for row in rows if Level.GRID.depth <= row.level.depth < level.depth]
        rows.append(AreaRow(f"N{number}", draw(_NAMES), level, draw(st.sampled_from(parents))))
    return draw(st.permutations(rows))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    tree = draw(areas())
    posts = [(role, row.code) for row in tree for role in ROLES if LEVEL_OF_ROLE[role] is row.level]
    staff = draw(
        st.lists(
            st.builds(
                lambda name, post, phone: StaffRow(name, post[0], post[1], phone),
                _NAMES,
                st.sampled_from(posts),
                _PHONES,
            ),
            max_size=4,
            unique_by=lambda row: (row.name, row.role, row.area),
        )
    )
    doors = [row.code for row in tree if row.level.depth >= Level.GRID.depth]
    residents = draw(st.lists(_residents(doors), max_size=6, unique_by=lambda row: (row.area, row.room, row.name)))
    numbered = [number for number, _ in enumerate(residents) if draw(st.booleans())]
    return Roster(tree, staff, [_with_number(row, at if at in numbered else None) for at, row in enumerate(residents)])


def _with_number(row: ResidentRow, serial: int | None) -> ResidentRow:
    values = {name: getattr(row, name) for name in ResidentRow.__slots__}
    return ResidentRow(**{**values, "id_number": "" if serial is None else id_number(serial)})


def _residents(doors: list[str]) -> st.SearchStrategy[ResidentRow]:
    stays: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.fixed_dictionaries(
            {
                "first_day": st.dates(date(2020, 1, 1), date(2020, 3, 31)),
                "days": st.integers(1, 60),
                "reason": st.one_of(st.just(""), _TEXT),
                "origin": st.one_of(st.just(""), _TEXT),
            }
        ),
    )
    known = st.fixed_dictionaries(
        {
            "area": st.sampled_from(doors),
            "room": _TEXT,
            "name": _NAMES,
            "sex": st.sampled_from(["", "男", "女"]),
            "phone": _PHONES,
            "relation": st.sampled_from(["", *RELATIONS]),
            "tags": _TAGS,
        }
    )
    return st.builds(lambda known, stay: ResidentRow(**known, **stay), known, stays)


@pytest.mark.parametrize("name", ["out.xlsx", "out"])
@settings(max_examples=12)
@given(roster=rosters())
def test_what_is_exported_can_be_imported_and_changes_nothing(name: str, roster: Roster) -> None:
    with TemporaryDirectory() as folder:
        work = Path(folder)
        first, second = _database(work / "first.db"), _database(work / "second.db")
        write_roster(work / "in.xlsx", roster)
        report = import_roster(first, work / "in.xlsx", NOW)
        assert report.errors == ()
        before = everything(first)
        export_roster(first, work / name, NOW)

        again = import_roster(first, work / name, NOW)
        assert again.errors == ()
        assert [(one.added, one.changed, one.rejected) for one in again.counts.values()] == [(0, 0, 0)] * 3
        assert everything(first) == before

        import_roster(second, work / name, NOW)
        export_roster(second, work / "again.xlsx", NOW)
        export_roster(first, work / "once.xlsx", NOW)
        third = import_roster(second, work / "once.xlsx", NOW)
        assert [(one.added, one.changed, one.rejected) for one in third.counts.values()] == [(0, 0, 0)] * 3
        first.close()
        second.close()


def _database(path: Path) -> Database:
    database = Database(f"sqlite:///{path}", Vault(b"a secret for tests"), Policy())
    Record.metadata.create_all(database.engine)
    return database


ROSTER = Roster(
    [AreaRow("C", "包头市", Level.CITY), AreaRow("G", "第一网格", Level.GRID, "C")],
    [StaffRow("李娜", Role.GRID_WORKER, "G", "19900000009")],
    [
        ResidentRow(
            "G",
            "301",
            "王芳",
            "女",
            id_number(1),
            "19900000001",
            "户主",
            ("孕产妇", "慢性病"),
            date(2020, 2, 1),
            14,
            "返乡",
            "北京",
        ),
        ResidentRow("G", "-1", '=HYPERLINK("a")'),
        ResidentRow("G", "'301", "巴特尔"),
    ],
)


def _without_seals(database: Database) -> dict[str, list[object]]:
    """Every table; sealed bytes differ each time, their indexes do not."""
    tables = everything(database)
    with database.transaction() as session:
        people = select(*(one for one in Record.metadata.tables["people"].columns if "sealed" not in one.name))
        tables["people"] = [tuple(row) for row in session.execute(people)]
    return {name: list(rows) for name, rows in tables.items()}


def test_a_folder_of_csv_files_equals_the_workbook(tmp_path: Path) -> None:
    found = []
    for name in ("book.xlsx", "folder"):
        database = _database(tmp_path / f"{name}.db")
        write_roster(tmp_path / name, ROSTER)
        assert import_roster(database, tmp_path / name, NOW).counts["residents"] == Counts(added=3)
        found.append(_without_seals(database))
        database.close()
    assert found[0] == found[1]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_files_with_or_without_a_byte_order_mark(tmp_path: Path, database: Database, mark: str) -> None:
    (tmp_path / "csv").mkdir()
    text = "编码,名称,级别,上级编码\r\nC,包头市,市,\r\n\r\nG,网格,网格,X\r\n"
    (tmp_path / "csv" / "areas.csv").write_text(mark + text, encoding="utf-8")
    report = import_roster(database, tmp_path / "csv", NOW)
    assert report.counts["areas"] == Counts(added=1, rejected=1)
    assert [(one.sheet, one.row) for one in report.errors] == [("areas", 4)]


def test_no_cell_of_a_csv_file_begins_a_formula(tmp_path: Path) -> None:
    write_roster(tmp_path / "csv", ROSTER)
    lines = (tmp_path / "csv" / "居民.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = [cell.strip('"') for line in lines for cell in line.split(",")]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_an_export_is_noted(database: Database, tmp_path: Path) -> None:
    export_roster(database, tmp_path / "out.xlsx", NOW)
    with database.transaction() as session:
        assert session.scalars(select(AuditEntry.act)).all() == ["export"]


def test_an_export_larger_than_a_page_has_everybody_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.roster.exporting.PAGE", 2)
    rows = [ResidentRow("G", f"{number % 3}", f"人{number}") for number in range(7)]
    write_roster(tmp_path / "in.xlsx", Roster(ROSTER.areas, (), rows))
    import_roster(database, tmp_path / "in.xlsx", NOW)
    export_roster(database, tmp_path / "out", NOW)
    lines = (tmp_path / "out" / "居民.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["0", "0", "0", "1", "1", "2", "2"]
    assert len({line.split(",")[2] for line in lines}) == 7


def test_the_newest_quarantine_is_exported(database: Database, tmp_path: Path) -> None:
    for first_day in (date(2020, 1, 1), date(2020, 2, 1)):
        row = ResidentRow("G", "301", "王芳", first_day=first_day, days=14)
        write_roster(tmp_path / "in.xlsx", Roster(ROSTER.areas, (), [row]))
        import_roster(database, tmp_path / "in.xlsx", NOW)
    export_roster(database, tmp_path / "out", NOW)
    assert "2020-02-01,14" in (tmp_path / "out" / "居民.csv").read_text(encoding="utf-8-sig")
