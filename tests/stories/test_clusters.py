"""Fevers of one place are told once more, as what they are together (聚集性发热)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Escalation, Person, TemperatureReading
from rules.escalation import Kind, Outcome, State
from rules.roles import Level
from services import register
from services.policies import choose
from tests.harness import Town
from tests.messengers import told_on

PEOPLE = {"赵一": "101", "钱二": "102", "孙三": "103", "李四": "104", "周五": "201", "吴六": "202", "郑七": "203"}
"""Of 2号楼: who lives in rooms of the first unit, and of the second."""
MUCH = "聚集发热"


@pytest.fixture(params=told_on("telegram", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def build(town: Town) -> None:
    """2号楼 with two units and a family behind each door."""

    def areas(session: Session) -> None:
        grid = session.scalars(select(Area).where(Area.code == "G1")).one()
        block = register.add_area(session, code="B2", name="2号楼", level=Level.BUILDING, parent=grid)
        for code, name in (("U1", "1单元"), ("U2", "2单元")):
            register.add_area(session, code=code, name=name, level=Level.UNIT, parent=block)

    town.database.apply(areas)
    for name, room in PEOPLE.items():
        town.houses(room, [(name, "户主")], code="U1" if room < "2" else "U2")
        town.joins(name)


async def ill(town: Town, *names: str, celsius: str = "38.4") -> None:
    for name in names:
        await town.phone(name).says(celsius)


def clusters(town: Town) -> list[tuple[str, State, Outcome | None]]:
    def look(session: Session) -> list[tuple[str, State, Outcome | None]]:
        found = session.scalars(select(Escalation).where(Escalation.kind == Kind.CLUSTER).order_by(Escalation.id)).all()
        return [(session.get_one(Area, one.place_id).name, one.state, one.outcome) for one in found]

    return town.read(look)


def fevers(town: Town) -> dict[str, tuple[State, bool]]:
    """By name: where each stands, and whether it belongs to a cluster."""

    def look(session: Session) -> dict[str, tuple[State, bool]]:
        found = session.scalars(select(Escalation).where(Escalation.kind == Kind.ABNORMAL)).all()
        return {session.get_one(Person, one.person_id).name: (one.state, one.cluster_id is not None) for one in found}

    return town.read(look)


@pytest.mark.not_on("wecom")
async def test_the_third_fever_of_a_unit_is_told_to_the_head_and_the_community_at_night(town: Town) -> None:
    build(town)
    await town.at("23:10")
    head, community, worker = town.phone("赵网格长"), town.phone("孙社区"), town.phone("李网格员")
    await ill(town, "赵一", "钱二")
    assert clusters(town) == []
    await ill(town, "孙三", celsius="39.2")
    told = await head.hears(MUCH)
    assert "第一网格 2号楼 1单元，3 人" in told.text
    assert "孙三 103 39.2℃ · ⏳" in told.text
    assert await community.hears(MUCH)
    assert worker.heard("🚨 聚集发热") == 0, "who goes to the doors has heard of each"
    fever = await worker.hears("赵一 38.4")
    assert "2号楼 1单元 聚集发热（3 人）中的一人" in fever.text

    await worker.presses(fever, "我来处理")
    assert "赵一 101 38.4℃ · 👤 李网格员" in head.again(told).text
    await worker.presses(fever, "复测正常")
    assert "101 38.4℃ · ✅ 复测正常" in head.again(told).text
    assert fevers(town)["钱二"] == (State.OPEN, True)

    def belongs(session: Session) -> list[int]:
        readings = session.scalars(select(TemperatureReading)).all()
        kinds = [session.get_one(Escalation, one.escalation_id).kind for one in readings if one.escalation_id]
        return [kinds.count(Kind.ABNORMAL), kinds.count(Kind.CLUSTER)]

    assert town.read(belongs) == [3, 0], "a reading belongs to the alarm of its person"


@pytest.mark.not_on("wecom")
async def test_a_further_fever_joins_and_rings_once_more_for_all_that_came(town: Town) -> None:
    build(town)
    await town.at("10:00")
    head = town.phone("赵网格长")
    await ill(town, "赵一", "钱二", "孙三")
    told = await head.hears(MUCH)
    await head.presses(told, "我来处理")
    await ill(town, "李四")
    assert "4 人" in head.again(told).text
    assert head.heard("🚨 聚集发热") == 1
    await town.forward(minutes=11)
    assert head.heard("🚨 聚集发热") == 2
    assert clusters(town) == [("1单元", State.TAKEN, None)]
    assert town.phone("孙社区").heard("🚨 聚集发热") == 1, "who has it in hand"


async def test_it_is_closed_with_an_outcome_of_its_own_and_not_told_again(town: Town) -> None:
    build(town)
    await town.at("10:00")
    head = town.phone("赵网格长")
    await ill(town, "赵一", "钱二", "孙三")
    told = await head.hears(MUCH)
    await head.presses(told, "我来处理")
    await head.presses(told, "已移交疾控")
    assert clusters(town) == [("1单元", State.CLOSED, Outcome.HANDED_TO_CDC)]
    assert {state for state, _ in fevers(town).values()} == {State.OPEN}, "each stays somebody's"
    await ill(town, "李四", "周五")
    assert len(clusters(town)) == 1, "two more are nothing new together"
    await ill(town, "吴六")
    assert clusters(town)[1:] == [("2号楼", State.OPEN, None)]
    assert "3 人" in (await head.hears("2号楼，3 人")).text


@pytest.mark.not_on("wecom")
async def test_the_smallest_place_that_fits(town: Town) -> None:
    build(town)
    await town.at("10:00")
    await ill(town, "赵一", "周五", "张强")
    assert [place for place, *_ in clusters(town)] == ["第一网格"]
    await ill(town, "钱二", "孙三", "李四")
    assert [place for place, *_ in clusters(town)] == ["第一网格"], "they join what is open"
    assert all(belongs for _, belongs in fevers(town).values())


@pytest.mark.not_on("wecom")
async def test_nobody_takes_it_and_it_climbs(town: Town) -> None:
    build(town)
    await town.at("10:00")
    await ill(town, "赵一", "钱二", "孙三")
    street = town.phone("钱街道")
    await town.forward(minutes=14)
    assert street.heard("🚨 聚集发热") == 0
    await town.forward(minutes=2)
    listed = await street.says("告警")
    assert "聚集发热 3 人 · 西河楞 第一网格 2号楼 1单元" in listed.text
    await street.presses(await street.hears("🚨 聚集发热"), "我来处理")
    assert clusters(town) == [("1单元", State.TAKEN, None)]


@pytest.mark.not_on("wecom")
async def test_what_was_no_fever_and_what_was_long_ago_does_not_count(town: Town) -> None:
    build(town)
    await town.at("10:00")
    worker = town.phone("李网格员")
    await ill(town, "赵一")
    alert = await worker.hears("赵一 38.4")
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "复测正常")
    await ill(town, "钱二", "孙三")
    assert clusters(town) == []
    await town.stage.clock.move_by(timedelta(hours=49))  # how these fevers climb meanwhile is told elsewhere
    await ill(town, "李四")
    assert clusters(town) == []


@pytest.mark.not_on("wecom")
async def test_an_area_chooses_how_many_or_that_nothing_is_one(town: Town) -> None:
    build(town)
    await town.at("10:00")
    with town.database.transaction() as session:
        choose(session, town.now, session.merge(town.area("G1")), "cluster_size", "0", None)
    await ill(town, "赵一", "钱二", "孙三")
    assert clusters(town) == []
    with town.database.transaction() as session:
        choose(session, town.now, session.merge(town.area("G1")), "cluster_size", "2", None)
    await ill(town, "周五")
    assert clusters(town) == [("2号楼", State.OPEN, None)]
