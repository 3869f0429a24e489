"""Staff decide about a quarantine in the chat: it begins, is longer, is over before its time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Person, Quarantine
from rules.quarantine import QuarantineStatus
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from services import register
from services.homes import household_of
from tests.harness import DAY, Town, readings_of, requests_of

pytestmark = pytest.mark.telegram


def period_of(town: Town, name: str) -> tuple[date, date, QuarantineStatus]:
    def look(session: Session) -> tuple[date, date, QuarantineStatus]:
        one = session.scalars(
            select(Quarantine).join(Person, Person.id == Quarantine.person_id).where(Person.name == name)
        ).one()
        return one.first_day, one.last_day, one.status

    return town.read(look)


async def test_a_worker_begins_one_in_the_chat_and_the_open_slot_asks(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("8号", [("何平", "户主")], first_day=None)
    man = town.joins("何平")
    await town.at("09:00")
    assert "发名字" in (await worker.says("隔离")).text
    asks = await worker.says("何平")
    assert "现在没有在居家隔离" in asks.text
    shown = await worker.presses(asks, "从今天起隔离 14 天")
    assert "第 1 天，共 14 天，到 2020-02-23" in shown.text
    # a worker does not end one
    assert shown.labels[:3] == ("延长 3 天", "延长 7 天", "请现在再量一次")
    assert shown.labels[3:] == ("已送医", "门岗量过了", "准假外出", "转到别的网格", "举报外出")
    await town.forward(minutes=1)
    await man.hears("请量体温")
    assert period_of(town, "何平")[1] == date(2020, 2, 23)


async def test_a_longer_one_is_asked_to_its_new_end_and_the_family_knows(town: Town) -> None:
    first = DAY - timedelta(days=12)
    town.houses("9号", [("孙大海", "户主")], first_day=first)
    worker, man = town.phone("李网格员"), town.joins("孙大海")
    shown = await worker.says("/quarantine 孙大海")
    shown = await worker.presses(shown, "延长 3 天")
    assert "共 17 天，到 2020-02-14" in shown.text
    with town.database.transaction() as session:  # the roster, which knows nothing of it, is imported again
        person = session.scalars(select(Person).where(Person.name == "孙大海")).one()
        home = household_of(session, person.id)
        assert home is not None
        register.quarantine(session, town.now, person=person, household=home, first_day=first)
    assert period_of(town, "孙大海")[1] == date(2020, 2, 14)
    await town.at("07:31")
    assert "延长 3 天，一共 17 天" in (await man.hears("延长")).text
    await town.at("18:01", date(2020, 2, 14))
    assert "第 17 天，共 17 天" in (await man.hears("第 17 天")).text
    assert requests_of(town, "9号")[date(2020, 2, 14), Half.EVENING] is RequestStatus.DUE


async def test_one_that_is_over_early_asks_no_more_and_nobody_is_missed(town: Town) -> None:
    community, mother = town.phone("孙社区"), town.phone("王芳")
    await town.at("08:00")
    await mother.says("我36.5 宝宝36.8")
    shown = await community.says("/quarantine 王建国")
    assert "提前解除了" in (await community.presses(shown, "今天提前解除")).text
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    assert period_of(town, "王建国")[2] is QuarantineStatus.ENDED
    await community.presses(await community.says("/quarantine 张强"), "今天提前解除")
    assert requests_of(town, "5号")[DAY, Half.MORNING] is RequestStatus.EXCUSED
    assert "提前结束了" in (await town.phone("张强").hears("提前结束")).text
    await town.at("18:01")
    assert "王建国" not in (await mother.hears("晚上好")).text
    assert (DAY, Half.EVENING) not in requests_of(town, "5号")

    def noted(session: Session) -> list[str]:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "quarantine"))
        return [str(one.detail["what"]) for one in rows]

    assert town.read(noted) == ["ended", "ended"]


async def test_only_staff_of_the_place_and_only_the_community_ends(town: Town) -> None:
    town.employs("马网格员", Role.GRID_WORKER, "G2")
    other, worker, mother = town.phone("马网格员"), town.phone("李网格员"), town.phone("王芳")
    assert "没有登记叫 张强 的人" in (await other.says("/quarantine 张强")).text
    assert "给工作人员用的" in (await mother.says("隔离")).text
    shown = await worker.says("/quarantine 张强")
    number = shown.buttons[0][1].split(":")[1]
    for phone, key in ((worker, f"qend:{number}"), (other, f"qlonger:{number}:3"), (mother, f"qshow:{number}")):
        assert "不归您管" in (await phone.forges(key)).text
    assert period_of(town, "张强")[1] == date(2020, 2, 23)


async def test_a_worker_asks_for_a_value_now_and_a_household_without_a_phone_is_said(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    town.houses("9号", [("孙奶奶", "户主")])
    await town.at("08:00")
    await man.says("36.5")
    shown = await worker.says("/quarantine 张强")
    assert "已经请 张强 家里再量一次" in (await worker.presses(shown, "请现在再量一次")).text
    assert "李网格员 请 张强 现在再量一次" in (await man.hears("再量一次")).text
    await town.forward(minutes=31)
    await man.says("36.7")
    assert readings_of(town)["张强"] == [36.5, 36.7]
    shown = await worker.says("/quarantine 孙奶奶")
    assert "请上门或打电话" in (await worker.presses(shown, "请现在再量一次")).text
