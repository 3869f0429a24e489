"""The duty roster: who works when, by weekday, holiday and date; one's own word; who comes next (排班)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

import pytest

from models import Area
from rules.roles import Role
from rules.shifts import WEEK, Weekday
from services.duty_roster import DUTY_SHEETS, HolidayRow, ShiftRow, import_duty
from services.policies import choose
from services.roster.writing import write_rows
from tests.harness import DAY, Phone, Town
from tests.roster.books import write_book

pytestmark = pytest.mark.telegram

EIGHT, TWENTY = time(8), time(20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def rostered(town: Town, folder: Path, shifts: Sequence[ShiftRow], holidays: Sequence[HolidayRow] = ()) -> None:
    """Somebody imports a workbook with these rows."""
    write_rows(folder / "duty.xlsx", {"shifts": shifts, "holidays": holidays}, DUTY_SHEETS)
    report = import_duty(town.database, folder / "duty.xlsx", town.now)
    assert report.errors == ()


def two_in_turns(town: Town, folder: Path) -> tuple[Phone, Phone]:
    """Two workers of the first grid: one by day, one by night."""
    day, night = town.phone("李网格员"), town.employs("刘网格员", Role.GRID_WORKER)
    rostered(
        town,
        folder,
        [ShiftRow("李网格员", "G1", WEEK, EIGHT, TWENTY), ShiftRow("刘网格员", "G1", WEEK, TWENTY, EIGHT)],
    )
    return day, night


async def test_a_fever_goes_to_whoever_is_in_their_shift(town: Town, folder: Path) -> None:
    day, night = two_in_turns(town, folder)
    await town.at("19:59")
    await town.phone("张强").says("38.4")
    await day.hears("发烧：张强 38.4")
    assert night.heard("发烧") == 0
    await town.at("20:01")
    await town.phone("王芳").says("爷爷38.8")
    assert "李网格员不在班" in (await night.hears("发烧：王建国 38.8")).text
    assert day.heard("王建国") == 0
    await town.at("07:00", DAY.replace(day=DAY.day + 1))
    await town.at("08:01")
    await town.phone("王芳").says("我38.9")
    await day.hears("发烧：王芳 38.9")


async def test_duty_shows_ones_own_shifts_and_who_is_on_in_the_grid(town: Town, folder: Path) -> None:
    day, night = two_in_turns(town, folder)
    await town.at("09:00")
    seen = (await day.says("值班")).text
    assert "您这七天的班：\n2月10日周一 08:00–20:00\n2月11日周二 08:00–20:00" in seen
    assert "第一网格：李网格员 ✓（到 20:00）、刘网格员（休息到 20:00）、赵网格长 ✓" in seen
    assert "第二网格" not in seen
    seen = (await night.says("值班")).text
    assert "您现在不在班，20:00 自动上班。" in seen
    assert "告警现在发给 李网格员" in seen
    assert "2月10日周一 20:00–次日08:00" in seen
    assert "您这七天的班" not in (await town.phone("赵网格长").says("值班")).text


async def test_ones_own_word_comes_before_the_roster_until_its_time_is_over(town: Town, folder: Path) -> None:
    day, night = two_in_turns(town, folder)
    await town.at("09:00")
    assert (await night.says("值班")).labels[:2] == ("上班", "上班到今晚8点")
    await night.presses(night.inbox()[-1], "上班到今晚8点")
    await day.presses(await day.says("值班"), "下班")
    await town.phone("张强").says("38.4")
    await night.hears("发烧：张强 38.4")
    assert day.heard("发烧") == 0
    await town.at("09:00", DAY.replace(day=DAY.day + 1))
    assert "回来时按“上班”" in (await day.says("值班")).text
    await town.phone("王芳").says("爷爷38.8")
    assert "李网格员不在班、刘网格员不在班" in (await town.phone("赵网格长").hears("王建国 38.8")).text
    await day.presses(await day.says("值班"), "上班")
    assert "休息到今晚8点" in "".join((await day.says("值班")).labels)


async def test_on_a_holiday_and_on_a_date_other_rows_apply(town: Town, folder: Path) -> None:
    tomorrow = DAY.replace(day=DAY.day + 1)
    worker = town.phone("李网格员")
    rostered(
        town,
        folder,
        [
            ShiftRow("李网格员", "G1", WEEK, EIGHT, TWENTY),
            ShiftRow("李网格员", "G1", (Weekday.HOLIDAY,), time(12), time(14)),
            ShiftRow("李网格员", "G1", (tomorrow.replace(day=13),)),
        ],
        [HolidayRow(tomorrow, "V1"), HolidayRow(tomorrow.replace(day=12), "G2")],
    )
    await town.at("09:00")
    seen = (await worker.says("值班")).text
    assert "2月11日周二 12:00–14:00\n2月12日周三 08:00–20:00\n2月13日周四 休息\n2月14日周五 08:00–20:00" in seen
    await town.at("09:00", tomorrow)
    await town.phone("张强").says("38.4")
    assert worker.heard("发烧") == 0
    await town.at("12:01")
    await town.phone("王芳").says("爷爷38.8")
    await worker.hears("发烧：王建国 38.8")


async def test_a_house_that_was_down_over_a_change_of_shift_knows_who_is_on(town: Town, folder: Path) -> None:
    """What is kept about shifts is past: it is worked out for the alarm itself, before any tick."""
    day, night = two_in_turns(town, folder)
    await town.at("19:00")
    await town.stage.clock.move_to(town.now.replace(hour=13))  # 21:00 in Baotou, and no tick has looked
    town.sandbox.world.send_text(town.phone("张强").number, town.phone("张强").bot, "38.4")
    await town.stage.settle()
    await night.hears("发烧：张强 38.4")
    assert day.heard("发烧") == 0


def test_the_dates_of_the_stories_are_what_they_say() -> None:
    assert date(2020, 2, 10) == DAY
    assert WEEK[DAY.weekday()] is Weekday.MONDAY


async def test_the_community_hears_in_the_morning_when_nobody_will_be_on(town: Town, folder: Path) -> None:
    community = town.phone("孙社区")
    both = [ShiftRow("李网格员", "G1", WEEK, EIGHT, TWENTY), ShiftRow("赵网格长", "G1", WEEK[:5], time(9), time(22))]
    rostered(town, folder, both)
    await town.at("08:59")
    assert community.heard("排班表上没有人") == 0
    await town.at("09:01")
    said = (await community.hears("排班表上没有人")).text
    assert "第一网格：22:00 到 2月11日 08:00" in said
    assert "第二网格" not in said
    await town.at("23:00")
    assert community.heard("没人值班") == 0  # it was said in advance
    off = write_book(folder / "off.xlsx", 排班=[("姓名", "区域编码", "日子"), ("赵网格长", "G1", "不排班")])
    assert import_duty(town.database, off, town.now).errors == ()  # on no roster: on all the time
    await town.at("09:01", DAY.replace(day=DAY.day + 1))
    assert community.heard("排班表上没有人") == 1


async def test_the_roster_does_not_hide_who_went_off_in_their_shift(town: Town, folder: Path) -> None:
    day, night = two_in_turns(town, folder)
    head, community = town.phone("赵网格长"), town.phone("孙社区")
    await town.at("09:30")
    await head.presses(await head.says("值班"), "休息到今晚8点")
    assert community.heard("没人值班") == 0
    await day.presses(await day.says("值班"), "休息到今晚8点")
    await town.forward(minutes=2)
    await community.hears("第一网格 没人值班")
    await night.presses(await night.says("值班"), "上班到今晚8点")
    await town.forward(minutes=2)
    await community.hears("又有人值班了")


async def test_workers_who_take_turns_are_told_one_after_the_other(town: Town) -> None:
    one, other = town.phone("李网格员"), town.employs("刘网格员", Role.GRID_WORKER)
    head, community = town.phone("赵网格长"), town.phone("孙社区")
    await town.at("09:00")
    await community.presses(await community.presses(await community.says("规则"), "告警找谁"), "几位网格员怎么分")
    assert "改成 按天轮" in (await community.presses(community.inbox()[-1], "按天轮")).text
    await town.phone("张强").says("38.4")
    first, second = (one, other) if one.heard("发烧：张强") else (other, one)
    assert "今天轮到您" in (await first.hears("发烧：张强 38.4")).text
    assert second.heard("发烧：张强") == 0
    await town.forward(minutes=5)
    assert f"{first.name}先轮到，到时间还没办完" in (await second.hears("发烧：张强 38.4")).text
    assert head.heard("发烧：张强") == 0
    await town.forward(minutes=5)  # as soon as it would have come to the head before
    await head.hears("发烧：张强 38.4")
    await town.at("09:00", DAY.replace(day=DAY.day + 1))
    for phone in (first, second):
        await phone.says("帮助")  # whoever does not answer is passed over anyhow
    await town.phone("王芳").says("爷爷38.8")
    assert "今天轮到您" in (await second.hears("发烧：王建国 38.8")).text
    assert first.heard("王建国") == 0


async def test_a_fever_does_not_wait_for_whose_turn_it_is_when_they_are_off(town: Town) -> None:
    one, other = town.phone("李网格员"), town.employs("刘网格员", Role.GRID_WORKER)
    await town.at("09:00")
    grid = town.area("G1").id
    with town.database.transaction() as session:
        choose(session, town.now, session.get_one(Area, grid), "turns", "week", None)
    await town.phone("张强").says("38.4")
    first, second = (one, other) if one.heard("发烧：张强") else (other, one)
    await first.presses(await first.says("值班"), "休息到今晚8点")
    await town.phone("王芳").says("爷爷38.8")
    alert = await second.hears("发烧：王建国 38.8")
    assert f"为什么找您：{first.name}不在班" in alert.text
    assert "今天轮到您" not in alert.text
    await town.forward(minutes=9)  # the whole of the workers' time is theirs
    assert town.phone("赵网格长").heard("王建国") == 0
    await town.forward(minutes=1)
    await town.phone("赵网格长").hears("发烧：王建国 38.8")
