"""Somebody came back and says so; the grid's staff decide, and the days count from the arrival."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Declaration, JoinStatus, Person, Quarantine
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Heard, Phone, Town, requests_of

pytestmark = pytest.mark.telegram


def periods(town: Town) -> dict[str, tuple[date, date, str]]:
    def look(session: Session) -> dict[str, tuple[date, date, str]]:
        rows = session.execute(select(Person.name, Quarantine).join(Person, Person.id == Quarantine.person_id))
        return {name: (one.first_day, one.last_day, one.origin) for name, one in rows}

    return town.read(look)


async def declares(phone: Phone, arrived: str = "2月8日") -> Heard:
    await phone.says("返乡申报")
    await phone.says("湖北武汉")
    await phone.says(arrived)
    return await phone.says("K598")


async def test_a_family_declares_itself_and_is_asked_from_the_open_slot_on(town: Town) -> None:
    town.houses("8号", [("何平", "户主"), ("何小平", "子")], first_day=None)
    man, worker = town.joins("何平"), town.phone("李网格员")
    await town.at("09:00")
    assert "从哪里回来" in (await man.says("/declare")).text
    assert "请发一个地名" in (await man.says("123")).text
    assert "哪天到的" in (await man.says("湖北武汉")).text
    assert "没看懂日期" in (await man.says("2月11日")).text
    assert "坐什么回来" in (await man.says("2月8日")).text
    asked = await man.says("K598")
    assert "就您一个人回来" in asked.text
    assert "先在家" in (await man.presses(asked, "一家人")).text
    assert "还在看" in (await man.says("申报")).text

    letter = await worker.hears("返乡申报")
    assert "何平、何小平\n第一网格 8号\n从 湖北武汉 回来，2月8日 到，K598" in letter.text
    assert letter.labels == ("同意，隔离到 2月21日", "不用隔离", "信息对不上", "不住在本网格")
    assert periods(town).keys() == {"王芳", "王建国", "王小宝", "张强"}
    assert "到 2月21日" in (await worker.presses(letter, "同意")).text
    assert "李网格员 同意了" in worker.again(letter).text
    assert periods(town)["何小平"] == (DAY - timedelta(days=2), DAY + timedelta(days=11), "湖北武汉")
    assert "从 2月8日 算起，到 2月21日 为止" in (await man.hears("谢谢您主动申报。")).text
    await town.forward(minutes=1)
    assert "第 3 天，共 14 天" in (await man.hears("请量体温")).text
    await man.says("全家36.5")
    assert requests_of(town, "8号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}

    def noted(session: Session) -> list[str]:
        return [one.act for one in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]

    acts = town.read(noted)
    assert [one for one in acts if one in {"declare", "approved", "quarantine"}] == [
        "declare",
        "approved",
        "quarantine",
        "quarantine",
    ]


async def test_it_is_refused_with_a_reason_once(town: Town) -> None:
    town.houses("8号", [("何平", "户主")], first_day=None)
    man, worker = town.joins("何平"), town.phone("李网格员")
    await town.at("09:00")
    assert "先在家" in (await declares(man)).text
    letter = await worker.hears("返乡申报")
    await worker.presses(letter, "不用隔离")
    assert "不用居家隔离" in (await man.hears("网格员看过了")).text
    number = town.read(lambda session: session.scalars(select(Declaration.id)).one())
    assert "已经有人处理了" in (await worker.forges(f"dapprove:{number}")).text
    assert "不归您管" in (await man.forges(f"dapprove:{number}")).text
    town.employs("马网格员", Role.GRID_WORKER, "G2")
    assert "不归您管" in (await town.phone("马网格员").forges(f"drefuse:{number}:wrong")).text
    assert "何平" not in periods(town)
    assert "从哪里回来" in (await man.says("返乡申报")).text


async def test_nobody_decides_and_the_next_one_up_is_asked(town: Town) -> None:
    town.houses("8号", [("何平", "户主")], first_day=None)
    man, head = town.joins("何平"), town.phone("赵网格长")
    await town.at("09:00")
    await declares(man, "昨天")
    await town.at("17:59")
    assert head.heard("返乡申报") == 0
    await town.at("18:01")
    letter = await head.hears("返乡申报")
    await head.presses(letter, "同意，隔离到 2月22日")
    assert "赵网格长 同意了" in town.phone("李网格员").again(await town.phone("李网格员").hears("返乡申报")).text
    await town.at("08:01")
    assert town.phone("孙社区").heard("返乡申报") == 0


async def test_whoever_came_back_long_ago_needs_no_quarantine_and_one_that_runs_is_not_cut_short(town: Town) -> None:
    town.houses("8号", [("何平", "户主")], first_day=None)
    early, worker, man = town.joins("何平"), town.phone("李网格员"), town.phone("张强")
    await town.at("09:00")
    await declares(early, "1月20日")
    letter = await worker.hears("何平")
    assert "14 天到 2月2日 已经满了" in letter.text
    assert "同意" not in "".join(letter.labels)
    await declares(man, "2月8日")
    await worker.presses(await worker.hears("张强"), "同意")
    assert periods(town)["张强"][:2] == (DAY, DAY + timedelta(days=13))

    def stand(session: Session) -> list[JoinStatus]:
        return list(session.scalars(select(Declaration.status).order_by(Declaration.id)))

    assert town.read(stand) == [JoinStatus.WAITING, JoinStatus.APPROVED]
