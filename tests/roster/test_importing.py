"""What an import does to the records."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Appointment, Area, AuditEntry, Household, Person, Quarantine, Resident
from models.db import Database
from rules.quarantine import QuarantineStatus
from rules.roles import Level, Role
from services.register import id_number_of, phone_of
from services.roster import (
    AreaRow,
    ResidentRow,
    Roster,
    RosterFileError,
    RowError,
    StaffRow,
    import_roster,
    write_roster,
    write_template,
)
from services.roster.importing import CHUNK
from services.roster.outcomes import Counts
from services.words import LANGUAGES
from tests.contracts.counting import counted
from tests.roster.books import NOW, RESIDENT_HEADERS, TREE, everything, id_number, write_book


def put_in(
    database: Database, folder: Path, *residents: ResidentRow, staff: tuple[StaffRow, ...] = ()
) -> dict[str, Counts]:
    path = folder / "roster.xlsx"
    write_roster(path, Roster(TREE, staff, residents))
    report = import_roster(database, path, NOW)
    assert report.errors == ()
    return report.counts


def homes(database: Database) -> list[tuple[str, str, str]]:
    with database.transaction() as session:
        rows = session.execute(
            select(Area.code, Household.room, Person.name)
            .join(Household, Household.area_id == Area.id)
            .join(Resident, Resident.household_id == Household.id)
            .join(Person, Person.id == Resident.person_id)
            .order_by(Resident.id)
        )
        return [(code, room, name) for code, room, name in rows]


def only_quarantine(database: Database) -> Quarantine:
    with database.transaction() as session:
        return session.scalars(select(Quarantine)).one()


def test_a_row_becomes_a_person_behind_a_door_in_quarantine(database: Database, tmp_path: Path) -> None:
    row = ResidentRow(
        area="B",
        room="1号",
        name="王芳",
        sex="女",
        id_number=id_number(1),
        phone="19900000001",
        relation="户主",
        tags=("孕产妇",),
        first_day=date(2020, 2, 10),
        days=14,
        reason="返乡",
        origin="北京市",
    )
    put_in(database, tmp_path, row)
    assert homes(database) == [("B", "1号", "王芳")]
    with database.transaction() as session:
        person, resident = session.execute(select(Person, Resident).join(Resident)).one()
        assert (person.sex, phone_of(session, person), id_number_of(session, person)) == (
            "女",
            "19900000001",
            id_number(1),
        )
        assert (resident.relation, resident.tags) == ("户主", ["孕产妇"])
        assert session.scalars(select(Area.code).join(Household, Household.grid_id == Area.id)).one() == "G"
    quarantine = only_quarantine(database)
    assert (quarantine.first_day, quarantine.last_day) == (date(2020, 2, 10), date(2020, 2, 23))
    assert (quarantine.status, quarantine.reason, quarantine.origin) == (QuarantineStatus.ACTIVE, "返乡", "北京市")
    assert quarantine.next_day == date(2020, 2, 10)


@pytest.mark.parametrize(
    ("first_day", "status"),
    [
        (date(2020, 2, 11), QuarantineStatus.PLANNED),
        (date(2020, 1, 28), QuarantineStatus.ACTIVE),
        (date(2020, 1, 27), QuarantineStatus.ENDED),
    ],
)
def test_the_last_day_still_counts(
    database: Database, tmp_path: Path, first_day: date, status: QuarantineStatus
) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳", first_day=first_day, days=14))
    quarantine = only_quarantine(database)
    assert quarantine.status is status
    assert (quarantine.ended_at is None) == (status is not QuarantineStatus.ENDED)
    assert (quarantine.next_at is None) == (status is QuarantineStatus.ENDED)


def test_importing_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    rows = [
        ResidentRow("B", f"{n}号", "王芳", phone="19900000001", first_day=date(2020, 2, 1), days=14) for n in (1, 2)
    ]
    staff = (StaffRow("李娜", Role.GRID_WORKER, "G", "19900000009"), StaffRow("赵强", Role.CITY, "C"))
    put_in(database, tmp_path, *rows, staff=staff)
    before = everything(database)
    counts = put_in(database, tmp_path, *rows, staff=staff)
    assert everything(database) == before
    assert counts == {
        "areas": Counts(unchanged=len(TREE)),
        "staff": Counts(unchanged=2),
        "residents": Counts(unchanged=2),
    }


def test_the_same_identity_number_behind_another_door_is_a_move(database: Database, tmp_path: Path) -> None:
    row = ResidentRow("B", "1号", "王芳", id_number=id_number(1), first_day=date(2020, 2, 1), days=14)
    put_in(database, tmp_path, row)
    counts = put_in(database, tmp_path, ResidentRow("G2", "7号", "王芳", id_number=id_number(1)))
    assert counts["residents"] == Counts(changed=1)
    assert homes(database) == [("G2", "7号", "王芳")]
    with database.transaction() as session:
        assert session.scalars(select(Household.room).order_by(Household.id)).all() == ["1号", "7号"]
        moved_to = select(Household.room).join(Quarantine, Quarantine.household_id == Household.id)
        assert session.scalars(moved_to).all() == ["7号"]
        assert session.scalars(select(AuditEntry.subject).where(AuditEntry.act == "move")).all() == ["person:1"]


def test_without_identity_numbers_the_name_in_the_household_decides(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳"))
    counts = put_in(
        database,
        tmp_path,
        ResidentRow("B", "1号", "王芳", phone="19900000001", id_number=id_number(1)),
        ResidentRow("B", "2号", "王芳"),
    )
    assert counts["residents"] == Counts(added=1, changed=1)
    assert homes(database) == [("B", "1号", "王芳"), ("B", "2号", "王芳")]


def test_a_namesake_who_moves_in_is_not_the_one_who_moves_out(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳", id_number=id_number(1)))
    counts = put_in(
        database, tmp_path, ResidentRow("B", "1号", "王芳"), ResidentRow("B", "2号", "王芳", id_number=id_number(1))
    )
    assert counts["residents"] == Counts(added=1, changed=1)
    with database.transaction() as session:
        first = session.get_one(Person, 1)
        assert id_number_of(session, first) == id_number(1)
    assert sorted(homes(database)) == [("B", "1号", "王芳"), ("B", "2号", "王芳")]


def test_an_empty_cell_erases_nothing(database: Database, tmp_path: Path) -> None:
    full = ResidentRow("B", "1号", "王芳", "女", id_number(1), "19900000001", "户主", ("孕产妇",), date(2020, 2, 1), 14)
    put_in(database, tmp_path, full)
    before = everything(database)
    counts = put_in(database, tmp_path, ResidentRow("B", "1号", "王芳"))
    assert counts["residents"] == Counts(unchanged=1)
    assert everything(database) == before


def test_other_dates_correct_the_quarantine_they_overlap(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳", first_day=date(2020, 2, 1), days=14))
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳", first_day=date(2020, 2, 3), days=21))
    quarantine = only_quarantine(database)
    assert (quarantine.first_day, quarantine.last_day) == (date(2020, 2, 3), date(2020, 2, 23))


def test_a_quarantine_ended_early_stays_ended(database: Database, tmp_path: Path) -> None:
    row = ResidentRow("B", "1号", "王芳", first_day=date(2020, 2, 1), days=14)
    put_in(database, tmp_path, row)
    with database.transaction() as session:
        released = session.scalars(select(Quarantine)).one()
        released.status, released.ended_at, released.next_at = QuarantineStatus.ENDED, NOW, None
    assert put_in(database, tmp_path, row)["residents"] == Counts(unchanged=1)
    assert only_quarantine(database).status is QuarantineStatus.ENDED


def test_parents_may_stand_below_their_children(database: Database, tmp_path: Path) -> None:
    write_roster(tmp_path / "a.xlsx", Roster(tuple(reversed(TREE))))
    report = import_roster(database, tmp_path / "a.xlsx", NOW)
    assert report.counts["areas"] == Counts(added=len(TREE))
    with database.transaction() as session:
        paths = {area.code: area.path for area in session.scalars(select(Area))}
    assert paths["B"].startswith(paths["G"])
    assert paths["G"].startswith(paths["K"])


def test_a_moved_building_takes_its_doors_to_the_other_grid(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳"))
    write_roster(tmp_path / "a.xlsx", Roster([AreaRow("B", "东一排", Level.BUILDING, "G2")]))
    assert import_roster(database, tmp_path / "a.xlsx", NOW).counts["areas"] == Counts(changed=1)
    with database.transaction() as session:
        grid = session.scalars(select(Area).where(Area.code == "G2")).one()
        assert session.scalars(select(Household.grid_id)).one() == grid.id
        assert session.scalars(select(Area.path).where(Area.code == "B")).one().startswith(grid.path)


def test_a_building_with_doors_cannot_leave_every_grid(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, ResidentRow("B", "1号", "王芳"))
    before = everything(database)
    write_roster(tmp_path / "a.xlsx", Roster([AreaRow("B", "东一排", Level.BUILDING, "K")]))
    report = import_roster(database, tmp_path / "a.xlsx", NOW)
    assert report.errors == (RowError("区域", 2, "上级编码", "roster-no-grid", {"code": "K"}),)
    assert everything(database) == before


def test_one_worker_of_two_grids_is_one_person(database: Database, tmp_path: Path) -> None:
    staff = tuple(StaffRow("李娜", Role.GRID_WORKER, grid, "19900000009") for grid in ("G", "G2"))
    put_in(database, tmp_path, staff=staff)
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count()).select_from(Appointment)) == 2


def test_a_worker_with_a_new_phone_is_the_same_and_a_namesake_is_not(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path, staff=(StaffRow("李娜", Role.GRID_WORKER, "G", "19900000001"),))
    changed = put_in(database, tmp_path, staff=(StaffRow("李娜", Role.GRID_WORKER, "G", "19900000002"),))
    assert changed["staff"] == Counts(changed=1)
    both = tuple(StaffRow("李娜", Role.GRID_WORKER, "G", f"1990000000{n}") for n in (2, 3))
    assert put_in(database, tmp_path, staff=both)["staff"] == Counts(added=1, unchanged=1)


def test_somebody_whose_appointment_ended_is_appointed_anew(database: Database, tmp_path: Path) -> None:
    staff = (StaffRow("李娜", Role.GRID_WORKER, "G"),)
    put_in(database, tmp_path, staff=staff)
    with database.transaction() as session:
        session.scalars(select(Appointment)).one().until = NOW
    assert put_in(database, tmp_path, staff=staff)["staff"] == Counts(changed=1)
    with database.transaction() as session:
        assert session.scalars(select(Appointment.until)).one() is None


def test_a_long_work_goes_in_chunks_and_says_how_far_it_is(database: Database, tmp_path: Path) -> None:
    rows = [ResidentRow("B", f"{number}", "王芳") for number in range(CHUNK + 1)]
    write_roster(tmp_path / "a.xlsx", Roster(TREE, (), rows))
    seen: list[tuple[int, int]] = []
    import_roster(database, tmp_path / "a.xlsx", NOW, lambda done, total: seen.append((done, total)))
    total = len(TREE) + len(rows)
    assert seen == [(len(TREE), total), (len(TREE) + CHUNK, total), (total, total)]


def test_english_sheets_and_headers_do_the_same(database: Database, tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "book.xlsx",
        Areas=[("Code", "NAME", "Level", "parent_code"), ("C", "City", "city"), ("G", "Grid", "grid", "C")],
        staff=[("Name", "Phone", "Role", "Area code"), ("Li Na", 19900000001, "Grid worker", "G")],
        Residents=[
            ("Area code", "Room *", "Name", "Sex", "Relation to head", "Quarantine from", "Quarantine days"),
            ("G", 301, "Wang Fang", "Female", "head", date(2020, 2, 1), 7),
        ],
    )
    report = import_roster(database, book, NOW)
    assert (report.errors, report.warnings) == ((), ())
    assert homes(database) == [("G", "301", "Wang Fang")]
    assert only_quarantine(database).last_day == date(2020, 2, 7)


def test_a_title_above_the_headers_and_columns_of_ones_own_do_no_harm(database: Database, tmp_path: Path) -> None:
    put_in(database, tmp_path)
    headers = (*RESIDENT_HEADERS[:3], "备注")
    book = write_book(
        tmp_path / "book.xlsx",
        residents=[
            ("居民基本信息登记表",),
            headers,
            (),
            ("B", "1号", "王芳", "好"),
            ("#B", "2号", "例子"),
            ("X", "1", "张伟"),
        ],
    )
    report = import_roster(database, book, NOW)
    assert homes(database) == [("B", "1号", "王芳")]
    assert report.warnings == (RowError("居民", 2, "备注", "roster-column-ignored"),)
    assert [(one.row, one.key) for one in report.errors] == [(6, "roster-area-unknown")]


def test_a_missing_required_header_rejects_the_sheet(database: Database, tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", residents=[("区域编码", "姓名"), ("B", "王芳"), ("B", "张伟")])
    report = import_roster(database, book, NOW)
    assert report.errors == (
        RowError("居民", 1, "房号", "roster-header-missing", {"column": "房号", "english": "Room"}),
    )
    assert report.counts["residents"] == Counts(rejected=2)


def test_the_template_as_it_is_adds_nobody(database: Database, tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    report = import_roster(database, tmp_path / "template.xlsx", NOW)
    assert (report.errors, report.warnings) == ((), ())
    assert report.counts == {"areas": Counts(), "staff": Counts(), "residents": Counts()}


def test_a_file_that_cannot_be_read_says_why_in_both_languages(database: Database, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "folder").mkdir()
    (tmp_path / "gbk").mkdir()
    (tmp_path / "gbk" / "居民.csv").write_bytes("区域编码,房号,姓名".encode("gb18030"))
    write_book(tmp_path / "other.xlsx", Sheet1=[("a", "b")])
    for name, key in (
        ("missing.xlsx", "roster-file-missing"),
        ("broken.xlsx", "roster-file-unreadable"),
        ("folder", "roster-no-sheets"),
        ("other.xlsx", "roster-no-sheets"),
        ("gbk", "roster-not-utf8"),
    ):
        with pytest.raises(RosterFileError) as caught:
            import_roster(database, tmp_path / name, NOW)
        assert caught.value.key == key
        for language in LANGUAGES:
            assert name in caught.value.text(language)


def test_many_rows_need_few_queries(database: Database, tmp_path: Path) -> None:
    rows = [
        ResidentRow("B", f"{number}", "王芳", id_number=id_number(number), first_day=date(2020, 2, 1), days=14)
        for number in range(CHUNK)
    ]
    write_roster(tmp_path / "a.xlsx", Roster(TREE, (), rows))
    import_roster(database, tmp_path / "a.xlsx", NOW)
    with counted(database) as asked:
        assert import_roster(database, tmp_path / "a.xlsx", NOW).counts["residents"] == Counts(unchanged=CHUNK)
    assert len(asked) < 25
