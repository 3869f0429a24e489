"""Who does not answer: passed over after some alerts in a row, and told so when they show up again."""

import pytest

from tests.harness import Town
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def nobody_answers(town: Town) -> None:
    """Three fevers, one after the other, of which the worker sees to none; the head takes each."""
    head = town.phone("赵网格长")
    await town.at("09:00")
    for phone, said, heard in (
        ("张强", "38.4", "发烧：张强 38.4"),
        ("王芳", "爷爷38.5", "发烧：王建国 38.5"),
        ("王芳", "宝宝38.6", "发烧：王小宝 38.6"),
    ):
        await town.phone(phone).says(said)
        assert head.heard(heard) == 0
        await town.forward(minutes=11)
        await head.presses(await head.hears(heard), "我来处理")


async def test_the_fourth_alarm_does_not_wait_for_who_left_three_unanswered(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await nobody_answers(town)
    await town.phone("王芳").says("我38.7")
    alert = await head.hears("王芳 38.7")
    assert "李网格员最近几条告警都没应答" in alert.text
    assert worker.heard("发烧：王芳 38.7") == 0
    assert "李网格员（最近几条告警都没应答）" in (await head.says("值班")).text


async def test_whoever_shows_up_again_is_told_and_gets_the_next_one(town: Town) -> None:
    worker = town.phone("李网格员")
    await nobody_answers(town)
    await worker.says("今日")
    back = await worker.hears("前面 3 条您没顾上")
    await town.phone("王芳").says("我38.7")
    await worker.hears("王芳 38.7")
    await worker.says("今日")
    assert worker.heard("您回来了") == 1
    assert "您下班了" in (await worker.presses(back, "下班")).text


@pytest.mark.not_on("wecom")  # where a list of so many choices is answered by typing
async def test_what_a_colleague_took_in_time_counts_against_nobody(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await nobody_answers(town)
    for phone in (worker, head):
        await phone.says("今日")
    await town.phone("王芳").says("我38.7")
    await head.presses(await head.says("告警"), "4")
    await town.forward(minutes=5)
    assert "您回来了" not in (await worker.says("今日")).text


async def test_with_nobody_else_left_they_are_told_all_the_same(town: Town) -> None:
    for name in ("赵网格长", "孙社区", "钱街道", "吴分局", "周市级"):
        await town.phone(name).blocks_the_bot()
    await town.at("09:00")
    await town.phone("张强").says("38.4")
    await town.forward(minutes=45)
    worker = town.phone("李网格员")
    before = worker.heard("张强 38.4")
    assert before > 3
    await town.forward(minutes=11)
    assert worker.heard("张强 38.4") > before


@pytest.mark.not_on("wecom")
async def test_when_nobody_at_all_answers_a_fever_goes_on_to_the_top_again_and_again(town: Town) -> None:
    chain = ("李网格员", "赵网格长", "孙社区", "钱街道", "吴分局", "周市级")
    await town.at("09:00")
    await town.phone("张强").says("38.4")
    await town.forward(minutes=4 * 156)  # a ladder takes two hours and thirty-five minutes
    before = {name: town.phone(name).heard("张强 38.4") for name in chain}
    assert min(before.values()) >= 3
    await town.forward(minutes=156)
    assert all(town.phone(name).heard("张强 38.4") > before[name] for name in chain)
