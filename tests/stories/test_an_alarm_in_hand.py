"""What whoever has an alarm in hand does with it, besides finishing it."""

import pytest

from models import AreaPolicy
from rules.escalation import State
from tests.contracts.adapters import picture
from tests.harness import Heard, Phone, Town, alarms_of

pytestmark = pytest.mark.telegram


async def silent(town: Town) -> tuple[Phone, Heard]:
    """The worker has taken the alarm about a household that did not answer in the morning."""
    await town.at("08:02")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("12:02")
    return await taken(town, "漏报：张强")


async def feverish(town: Town) -> tuple[Phone, Heard]:
    """The worker has taken the alarm about a fever."""
    await town.at("09:00")
    await town.phone("张强").says("38.4")
    return await taken(town, "38.4")


async def taken(town: Town, words: str) -> tuple[Phone, Heard]:
    worker = town.phone("李网格员")
    alert = await worker.hears(words)
    await worker.presses(alert, "我来处理")
    return worker, alert


async def put_off(worker: Phone, alert: Heard) -> Heard:
    return await worker.presses(await worker.presses(alert, "稍后"), "稍后处理")


async def test_what_can_wait_is_put_off_and_comes_up_again(town: Town) -> None:
    worker, alert = await silent(town)
    await put_off(worker, alert)
    shown = worker.again(alert)
    assert "李网格员 到 14:02 再处理" in shown.text
    assert "稍后" not in " ".join(shown.labels)
    await town.at("14:01")
    assert worker.heard("快到时间了") == 0
    await town.at("14:03")
    reminder = await worker.hears("快到时间了：漏报 张强")
    assert "14:32 前要有结果" in reminder.text
    await town.at("14:33")
    await town.phone("赵网格长").hears("漏报：张强")
    assert alarms_of(town) == [State.OPEN]


async def test_what_was_put_off_and_is_closed_says_how_it_ended(town: Town) -> None:
    worker, alert = await silent(town)
    await put_off(worker, alert)
    assert "再处理" in worker.again(alert).text
    await worker.presses(alert, "人没事，忘了报")
    assert "✅ 人没事，忘了报" in worker.again(alert).text
    assert "再处理" not in worker.again(alert).text


async def test_it_is_put_off_as_often_as_the_area_lets_it(town: Town) -> None:
    worker, alert = await silent(town)
    for clock in ("14:03", "16:04"):
        await put_off(worker, alert)
        await town.at(clock)
        await worker.hears("快到时间了")
    assert "稍后" not in " ".join(worker.again(alert).labels)
    assert "不能再往后放了" in (await worker.forges("later:1")).text


async def test_an_area_may_have_nothing_put_off(town: Town) -> None:
    grid = town.area("G1").id
    with town.database.transaction() as session:
        session.add(AreaPolicy(area_id=grid, key="snoozes", value="0"))
    worker, alert = await silent(town)
    assert "稍后" not in " ".join(worker.again(alert).labels)


async def test_a_fever_is_not_put_off(town: Town) -> None:
    worker, alert = await feverish(town)
    assert "稍后" not in " ".join(worker.again(alert).labels)
    assert "不能再往后放了" in (await worker.forges("later:1")).text
    assert "09:30 前要有结果" in worker.again(alert).text


async def test_what_would_come_up_at_night_comes_up_in_the_morning(town: Town) -> None:
    grid = town.area("G1").id
    with town.database.transaction() as session:
        session.add(AreaPolicy(area_id=grid, key="snooze_for", value="600"))
    worker, alert = await silent(town)
    await put_off(worker, alert)
    assert "2月11日 07:30 再处理" in worker.again(alert).text
    await town.at("18:05")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("23:00")
    assert worker.heard("快到时间了") == 0


async def test_only_whoever_holds_it_puts_it_off(town: Town) -> None:
    await silent(town)
    assert "李网格员 已经在处理了" in (await town.phone("赵网格长").forges("later:1")).text


