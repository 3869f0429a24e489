"""A family reports twice a day: with one press, in one line, by whoever has time; and mends what was wrong."""

import pytest

from rules.escalation import State
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Town, alarms_of, readings_of, requests_of

pytestmark = pytest.mark.telegram


@pytest.mark.needs("shortcuts")
async def test_a_family_is_reported_with_one_press_a_member(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    prompt = await mother.hears("请量体温")
    assert "王芳 的体温 👇" in prompt.labels
    assert {"36.0", "36.5", "37.2", "其他"} <= set(prompt.labels)
    assert "37.3" not in prompt.labels

    for name, value in (("王芳", "36.5"), ("王建国", "36.8")):
        assert f"{name} 的体温 👇" in mother.again(prompt).labels
        await mother.presses(prompt, value)
    half = mother.again(prompt)
    assert "已有：王芳 36.5  王建国 36.8" in half.text
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.DUE
    await mother.presses(prompt, "37.0")

    assert readings_of(town) == {"王芳": [36.5], "王建国": [36.8], "王小宝": [37.0]}
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    done = mother.again(prompt)
    assert done.text.startswith("✓ 收到，谢谢！")
    assert done.labels == ("✏️ 报错了",)
    assert len(mother.inbox()) == 1  # the prompt itself became the answer: no message a press


@pytest.mark.needs("shortcuts")
async def test_other_is_typed_and_two_presses_are_one(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    prompt = await man.hears("请量体温")
    assert "张强 的体温 👇" not in prompt.labels  # he is alone, and knows whose it is
    assert "张强37.3" in (await man.presses(prompt, "其他")).text
    key = next(data for label, data in prompt.buttons if label == "36.6")
    await man.presses(prompt, "36.6")
    before = len(man.inbox())
    await man.forges(key)
    assert len(man.inbox()) == before
    assert "改 张强36.7" in (await man.forges(key.replace("36.6", "36.7"))).text
    assert readings_of(town) == {"张强": [36.6]}


@pytest.mark.needs("shortcuts")
async def test_a_press_counts_only_for_the_own_household_its_members_and_its_newest_slot(town: Town) -> None:
    man, mother = town.phone("张强"), town.phone("王芳")
    await town.at("08:00")
    key = next(data for label, data in (await mother.hears("请量体温")).buttons if label == "36.6")
    assert "不归您管" in (await man.forges(key)).text
    slot, _, _ = key.removeprefix("temp:").split(":")
    for forged in (f"temp:{slot}:999999:36.5", key.replace("36.6", "41.0"), key.replace("36.6", "x")):
        assert "没看懂" in (await mother.forges(forged)).text
    await town.at("18:00")
    assert "已经过去了" in (await mother.forges(key)).text
    assert readings_of(town) == {}


@pytest.mark.needs("shortcuts")
async def test_whoever_answers_first_counts_and_the_other_is_told(town: Town) -> None:
    mother, grandfather = town.phone("王芳"), town.joins("王建国")
    await town.at("08:00")
    await grandfather.hears("请量体温")
    await mother.says("36.5 36.6 36.7")
    told = await grandfather.hears("王芳 已上报")
    assert "王建国 36.6" in told.text
    assert mother.heard("已上报") == 0
    await town.at("18:00")
    prompt = await grandfather.hears("晚上好")
    for value in ("36.5", "36.6", "36.7"):
        await grandfather.presses(prompt, value)
    assert "王建国 已上报" in (await mother.hears("已上报")).text
    assert (len(mother.inbox()), len(grandfather.inbox())) == (
        3,
        2,
    )  # told in the place of their own question: no message more


@pytest.mark.needs("shortcuts")
async def test_a_press_for_somebody_who_was_reported_shows_whoever_is_missing(town: Town) -> None:
    mother, grandfather = town.phone("王芳"), town.joins("王建国")
    await town.at("08:00")
    prompt = await grandfather.hears("请量体温")
    await mother.says("我36.5")
    assert "王芳 这次已经是 36.5" in (await grandfather.presses(prompt, "36.6")).text
    assert grandfather.again(prompt).labels[0] == "王建国 的体温 👇"
    await grandfather.presses(prompt, "36.6")
    assert grandfather.again(prompt).labels[0] == "王小宝 的体温 👇"


@pytest.mark.needs("shortcuts")
async def test_the_button_under_a_confirmation_says_how_to_mend_and_until_when(town: Town) -> None:
    mother, man = town.phone("王芳"), town.phone("张强")
    await town.at("08:00")
    answer = await mother.says("我36.5 爷爷36.7 宝宝36.8")
    assert answer.labels == ("✏️ 报错了",)
    how = await mother.presses(answer, "报错了")
    assert "10:00 前可以改" in how.text
    assert "改 王芳36.5" in how.text
    await town.forward(minutes=50)
    assert "原来是 王建国 36.7" in (await mother.says("改 爷爷36.9")).text
    assert readings_of(town)["王建国"] == [36.7, 36.9]

    await man.says("36.4")
    await town.forward(hours=2, minutes=1)
    assert "改的时间过了" in (await man.says("改 36.6")).text
    assert "改的时间已经过了" in (await man.presses(man.inbox()[-2], "报错了")).text
    assert "也算" in (await man.hears("改的时间过了")).text


async def test_what_is_mended_is_what_was_said_last_also_outside_a_slot(town: Town) -> None:
    man = town.phone("张强")
    await town.at("08:00")
    await man.says("36.4")
    await town.at("15:00")
    await man.says("38.5")
    answer = await man.says("改 36.5")
    assert "原来是 张强 38.5" in answer.text
    assert "张强：第 1/14 天，最近 36.5" in (await man.says("状态")).text


async def test_a_fever_taken_back_is_shown_to_whoever_has_the_alarm_and_stays_open(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4 宝宝36.8")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    await mother.says("改 爷爷36.4")
    again = worker.inbox()[-1]
    assert again.id != alert.id  # a new message: an edit would not ring
    assert "家里改成 36.4℃（原来报 38.4℃）" in again.text
    assert "已上门" in again.labels
    assert alarms_of(town) == [State.TAKEN]
