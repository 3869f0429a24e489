"""A directive goes down the chain, from the city to every door, and no broken link stops it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, DirectiveEvent, DirectiveStep, NoticeCopy, Person, Resident
from rules.directives import Event, Step
from rules.roles import Role
from services import register
from tests.harness import Heard, Phone, Town

ORIGINAL = "从今天起，每一户只留一个出入口。\n<b>测温</b>、登记、扫码，一个不能少。"


async def writes(
    phone: Phone, *, how: str = "一级一级传", to: str = "传到每一户", within: str = "2 小时", body: str = ORIGINAL
) -> Heard:
    """Issues a directive; returns the preview as it was."""
    await phone.says("指令")
    if phone.inbox()[-1].labels and "✏️" in phone.inbox()[-1].labels[0]:
        await phone.presses(phone.inbox()[-1], "✏️")
    await phone.says(body)
    for label in (how, to, within):
        await phone.presses(phone.inbox()[-1], label)
    preview = phone.inbox()[-1]
    await phone.presses(preview, "发出")
    return preview


def stands(town: Town) -> dict[str, Step]:
    """Where the directives stand, by the code of the node."""

    def look(session: Session) -> dict[str, Step]:
        rows = session.execute(select(Area.code, DirectiveStep.state).join(Area, Area.id == DirectiveStep.area_id))
        return dict(rows.all())

    return town.read(look)


def passed_over(town: Town) -> list[tuple[str, str]]:
    """Who was passed over, and why."""

    def look(session: Session) -> list[tuple[str, str]]:
        rows = session.execute(
            select(Person.name, DirectiveEvent.detail)
            .join(Person, Person.id == DirectiveEvent.person_id)
            .where(DirectiveEvent.event == Event.PASSED_OVER)
            .order_by(DirectiveEvent.id)
        )
        return [(name, detail["why"]) for name, detail in rows]

    return town.read(look)


async def test_through_all_six_levels_with_a_broken_link_and_an_unreachable_deputy(town: Town) -> None:
    deputies = [town.employs(name, Role.COMMUNITY, "V1") for name in ("郑副", "冯副")]
    town.houses("9号", [("何强", "户主")], code="G2", first_day=None)
    second = town.joins("何强")
    city, district, street = town.phone("周市级"), town.phone("吴分局"), town.phone("钱街道")
    community, head, mother = town.phone("孙社区"), town.phone("赵网格长"), town.phone("王芳")
    town.sandbox.world.block(deputies[0].number, deputies[0].bot)  # which the house does not know yet
    await town.at("09:00")

    preview = await writes(city)
    assert "分局 1 · 街道 1 · 社区 1 · 网格 2" in preview.text.replace("区县", "分局")
    assert "3 户" in preview.text
    assert not district.heard(ORIGINAL)

    # The district adds its own words below the original, which stays whole, with its origin.
    await town.forward(seconds=5)
    order = await district.hears("指令第 1 号")
    assert f"原文 · 包头市（周市级，09:00）：\n{ORIGINAL}" in order.text
    assert "11:00" in order.text  # its deadline
    await district.presses(order, "先加几句")
    again = await district.says("昆区：下午四点前全部到位。")
    assert again.text.index("测温") < again.text.index("昆区：下午四点前")
    await district.presses(again, "加上，发下去")
    await town.forward(seconds=10)
    assert "区县：1/1 已确认" in city.again(await city.hears("指令第 1 号")).text
    assert "在等：\n· 昆河镇：钱街道" in district.again(order).text

    # The street has nobody but one who does not answer: reminded once, and then it goes past, and the district hears.
    asked = await street.hears("指令第 1 号")
    assert f"{ORIGINAL}\n\n➕ 昆区（吴分局）补充：\n昆区：下午四点前全部到位。" in asked.text
    await town.at("10:01")
    assert "还等您确认" in (await street.hears("指令第 1 号")).text
    assert community.heard("指令第 1 号") == 0
    await town.at("11:01")
    report = await district.hears("没有人按时确认，指令已绕过去")
    assert "昆河镇：钱街道" in report.text

    # The community has it all the same. Its holder is silent, the deputy has blocked the bot, the next one confirms.
    assert ORIGINAL in (await community.hears("指令第 1 号")).text
    await town.at("12:31")
    assert ("孙社区", "silent") in passed_over(town)
    assert ("郑副", "unreachable") in passed_over(town)
    assert stands(town)["V1"] is Step.WITH_DEPUTY
    assert "孙社区 没有确认，请您来" in (await deputies[1].hears("指令第 1 号")).text
    assert "已请 冯副 代为确认" in community.again(await community.hears("还等您确认")).text
    await deputies[1].presses(await deputies[1].hears("指令第 1 号"), "收到，往下传")
    assert "冯副 已确认" in community.again(await community.hears("指令第 1 号")).text

    # A grid with nobody at all is passed over at once; its households have it.
    await town.forward(seconds=30)
    assert "没有人能负责" in (await deputies[1].hears("绕过去")).text
    assert "昆区：下午四点前全部到位。" in (await second.hears(ORIGINAL)).text

    # The other head sends it to the households; what was added on the way stands below the original.
    await head.presses(await head.hears("指令第 1 号"), "收到，发给各户")
    copy = await mother.hears(ORIGINAL)
    assert (
        copy.text.index("【指令第 1 号】包头市（周市级）") < copy.text.index(ORIGINAL) < copy.text.index("下午四点前")
    )
    assert "➕ 昆区（吴分局）补充：" in copy.text
    assert stands(town) == {
        "C": Step.DONE,
        "D1": Step.DONE,
        "S1": Step.GONE_PAST,
        "V1": Step.DONE,
        "G1": Step.DONE,
        "G2": Step.GONE_PAST,
    }

    # Confirmed late, it is on record, and nothing goes out again.
    await street.presses(await street.hears("指令第 1 号"), "收到")
    await town.forward(minutes=5)
    assert stands(town)["S1"] is Step.LATE
    assert [phone.heard(ORIGINAL) for phone in (mother, town.phone("张强"), second)] == [1, 1, 1]
    last = city.again(await city.hears("指令第 1 号")).text
    assert "街道：1/1 已确认" in last
    assert "网格：1/2 已确认 · ⚠️ 没人确认 1" in last


async def test_an_urgent_one_goes_to_everyone_at_night_and_the_chain_only_confirms(town: Town) -> None:
    await town.phone("张强").says("停止")
    await town.at("22:30")
    city, head = town.phone("周市级"), town.phone("赵网格长")
    assert "夜里也响" in (await writes(city, how="马上发给所有人", within="30 分钟")).text
    await town.forward(seconds=10)
    for name in ("吴分局", "钱街道", "孙社区", "赵网格长"):
        order = await town.phone(name).hears("🚨 紧急")
        assert order.labels == ("收到",)
    for name in ("王芳", "张强"):  # an order is not held back by a stop word
        assert town.phone(name).heard(ORIGINAL) == 1
    await head.presses(await head.hears("🚨 紧急"), "收到")
    await town.at("23:05")
    assert "没有人按时确认" in (await city.hears("处没有人按时确认")).text
    assert town.phone("王芳").heard(ORIGINAL) == 1
    assert stands(town)["G1"] is Step.DONE


async def test_at_night_it_waits_for_the_morning_and_nobodys_time_runs(empty_town: Town) -> None:
    town = empty_town
    city, district = town.employs("周市级", Role.CITY, "C"), town.employs("吴分局", Role.DISTRICT, "D1")
    await town.at("21:00")
    await writes(city, within="2 小时")
    await town.forward(seconds=5)
    await district.hears("指令第 1 号")
    await town.at("23:30")
    assert stands(town)["D1"] is Step.TOLD
    await town.at("08:05")
    assert stands(town)["D1"] is Step.REMINDED  # half an hour of the evening, and half an hour of the morning
    await town.at("09:05")
    assert stands(town)["D1"] is Step.GONE_PAST


async def test_whoever_waits_sees_who_is_late_and_has_them_reminded(town: Town) -> None:
    await town.at("09:00")
    city, district = town.phone("周市级"), town.phone("吴分局")
    await writes(city, to="只到工作人员")
    await town.forward(seconds=10)
    mine = city.again(await city.hears("指令第 1 号"))
    assert "· 昆区：吴分局 无电话" in mine.text
    assert "昆区：吴分局" in (await city.presses(mine, "没确认的")).text
    assert "已再提醒 1 处" in (await city.presses(mine, "催一催")).text
    assert "还等您确认" in (await district.hears("指令第 1 号")).text
    assert "刚催过" in (await city.presses(mine, "催一催")).text
    await district.presses(await district.hears("指令第 1 号"), "收到，往下传")
    await town.forward(seconds=10)
    assert "区县：1/1 已确认" in city.again(mine).text
    assert town.phone("王芳").heard(ORIGINAL) == 0


async def test_confirmed_and_left_it_goes_on_by_itself_and_takes_no_more_words(town: Town) -> None:
    await town.at("09:00")
    community, head = town.phone("孙社区"), town.phone("赵网格长")
    await writes(community, within="30 分钟")
    await town.forward(seconds=5)
    await head.presses(await head.hears("指令第 1 号"), "先加几句")
    await head.hears("还没发给各户。到 09:30")
    preview = await head.says("带好身份证")
    assert town.phone("王芳").heard(ORIGINAL) == 0
    await town.at("09:31")
    assert town.phone("王芳").heard(ORIGINAL) == 1
    assert "加不上了" in (await head.presses(preview, "加上，发下去")).text
    assert town.phone("王芳").heard("身份证") == 0


async def test_nobody_confirms_for_another_node_and_who_may_not_issue_is_told(town: Town) -> None:
    await town.at("09:00")
    await writes(town.phone("周市级"))
    await town.forward(seconds=5)
    assert "社区和上级" in (await town.phone("李网格员").says("指令")).text
    number = town.read(lambda session: session.scalar(select(func.max(DirectiveStep.id))))
    assert "不归您管" in (await town.phone("孙社区").forges(f"directive:pass:{number}")).text
    assert "不归您管" in (await town.phone("王芳").forges(f"directive:remind:{number}")).text
    assert stands(town)["D1"] is Step.TOLD


async def test_who_lives_behind_doors_of_two_grids_has_it_once(town: Town) -> None:
    town.houses("8号", [("何强", "户主")], code="G2", first_day=None)
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "张强")).one()
        home = register.household_at(session, session.scalars(select(Area).where(Area.code == "G2")).one(), "9号")
        session.add(Resident(person_id=person.id, household_id=home.id))
    man, second = town.joins("何强"), town.phone("张强")
    await town.at("09:00")
    await writes(town.phone("孙社区"), within="30 分钟")
    await town.forward(seconds=30)  # nobody answers for the second grid: its households have it at once
    assert man.heard(ORIGINAL) == 1
    assert second.heard(ORIGINAL) == 0
    head = town.phone("赵网格长")
    await head.presses(await head.hears("指令第 1 号"), "收到，发给各户")
    await town.forward(seconds=30)
    assert second.heard(ORIGINAL) == 1
    copies = select(func.count()).select_from(NoticeCopy).join(Person, Person.id == NoticeCopy.person_id)
    assert town.read(lambda session: session.scalar(copies.where(Person.name == "张强"))) == 1


async def test_with_nobody_above_to_be_told_the_operators_are(town: Town) -> None:
    keeper = town.employs("值守老吴", Role.OPERATOR, "C")
    city = town.phone("周市级")
    await town.at("09:00")
    await writes(city, to="只到工作人员", within="30 分钟")
    await town.forward(seconds=5)
    await town.phone("吴分局").presses(await town.phone("吴分局").hears("指令第 1 号"), "收到，往下传")
    await city.blocks_the_bot()
    await town.phone("吴分局").blocks_the_bot()
    await town.at("09:31")
    told = await keeper.hears("指令第 1 号")
    assert "昆河镇：钱街道" in told.text
    assert "发指令的 周市级 和中间各级都联系不上" in told.text
    assert not told.buttons
    await town.at("10:50")  # further down it is gone past too: told once an hour, and seen in the first message as well
    assert keeper.heard("联系不上") == 2
    assert "西河楞：孙社区" in keeper.again(told).text


async def test_a_report_finds_its_reader_on_another_phone(town: Town) -> None:
    city = town.phone("周市级")
    await town.at("09:00")
    await writes(city, to="只到工作人员", within="30 分钟")
    await city.blocks_the_bot()
    again = town.joins("周市级")
    await town.at("09:31")
    assert "昆区：吴分局" in (await again.hears("没有人按时确认")).text


async def test_in_english(town: Town) -> None:
    await town.at("09:00")
    community, head = town.phone("孙社区"), town.phone("赵网格长")
    for phone in (community, head):
        await phone.presses(await phone.says("/language"), "English")
    await community.says("/directive")
    await community.says("Gates close at eight.")
    for label in ("Level by level", "To every household", "30 minutes", "Issue it"):
        await community.presses(community.inbox()[-1], label)
    await town.forward(seconds=5)
    order = await head.hears("Directive no. 1")
    assert "Original · 西河楞 (孙社区, 09:00):\nGates close at eight." in order.text
    await head.presses(order, "Got it, send to households")
    assert "Sent to the households (09:00)" in head.again(order).text
    await town.phone("王芳").hears("Gates close at eight.")
    await town.forward(seconds=10)
    assert "Grids: confirmed 1 of 2 · ⚠️ by nobody 1" in (await community.hears("Original")).text


@pytest.mark.parametrize("messenger", ["wechat", "wecom"])
async def test_where_nothing_can_be_changed_it_is_told_when_asked(town: Town) -> None:
    await town.at("09:00")
    community, head = town.phone("孙社区"), town.phone("赵网格长")
    await head.says("你好")
    await community.says("指令")
    await community.says(ORIGINAL)
    for label in ("一级一级传", "传到每一户", "30 分钟", "发出"):
        await community.presses(community.inbox()[-1], label)
    await town.forward(seconds=10)
    order = await head.hears(ORIGINAL)
    await head.presses(order, "收到，发给各户")
    assert town.phone("王芳").heard(ORIGINAL) == 1
    assert "第二网格：没有人能负责" in (await community.hears("绕过去")).text
    await community.says("指令")
    await community.presses(community.inbox()[-1], "第 1 号 · 西河楞")
    assert "网格：1/2 已确认 · ⚠️ 没人确认 1" in community.inbox()[-1].text
