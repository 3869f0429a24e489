"""The end of a shift with alarms in hand: told once, given in one list, kept, or left to lapse (交班)."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Escalation
from rules.escalation import State
from rules.roles import Role
from rules.shifts import WEEK
from services.duty_roster import DUTY_SHEETS, ShiftRow, import_duty
from services.roster.writing import write_rows
from tests.harness import Heard, Phone, Town
from tests.messengers import told_on

EIGHT, TWENTY = time(8), time(20)


@pytest.fixture(params=told_on("telegram", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def two_in_turns(town: Town, folder: Path) -> tuple[Phone, Phone]:
    """Two workers of the first grid: one by day, one by night."""
    day, night = town.phone("李网格员"), town.employs("刘网格员", Role.GRID_WORKER)
    rows = [ShiftRow("李网格员", "G1", WEEK, EIGHT, TWENTY), ShiftRow("刘网格员", "G1", WEEK, TWENTY, EIGHT)]
    write_rows(folder / "duty.xlsx", {"shifts": rows, "holidays": ()}, DUTY_SHEETS)
    assert import_duty(town.database, folder / "duty.xlsx", town.now).errors == ()
    return day, night


async def two_fevers(town: Town, worker: Phone) -> None:
    await town.phone("张强").says("38.4")
    await worker.presses(await worker.hears("发烧：张强"), "我来处理")
    await town.phone("王芳").says("爷爷38.8 我36.5 宝宝36.6")
    await worker.presses(await worker.hears("发烧：王建国"), "我来处理")


def states(town: Town) -> list[State]:
    return town.read(lambda session: list(session.scalars(select(Escalation.state).order_by(Escalation.id))))


async def test_what_is_in_hand_goes_to_the_next_shift_in_one_list(town: Town, tmp_path: Path) -> None:
    day, night = two_in_turns(town, tmp_path)
    await town.at("19:45")
    await two_fevers(town, day)
    await town.at("19:51")
    ends = await day.hears("您 20:00 下班，手里有 2 件")
    assert ends.labels[:3] == ("全部交给 刘网格员", "交给别人", "我接着办")
    await day.presses(ends, "全部交给 刘网格员")
    assert "20:00 交给 刘网格员" in day.again(ends).text
    assert night.inbox() == [], "nobody is called to work before their shift"
    await town.at("20:01")
    got = await night.hears("李网格员 下班，交给您 2 件")
    assert len(night.inbox()) == 1, "one list, not two alarms"
    assert "已交给 刘网格员" in day.again(ends).text
    assert day.again(ends).buttons == ()
    await night.presses(got, "全部我来处理")
    assert states(town)[-2:] == [State.TAKEN, State.TAKEN]
    assert night.again(got).text.count("👤 刘网格员 在处理") == 2
    assert day.again(ends).text.count("👤 刘网格员 在处理") == 2


@pytest.mark.not_on("wecom")
async def test_what_the_next_one_does_not_take_goes_up_and_is_said_once(town: Town, tmp_path: Path) -> None:
    day, _ = two_in_turns(town, tmp_path)
    await town.at("19:45")
    await two_fevers(town, day)
    await town.at("19:51")
    await day.presses(await day.hears("您 20:00 下班"), "全部交给 刘网格员")
    await town.at("20:12")
    head = town.phone("赵网格长")
    assert (head.heard("🔴 发烧：张强"), head.heard("🔴 发烧：王建国")) == (1, 1)
    assert day.heard("没有接您交的") == 1


@pytest.mark.not_on("wecom")
async def test_who_finished_everything_in_time_hears_nothing(town: Town, tmp_path: Path) -> None:
    day, _ = two_in_turns(town, tmp_path)
    await town.at("19:45")
    await town.phone("张强").says("38.4")
    await day.presses(await day.hears("发烧：张强"), "我来处理")
    await day.presses(await day.hears("发烧：张强"), "已送医")
    await town.at("20:05")
    assert day.heard("下班") == 0


async def test_off_for_the_evening_with_an_alarm_in_hand_is_asked_at_once(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await town.at("12:02")
    shown = await worker.hears("2 户漏报")
    await worker.presses(shown, "全部我来处理")
    asked = await worker.presses(await worker.says("值班"), "休息到今晚8点")
    assert "手里有 2 件" in asked.text
    await worker.presses(asked, "全部交给 赵网格长")
    got = await head.hears("李网格员 下班，交给您 2 件")
    assert head.heard("漏报 ·") == 1
    await town.phone("张强").says("36.6")
    assert "✅ 办完了" in head.again(got).text
    await head.presses(got, "我来处理")
    assert states(town) == [State.TAKEN, State.CLOSED] or states(town) == [State.CLOSED, State.TAKEN]


async def test_kept_or_left_alone_it_lapses_and_is_never_stuck(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await town.at("10:00")
    await town.phone("张强").says("38.4")
    await worker.presses(await worker.hears("发烧：张强"), "我来处理")
    asked = await worker.presses(await worker.says("值班"), "休息到今晚8点")
    await worker.presses(asked, "我接着办")
    assert "到时间没办完，会往上报" in worker.again(asked).text
    assert head.heard("发烧") == 0
    await town.at("10:31")
    assert head.heard("发烧：张强") == 1
    assert "往上找人了" in worker.again(asked).text


@pytest.mark.not_on("wecom")
async def test_only_whoever_goes_may_give_and_only_to_somebody_of_the_chain(town: Town) -> None:
    worker, head, mother = town.phone("李网格员"), town.phone("赵网格长"), town.phone("王芳")
    await town.at("10:00")
    await town.phone("张强").says("38.4")
    await worker.presses(await worker.hears("发烧：张强"), "我来处理")
    asked = await worker.presses(await worker.says("值班"), "休息到今晚8点")
    give = next(data for label, data in asked.buttons if "全部交给" in label)
    for other in (head, mother):
        assert "这件" in (await other.forges(give)).text or "不" in other.inbox()[-1].text
    assert states(town) == [State.TAKEN]
    number = give.split(":")[2]
    assert isinstance(asked, Heard)
    await worker.forges(f"shift:give:{number}:99999")
    assert states(town) == [State.TAKEN]
