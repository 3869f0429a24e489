"""Missed again and again is graver than missed: told once a streak, and it climbs faster (连续漏报)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent
from rules.escalation import Event, Kind, State
from services.policies import choose
from tests.harness import DAY, Town

pytestmark = pytest.mark.telegram
NEXT_DAY, THIRD_DAY = DAY + timedelta(days=1), DAY + timedelta(days=2)
FAMILY = "我36.5 爷爷36.6 宝宝36.7"


def alarms(town: Town) -> list[tuple[Kind, State]]:
    def look(session: Session) -> list[tuple[Kind, State]]:
        return [(one.kind, one.state) for one in session.scalars(select(Escalation).order_by(Escalation.id))]

    return town.read(look)


async def slots(town: Town, *names: str) -> None:
    """Plays slots on to their ends; the family of 3号 answers each."""
    for name in names:
        day = {"1": DAY, "2": NEXT_DAY, "3": THIRD_DAY}[name[0]]
        await town.at("08:05" if name[1] == "m" else "18:05", day)
        await town.phone("王芳").says(FAMILY)
        await town.at("12:02" if name[1] == "m" else "22:02", day)


async def test_the_third_in_a_row_is_told_as_such_and_climbs_faster(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await slots(town, "1m", "1e")
    assert alarms(town) == [(Kind.MISSED, State.OPEN)]
    await slots(town, "2m")
    assert alarms(town) == [(Kind.REPEATED, State.OPEN)], "the same alarm, graver"
    alert = await worker.hears("连续 3 次漏报：张强 家")
    assert "还差：张强" in alert.text
    before = len(head.inbox())
    await town.at("12:35", NEXT_DAY)
    told = head.inbox()[before:]
    assert ["连续 3 次漏报" in one.text for one in told] == [True], "half an hour, and not a whole one"

    await slots(town, "2e")
    assert alarms(town) == [(Kind.REPEATED, State.OPEN)]

    def begun(session: Session) -> int:
        told = session.scalars(select(EscalationEvent).where(EscalationEvent.event == Event.WORSENED)).all()
        return sum(one.detail.get("streak") == 3 for one in told)

    assert town.read(begun) == 1, "once a streak"
    await town.phone("张强").says("36.5")
    assert alarms(town) == [(Kind.REPEATED, State.CLOSED)]
    await slots(town, "3m")
    assert alarms(town)[1:] == [(Kind.MISSED, State.OPEN)], "a streak of one"


async def test_whoever_has_it_in_hand_hears_and_keeps_it(town: Town) -> None:
    worker = town.phone("李网格员")
    await slots(town, "1m", "1e")
    await town.at("08:05", NEXT_DAY)
    await town.phone("王芳").says(FAMILY)
    await town.at("11:30", NEXT_DAY)
    await worker.presses((await worker.says("告警")), "1")
    await worker.presses(worker.inbox()[-1], "我来处理")
    await town.at("12:02", NEXT_DAY)
    alert = await worker.hears("连续 3 次漏报")
    assert "李网格员 在处理（14:00 前要有结果）" in worker.again(alert).text, "two hours, and not four"
    await worker.presses(alert, "人没事")
    assert alarms(town)[0] == (Kind.REPEATED, State.CLOSED)
    await town.at("08:05", NEXT_DAY + timedelta(days=1))
    assert (Kind.MISSED, State.OPEN) in alarms(town), "looked into: the fourth is told as any other"
    assert [kind for kind, _ in alarms(town)].count(Kind.REPEATED) == 1


async def test_an_area_chooses_how_many_are_graver_or_that_none_are(town: Town) -> None:
    for code, value in (("V1", "2"), ("G2", "0")):
        with town.database.transaction() as session:
            choose(session, town.now, session.merge(town.area(code)), "repeated_after", value, None)
    town.houses("9号", [("何平", "户主")], code="G2")
    town.joins("何平")
    await slots(town, "1m", "1e")
    kinds = [kind for kind, _ in alarms(town)]
    assert sorted(kinds) == [Kind.MISSED, Kind.REPEATED]
