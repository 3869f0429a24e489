"""Who need not be measured for some days; who goes on in another grid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Escalation, Household, Person, Quarantine, ReportRequest, Resident
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from services import register
from services.areas import address, by_code
from services.homes import household_of
from services.transfers import transfer
from tests.harness import DAY, Town, readings_of, requests_of

pytestmark = pytest.mark.telegram
TOMORROW = DAY + timedelta(days=1)


async def test_in_hospital_until_tomorrow_nobody_asks_and_then_they_are_asked_again(town: Town) -> None:
    worker, mother = town.phone("李网格员"), town.phone("王芳")
    await town.at("08:00")
    assert "王建国" in (await mother.hears("早上好")).text
    shown = await worker.says("/quarantine 王建国")
    asked = await worker.presses(shown, "已送医")
    assert "免报到哪天？" in asked.text
    done = await worker.presses(asked, "到明天")
    assert "王建国：已送医，到 2月11日不用报（李网格员）" in done.text
    assert "祝早日康复" in (await mother.hears("王建国 在医院")).text
    await mother.says("我36.5 宝宝36.8")
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    today = await worker.says("今日")
    assert "免报 1 人" in today.text
    assert "· 王建国 第一网格 3号（免报：已送医，到 2月11日，李网格员 说的）" in today.text
    assert "免报：已送医，到 2月11日，李网格员 说的" in (await worker.says("/quarantine 王建国")).text
    for clock, day in (("18:01", DAY), ("08:01", TOMORROW), ("18:01", TOMORROW)):
        await town.at(clock, day)
        assert "王建国" not in (await mother.hears("请量体温")).text
        await mother.says("我36.5 宝宝36.8")
    await town.at("08:01", TOMORROW + timedelta(days=1))
    assert "王建国" in (await mother.hears("早上好")).text
    assert "免报" not in (await worker.says("今日")).text


async def test_a_household_of_which_everybody_is_excused_is_neither_asked_nor_missed(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    shown = await worker.says("/quarantine 张强")
    await worker.presses(await worker.presses(shown, "准假外出"), "到回来为止")
    await town.at("18:01")
    assert "戴好口罩" in (await man.hears("准假外出")).text
    await town.at("12:01", TOMORROW)
    slots = requests_of(town, "5号")
    assert set(slots.values()) == {RequestStatus.EXCUSED}
    assert man.heard("请量体温") == 0

    def why(session: Session) -> set[str]:
        return {one.why for one in session.scalars(select(ReportRequest)) if one.status is RequestStatus.EXCUSED}

    assert town.read(why) == {"on_leave"}
    shown = await worker.says("/quarantine 张强")
    assert "到回来为止" in shown.text
    await worker.presses(shown, "回来了，接着报")
    assert "欢迎回家" in (await man.hears("回来了")).text
    await town.at("18:01")
    await man.hears("晚上好")
    await man.says("36.5")
    assert requests_of(town, "5号")[TOMORROW, Half.EVENING] is RequestStatus.REPORTED


async def test_what_is_found_at_a_door_may_hold_for_some_days(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("9号", [("孙奶奶", "户主")])
    await town.at("08:01")
    asked = await worker.presses(await worker.says("上门"), "1")
    await worker.presses(asked, "门岗量过了")
    noted = await worker.hears("记下了：门岗量过了")
    await worker.presses(noted, "再 3 天")
    await town.at("18:01", TOMORROW)
    slots = requests_of(town, "9号")
    assert len(slots) == 4
    assert set(slots.values()) == {RequestStatus.EXCUSED}
    await town.at("08:01", DAY + timedelta(days=4))
    assert requests_of(town, "9号")[DAY + timedelta(days=4), Half.MORNING] is RequestStatus.UNREACHABLE


async def test_whoever_stays_in_hospital_is_not_released_by_rule_and_gets_no_certificate(town: Town) -> None:
    worker, community, man = town.phone("李网格员"), town.phone("孙社区"), town.phone("张强")
    shown = await worker.says("/quarantine 张强")
    await worker.presses(await worker.presses(shown, "已送医"), "到回来为止")
    shown = await community.says("/quarantine 张强")
    await community.presses(shown, "住院了，居家隔离到此结束")
    await town.at("07:31")
    assert "早日康复" in (await man.hears("居家隔离到此结束")).text
    assert man.heard("解除隔离证明") == 0


async def test_another_grid_takes_over_with_the_alarm_and_the_history_stays(town: Town) -> None:
    worker, mother = town.phone("李网格员"), town.phone("王芳")
    town.employs("马网格员", Role.GRID_WORKER, "G2")
    other = town.phone("马网格员")
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4")
    shown = await worker.says("/quarantine 王芳")
    asked = await worker.presses(shown, "转到别的网格")
    assert "王芳 转到哪个网格" in asked.text
    asked = await worker.presses(asked, "第二网格")
    asked = await worker.says("7号")
    await worker.presses(asked, "全家")
    done = await worker.hears("转到")
    assert "王芳、王建国、王小宝 转到 第二网格 7号" in done.text
    assert worker.heard("没处理完的告警") == 0
    assert "还有 1 个没办完的告警，也转过来了" in (await other.hears("转到了您的网格")).text
    await other.hears("38.4")
    assert "次数和天数都不变" in (await mother.hears("第二网格 7号")).text
    await mother.says("宝宝36.8")
    assert readings_of(town)["王小宝"] == [36.8]

    def where(session: Session) -> tuple[str, set[str], int, set[str]]:
        person = session.scalars(select(Person).where(Person.name == "王建国")).one()
        home = household_of(session, person.id)
        assert home is not None
        alarm = session.scalars(select(Escalation).where(Escalation.person_id == person.id)).one()
        rooms = {session.get_one(Household, one.household_id).room for one in session.scalars(select(Quarantine))}
        acts = session.scalars(select(AuditEntry).where(AuditEntry.act == "quarantine"))
        return (
            address(session, home),
            rooms,
            (alarm.household_id or 0) - home.id,
            {str(one.detail["what"]) for one in acts},
        )

    assert town.read(where) == ("第二网格 7号", {"7号", "5号"}, 0, {"transferred"})
    await town.at("18:01")
    await mother.says("全家36.5")
    assert requests_of(town, "7号")[DAY, Half.EVENING] is RequestStatus.REPORTED
    assert (DAY, Half.MORNING) in requests_of(town, "3号")
    assert (DAY, Half.EVENING) not in requests_of(town, "3号")
    longer = next(key for _, key in shown.buttons if key.startswith("qlonger"))
    assert "不归您管" in (await worker.forges(longer)).text  # the button still stands there


async def test_a_child_with_two_homes_who_moves_to_one_of_them_lives_there_once(town: Town) -> None:
    town.employs("马网格员", Role.GRID_WORKER, "G2")

    def second_bed(session: Session) -> int:
        child = session.scalars(select(Person).where(Person.name == "王小宝")).one()
        grid = by_code(session, "G2")
        assert grid is not None
        home = register.household_at(session, grid, "7号")
        session.add(Resident(person_id=child.id, household_id=home.id))
        return child.id

    child = town.read(second_bed)

    def moved(session: Session) -> list[str]:
        first, _ = session.scalars(select(Resident).where(Resident.person_id == child).order_by(Resident.id))
        old = session.get_one(Household, first.household_id)
        transfer(session, town.now, [session.get_one(Person, child)], old, None)
        homes = session.scalars(select(Resident).where(Resident.person_id == child))
        return [address(session, session.get_one(Household, one.household_id)) for one in homes]

    assert town.read(moved) == ["第一网格 3号"]


async def test_a_grid_that_is_not_known_changes_nothing_and_only_ones_own_people_go(town: Town) -> None:
    worker, mother = town.phone("李网格员"), town.phone("王芳")
    shown = await worker.says("/quarantine 张强")
    key = next(data for label, data in shown.buttons if "转到别的网格" in label)
    assert "不归您管" in (await mother.forges(key)).text
    await worker.presses(shown, "转到别的网格")
    await worker.says("G9")
    assert "没有编码是 G9 的网格" in (await worker.says("7号")).text
