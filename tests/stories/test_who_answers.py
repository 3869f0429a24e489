"""A family puts right what is known of it, and says who of it is asked; a child is never asked."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Person, Resident
from rules.family import Part, age_on, call_of, is_minor, may_stop
from services import register
from services.dossier import front_of
from services.homes import household_of
from tests.harness import Phone, Town, readings_of

pytestmark = pytest.mark.telegram


async def opens(phone: Phone, name: str) -> object:
    return await phone.presses(await phone.says("家人"), name)


async def changes(phone: Phone, name: str, label: str) -> str:
    """Opens a member and presses what is to be changed; what is said then."""
    shown = await phone.presses(await phone.says("家人"), name)
    return (await phone.presses(shown, label)).text


def noted(town: Town) -> list[str]:
    rows = select(AuditEntry).where(AuditEntry.act == "family").order_by(AuditEntry.id)
    return town.read(lambda session: [str(one.detail["what"]) for one in session.scalars(rows)])


async def test_the_list_says_who_is_asked_and_why_not(town: Town) -> None:
    listed = await town.phone("王芳").says("家人")
    assert "1. 王芳 · 户主 · 每次都问" in listed.text
    assert "2. 王建国 · 父 · 没用手机登记" in listed.text
    assert listed.labels == ("✏️ 王芳", "✏️ 王建国", "✏️ 王小宝", "➕ 加一个人")


async def test_a_name_a_relation_and_a_nickname_are_put_right_and_staff_hear_once(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    assert "应该怎么写" in await changes(mother, "王小宝", "改名字")
    assert "✓ 王晓宝 · 子" in (await mother.says("王晓宝")).text
    await changes(mother, "王晓宝", "改关系")
    assert "王晓宝 · 女" in (await mother.presses(mother.inbox()[-1], "女儿")).text
    await changes(mother, "王晓宝", "平时叫什么")
    assert "这个不行" in (await mother.says("爷爷")).text
    await changes(mother, "王晓宝", "平时叫什么")
    assert "王晓宝（豆豆）" in (await mother.says("豆豆")).text
    await town.forward(minutes=11)
    told = await worker.hears("改了")
    assert "王小宝 的名字改成 王晓宝" in told.text
    assert "王晓宝 和户主的关系改成 女（原来：子）" in told.text
    assert worker.heard("改了") == 1
    assert noted(town) == ["renamed", "related", "nicknamed"]
    await mother.says("我36.5 爷爷36.6 豆豆36.9")
    assert readings_of(town)["王晓宝"] == [36.9]


async def test_two_of_one_name_are_refused(town: Town) -> None:
    mother = town.phone("王芳")
    await changes(mother, "王小宝", "改名字")
    assert "已经登记在这里" in (await mother.says("王建国")).text


async def test_whoever_chose_not_to_be_asked_is_left_alone_and_may_report(town: Town) -> None:
    mother, grandfather = town.phone("王芳"), town.joins("王建国")
    assert "王建国 · 父 · 不用问" in await changes(grandfather, "王建国", "不用问我")
    assert "总要留一个大人" in await changes(mother, "王芳", "不用问我")
    await town.at("08:00")
    await mother.hears("请量体温")
    assert grandfather.heard("请量体温") == 0
    await mother.says("36.5 36.6 36.7")
    assert grandfather.heard("已上报") == 0
    await town.at("18:01")
    await grandfather.says("王芳36.5 王建国36.6 王小宝36.7")
    assert "王建国 已上报" in (await mother.hears("已上报")).text
    assert "每次都问" in await changes(grandfather, "王建国", "也问我")
    await town.at("08:01")
    await grandfather.hears("请量体温")


async def test_nobody_is_asked_on_anothers_word(town: Town) -> None:
    mother, grandfather = town.phone("王芳"), town.joins("王建国")
    await changes(mother, "王建国", "不用问这位")
    shown = await mother.presses(await mother.says("家人"), "王建国")
    assert "也问我" not in shown.labels
    person = town.read(lambda session: session.scalars(select(Person.id).where(Person.name == "王建国")).one())
    assert "已经" in (await mother.forges(f"fam:ask:{person}")).text or mother.inbox()[-1].text
    await town.at("08:00")
    assert grandfather.heard("请量体温") == 0


async def test_a_child_is_never_asked_whoever_says_so(town: Town) -> None:
    mother, child = town.phone("王芳"), town.joins("王小宝")
    assert "孩子，不问" in await changes(mother, "王小宝", "是孩子，不要问")
    await town.at("08:00")
    await mother.hears("请量体温")
    assert child.heard("请量体温") == 0
    shown = await child.says("家人")
    assert "请大人来改" in (await child.presses(shown, "王小宝")).text


async def test_the_identity_number_says_who_is_a_child_as_they_join(town: Town) -> None:
    with town.database.transaction() as session:
        child = session.scalars(select(Person).where(Person.name == "王小宝")).one()
        register.write_person(session, child, id_number="150203201203040018")
    listed = await town.phone("王芳").says("家人")
    assert "王小宝 · 子 · 7 岁，不问" in listed.text
    shown = await town.phone("王芳").presses(listed, "王小宝")
    assert not {"是大人", "是孩子，不要问"} & set(shown.labels)  # the number says it


async def test_somebody_new_is_added_and_staff_decide(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    await mother.presses(await mother.says("家人"), "加一个人")
    await mother.says("李桂英")
    await mother.presses(mother.inbox()[-1], "母亲")
    assert "李桂英 加到 3号 了" in (await mother.presses(mother.inbox()[-1], "满了")).text
    await town.forward(minutes=11)
    assert "加了 李桂英（母），要不要隔离请您定" in (await worker.hears("改了")).text
    await town.at("18:01")
    assert "李桂英" not in (await mother.hears("晚上好")).text


async def test_who_is_in_quarantine_is_not_taken_out_by_the_family(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    await changes(mother, "王小宝", "不住这里了")
    assert "还在居家隔离" in (await mother.presses(mother.inbox()[-1], "对，王小宝 不住这里了")).text
    town.houses("3号", [("李桂英", "母")], first_day=None)
    await changes(mother, "李桂英", "不住这里了")
    assert "不再登记在 3号" in (await mother.presses(mother.inbox()[-1], "对，李桂英 不住这里了")).text
    assert "李桂英" not in (await mother.says("家人")).text
    await town.forward(minutes=11)
    await worker.hears("李桂英 不住这里了")


async def test_the_head_of_the_family_is_who_stands_at_the_door(town: Town) -> None:
    mother = town.phone("王芳")
    assert "当家" in await changes(mother, "王建国", "由这位当家")

    def front(session: Session) -> str:
        person = session.scalars(select(Person.id).where(Person.name == "王建国")).one()
        home = household_of(session, person)
        assert home is not None
        return front_of(session, home.id)[0]

    assert town.read(front) == "王建国"
    assert town.read(lambda session: sorted(session.scalars(select(Resident.heads)))) == [False, False, False, True]


async def test_whoever_moves_heads_nobody_there(town: Town) -> None:
    await changes(town.phone("王芳"), "王建国", "由这位当家")
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "王建国")).one()
        man = session.scalars(select(Person.id).where(Person.name == "张强")).one()
        home = household_of(session, man)
        assert home is not None
        register.add_resident(session, town.now, person=person, household=home)
        assert front_of(session, home.id)[0] == "张强"


async def test_another_family_is_nobodys_business(town: Town) -> None:
    person = town.read(lambda session: session.scalars(select(Person.id).where(Person.name == "王小宝")).one())
    man = town.phone("张强")
    for what in ("show", "name", "out", "outyes", "child", "head", "quiet"):
        assert "不归您管" in (await man.forges(f"fam:{what}:{person}")).text
    assert "不归您管" in (await man.forges("fam:add:1")).text
    assert noted(town) == []


def test_ages_and_words() -> None:
    assert age_on(date(2020, 2, 10), "150203200202100018") == 18
    assert age_on(date(2020, 2, 9), "150203200202100018") == 17
    assert age_on(date(2020, 2, 9), "150203") is None
    assert is_minor(17)
    assert not is_minor(18)
    assert not is_minor(None)
    assert may_stop(1, [1, 2])
    assert not may_stop(1, [1])
    assert call_of(" 豆豆 ", {"王芳"}) == "豆豆"
    assert [call_of(word, {"王芳"}) for word in ("王芳", "爷爷", "3号", "", "一二三四五六七八九")] == [None] * 5
    assert Part("child") is Part.CHILD
