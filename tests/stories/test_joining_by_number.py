"""A phone number says who somebody is: the messenger vouches for it, the register knows it."""

from __future__ import annotations

import pytest

from models import Account
from rules.roles import Role
from services import register
from services.areas import by_code
from tests.harness import Town
from tests.stories.test_joining import code

NUMBER, ANOTHER = "13800000001", "13800000002"


@pytest.mark.needs("own number")
async def test_a_number_that_the_register_knows_joins_at_once(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], phone=NUMBER)
    phone = town.stranger("小刘")
    question = await phone.starts(code(town))
    assert "发送我的手机号" in question.text
    welcome = await phone.shares_number("+86 138 0000 0001")
    assert "刘洋，登记好了" in welcome.text
    await town.at("08:00")
    await phone.hears("36.5")


async def test_a_number_is_enough_without_an_invite(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], phone=NUMBER)
    phone = town.stranger("小刘")
    await phone.starts()
    assert "刘洋，登记好了" in (await phone.shares_number(NUMBER)).text


async def test_somebody_elses_number_joins_nobody(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], phone=NUMBER)
    phone = town.stranger("陌生人")
    await phone.starts(code(town))
    assert "不是您自己的号码" in (await phone.shares_number(NUMBER, own=False)).text
    accounts = town.read(lambda session: session.query(Account).filter_by(address=str(phone.number)).all())
    assert [one.person_id for one in accounts] == [None]


async def test_two_persons_with_one_number_are_asked_who_they_are(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主"), ("刘小雨", "女")], phone=NUMBER)
    phone = town.stranger("小刘")
    await phone.starts(code(town))
    question = await phone.shares_number(NUMBER)
    assert [label for label in question.labels if "刘" in label] == ["刘洋", "刘小雨"]
    assert "请点名字" in (await phone.says("张三")).text
    assert "刘小雨，登记好了" in (await phone.presses(question, "刘小雨")).text


async def test_an_unknown_number_goes_on_with_the_name(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], phone=NUMBER)
    phone = town.stranger("小刘")
    await phone.starts(code(town))
    assert "请打您的名字" in (await phone.shares_number(ANOTHER)).text
    assert "哪一户" in (await phone.says("刘洋")).text
    assert "刘洋，登记好了" in (await phone.says("7号")).text


async def test_an_unknown_number_without_an_invite_is_told_where_to_go(town: Town) -> None:
    phone = town.stranger("小刘")
    assert "请扫" in (await phone.shares_number(ANOTHER)).text


async def test_a_number_of_another_grid_does_not_join_by_this_grids_invite(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], code="G2", phone=NUMBER)
    phone = town.stranger("小刘")
    await phone.starts(code(town))
    assert "名册里这里没有这个号码" in (await phone.shares_number(NUMBER)).text


async def test_an_appointed_worker_joins_with_the_number(town: Town) -> None:
    with town.database.transaction() as session:
        person = register.add_person(session, town.now, name="新网格员", phone=NUMBER)
        area = by_code(session, "G1")
        assert area
        register.appoint(session, town.now, person=person, role=Role.GRID_WORKER, area=area)
    phone = town.stranger("新来的")
    await phone.starts(code(town, Role.GRID_WORKER))
    assert "新网格员，您已登记为" in (await phone.shares_number(NUMBER)).text
