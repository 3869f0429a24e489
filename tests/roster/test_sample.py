"""The demo's roster holds what the paper tells."""

from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from bot.demo import sample
from models import Household, Quarantine, Resident
from models.db import Database
from rules.quarantine import DAYS, QuarantineStatus, last_day, status_on
from rules.roles import Level, Role
from services.roster import ResidentRow, import_roster, write_roster
from tests.roster.books import NOW


def households() -> dict[tuple[str, str], list[ResidentRow]]:
    found: dict[tuple[str, str], list[ResidentRow]] = defaultdict(list)
    for row in sample.residents():
        found[row.area, row.room].append(row)
    return found


def test_54_households_and_162_people() -> None:
    sizes = Counter(len(members) for members in households().values())
    assert sum(sizes.values()) == sample.HOUSEHOLDS == 54
    assert sum(size * number for size, number in sizes.items()) == sample.PEOPLE == 162
    assert set(sizes) == {1, 2, 3, 4, 5, 6}


def test_twelve_sub_bureaus_one_village_three_grids() -> None:
    levels = Counter(row.level for row in sample.areas())
    assert levels[Level.CITY] == levels[Level.STREET] == levels[Level.COMMUNITY] == 1
    assert levels[Level.DISTRICT] == 12
    assert [row.code for row in sample.areas() if row.level is Level.GRID] == list(sample.GRIDS)
    assert Counter(area[: len("XHL-1")] for area, _ in households()) == dict.fromkeys(sample.GRIDS, 18)


def test_a_head_and_two_workers_a_grid_and_somebody_on_every_level_above() -> None:
    roles = Counter(row.role for row in sample.staff())
    assert (roles[Role.GRID_HEAD], roles[Role.GRID_WORKER], roles[Role.COMMUNITY]) == (3, 6, 2)
    assert (roles[Role.STREET], roles[Role.DISTRICT], roles[Role.CITY]) == (1, 12, 1)


def test_everybody_is_in_quarantine_on_the_day() -> None:
    firsts = {door: {row.first_day for row in members} for door, members in households().items()}
    assert all(len(days) == 1 for days in firsts.values())
    spread = Counter(day for days in firsts.values() for day in days if day)
    assert len(spread) == DAYS
    assert spread[sample.DAY] == spread[sample.DAY - timedelta(days=DAYS - 1)] == 1
    assert {status_on(sample.DAY, day, last_day(day)) for day in spread} == {QuarantineStatus.ACTIVE}
    assert max(last_day(day) for day in spread) == last_day(sample.DAY)
    assert min(last_day(day) for day in spread) == sample.DAY


def test_families_look_like_families() -> None:
    for members in households().values():
        assert [row.relation for row in members].count("户主") == 1
        assert {row.reason for row in members} == {"返乡"}
        assert len({row.origin for row in members}) == 1
        assert all("武汉" not in row.origin for row in members)


def test_names_are_nobodys_twice_and_some_are_mongolian() -> None:
    names = [row.name for row in sample.residents()] + [row.name for row in sample.staff()]
    assert len(set(names)) == len(names)
    assert {"巴特尔", "乌云其其格"} <= set(names)


def test_children_have_no_phones_and_neither_have_four_old_households() -> None:
    everybody = sample.residents()
    phones = [row.phone for row in everybody if row.phone]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("1990000") and len(phone) == 11 for phone in phones)
    without = [members for members in households().values() if not any(row.phone for row in members)]
    assert len(without) == 4
    assert all("老年人" in row.tags or "独居老人" in row.tags for members in without for row in members)
    assert all(row.relation in {"子", "女", "孙子", "孙女"} for row in everybody if not row.phone and not row.tags)


def test_no_identity_number_could_be_anybodys() -> None:
    assert {row.id_number for row in sample.residents()} == {""}


def test_the_workbook_in_the_repository_is_the_one_that_is_made(tmp_path: Path) -> None:
    write_roster(tmp_path / "a.xlsx", sample.roster())
    write_roster(tmp_path / "b.xlsx", sample.roster())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    # Cell by cell: another zlib may pack the same cells into other bytes.
    with CalamineWorkbook.from_path(tmp_path / "a.xlsx") as made, CalamineWorkbook.from_path(sample.WORKBOOK) as kept:
        assert made.sheet_names == kept.sheet_names
        for name in made.sheet_names:
            assert made.get_sheet_by_name(name).to_python() == kept.get_sheet_by_name(name).to_python()


def test_the_workbook_goes_into_the_records_whole(database: Database) -> None:
    report = import_roster(database, sample.WORKBOOK, NOW)
    assert (report.errors, report.warnings) == ((), ())
    with database.transaction() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Household, Resident)]
        active = select(func.count()).where(Quarantine.status == QuarantineStatus.ACTIVE)
        assert [*counts, session.scalar(active)] == [54, 162, 162]
