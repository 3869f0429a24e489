"""The main job: a household is asked, answers, falls silent, has a fever; its worker is told, takes it, closes it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import TemperatureReading
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Town, readings_of, requests_of
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_family_answers_in_one_line(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    prompt = await mother.hears("请量体温")
    assert "王芳、王建国、王小宝" in prompt.text
    assert "第 1 天，共 14 天" in prompt.text

    answer = await mother.says("我36.5 爷爷36.7 宝宝36.8")

    assert "王芳 36.5" in answer.text
    assert readings_of(town) == {"王芳": [36.5], "王建国": [36.7], "王小宝": [36.8]}
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED


async def test_whoever_is_missing_is_asked_for_by_name(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    answer = await mother.says("我36.5 爷爷36.7")
    assert "还差：王小宝" in answer.text
    await town.at("10:00")
    reminder = await mother.hears("还没收到体温")
    assert "王小宝" in reminder.text
    assert "王建国" not in reminder.text
    await mother.says("36.8宝宝")
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED


async def test_a_wrong_number_is_asked_again_with_an_example(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    for wrong in ("365", "46.5", "3.65"):
        answer = await man.says(wrong)
        assert wrong in answer.text
        assert "36.5" in answer.text
    assert readings_of(town) == {}
    await man.says("三十六度五")
    assert readings_of(town) == {"张强": [36.5]}


async def test_a_correction_keeps_both_values(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    await man.says("36.9")
    answer = await man.says("36.6")
    assert "36.9" in answer.text

    def values(session: Session) -> list[TemperatureReading]:
        return list(session.scalars(select(TemperatureReading).order_by(TemperatureReading.id)))

    first, second = town.read(values)
    assert (first.celsius, first.superseded_by) == (36.9, second.id)
    assert (second.celsius, second.superseded_by) == (36.6, None)


async def test_a_correction_says_who_is_still_missing_and_the_same_value_is_none(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    await mother.says("36.9")
    changed = await mother.says("36.6")
    assert "已改成 王芳 36.6" in changed.text
    assert "还差：王建国、王小宝" in changed.text
    again = await mother.says("王芳36.6 王建国36.5")
    assert "改成" not in again.text
    assert "✓ 收到 王芳 36.6  王建国 36.5\n还差：王小宝" in again.text


async def test_a_symptom_told_twice_is_shown_once(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    await man.says("38.4")
    await man.presses(await man.hears("38.4℃"), "咳嗽")
    await man.says("我咳嗽")
    alert = await town.phone("李网格员").hears("症状：咳嗽")
    assert "咳嗽、咳嗽" not in town.phone("李网格员").again(alert).text


async def test_a_silent_household_is_missed_and_its_worker_told(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.phone("王芳").says("你好")
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("11:59")
    assert worker.heard("漏报") == 0
    await town.forward(minutes=3)
    alert = await worker.hears("漏报")
    assert "张强" in alert.text
    assert "5号" in alert.text
    assert requests_of(town, "5号")[DAY, Half.MORNING] is RequestStatus.MISSED


async def test_several_silent_households_are_one_message(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("12:02")
    assert worker.heard("漏报") == 1
    digest = await worker.hears("2 户漏报")
    assert "王芳" in digest.text
    assert "张强" in digest.text
    await worker.presses(digest, "全部我来处理")
    assert town.phone("赵网格长").inbox() == []
    digest = worker.again(digest)
    assert digest.text.count("李网格员 在处理") == 2


@pytest.mark.not_on("wechat")
async def test_a_late_report_counts_and_closes_the_alarm(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("12:02")
    digest = await worker.hears("2 户漏报")
    await town.phone("张强").says("36.6")
    assert requests_of(town, "5号")[DAY, Half.MORNING] is RequestStatus.LATE
    assert "张强 · ✅ 本户" in worker.again(digest).text
    assert "还剩 1 户" in worker.again(digest).text


async def test_a_fever_goes_from_the_family_to_the_worker_and_is_finished(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    advice = await mother.says("我36.5 爷爷38.4 宝宝36.8")
    assert "偏高" in advice.text
    assert "喘不上气" in advice.labels

    alert = await worker.hears("38.4")
    assert "王建国" in alert.text
    assert "王芳 36.5" in alert.text
    assert alert.labels == ("我来处理", "转交")

    await worker.presses(alert, "我来处理")
    assert "李网格员 在处理" in worker.again(alert).text
    assert "李网格员" in (await mother.hears("已经接到")).text

    asks = await worker.presses(alert, "已上门")
    assert "王建国" in asks.text
    await worker.says("爷爷37.9")
    assert readings_of(town)["王建国"] == [38.4, 37.9]
    await worker.presses(alert, "已送医")
    closed = worker.again(alert)
    assert "✅ 已送医（李网格员" in closed.text
    assert "重新打开" in " ".join(closed.labels)


@pytest.mark.not_on("wechat", "wecom")
async def test_a_second_measurement_is_asked_for_in_an_hour(town: Town) -> None:
    man, worker = town.phone("张强"), town.phone("李网格员")
    await town.at("08:00")
    await man.says("38.2")
    alert = await worker.hears("38.2")
    await worker.presses(alert, "我来处理")
    await town.at("08:59")
    assert man.heard("再量一次，把数字发给我") == 0
    await town.forward(minutes=2)
    await man.hears("再量一次，把数字发给我")
    answer = await man.says("37.0")
    assert "原来是" not in answer.text  # measured again, not corrected
    assert readings_of(town) == {"张强": [38.2, 37.0]}
    assert "复测：38.2℃（08:00） → 37.0℃（09:01）" in worker.again(alert).text


async def test_a_red_flag_makes_it_an_emergency(town: Town) -> None:
    man, worker = town.phone("张强"), town.phone("李网格员")
    await town.at("08:00")
    advice = await man.says("37.6")
    await worker.hears("发烧：张强 37.6")
    answer = await man.presses(advice, "喘不上气")
    assert "紧急" in answer.text
    alert = await worker.hears("紧急：张强")
    assert "喘不上气" in alert.text


async def test_a_fever_told_at_night_when_nothing_is_owed_still_rings(town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("18:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("23:10")
    await town.phone("王芳").says("爷爷39.2")
    await town.phone("李网格员").hears("紧急：王建国 39.2")


async def test_a_fever_at_night_reaches_the_grid_head_when_the_worker_has_blocked_the_bot(town: Town) -> None:
    mother, worker, head = town.phone("王芳"), town.phone("李网格员"), town.phone("赵网格长")
    await worker.blocks_the_bot()
    await town.at("23:10")
    await mother.says("我36.5 爷爷38.4 宝宝36.6")
    alert = await head.hears("38.4")
    assert "李网格员联系不上" in alert.text  # why it came to the head


async def test_the_status_says_what_is_left_and_what_is_owed(town: Town) -> None:
    await town.at("08:00")
    man = town.phone("张强")
    assert "还没报：张强，12:00 前都可以" in (await man.says("状态")).text
    await man.says("36.5")
    status = await man.says("/status")
    assert "第 1/14 天，最近 36.5" in status.text
    assert "都报了" in status.text


async def test_todays_figures_have_no_gap_while_nothing_is_asked(town: Town) -> None:
    figures = (await town.phone("李网格员").says("今日")).text
    assert "户 4 人\n发烧 0 人" in figures


async def test_todays_figures(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("08:00")
    await town.phone("张强").says("36.5")
    figures = await worker.says("今日")
    assert "2 户 4 人" in figures.text
    assert "应报 2 户，已报 1" in figures.text
    await town.at("12:02")
    assert "漏报 1" in (await worker.says("/today")).text
    assert "工作人员" in (await town.phone("张强").says("今日")).text


async def test_values_from_the_door_may_come_after_the_outcome(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("12:02")
    alert = await worker.hears("漏报：张强")
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "人没事，忘了报")
    answer = await worker.says("张强36.6")
    assert "已代报：张强 36.6" in answer.text
    assert readings_of(town)["张强"] == [36.6]


async def test_thanks_are_not_called_a_mistake(town: Town) -> None:
    zhang = town.phone("张强")
    assert "不客气" in (await zhang.says("谢谢！")).text
    assert "没有要取消的" in (await zhang.says("取消")).text
    assert "没看懂" in (await zhang.says("下雪了")).text


@pytest.mark.parametrize("said", ["thanks", "Thank you!", "ok", "OK"])
async def test_thanks_in_small_letters_too(town: Town, said: str) -> None:
    man = town.phone("张强")
    await man.presses(await man.says("/language"), "English")
    assert "not understand" not in (await man.says(said)).text


async def test_the_last_evening_can_be_reported_at_the_door_the_morning_after(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("7号", [("孙丽", "户主"), ("孙小虎", "子")], first_day=DAY - timedelta(days=13))
    town.joins("孙丽")
    for clock, answers in (("08:00", ("孙丽", "王芳", "张强")), ("18:00", ("王芳", "张强"))):
        await town.at(clock)
        for name in answers:
            await town.phone(name).says("全家36.5")
    await town.at("07:31", DAY + timedelta(days=1))
    alert = await worker.hears("漏报：孙丽")
    await worker.presses(alert, "我来处理")
    asks = await worker.presses(alert, "已上门")
    assert "孙丽、孙小虎" in asks.text

    await worker.says("孙丽36.5 孙小虎36.6")

    assert readings_of(town)["孙小虎"] == [36.5, 36.6]
    assert requests_of(town, "7号")[DAY, Half.EVENING] is RequestStatus.LATE
    assert "已代报" in worker.again(alert).text


async def test_at_the_door_whoever_had_reported_already_may_be_measured_with_the_others(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("7号", [("孙丽", "户主"), ("孙小虎", "子"), ("孙大海", "夫")], first_day=DAY - timedelta(days=13))
    town.joins("孙丽")
    for clock, said in (("08:00", "全家36.5"), ("18:00", "孙丽36.4")):
        await town.at(clock)
        await town.phone("孙丽").says(said)
        for name in ("王芳", "张强"):
            await town.phone(name).says("全家36.5")
    await town.at("07:31", DAY + timedelta(days=1))
    alert = await worker.hears("漏报：孙")
    await worker.presses(alert, "我来处理")
    asks = await worker.presses(alert, "已上门")
    assert "孙小虎、孙大海" in asks.text

    await worker.says("孙丽36.6 孙小虎36.7 孙大海36.8")

    assert {name: values[-1] for name, values in readings_of(town).items() if name.startswith("孙")} == {
        "孙丽": 36.6,
        "孙小虎": 36.7,
        "孙大海": 36.8,
    }
    assert requests_of(town, "7号")[DAY, Half.EVENING] is RequestStatus.LATE


async def test_at_the_door_who_is_not_in_quarantine_may_be_measured_with_the_others(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("7号", [("孙丽", "户主")])
    town.houses("7号", [("孙小虎", "子")], first_day=None)
    await town.at("08:00")
    for name in ("王芳", "张强"):
        await town.phone(name).says("全家36.5")
    await town.at("12:02")
    alert = await worker.hears("孙丽")
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "已上门")

    await worker.says("孙丽36.6 孙小虎36.7")

    assert readings_of(town)["孙小虎"] == [36.7]
    assert readings_of(town)["孙丽"] == [36.6]


async def test_a_fever_of_somebody_who_is_not_in_quarantine_is_measured_at_the_door(town: Town) -> None:
    worker = town.phone("李网格员")
    town.houses("9号", [("周健", "户主"), ("周小雨", "女")], first_day=None)
    await town.joins("周健").says("38.3")
    alert = await worker.hears("38.3")
    await worker.presses(alert, "我来处理")
    assert "周健" in (await worker.presses(alert, "已上门")).text

    await worker.says("周健37.9")

    assert readings_of(town)["周健"] == [38.3, 37.9]
