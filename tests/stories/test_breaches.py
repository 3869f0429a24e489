"""Somebody in quarantine went out: told by a worker, for the gate, or by a neighbour (举报外出)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Escalation, EscalationEvent
from rules.escalation import Kind, Outcome, State
from rules.finding import FEW
from rules.roles import Role
from tests.crowds import crowd
from tests.harness import Town

pytestmark = pytest.mark.telegram
MUCH = "隔离期间外出：王芳 家"


def breaches(town: Town) -> list[tuple[State, Outcome | None]]:
    def look(session: Session) -> list[tuple[State, Outcome | None]]:
        found = session.scalars(select(Escalation).where(Escalation.kind == Kind.BREACH).order_by(Escalation.id))
        return [(one.state, one.outcome) for one in found]

    return town.read(look)


async def neighbour_tells(town: Town, name: str = "张强", door: str = "3号") -> str:
    phone = town.phone(name)
    await phone.says("举报外出")
    sure = await phone.says(door)
    return (await phone.presses(sure, "就是这户")).text


async def test_a_neighbour_tells_and_nobody_hears_who_it_was(town: Town) -> None:
    await town.at("10:00")
    mother, worker, neighbour = town.phone("王芳"), town.phone("李网格员"), town.phone("张强")
    asks = await neighbour.says("举报外出")
    assert "不会告诉别人是您说的" in asks.text
    sure = await neighbour.says("3号")
    assert "王芳" not in sure.text, "a door, and not who lives behind it"
    thanks = await neighbour.presses(sure, "就是这户")
    assert "谢谢" in thanks.text
    alert = await worker.hears(MUCH)
    assert "邻居 1 次" in alert.text
    assert all("张强" not in one.text for one in worker.inbox() if MUCH in one.text)
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "已回家")
    assert breaches(town) == [(State.CLOSED, Outcome.BACK_HOME)]
    assert not [one for one in mother.inbox() if "外出" in one.text or "张强" in one.text]

    def known(session: Session) -> list[tuple[str, int | None]]:
        return [
            (session.get_one(Escalation, one.escalation_id).kind, one.person_id)
            for one in session.scalars(select(EscalationEvent))
            if "by" in one.detail
        ]

    assert town.read(known) == [(Kind.BREACH, None)], "an alarm does not know the neighbour"
    entry = town.read(lambda session: session.scalars(select(AuditEntry).where(AuditEntry.act == "breach")).one())
    assert entry.actor_id is not None, "the audit does"


async def test_however_many_tell_of_it_it_is_one_alarm_and_rings_once(town: Town) -> None:
    town.houses("7号", [("何平", "户主")], first_day=None)
    town.joins("何平")
    await town.at("10:00")
    worker = town.phone("李网格员")
    for name in ("张强", "何平", "张强", "何平"):
        await neighbour_tells(town, name)
        await town.forward(minutes=1)
    assert worker.heard(MUCH) == 1
    assert "邻居 4 次" in (await worker.hears(MUCH)).text
    gate = await worker.presses(await worker.says("/breach 3号"), "门岗说的")
    assert "已经有告警了" in gate.text
    assert "门岗 1 次" in (await worker.hears(MUCH)).text
    assert breaches(town) == [(State.OPEN, None)]


async def test_somebody_has_looked_into_it_and_neighbours_tell_what_is_known(town: Town) -> None:
    await town.at("10:00")
    worker = town.phone("李网格员")
    await neighbour_tells(town)
    alert = await worker.hears(MUCH)
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "不属实")
    assert "谢谢" in await neighbour_tells(town)
    assert breaches(town) == [(State.CLOSED, Outcome.NOT_TRUE)]
    await town.forward(hours=3)
    await neighbour_tells(town)
    assert len(breaches(town)) == 2
    await town.forward(hours=3)
    await worker.presses(await worker.hears(MUCH), "我来处理")
    await worker.presses(await worker.hears(MUCH), "已回家")
    await town.forward(hours=3)
    assert "谢谢" in await neighbour_tells(town), "the fourth of a day is heard, and rings nobody"
    assert len(breaches(town)) == 2


async def test_a_worker_sees_it_and_it_climbs(town: Town) -> None:
    await town.at("10:00")
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    shown = await worker.says("/quarantine 王芳")
    asks = await worker.presses(shown, "举报外出")
    assert "是谁看到的" in asks.text
    assert "按隔离违规告警" in (await worker.presses(asks, "我看到的")).text
    assert "工作人员看到 1 次" in (await worker.hears(MUCH)).text
    await town.forward(minutes=16)
    alert = await head.hears(MUCH)
    await head.presses(alert, "我来处理")
    await head.presses(alert, "已报警")
    assert breaches(town) == [(State.CLOSED, Outcome.POLICE)]


async def test_at_night_it_waits_for_the_morning(town: Town) -> None:
    await town.at("22:00")
    worker = town.phone("李网格员")
    await neighbour_tells(town)
    assert worker.heard(MUCH) == 0
    await town.at("07:31")
    assert worker.heard(MUCH) == 1


async def test_a_household_without_anybody_in_quarantine_is_nobodys_business(town: Town) -> None:
    town.houses("7号", [("何平", "户主")], first_day=None)
    await town.at("10:00")
    assert "谢谢" in await neighbour_tells(town, door="7号"), "a neighbour does not learn who is in quarantine"
    worker = town.phone("李网格员")
    said = await worker.presses(await worker.says("/breach 7号"), "我看到的")
    assert "没有人在隔离" in said.text
    assert breaches(town) == []


async def test_a_neighbour_speaks_of_their_own_grid_alone(town: Town) -> None:
    town.houses("9号", [("乌云", "户主")], code="G2")
    await town.at("10:00")
    neighbour = town.phone("张强")
    await neighbour.says("举报外出")
    assert "没有找到" in (await neighbour.says("9号")).text
    assert breaches(town) == []
    for number in range(1, 6):
        await neighbour.forges(f"breach:{number}:seen")
    alarms = town.read(
        lambda session: [
            one.detail["by"]
            for one in session.scalars(select(EscalationEvent).order_by(EscalationEvent.id))
            if "by" in one.detail
        ]
    )
    assert alarms == ["neighbour"], "of 3号 alone, and as what they are"


async def test_the_families_answer_does_not_close_it(town: Town) -> None:
    await town.at("08:05")
    await neighbour_tells(town)
    await town.phone("王芳").says("我36.5 爷爷36.6 宝宝36.7")
    assert breaches(town) == [(State.OPEN, None)]


async def test_whoever_is_there_for_a_city_sends_a_door_or_a_whole_name(town: Town) -> None:
    with town.database.transaction() as session:
        crowd(session, town.now, FEW + 1)
    await town.at("10:00")
    city = town.employs("周市长", Role.CITY, "C")
    assert "您管的地方大" in (await city.says("/breach 东户")).text
    assert "3号 有人外出" in (await city.says("/breach 王芳")).text
    asks = await city.says("/breach 3号")
    assert "3号 有人外出" in asks.text
    assert "按隔离违规告警" in (await city.presses(asks, "我看到的")).text
    await city.presses(await city.says("/language"), "English")
    assert "Your area is large" in (await city.says("/breach the east door")).text
