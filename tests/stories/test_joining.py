"""Joining: an invite, a name, a door; the register knows them, or a worker decides."""

import pytest

from rules.errors import NotAllowedError
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from services.areas import by_code
from services.invites import invite
from tests.harness import DAY, Town, requests_of


def code(town: Town, role: Role = Role.RESIDENT, area: str = "G1", *, poster: bool = False) -> str:
    with town.database.transaction() as session:
        found = by_code(session, area)
        assert found
        return invite(session, town.now, role=role, area=found, max_uses=None if poster else 1)


async def test_a_resident_is_known_by_name_and_room(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主"), ("刘小雨", "女")])
    phone = town.stranger("小刘")
    assert "叫什么名字" in (await phone.starts(code(town))).text
    assert "哪一户" in (await phone.says("刘洋")).text
    welcome = await phone.says("７号")
    assert "刘洋，登记好了" in welcome.text
    await town.at("08:00")
    assert "刘洋、刘小雨" in (await phone.hears("请量体温")).text


async def test_whoever_joins_in_the_middle_of_a_slot_is_asked_at_once(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")])
    await town.at("09:00")
    assert requests_of(town, "7号")[DAY, Half.MORNING] is RequestStatus.UNREACHABLE
    phone = town.stranger("小刘")
    await phone.starts(code(town))
    await phone.says("刘洋")
    assert "请量体温" in (await phone.says("7号")).text
    await phone.says("36.5")
    assert requests_of(town, "7号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    assert "✅" in (await town.phone("李网格员").hears("联系不上：刘洋")).text


async def test_a_stranger_is_let_in_by_the_worker(town: Town) -> None:
    await town.at("09:00")
    worker, phone = town.phone("李网格员"), town.stranger("小郑")
    await phone.starts(code(town))
    await phone.says("郑新来")
    assert "已经请网格员确认" in (await phone.says("9号")).text
    question = await worker.hears("有人要加入 第一网格")
    assert "郑新来 · 9号" in question.text
    await worker.presses(question, "认识，同意")
    assert "李网格员 已同意" in worker.again(question).text
    await phone.hears("郑新来，登记好了")
    assert "现在不用每天报体温" in (await phone.says("状态")).text


async def test_a_greeting_is_no_name_and_no_door(town: Town) -> None:
    phone = town.stranger("小郑")
    await phone.starts(code(town))
    assert "请只发名字" in (await phone.says("你好")).text
    assert "哪一户" in (await phone.says("郑新来")).text
    assert "没看懂房号" in (await phone.says("好的")).text
    assert "已经请网格员确认" in (await phone.says("9号")).text


async def test_a_worker_is_not_woken_for_a_stranger(town: Town) -> None:
    await town.at("22:00")
    worker, phone = town.phone("李网格员"), town.stranger("小郑")
    await phone.starts(code(town))
    await phone.says("郑新来")
    await phone.says("9号")
    assert worker.heard("有人要加入") == 0
    await town.at("07:31")
    await worker.hears("有人要加入")


async def test_a_stranger_is_refused(town: Town) -> None:
    await town.at("09:00")
    worker, phone = town.phone("李网格员"), town.stranger("小郑")
    await phone.starts(code(town))
    await phone.says("郑新来")
    await phone.says("9号")
    question = await worker.hears("有人要加入")
    await worker.presses(question, "不是本网格的")
    await phone.hears("您不在这个网格")
    assert worker.again(question).buttons == ()


async def test_a_worker_joins_with_their_own_link_and_gets_alarms(town: Town) -> None:
    phone = town.stranger("新网格员")
    await phone.starts(code(town, Role.GRID_WORKER))
    assert "已登记为 第一网格 的网格员" in (await phone.says("冯新")).text
    await town.phone("张强").says("38.6")
    await phone.hears("发烧：张强 38.6")


async def test_a_single_invite_works_once_and_a_poster_many_times(town: Town) -> None:
    once, poster = code(town), code(town, poster=True)
    first, second, third = (town.stranger(name) for name in ("甲", "乙", "丙"))
    await first.starts(once)
    await first.says("甲乙丙")
    await first.says("1号")
    assert "已经用过了" in (await second.starts(once)).text
    assert "叫什么名字" in (await second.starts(poster)).text
    assert "叫什么名字" in (await third.starts(poster)).text


@pytest.mark.many_days
async def test_invites_expire_and_cannot_be_forged(town: Town) -> None:
    old = code(town)
    await town.forward(days=8)
    phone = town.stranger("甲")
    assert "过期" in (await phone.starts(old)).text
    fresh = code(town)
    forged = fresh[:-1] + ("A" if fresh[-1] != "A" else "B")
    assert "不对" in (await phone.starts(forged)).text
    assert "不对" in (await phone.starts("hello")).text


async def test_a_form_offers_back_and_cancel_and_survives_an_alert(town: Town) -> None:
    phone = town.stranger("小郑")
    await phone.starts(code(town))
    asks = await phone.says("郑新来")
    assert asks.labels == ("← 上一步", "取消")
    assert "叫什么名字" in (await phone.presses(asks, "上一步")).text
    asks = await phone.says("郑新来")
    assert "不填了" in (await phone.presses(asks, "取消")).text

    head = town.phone("赵网格长")
    await town.phone("李网格员").says("下班")
    await head.says("通知")
    await town.phone("李网格员").blocks_the_bot()
    await town.phone("张强").says("38.6")
    await head.hears("38.6")  # in the middle of the notice
    assert "请看一遍" in (await head.says("明天消毒")).text


async def test_a_form_left_alone_reminds_once_and_lapses(town: Town) -> None:
    await town.at("09:00")
    phone = town.stranger("小郑")
    await phone.starts(code(town))
    await town.forward(minutes=31)
    await phone.hears("还没填完")
    await town.forward(minutes=60)
    assert phone.heard("还没填完") == 1
    await town.forward(minutes=60)
    await phone.hears("已经取消")
    assert "我是网格通" in (await phone.says("郑新来")).text


async def test_a_room_number_is_never_taken_for_a_choice(town: Town) -> None:
    town.houses("1", [("刘洋", "户主")])
    phone = town.stranger("小刘")
    await phone.starts(code(town))
    await phone.says("刘洋")
    assert "登记好了" in (await phone.says("1")).text


@pytest.mark.needs("language")
async def test_english_for_who_reads_english(town: Town) -> None:
    town.houses("8号", [("John Smith", "户主")])
    phone = town.stranger("John", language="en")
    assert "What is your name?" in (await phone.starts(code(town))).text
    await phone.says("John Smith")
    assert "you have joined" in (await phone.says("8")).text
    await town.at("08:00")
    await phone.hears("Good morning, please take temperatures")
    assert "thank you" in (await phone.says("97.7F")).text
    menu = await phone.says("/language")
    assert "以后用中文" in (await phone.presses(menu, "中文")).text


def test_nobody_is_invited_to_what_they_cannot_be(town: Town) -> None:
    for role, area in ((Role.GRID_WORKER, "S1"), (Role.COMMUNITY, "G1"), (Role.RESIDENT, "V1"), (Role.CITY, "D1")):
        with pytest.raises(NotAllowedError):
            code(town, role, area)
