"""A notice is its words and two presses; whatever else can be chosen about it is a button under the look at it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Area, Notice, NoticePlan, Resident
from rules.planning import PlanState
from rules.roles import Level, Role
from services import register
from services.policies import choose
from tests.contracts.adapters import picture
from tests.harness import DAY, Heard, Phone, Town, code_in

pytestmark = pytest.mark.not_on("wechat", "wecom")


async def written(author: Phone, words: str) -> Heard:
    """The look at a notice with these words."""
    await author.says("通知")
    return await author.says(words)


async def pressed(author: Phone, *labels: str) -> Heard:
    """One button after the other, each under what came last."""
    said = author.inbox()[-1]
    for label in labels:
        said = await author.presses(said, label)
    return said


def with_community(town: Town) -> Phone:
    town.houses("8号", [("孙八", "户主")], code="G2", first_day=None)
    town.joins("孙八")
    return town.employs("钱社区", Role.COMMUNITY, "V1")


async def test_a_community_goes_down_the_tree_to_a_grid_and_up_again(town: Town) -> None:
    await town.at("09:00")
    community = with_community(town)
    assert "西河楞 · 所有住户，3 人" in (await written(community, "停水")).text
    tree = await pressed(community, "换地方")
    assert {"✓ 就发到 西河楞", "↓ 第一网格", "↓ 第二网格"} <= set(tree.labels)
    assert not [one for one in tree.labels if one.startswith("↑")]  # nothing above is theirs
    assert "第二网格 · 所有住户，1 人" in (await pressed(community, "第二网格")).text
    assert "↑ 西河楞" in (await pressed(community, "换地方")).labels
    assert "西河楞 · 所有住户，3 人" in (await pressed(community, "↑ 西河楞", "就发到 西河楞")).text
    await pressed(community, "换地方", "第二网格", "发送")
    await town.phone("孙八").hears("停水")
    assert town.phone("王芳").heard("停水") == 0


@pytest.mark.parametrize("said", ["取消", "Cancel", "/cancel"])
async def test_to_cancel_leaves_it_wherever_the_button_stands(town: Town, said: str) -> None:
    head = town.phone("赵网格长")
    await head.says("通知")
    await head.says("今日")  # whose answer has no such button
    assert "不填了" in (await head.says(said)).text
    assert "没有要取消的" in (await head.says(said)).text
    assert town.read(lambda session: session.scalars(select(Notice)).all()) == []


async def test_a_place_is_found_by_its_name_among_ones_own(town: Town) -> None:
    await town.at("09:00")
    community = with_community(town)
    await written(community, "停水")
    await pressed(community, "换地方")
    several = await community.says("网格")
    assert set(several.labels) >= {"第一网格（西河楞）", "第二网格（西河楞）"}
    assert "第二网格 · 所有住户" in (await pressed(community, "第二网格")).text
    await pressed(community, "换地方")
    await community.says("昆区")
    assert community.heard("没有这个名字") == 1
    assert "第一网格 · 所有住户" in (await community.says("第一")).text


async def test_nobody_sends_beyond_their_own_area_even_with_a_button_of_their_own_making(town: Town) -> None:
    head = town.phone("赵网格长")
    await written(head, "停水")
    for code in ("V1", "G2"):
        assert "不归您管" in (await head.forges(f"compose:to:{town.area(code).id}")).text
    tree = await head.forges(f"compose:where:{town.area('V1').id}")
    assert tree.labels[:2] == ("✓ 就发到 第一网格", "← 回到通知")
    assert "没有这个名字" in (await head.says("西河楞"), head.inbox()[-2])[1].text


async def test_a_page_has_eight_areas(town: Town) -> None:
    with town.database.transaction() as session:
        parent = session.scalars(select(Area).where(Area.code == "V1")).one()
        for number in range(3, 12):
            register.add_area(session, code=f"G{number}", name=f"{number}号网格", level=Level.GRID, parent=parent)
    community = with_community(town)
    await written(community, "停水")
    first = await pressed(community, "换地方")
    assert sum(one.startswith("↓") for one in first.labels) == 8
    assert sum(one.startswith("↓") for one in (await pressed(community, "后面的")).labels) == 3


@pytest.mark.parametrize(
    ("button", "who", "not_who"),
    [
        ("所有住户", ("王芳", "张强", "赵九"), ("李网格员", "小志")),
        ("隔离的人家", ("王芳", "张强"), ("赵九", "李网格员", "小志")),
        ("重点人群家", ("赵九",), ("王芳", "张强", "李网格员", "小志")),
        ("只给工作人员", ("李网格员", "赵网格长"), ("王芳", "张强", "赵九", "小志")),
        ("志愿者", ("小志",), ("王芳", "张强", "赵九", "李网格员")),
    ],
)
async def test_each_audience_is_who_is_meant(
    town: Town, button: str, who: tuple[str, ...], not_who: tuple[str, ...]
) -> None:
    await town.at("09:00")
    town.houses("9号", [("赵九", "户主")], first_day=None)
    town.joins("赵九")
    town.employs("小志", Role.VOLUNTEER)
    with town.database.transaction() as session:
        (last,) = session.scalars(select(Resident).order_by(Resident.id.desc()).limit(1))
        last.tags = ["独居老人"]
    head = town.phone("赵网格长")
    await written(head, "请看这里")
    await pressed(head, "换人", button, "发送")
    await town.forward(seconds=10)
    assert [name for name in who if not town.phone(name).heard("📢 第一网格 通知")] == []
    assert [name for name in not_who if town.phone(name).heard("请看这里")] == []


async def test_a_volunteer_sees_nothing_and_gets_what_is_for_volunteers(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await head.says("邀请")
    made = await pressed(head, "志愿者")
    helper = town.stranger("小志")
    await helper.starts(code_in(made))
    assert "志愿者" in (await helper.says("小志")).text
    for word in ("今日", "告警", "上门", "值班", "通知", "邀请", "导出", "规则"):
        said = (await helper.says(word)).text
        assert "工作人员" in said or "网格长" in said or "社区" in said, (word, said)
    assert "志愿者" in (await helper.says("帮助")).text
    await written(head, "来两个人搬菜")
    await pressed(head, "换人", "志愿者", "发送")
    await helper.presses(await helper.hears("来两个人搬菜"), "收到")
    await town.forward(seconds=10)
    assert "收到 1/1" in (await head.hears("通知已发出")).text


@pytest.mark.needs("captions")
async def test_a_picture_goes_with_the_words_and_is_looked_at_before(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await head.says("通知")
    preview = await head.sends_photo(picture(), "停水区域看图")
    assert "上面就是发出去的样子" in preview.text
    look = head.inbox()[-2]
    assert "第一网格 通知" in look.text
    assert look.labels == ("收到", "有问题")
    assert "只是样子" in (await head.presses(look, "收到")).text
    await head.presses(preview, "发送")
    copy = await mother.hears("停水区域看图")
    shown = [one for one in town.sandbox.world.messages(mother.number, mother.bot) if one.id == copy.id]
    assert shown[0].content.file
    await mother.presses(copy, "收到")
    assert "您已收到" in mother.again(copy).text


async def test_what_cannot_go_with_a_notice_is_said_and_the_notice_goes_on(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await written(head, "停水")
    refused = await head.sends_file("a.exe", b"MZ no picture")
    assert "这个发不了" in refused.text
    preview = await head.presses(refused, "接着填")
    await head.presses(preview, "发送")
    await town.phone("王芳").hears("停水")


async def test_without_a_receipt_there_is_no_button_and_only_what_arrived_is_counted(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await written(head, "停水")
    await pressed(head, "更多", "不要回执", "发送")
    assert (await town.phone("王芳").hears("停水")).labels == ("有问题",)
    await town.forward(seconds=10)
    count = (await head.hears("通知已发出")).text
    assert "送到 2/2" in count
    assert "收到" not in count


async def test_it_leaves_at_the_time_that_was_typed_and_what_is_planned_can_be_called_off(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    for words in ("第一条", "第二条"):
        await written(head, words)
        await pressed(head, "换时间")
        assert "时间：10:30" in (await head.says("今天上午10点半")).text
        assert "安排好了，10:30 发" in (await pressed(head, "发送")).text
    assert "已经安排的（2）" in (await head.says("通知")).labels
    listed = await pressed(head, "已经安排的")
    assert "1. 10:30 · 第一网格：第一条" in listed.text
    await head.presses(listed, "1 不发了")
    await town.at("10:31")
    await mother.hears("第二条")
    assert mother.heard("第一条") == 0
    await head.hears("通知已发出")


async def test_on_chosen_weekdays_until_a_day(empty_town: Town) -> None:
    town = empty_town
    head = town.employs("赵网格长", Role.GRID_HEAD)
    town.houses("9号", [("赵九", "户主")], first_day=None)
    man = town.joins("赵九")
    await town.at("09:00")  # a Monday
    await written(head, "今天消毒")
    await pressed(head, "换时间", "每周几", "周二", "周四", "就这几天", "10:00")
    assert "周二、周四 10:00，到 2月17日" in (await pressed(head, "7 天")).text
    await pressed(head, "发送")
    heard = []
    for day in range(4):
        await town.at("10:01", DAY + timedelta(days=day))
        heard.append(man.heard("今天消毒"))
    assert heard == [0, 1, 1, 2]
    plan = town.read(lambda session: session.scalars(select(NoticePlan)).one())
    assert plan.state is PlanState.SENT  # the next Tuesday is after its last day


@pytest.mark.parametrize(("hours", "comes"), [(1, True), (3, False)])
async def test_what_a_stopped_machine_missed_still_leaves_or_is_told(town: Town, hours: int, comes: bool) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await written(head, "十点集合")
    await pressed(head, "换时间")
    await head.says("10:00")
    await pressed(head, "发送")
    await town.stage.clock.move_by(timedelta(hours=1 + hours))  # nothing runs meanwhile
    await town.forward(seconds=30)
    assert mother.heard("十点集合") == comes
    assert head.heard("没有按时发") == (not comes)


def a_second_person_above(town: Town, people: int) -> None:
    with town.database.transaction() as session:
        choose(session, town.now, session.merge(town.area("C")), "confirm_above", str(people), None)


async def test_to_many_it_leaves_when_a_second_person_agrees(town: Town) -> None:
    await town.at("09:00")
    a_second_person_above(town, 1)
    head, community = town.phone("赵网格长"), town.employs("钱社区", Role.COMMUNITY, "V1")
    assert "要再有一个人同意" in (await written(head, "停水")).text
    waiting = await pressed(head, "发送")
    assert "没同意之前一条也不发" in waiting.text
    asked = await community.hears("赵网格长 要发这条通知")
    assert "停水" in asked.text
    number = town.read(lambda session: session.scalars(select(NoticePlan.id)).one())
    assert "不归您管" in (await head.forges(f"plan:yes:{number}")).text  # nobody agrees to their own
    assert town.phone("王芳").heard("停水") == 0
    assert "已同意" in (await community.presses(asked, "同意，发")).text
    await town.phone("王芳").hears("停水")
    await town.forward(seconds=10)
    assert "钱社区 同意发的" in (await head.hears("通知已发出")).text
    assert "已经发了" in community.again(asked).text


async def test_the_second_person_says_no_with_a_word(town: Town) -> None:
    await town.at("09:00")
    a_second_person_above(town, 1)
    head, community = town.phone("赵网格长"), town.employs("钱社区", Role.COMMUNITY, "V1")
    waiting = await written(head, "停水")
    waiting = await head.presses(waiting, "发送")
    await community.presses(await community.hears("要发这条通知"), "不同意")
    await community.says("水务说改到明天")
    assert "钱社区 不同意发“停水”：水务说改到明天" in (await head.hears("不同意发")).text
    assert "✗ 钱社区 不同意" in head.again(waiting).text
    await town.forward(hours=3)
    assert town.phone("王芳").heard("停水") == 0


async def test_nobody_agreed_in_time_and_that_is_said(town: Town) -> None:
    await town.at("09:00")
    a_second_person_above(town, 1)
    head, community = town.phone("赵网格长"), town.employs("钱社区", Role.COMMUNITY, "V1")
    await written(head, "停水")
    await pressed(head, "发送")
    asked = await community.hears("要发这条通知")
    await town.at("11:01")
    await head.hears("没有人同意，“停水”没有发")
    assert "没有人同意" in community.again(asked).text
    assert town.phone("王芳").heard("停水") == 0


async def test_without_anybody_who_could_agree_it_does_not_leave(empty_town: Town) -> None:
    town = empty_town
    head = town.employs("赵网格长", Role.GRID_HEAD)
    for name in ("赵九", "钱十"):
        town.houses(f"{name}家", [(name, "户主")], first_day=None)
        town.joins(name)
    await town.at("09:00")
    a_second_person_above(town, 1)
    assert "找不到能同意的人" in (await head.presses(await written(head, "停水"), "发送")).text
    assert town.read(lambda session: session.scalars(select(Notice)).all()) == []


async def test_what_is_sent_often_is_kept_and_chosen_below(town: Town) -> None:
    await town.at("09:00")
    community, head = with_community(town), town.phone("赵网格长")
    await community.presses(await written(community, "周三消毒，请关窗"), "发送")
    await community.presses(await community.hears("通知已发出"), "存为模板")
    assert "西河楞 和下面都能用" in (await community.says("周三消毒")).text
    await head.says("通知")
    names = await pressed(head, "常用的")
    assert names.labels[0] == "周三消毒"
    assert "周三消毒，请关窗" in (await pressed(head, "周三消毒")).text


async def test_a_phrase_keeps_its_picture_and_another_one_has_none(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await head.says("通知")
    await head.presses(await head.sends_photo(picture(), "停水区域看图"), "发送")
    await head.presses(await head.hears("通知已发出"), "存为模板")
    await head.says("停水图")
    await head.presses(await written(head, "垃圾桶搬到东门"), "发送")
    await head.presses(await head.hears("通知已发出"), "存为模板")
    await head.says("垃圾桶")
    await head.says("通知")
    assert "📎 停水图" in (await pressed(head, "常用的")).labels
    assert "上面就是发出去的样子" in (await pressed(head, "停水图")).text
    await pressed(head, "更多", "改字")
    assert "垃圾桶搬到东门" in (await pressed(head, "常用的", "垃圾桶")).text  # the picture was the other phrase's
    await pressed(head, "更多", "改字")
    await pressed(head, "常用的", "停水图", "发送")
    assert mother.heard("停水区域看图") == 2
    shown = [one for one in town.sandbox.world.messages(mother.number, mother.bot) if one.content.file]
    assert len(shown) == 2


async def test_a_repeat_ends_on_the_day_that_was_typed(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await written(head, "今天消毒")
    asks = await pressed(head, "换时间", "每天", "10:00")
    assert "最后一天" in asks.text
    assert "没看懂日子" in (await head.says("下个月"), head.inbox()[-2])[1].text
    assert "没看懂日子" in (await head.says("2020-06-30"), head.inbox()[-2])[1].text  # further than 90 days
    assert "每天 10:00，到 3月15日" in (await head.says("3月15日")).text
    await pressed(head, "换时间", "每天", "10:00")
    assert "到 2月24日" in (await pressed(head, "14 天")).text


async def test_from_a_notice_to_what_was_sent(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    assert "已发的通知" not in (await head.says("通知")).labels
    await head.presses(await head.says("停水"), "发送")
    asks = await head.says("通知")
    assert "停水（收到 0/2）" in (await head.presses(asks, "已发的通知")).text


async def test_the_phrase_book_asks_only_when(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await head.says("通知")
    await pressed(head, "常用的", "停水")
    preview = await head.says("今天下午两点到六点")
    assert "因管道检修，今天下午两点到六点停水。" in preview.text
    await head.presses(preview, "发送")
    await town.phone("王芳").hears("今天下午两点到六点停水")


async def test_a_button_of_an_older_look_sends_nothing(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    older = await written(head, "停水")
    await pressed(head, "更多", "改字")
    await head.says("停电")
    assert "最下面那条" in (await head.presses(older, "发送")).text
    assert town.phone("王芳").heard("停") == 0


async def test_in_english_all_of_it(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await head.presses(await head.says("/language"), "English")
    await head.says("/notice")
    await pressed(head, "Often sent", "Water")
    assert "2 people" in (await head.says("today from 2 to 6 p.m.")).text
    await pressed(head, "For whom", "households in quarantine")
    await pressed(head, "When")
    assert "When: Feb 11 15:30" in (await head.says("tomorrow 15:30")).text
    assert "It is planned for Feb 11 15:30" in (await pressed(head, "Send")).text
    await head.says("/notice")
    await head.says("Gates close at eight")
    assert "type the last day" in (await pressed(head, "When", "Every day", "10:00")).text
    assert "Every day 10:00, until Mar 15" in (await head.says("until 2020-03-15")).text
