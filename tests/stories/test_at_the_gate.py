"""Somebody at a compound's gate, who is no grid worker: says who went out, checks certificates, sees nothing (门岗)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import Escalation
from rules.escalation import Kind
from rules.roles import Role
from tests.harness import Town, code_in

pytestmark = pytest.mark.telegram

REFUSED = ("今日", "告警", "上门", "值班", "/quarantine 王芳", "规则", "导出", "邀请", "通知", "简报")


async def test_what_the_gate_says_is_marked_as_the_gates_and_reaches_the_worker(town: Town) -> None:
    gate, worker = town.employs("郑门岗", Role.GATE, "V1"), town.phone("李网格员")
    await town.at("10:00")
    sure = await gate.says("/breach 3号")
    assert "王芳" not in sure.text, "a door, and nobody's name"
    thanks = await gate.presses(sure, "就是这户")
    alarm = await worker.hears("王芳")
    assert "门岗" in alarm.text
    town.houses("8号", [("何平", "户主")], first_day=None)
    other = await gate.presses(await gate.says("/breach 8号"), "就是这户")
    assert other.text == thanks.text, "who is in quarantine is not said"
    assert town.read(lambda session: session.scalars(select(Escalation.kind)).all()) == [Kind.BREACH]


async def test_the_gate_sees_nothing_but_what_is_the_gates(town: Town) -> None:
    gate = town.employs("郑门岗", Role.GATE)
    await town.at("12:05")
    for wish in REFUSED:
        said = (await gate.says(wish)).text
        assert not any(name in said for name in ("王芳", "张强", "王建国")), (wish, said)
    alarm = town.read(lambda session: session.scalars(select(Escalation.id)).first())
    for key in (f"take:{alarm}", f"show:{alarm}", "list:silent/6", "takeall:silent/6"):
        await gate.forges(key)
    assert "王芳" not in "".join(one.text for one in gate.inbox())
    assert "核验" in (await gate.says("帮助")).text
    assert "工作人员" not in (await gate.says("/check ABCD-EFGH-JKLM")).text


async def test_a_head_invites_the_gate_of_the_grid(town: Town) -> None:
    head = town.phone("赵网格长")
    made = await head.presses(await head.says("邀请"), "门岗")
    gate = town.stranger("郑门岗")
    await gate.starts(code_in(made))
    assert "第一网格 的门岗" in (await gate.says("郑师傅")).text
