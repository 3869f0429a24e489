"""Staff look for somebody of their own areas: by name, by door, or by the end of a telephone number (查找)."""

import pytest
from sqlalchemy import select

from models import AuditEntry, Resident
from rules.roles import Role
from services import register
from tests.harness import Town

pytestmark = pytest.mark.telegram


@pytest.fixture
async def village(town: Town) -> Town:
    """Two of one name in two grids, each with a telephone; a building whose rooms repeat those of the village."""
    town.houses("8号", [("王芳芳", "户主")], phone="19900001234", first_day=None)
    town.houses("3号", [("张强", "户主")], code="G2", phone="19900005678", first_day=None)
    await town.at("09:00")
    return town


def looks(town: Town) -> list[str]:
    rows = select(AuditEntry.subject).where(AuditEntry.act == "look").order_by(AuditEntry.id)
    return town.read(lambda session: list(session.scalars(rows)))


async def test_by_name_with_how_each_of_the_household_is(village: Town) -> None:
    worker = village.phone("李网格员")
    await village.phone("王芳").says("我36.5 爷爷37.0")
    assert "名字、门牌，或者电话后四位" in (await worker.says("查找")).text
    card = await worker.says("王建国")
    assert card.text.startswith("🔍 第一网格 3号")
    for words in ("王芳 户主 · 无电话", "王建国 父 · 无电话 · 没加入", "隔离第 1 天，共 14 天", "37.0°C（09:00）"):
        assert words in card.text
    assert "居家隔离第 1 天" in (await worker.presses(card, "王建国：隔离")).text
    assert looks(village)[0] == "household:1"


async def test_a_part_of_a_name_a_door_and_the_end_of_a_number(village: Town) -> None:
    community = village.phone("孙社区")
    # Exactly this name comes before whoever is called something longer.
    assert "3号" in (await community.says("/find 王芳")).text
    assert "王芳芳" in (await community.says("/find 芳芳")).text
    assert "19900001234" in (await community.says("/find 1234")).text
    assert "第二网格 3号" in (await community.says("/find 199 0000 5678")).text
    which = await community.says("/find 3号")
    assert {"王芳 · 第一网格 3号", "张强 · 第二网格 3号"} <= set(which.labels)
    assert "第二网格 3号" in (await community.presses(which, "第二网格")).text
    assert "没有找到" in (await community.says("/find 赵六")).text
    assert looks(village)[-2:] == ["find", f"household:{_home(village)}"]


def _home(village: Town) -> int:
    found = village.read(lambda session: register.find_person(session, phone="19900005678", name="张强"))
    assert found is not None
    mine = select(Resident.household_id).where(Resident.person_id == found.id)
    return village.read(lambda session: session.scalars(mine).first()) or 0


async def test_nobody_finds_anybody_beyond_their_own_area_or_without_an_appointment(village: Town) -> None:
    worker, mother = village.phone("李网格员"), village.phone("王芳")
    assert "没有找到" in (await worker.says("/find 19900005678")).text
    assert "第一网格 5号" in (await worker.says("/find 张强")).text
    assert "不归您管" in (await worker.forges(f"find:{_home(village)}")).text
    assert "工作人员" in (await mother.says("查找")).text
    assert "不归您管" in (await mother.forges("find:1")).text
    gate = village.employs("门岗老周", Role.GATE, "V1")
    assert "工作人员" in (await gate.says("/find 王芳")).text


async def test_in_english(village: Town) -> None:
    head = village.phone("赵网格长")
    await head.presses(await head.says("/language"), "English")
    assert "the last four digits" in (await head.says("/find")).text
    card = await head.says("王芳")
    assert "day 1 of 14 in quarantine" in card.text
    assert "has not joined" in card.text
    assert "王芳: quarantine" in card.labels
    assert "Nobody like that" in (await head.says("/find 9999")).text
