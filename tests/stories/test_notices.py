"""A notice from the head to every door, and back as receipts."""

import pytest

from tests.harness import Town
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.not_on("wechat", "wecom")
async def test_a_notice_goes_out_after_a_preview_and_comes_back_as_receipts(town: Town) -> None:
    await town.at("09:00")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    assert "第一网格" in (await head.says("通知")).text
    preview = await head.says("明天早上八点做核酸 <b>在村口</b>")
    assert "<b>在村口</b>" in preview.text  # what somebody typed is never markup
    assert "2 人" in preview.text
    assert mother.heard("明天早上八点") == 0
    await head.presses(preview, "发送")
    copy = await mother.hears("明天早上八点做核酸 <b>在村口</b>")
    assert "第一网格 通知" in copy.text

    await town.forward(seconds=10)
    count = await head.hears("通知已发出")
    assert "送到 2/2" in count.text
    assert "收到 0/2" in count.text
    await mother.presses(copy, "收到")
    assert "您已收到" in mother.again(copy).text
    await town.forward(seconds=10)
    assert "收到 1/2" in head.again(count).text
    await man.presses(await man.hears("明天早上八点"), "收到")
    await town.forward(seconds=10)
    assert "收到 2/2" in head.again(count).text


@pytest.mark.not_on("wechat", "wecom")
async def test_a_notice_that_cannot_be_delivered_is_counted(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    town.sandbox.world.deactivate(town.phone("张强").number)
    await head.says("通知")
    await head.presses(await head.says("停水"), "发送")
    await town.forward(seconds=10)
    assert "送不到 1 人" in (await head.hears("通知已发出")).text


@pytest.mark.not_on("wechat")
async def test_a_notice_written_at_night_waits_for_the_morning(town: Town) -> None:
    await town.at("22:30")
    head = town.phone("赵网格长")
    await head.says("通知")
    await head.presses(await head.says("明早停水"), "发送")
    assert town.phone("王芳").heard("明早停水") == 0
    await town.at("07:31")
    await town.phone("王芳").hears("明早停水")


async def test_a_notice_is_cancelled_and_not_for_everybody_to_send(town: Town) -> None:
    head = town.phone("赵网格长")
    await head.says("通知")
    preview = await head.says("停水")
    assert "不填了" in (await head.presses(preview, "取消")).text
    assert town.phone("王芳").heard("停水") == 0
    assert "网格长、社区" in (await town.phone("李网格员").says("通知")).text


async def test_who_asked_for_quiet_gets_no_notices_but_is_still_asked(town: Town) -> None:
    await town.phone("张强").says("停止")
    head = town.phone("赵网格长")
    await town.at("07:50")
    await head.says("通知")
    preview = await head.says("停水")
    assert head.heard("，1 人") == 1
    await head.presses(preview, "发送")
    assert town.phone("张强").heard("停水") == 0
    await town.at("08:00")
    await town.phone("张强").hears("请量体温")


@pytest.mark.not_on("wechat", "wecom")
async def test_an_order_reaches_who_asked_for_quiet_and_that_was_said(town: Town) -> None:
    await town.at("09:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    assert "防疫命令" in (await man.says("退订")).text
    await head.says("通知")
    await head.presses(await head.says("广场舞照常"), "发送")
    await head.says("通知")
    await head.presses(await head.presses(await head.says("今天起封闭管理"), "更多"), "作为命令发")
    await town.forward(seconds=10)
    assert man.heard("广场舞") == 0
    assert "第一网格 命令" in (await man.hears("今天起封闭管理")).text


@pytest.mark.needs("old lists")
@pytest.mark.not_on("wechat", "wecom")
async def test_three_notices_that_wait_for_somebody_are_one_message_with_one_receipt(town: Town) -> None:
    await town.at("22:30")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    for text in ("明早停水", "明早停电", "明早停气", "明早扫雪"):
        await head.says("通知")
        await head.presses(await head.says(text), "发送")
    lives = [one for one in head.inbox() if "通知已发出" in one.text]
    await head.presses(await head.presses(lives[1], "撤回"), "撤回这条通知")
    await head.presses(lives[3], "暂停")
    await town.at("07:31")
    together = await mother.hears("2 条通知")
    assert together.text.index("明早停水") < together.text.index("明早停气")
    assert mother.heard("明早停水") == 1
    assert man.heard("明早停电") + man.heard("明早扫雪") == 0
    await mother.presses(together, "全部收到")
    await town.forward(seconds=10)
    assert "您已收到" in mother.again(together).text
    for live, state in zip(lives, ("收到 1/2", "不再发的 2 人", "收到 1/2", "还没发的 2 人"), strict=True):
        assert state in head.again(live).text
    await head.presses(head.again(lives[0]), "改正")
    await head.presses(await head.says("明早八点停水"), "改正")
    await head.presses(head.again(lives[3]), "继续")
    await town.forward(seconds=10)
    assert "明早八点停水" in mother.again(together).text
    await mother.hears("明早扫雪")
