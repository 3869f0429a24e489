"""One person on two phones, two persons on one, a new phone, a new home."""

from __future__ import annotations

from rules.roles import Role
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Phone, Town, readings_of, requests_of
from tests.stories.test_joining import code

NUMBER = "13800000001"


async def second_phone(town: Town, name: str) -> Phone:
    """The same person joins on another phone, by name and door."""
    phone = town.stranger(f"{name}的新手机")
    await phone.starts(code(town))
    await phone.says(name)
    await phone.says("3号")
    return phone


async def test_one_person_on_two_phones_is_asked_on_the_one_used_last(town: Town) -> None:
    first = town.phone("王芳")
    second = await second_phone(town, "王芳")
    assert "另一部手机上也打开了" in (await first.hears("不是您")).text
    await second.hears("以前在另一部手机上登记过")
    await town.at("08:00")
    assert [first.heard("请量体温"), second.heard("请量体温")] == [0, 1]
    await first.says("36.5 36.6 36.7")
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}
    await town.at("18:00")
    assert [first.heard("请量体温"), second.heard("请量体温")] == [1, 1]


async def test_when_the_phone_used_last_cannot_be_reached_the_other_one_is_asked(town: Town) -> None:
    first = town.phone("王芳")
    second = await second_phone(town, "王芳")
    await second.blocks_the_bot()
    await town.at("08:00")
    await first.hears("请量体温")
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}


async def test_a_stranger_on_another_phone_is_put_out_and_the_worker_hears_of_it(town: Town) -> None:
    await town.at("09:00")
    first = town.phone("王芳")
    second = await second_phone(town, "王芳")
    warning = await first.hears("另一部手机上也打开了")
    assert "已经断开" in (await first.presses(warning, "不是我")).text
    await town.phone("李网格员").hears("有人冒用了登记")
    assert "我是网格通" in (await second.says("36.5")).text
    assert readings_of(town) == {}
    assert "不用处理" in (await first.presses(warning, "不是我")).text


async def test_nothing_goes_to_a_phone_that_is_not_used_any_more(town: Town) -> None:
    first = town.phone("王芳")
    second = await second_phone(town, "王芳")
    question = await second.hears("以前在另一部手机上登记过")
    await second.presses(question, "旧手机不用了")
    await first.hears("这部手机不再收网格通的消息了")
    heard = len(first.inbox())
    await town.at("08:00")
    await second.hears("请量体温")
    assert len(first.inbox()) == heard


async def speaks_for_grandfather(town: Town) -> Phone:
    """王芳 also answers for 王老汉 at 9号, who has no phone."""
    town.houses("9号", [("王老汉", "户主")])
    mother = town.phone("王芳")
    offer = await mother.starts(code(town))
    await mother.presses(offer, "替没有手机的家人报")
    await mother.says("王老汉")
    assert "怎么称呼" in (await mother.says("9号")).text
    assert "王老汉" in (await mother.says("三叔")).text
    return mother


async def test_two_persons_of_two_homes_on_one_phone(town: Town) -> None:
    mother = await speaks_for_grandfather(town)
    await town.at("08:00")
    assert mother.heard("请量体温") == 2
    await mother.says("三叔36.9")
    assert readings_of(town) == {"王老汉": [36.9]}
    assert requests_of(town, "9号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}


async def test_one_line_may_name_people_of_both_homes(town: Town) -> None:
    mother = await speaks_for_grandfather(town)
    await town.at("08:00")
    await mother.says("我36.5 小宝36.6 王建国36.7 三叔36.9")
    assert readings_of(town) == {"王芳": [36.5], "王小宝": [36.6], "王建国": [36.7], "王老汉": [36.9]}


async def test_an_answer_that_fits_both_homes_is_asked_about(town: Town) -> None:
    mother = await speaks_for_grandfather(town)
    await town.at("08:00")
    assert "请写上名字" in (await mother.says("全家36.5")).text
    assert readings_of(town) == {}


async def test_a_relative_whom_the_register_does_not_know_is_let_in_by_the_worker(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    offer = await mother.starts(code(town))
    await mother.presses(offer, "替没有手机的家人报")
    await mother.says("王老太")
    await mother.says("11号")
    assert "已经请" in (await mother.says("外婆")).text
    question = await worker.hears("有人替家人登记")
    await worker.presses(question, "认识，同意")
    await mother.hears("王老太（")


async def test_who_moves_takes_the_quarantine_along(town: Town) -> None:
    town.employs("郑网格员", Role.GRID_WORKER, "G2")
    await town.at("09:00")
    resident, new_worker = town.phone("张强"), town.phone("郑网格员")
    offer = await resident.starts(code(town, area="G2"))
    question = await resident.presses(offer, "我搬到 第二网格 了")
    assert "哪一户" in question.text
    assert "已经请 第二网格" in (await resident.says("22号")).text
    await new_worker.presses(await new_worker.hears("有人要搬到 第二网格"), "认识，同意")
    await resident.hears("22号")
    await town.phone("李网格员").hears("张强 从")
    assert requests_of(town, "5号") == {(DAY, Half.MORNING): RequestStatus.EXCUSED}
    assert requests_of(town, "22号") == {(DAY, Half.MORNING): RequestStatus.DUE}
    await resident.says("36.5")
    await town.at("18:00")
    await resident.hears("晚上好，请量体温")
    await resident.says("36.6")
    assert set(requests_of(town, "22号").values()) == {RequestStatus.REPORTED}


async def test_who_lives_here_already_is_not_asked_whether_they_have_moved(town: Town) -> None:
    offer = await town.phone("王芳").starts(code(town))
    assert [label for label in offer.labels if "搬" in label] == []