async def test_what_was_closed_by_mistake_is_opened_again_and_begins_anew(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(alert, "复测正常")
    assert worker.again(alert).labels == ("重新打开",)
    await town.at("11:00")
    await worker.presses(alert, "重新打开")
    anew = await worker.hears("38.4")
    assert anew.id != alert.id
    assert "11:00 李网格员 重新打开（原来写的是：复测正常）" in anew.text
    assert "还没有人处理" in worker.again(alert).text
    await town.forward(minutes=11)
    head = await town.phone("赵网格长").hears("发烧：张强 38.4")
    await worker.presses(anew, "我来处理")
    await worker.presses(anew, "已送医")
    assert alarms_of(town) == [State.CLOSED]
    assert "已送医（李网格员" in town.phone("赵网格长").again(head).text


async def test_after_a_day_it_stays_closed(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(alert, "复测正常")
    await town.forward(hours=25)
    assert "不能再打开" in (await worker.presses(alert, "重新打开")).text
    assert State.OPEN not in alarms_of(town)[:1]


async def test_where_a_newer_one_is_open_about_the_same_that_one_is_shown(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(alert, "复测正常")
    await town.forward(minutes=30)
    await town.phone("张强").says("38.9")
    assert alarms_of(town) == [State.CLOSED, State.OPEN]
    await worker.presses(alert, "重新打开")
    await worker.hears("已经有新的一件在办")
    assert alarms_of(town) == [State.CLOSED, State.OPEN]


async def test_what_the_household_finished_itself_has_nothing_to_open_again(town: Town) -> None:
    worker, alert = await silent(town)
    await town.phone("张强").says("36.5")
    assert alarms_of(town) == [State.CLOSED]
    assert worker.again(alert).labels == ()
    assert "不能再打开" in (await worker.forges("reopen:1")).text


async def test_one_of_a_digest_is_opened_again_there_too(town: Town) -> None:
    await town.at("12:02")
    worker = town.phone("李网格员")
    digest = await worker.hears("2 户漏报")
    await worker.presses(digest, "1")
    one = await worker.hears("漏报：王芳")
    await worker.presses(one, "我来处理")
    await worker.presses(one, "人没事，忘了报")
    assert "✅" in worker.again(digest).text
    await worker.presses(one, "重新打开")
    assert "✅" not in worker.again(digest).text
    assert alarms_of(town) == [State.OPEN, State.OPEN]


async def test_a_call_and_a_note_are_kept_and_shown_to_everybody_who_sees_it(town: Town) -> None:
    worker, alert = await feverish(town)
    more = await worker.presses(alert, "电话、备注")
    asked = await worker.presses(more, "已打电话")
    assert "怎么说" in asked.text
    await town.forward(minutes=1)
    await worker.says("吃了药，<b>下午</b>再量")
    await worker.presses(more, "备注")
    await worker.says("儿子  晚上回来")
    shown = worker.again(alert).text
    assert "☎️ 09:00 李网格员 打过电话" in shown
    assert "📝 09:01 李网格员：吃了药，<b>下午</b>再量" in shown
    assert "📝 09:01 李网格员：儿子 晚上回来" in shown
    assert "09:30 前要有结果" in shown  # a call does not begin the time anew
    head = town.phone("赵网格长")
    await head.presses(await head.says("告警"), "1")
    assert "儿子 晚上回来" in (await head.hears("38.4")).text


async def test_nobody_answered_the_call(town: Town) -> None:
    worker, alert = await silent(town)
    asked = await worker.presses(await worker.presses(alert, "电话"), "已打电话")
    await worker.presses(asked, "没人接")
    assert "📝 12:02 李网格员：没人接" in worker.again(alert).text


async def test_a_value_in_a_note_is_a_value_and_the_note_is_kept_too(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(await worker.presses(alert, "电话"), "备注")
    await worker.says("张强 37.1")
    assert "📝 09:00 李网格员：张强 37.1" in worker.again(alert).text
    await worker.hears("已代报：张强 37.1")


async def test_a_note_is_short(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(await worker.presses(alert, "电话"), "备注")
    assert "太长了" in (await worker.says("很" * 101)).text


@pytest.mark.needs("captions")
async def test_a_photo_is_a_note_too_and_is_shown_to_whoever_looks(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.presses(await worker.presses(alert, "电话"), "备注")
    assert "照片记下了" in (await worker.sends_photo(picture())).text
    await town.forward(minutes=1)
    await worker.sends_photo(picture(), "药放在门口了")
    shown = worker.again(alert).text
    assert "📝 09:00 李网格员：📷 照片" in shown
    assert "📝 09:01 李网格员：药放在门口了" in shown
    assert "📷 照片 2 张" in shown
    head = town.phone("赵网格长")
    await head.presses(await head.says("告警"), "1")
    await head.presses(await head.hears("38.4"), "看照片")
    assert "李网格员" in (await head.hears("5号")).text
    assert worker.heard("📷 李网格员") == 0, "nobody gets their own photo back"


async def test_a_photo_from_a_door_is_noted_with_the_one_alarm_in_hand(town: Town) -> None:
    worker, alert = await feverish(town)
    await worker.sends_photo(picture(), "张强 37.1")
    shown = worker.again(alert).text
    assert "📝 09:00 李网格员：📷 照片" in shown
    await worker.hears("已代报：张强 37.1")


async def test_with_several_in_hand_a_photo_is_asked_about(town: Town) -> None:
    worker, alert = await feverish(town)
    await town.phone("王芳").says("小宝38.2")
    other = await worker.hears("38.2")
    await worker.presses(other, "我来处理")
    assert "不止一件" in (await worker.sends_photo(picture())).text
    await worker.presses(await worker.presses(other, "电话"), "备注")
    await worker.sends_photo(picture())
    assert "📷 照片 1 张" in worker.again(other).text
    assert "📷" not in worker.again(alert).text


async def test_only_the_last_five_things_done_are_shown(town: Town) -> None:
    worker, alert = await feverish(town)
    more = await worker.presses(alert, "电话")
    for number in range(6):
        await worker.presses(more, "备注")
        await worker.says(f"第{number}句话")
    shown = worker.again(alert).text
    assert "第0句话" not in shown
    assert "第5句话" in shown


async def test_only_whoever_holds_it_calls_and_notes(town: Town) -> None:
    worker, alert = await feverish(town)
    head = town.phone("赵网格长")
    for key in ("more:1", "call:1", "note:1"):
        assert "李网格员 已经在处理了" in (await head.forges(key)).text
    await worker.presses(await worker.presses(alert, "电话"), "备注")
    await town.forward(minutes=31)
    assert "请先按“我来处理”" in (await worker.says("家里有人照顾")).text
