"""A notice of the street as it is seen at each level below: live, by name, reminded, from door to door."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from models import AuditEntry, Household, OutboxMessage, Person
from rules.roles import Role
from services import register
from tests.harness import Heard, Phone, Town


async def tell(town: Town, text: str, who: str = "钱街道") -> Heard:
    phone = town.phone(who)
    await phone.says("通知")
    await phone.presses(await phone.says(text), "发送")
    await town.forward(seconds=20)
    return await phone.hears("通知已发出")


@pytest.fixture
async def street(town: Town) -> Town:
    """Two grids: the head of the second lives there too; of one household two have a chat, of another nobody has."""
    town.employs("陈网格长", Role.GRID_HEAD, "G2")
    town.houses("10号", [("马三", "户主")], code="G2", first_day=None)
    town.houses("9号", [("刘二", "户主"), ("刘小", "子")], code="G2", first_day=None)
    for name in ("马三", "刘二", "王建国"):
        town.joins(name)
    await town.at("09:00")
    return town


async def test_each_holder_has_one_message_for_their_own_area_that_counts_along(street: Town) -> None:
    town = street
    live = await tell(town, "今天全员核酸")
    community, first, second = town.phone("孙社区"), town.phone("赵网格长"), town.phone("陈网格长")
    seen = await community.hears("西河楞：昆河镇的通知")
    assert "收到 0/5（0/4 户）" in seen.text
    assert "0/3" in (await first.hears("第一网格：昆河镇的通知")).text
    assert "0/2" in (await second.hears("第二网格：昆河镇的通知")).text
    assert town.phone("李网格员").heard("昆河镇的通知") == 0

    mother, grandfather, man = town.phone("王芳"), town.phone("王建国"), town.phone("马三")
    for phone in (mother, grandfather, man):
        await phone.presses(await phone.hears("今天全员核酸"), "收到")
    await town.forward(minutes=2)
    assert "收到 3/5（2/4 户）" in community.again(seen).text  # two of one household are one household
    assert "收到 3/5（2/4 户）" in town.phone("钱街道").again(live).text
    assert community.heard("昆河镇的通知") == 1

    below = await community.presses(community.again(seen), "看下一级")
    assert below.text.index("第二网格 收到 1/2") < below.text.index("第一网格 收到 2/3")  # the slowest first
    names = await community.presses(below, "第二网格")
    assert "9号 刘二" in names.text
    assert "马三" not in names.text


async def test_nothing_is_shown_oftener_than_once_a_minute(street: Town) -> None:
    town = street
    await tell(town, "今天全员核酸")
    for name in ("王芳", "马三", "刘二"):
        await town.phone(name).presses(await town.phone(name).hears("今天全员核酸"), "收到")
        await town.forward(seconds=8)
    about = select(OutboxMessage.about).where(OutboxMessage.template == "funnel", OutboxMessage.edits_id.is_not(None))
    shown = [one for one in town.read(lambda session: session.scalars(about).all()) if str(one).startswith("funnel:")]
    assert len(shown) == len(set(shown))


async def test_who_has_not_read_it_is_for_those_of_the_area_only_and_the_look_is_logged(street: Town) -> None:
    town = street
    await tell(town, "今天全员核酸")
    first, second, man = town.phone("赵网格长"), town.phone("陈网格长"), town.phone("张强")
    seen = await first.hears("第一网格：昆河镇的通知")
    who = await first.presses(seen, "谁没看")
    assert "3 人没看" in who.text
    assert who.text.index("3号 王芳") < who.text.index("5号 张强")
    key = next(data for label, data in first.again(seen).buttons if "谁没看" in label)
    for stranger in (second, man):
        assert "不归您管" in (await stranger.forges(key)).text
    looks = town.read(lambda session: session.scalars(select(AuditEntry).where(AuditEntry.act == "look")).all())
    assert [one.detail for one in looks if "unread_of" in one.detail] == [{"unread_of": 1}]


async def test_those_who_did_not_read_it_are_reminded_once_in_four_hours(street: Town) -> None:
    town = street
    live = await tell(town, "今天全员核酸")
    community, first, mother, man = (town.phone(name) for name in ("孙社区", "赵网格长", "王芳", "张强"))
    copy = await mother.hears("今天全员核酸")
    await mother.presses(copy, "收到")
    await first.presses(await first.hears("第一网格：昆河镇的通知"), "提醒没看的")
    await town.forward(seconds=20)
    again = await man.hears("您还没看")
    assert "今天全员核酸" in again.text
    assert mother.heard("您还没看") == 0
    assert "以后再提醒" in (await first.presses(await first.hears("第一网格：昆河镇的通知"), "提醒没看的")).text
    await community.presses(await community.hears("西河楞：昆河镇的通知"), "提醒没看的")
    await town.forward(seconds=20)
    assert man.heard("您还没看") == 1  # whoever asks for it
    assert town.phone("刘二").heard("您还没看") == 1
    await man.presses(again, "收到")
    await town.forward(seconds=20)
    assert "送到 5/5" in town.phone("钱街道").again(live).text
    assert "收到 2/5" in town.phone("钱街道").again(live).text
    assert man.again(again).labels == ("有问题",)


@pytest.mark.needs("deleted accounts")
async def test_the_list_for_the_doors_has_whom_it_could_not_be_sent_to(street: Town) -> None:
    town = street
    town.houses("11号", [("老赵", "户主")], code="G2", first_day=None)
    town.sandbox.world.deactivate(town.phone("马三").number)
    live = await tell(town, "今天全员核酸")
    assert "送不到 1 人（账号已注销 1）" in town.phone("钱街道").again(live).text
    second = town.phone("陈网格长")
    doors = await second.presses(await second.hears("第二网格：昆河镇的通知"), "上门名单")
    assert "3 户没人看" in doors.text
    places = ["9号 刘二、刘小", "10号 马三（账号已注销）", "11号 老赵（家里没有人登记）"]
    assert [doors.text.index(one) for one in places] == sorted(doors.text.index(one) for one in places)
    await second.presses(doors, "下载表格")
    await town.forward(seconds=5)
    file = await second.hears("没看通知的住户")
    assert "第二网格" in file.text


@pytest.mark.needs("files", "old lists")
async def test_the_list_has_the_doors_of_the_audience_and_no_others(street: Town) -> None:
    town = street
    town.houses("11号", [("老赵", "户主")], code="G2")
    town.houses("12号", [("周六", "户主")], code="G2", first_day=None)
    phone = town.phone("钱街道")
    await phone.says("通知")
    await phone.presses(await phone.says("请在家量体温"), "换人")
    await phone.presses(phone.inbox()[-1], "隔离的人家")
    await phone.presses(phone.inbox()[-1], "发送")
    await town.forward(seconds=20)
    mother = town.phone("王芳")
    await mother.presses(await mother.hears("请在家量体温"), "收到")
    await town.forward(minutes=2)
    below = await phone.presses(await phone.hears("通知已发出"), "看下一级")
    grids = await phone.presses(below, "西河楞")
    named = await phone.presses(grids, "第一网格")
    first = await phone.presses(named, "上门名单")
    assert "1 户没人看" in first.text
    assert "5号 张强" in first.text
    await phone.presses(await phone.hears("通知已发出"), "上门名单")
    await town.forward(seconds=5)
    book = last_workbook(phone)
    # A sheet for each community of the street; the doors of the audience at which nobody could be told are in it.
    assert list(book) == ["西河楞"]
    lines = [" ".join(map(str, row)) for row in book["西河楞"]]
    assert [one for one in lines if "老赵" in one and "家里没有人登记" in one]
    assert [one for one in lines if "张强" in one]
    assert not [one for one in lines if "周六" in one or "马三" in one or "王芳" in one]


def last_workbook(phone: Phone) -> dict[str, list[list[object]]]:
    """The last file that the bot has sent, by sheet."""
    found = phone.town.sandbox.world.messages(phone.number, phone.bot)
    file = [one.content.file for one in found if one.from_bot and one.content.file][-1]
    assert file
    book = CalamineWorkbook.from_filelike(BytesIO(file.content))
    return {name: list(map(list, book.get_sheet_by_name(name).to_python())) for name in book.sheet_names}


async def test_staff_who_live_there_get_one_copy(street: Town) -> None:
    town = street
    town.employs("孙二", Role.GRID_WORKER, "G2")
    town.houses("12号", [("孙三", "户主")], code="G2", first_day=None)
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "孙二")).one()
        home = session.scalars(select(Household).where(Household.room == "12号")).one()
        register.add_resident(session, town.now, person=person, household=home)
    await tell(town, "今天全员核酸")
    assert town.phone("孙二").heard("今天全员核酸") == 1
