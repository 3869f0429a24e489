"""The duty roster as a workbook: read in, named where it is wrong, the same again, written out as it is read."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import cli
from models.db import Database
from rules.roles import Role
from rules.shifts import WEEK, Weekday
from services.duty_roster import DUTY_SHEETS, HolidayRow, ShiftRow, export_duty, import_duty, write_duty_template
from services.duty_roster.days import clock, shown, spelled, when
from services.duty_roster.exporting import holiday_rows, shift_rows
from services.roster import Roster, StaffRow, describe, import_roster, write_roster
from services.roster.errors import CellError
from services.roster.outcomes import Counts
from services.roster.writing import write_rows
from tests.roster.books import NOW, TREE, Cells, everything, write_book

SHIFTS = ("姓名", "电话", "区域编码", "日子", "上班", "下班")
HOLIDAYS = ("日期", "名称", "区域编码")
STAFF = (
    StaffRow("李娜", Role.GRID_WORKER, "G", "19900000001"),
    StaffRow("刘强", Role.GRID_WORKER, "G"),
    StaffRow("赵敏", Role.GRID_HEAD, "G2", "19900000003"),
    StaffRow("赵敏", Role.GRID_WORKER, "G2", "19900000004"),
)


@pytest.fixture
def staffed(database: Database, tmp_path: Path) -> Database:
    write_roster(tmp_path / "register.xlsx", Roster(TREE, STAFF, ()))
    assert import_roster(database, tmp_path / "register.xlsx", NOW).errors == ()
    return database


def book(path: Path, shifts: Sequence[Cells], holidays: Sequence[Cells] = ()) -> Path:
    return write_book(path / "duty.xlsx", 排班=[SHIFTS, *shifts], 节假日=[HOLIDAYS, *holidays])


def test_a_duty_roster_is_read_in_and_the_same_again_changes_nothing(staffed: Database, tmp_path: Path) -> None:
    file = book(
        tmp_path,
        [
            ("李娜", "19900000001", "G", "周一至周五", "8:00", "20:00"),
            ("刘强", None, "G", "每天", "20:00", "8点"),
            ("李娜", None, "G", "节假日", "9点半", "17:00"),
            ("刘强", None, "G", date(2020, 2, 14), None, None),
        ],
        [(date(2020, 2, 8), "元宵节", None), (date(2020, 2, 20), None, "K")],
    )
    report = import_duty(staffed, file, NOW)
    assert report.errors == ()
    assert report.counts == {"shifts": Counts(added=4), "holidays": Counts(added=2)}
    before = everything(staffed)
    again = import_duty(staffed, file, NOW)
    assert again.counts == {"shifts": Counts(unchanged=4), "holidays": Counts(unchanged=2)}
    assert again.removed == 0
    assert {**everything(staffed), "shift_times": []} == {**before, "shift_times": []}
    assert staffed.apply(shift_rows) == [
        ShiftRow("李娜", "G", WEEK[:5], time(8), time(20), "19900000001"),
        ShiftRow("李娜", "G", (Weekday.HOLIDAY,), time(9, 30), time(17), "19900000001"),
        ShiftRow("刘强", "G", WEEK, time(20), time(8)),
        ShiftRow("刘强", "G", (date(2020, 2, 14),)),
    ]
    assert staffed.apply(holiday_rows) == [
        HolidayRow(date(2020, 2, 8), name="元宵节"),
        HolidayRow(date(2020, 2, 20), "K"),
    ]


def test_a_bad_row_is_named_and_the_good_ones_go_in(staffed: Database, tmp_path: Path) -> None:
    file = book(
        tmp_path,
        [
            ("李娜", None, "G", "周八", "8:00", "20:00"),
            ("李娜", None, "G", "周一", "25:00", "20:00"),
            ("李娜", None, "G", "周一", "8:00", None),
            ("王五", None, "G", "周一", "8:00", "20:00"),
            ("李娜", "19900000009", "G", "周一", "8:00", "20:00"),
            ("赵敏", None, "G2", "周一", "8:00", "20:00"),
            ("李娜", None, "X", "周一", "8:00", "20:00"),
            ("李娜", None, "G", "不排班", "8:00", "20:00"),
            ("赵敏", "19900000004", "G2", "周二", "8:00", "20:00"),
        ],
        [("明天", None, None), (date(2020, 2, 8), None, "X")],
    )
    report = import_duty(staffed, file, NOW)
    assert report.counts["shifts"] == Counts(added=1, rejected=8)
    assert report.counts["holidays"] == Counts(rejected=2)
    said = [describe(one, "zh-CN") for one in report.errors]
    assert said[0].startswith("排班 第 2 行，日子：“周八”不是日子")
    assert said[1].startswith("排班 第 3 行，上班：“25:00”不是时间")
    assert said[2].startswith("排班 第 4 行，下班：没有填写")
    assert said[3].startswith("排班 第 5 行，姓名：G 没有叫王五的工作人员")
    assert said[4].startswith("排班 第 6 行，电话：G 的李娜登记的不是这个电话")
    assert said[5].startswith("排班 第 7 行，电话：G2 有几位赵敏")
    assert said[6].startswith("排班 第 8 行，区域编码：没有编码为 X 的区域")
    assert said[7].startswith("排班 第 9 行，上班：“不排班”的这一行")
    assert said[8].startswith("节假日 第 2 行，日期：")
    assert said[9].startswith("节假日 第 3 行，区域编码：没有编码为 X 的区域")
    assert len({describe(one, "en") for one in report.errors}) == len(said)


def test_whoever_is_in_the_file_has_its_rows_and_whoever_is_not_keeps_theirs(staffed: Database, tmp_path: Path) -> None:
    day, night = ("8:00", "20:00"), ("20:00", "8:00")
    import_duty(staffed, book(tmp_path, [("李娜", None, "G", "每天", *day), ("刘强", None, "G", "每天", *night)]), NOW)
    report = import_duty(staffed, book(tmp_path, [("李娜", None, "G", "周一、周三", *day)]), NOW)
    assert (report.counts["shifts"], report.removed) == (Counts(unchanged=1), 5)
    assert [(one.name, one.when) for one in staffed.apply(shift_rows)] == [
        ("李娜", (Weekday.MONDAY, Weekday.WEDNESDAY)),
        ("刘强", WEEK),
    ]
    bad = [("李娜", None, "G", "周二", *day), ("李娜", None, "G", "周八", *day)]
    assert import_duty(staffed, book(tmp_path, bad), NOW).removed == 0
    report = import_duty(staffed, book(tmp_path, [("李娜", None, "G", "不排班", None, None)]), NOW)
    assert (report.counts["shifts"], report.removed) == (Counts(changed=1), 3)
    assert [one.name for one in staffed.apply(shift_rows)] == ["刘强"]
    report = import_duty(staffed, book(tmp_path, [("李娜", None, "G", "不排班", None, None)]), NOW)
    assert report.counts["shifts"] == Counts(unchanged=1)


@pytest.mark.parametrize("name", ["out.xlsx", "out"])
def test_what_is_written_out_is_read_in_as_it_was(staffed: Database, tmp_path: Path, name: str) -> None:
    shifts = [
        ShiftRow("李娜", "G", (WEEK[5],), time(0), time(0), "19900000001"),
        ShiftRow("李娜", "G", (WEEK[0], WEEK[2]), time(8), time(20), "19900000001"),
        ShiftRow("李娜", "G", (Weekday.HOLIDAY,), phone="19900000001"),
        ShiftRow("李娜", "G", (date(2020, 2, 14),), time(12, 30), time(14), "19900000001"),
    ]
    holidays = [HolidayRow(date(2020, 2, 8), name="元宵节"), HolidayRow(date(2020, 2, 8), "G2")]
    write_rows(tmp_path / "in.xlsx", {"shifts": shifts, "holidays": holidays}, DUTY_SHEETS)
    assert import_duty(staffed, tmp_path / "in.xlsx", NOW).errors == ()
    export_duty(staffed, tmp_path / name, NOW)
    again = import_duty(staffed, tmp_path / name, NOW)
    assert (again.errors, again.removed) == ((), 0)
    assert again.counts == {"shifts": Counts(unchanged=len(shifts)), "holidays": Counts(unchanged=2)}
    assert staffed.apply(shift_rows) == shifts


def test_the_template_as_it_is_changes_nothing(staffed: Database, tmp_path: Path) -> None:
    write_duty_template(tmp_path / "template.xlsx")
    report = import_duty(staffed, tmp_path / "template.xlsx", NOW)
    assert (report.errors, report.warnings) == ((), ())
    assert report.counts == {"shifts": Counts(), "holidays": Counts()}


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("周一至周五", WEEK[:5]),
        ("星期一到星期五", WEEK[:5]),
        ("一三五", (WEEK[0], WEEK[2], WEEK[4])),
        ("周六、周日", WEEK[5:]),
        ("周五至周一", (WEEK[0], WEEK[4], WEEK[5], WEEK[6])),
        ("Mon-Fri", WEEK[:5]),
        ("mon, Sat", (WEEK[0], WEEK[5])),
        ("每天", WEEK),
        ("工作日、节假日", (*WEEK[:5], Weekday.HOLIDAY)),
        ("2020-02-14", (date(2020, 2, 14),)),
        ("2020年2月14日、2020/2/15", (date(2020, 2, 14), date(2020, 2, 15))),
        (datetime(2020, 2, 14), (date(2020, 2, 14),)),  # noqa: DTZ001 - as Excel has it
        ("不排班", ()),
        ("none", ()),
    ],
)
def test_days_are_understood_as_people_write_them(cell: str | datetime, days: tuple[object, ...]) -> None:
    assert when(cell) == days


@pytest.mark.parametrize("cell", ["周八", "天天", "周一至", "2020-02-30", "1", "周一至周五再说"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        when(cell)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("8:00", time(8)),
        ("08：30", time(8, 30)),
        ("8点半", time(8, 30)),
        ("20点", time(20)),
        ("20时15分", time(20, 15)),
        ("24:00", time(0)),
        (8.0, time(8)),
        (0.5, time(12)),
        (time(8, 30), time(8, 30)),
        (timedelta(hours=24), time(0)),
    ],
)
def test_times_are_understood_as_people_and_excel_write_them(
    cell: str | float | time | timedelta, moment: time
) -> None:
    assert clock(cell) == moment


@pytest.mark.parametrize("cell", ["25:00", "8:60", "早上", "24:30", "8-20"])
def test_what_is_no_time_of_day_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        clock(cell)


@given(st.sets(st.one_of(st.sampled_from(Weekday), st.dates(date(2020, 1, 1), date(2021, 1, 1))), max_size=6))
def test_days_are_read_as_they_are_written(days: set[Weekday | date]) -> None:
    found = when(spelled(tuple(days)))
    assert set(found) == days
    assert when(spelled(found)) == found


@given(st.builds(time, st.integers(0, 23), st.integers(0, 59)))
def test_times_are_read_as_they_are_written(moment: time) -> None:
    assert clock(shown(moment)) == moment


def test_the_command_line_reads_and_writes_and_enters_a_holiday(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/house.db"
    runner = CliRunner(env={"GRIDBOT_DATABASE_URL": url})
    write_roster(tmp_path / "register.xlsx", Roster(TREE, STAFF, ()))
    assert runner.invoke(cli, ["roster", "import", f"{tmp_path}/register.xlsx"]).exit_code == 0
    assert runner.invoke(cli, ["duty", "template", f"{tmp_path}/template.xlsx"]).exit_code == 0
    file = book(tmp_path, [("李娜", None, "G", "每天", "8:00", "20:00"), ("李娜", None, "G", "周八", "8:00", "20:00")])
    done = runner.invoke(cli, ["duty", "import", f"{file}"])
    assert done.exit_code == 1
    assert "排班 第 3 行，日子" in done.stderr
    assert "新增 1" in done.stdout
    done = runner.invoke(cli, ["duty", "import", f"{book(tmp_path, [('李娜', None, 'G', '周一', '8:00', '20:00')])}"])
    assert "去掉了 6 个旧的班" in done.stdout
    entered = ["duty", "holiday", "2020-02-08", "--area", "K", "--name", "元宵节"]
    assert runner.invoke(cli, entered).stdout == "2020-02-08: a holiday K\n"
    assert runner.invoke(cli, ["duty", "export", f"{tmp_path}/out"]).exit_code == 0
    assert "2020-02-08,元宵节,K" in (tmp_path / "out" / "节假日.csv").read_text(encoding="utf-8-sig")
    assert runner.invoke(cli, [*entered, "--remove"]).exit_code == 0
    again = runner.invoke(cli, [*entered, "--remove"])
    assert (again.exit_code, "it was not entered there" in again.stderr) == (1, True)
    assert runner.invoke(cli, ["duty", "holiday", "2020-02-08", "--area", "X"]).exit_code == 1
    missing = runner.invoke(cli, ["duty", "import", f"{tmp_path}/nothing.xlsx"])
    assert (missing.exit_code, "没有这个文件" in missing.stderr) == (1, True)
