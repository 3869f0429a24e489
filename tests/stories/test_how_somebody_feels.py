"""Symptoms: asked after an abnormal value, heard in people's own words, told to whoever has to know."""

import pytest

from models import AreaPolicy
from rules.escalation import State
from tests.harness import Town, alarms_of

pytestmark = pytest.mark.telegram


async def test_own_words_reach_the_worker_without_any_value(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    answer = await mother.says("爷爷从早上开始拉肚子，没力气")
    assert "王建国 拉肚子、没力气" in answer.text or "王建国 没力气、拉肚子" in answer.text
    assert "量一次体温" in answer.text
    alert = await worker.hears("不舒服：王建国")
    assert "拉肚子" in alert.text
    assert "没力气" in alert.text
    await mother.presses(answer, "咳嗽")
    assert "拉肚子" in (await worker.hears("咳嗽")).text
    assert alarms_of(town) == [State.OPEN]


async def test_a_red_flag_is_an_emergency_at_once(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.says("我36.5 爷爷36.7 宝宝36.8")
    answer = await mother.says("爷爷喘不上气")
    assert "120" in answer.text
    alert = await worker.hears("紧急：王建国")
    assert "喘不上气" in alert.text


async def test_whose_a_symptom_is_is_asked_and_not_guessed(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("09:00")
    asks = await mother.says("一直咳嗽怎么办？")
    assert asks.labels == ("王芳", "王建国", "王小宝", "没有人，只是问问")
    assert worker.inbox() == []
    await mother.presses(asks, "没有人")
    assert alarms_of(town) == []
    asks = await mother.says("咳嗽怎么办")
    assert "记下了：王小宝 咳嗽" in (await mother.presses(asks, "王小宝")).text
    assert "王小宝" in (await worker.hears("不舒服")).text


async def test_a_denied_symptom_is_none(town: Town) -> None:
    mother = town.phone("王芳")
    await town.at("08:00")
    assert "收到" in (await mother.says("我36.5 爷爷36.7 宝宝36.8，都不咳嗽")).text
    assert alarms_of(town) == []


@pytest.mark.needs("shortcuts")
async def test_a_symptom_beside_a_value_is_written_down_with_it(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    advice = await mother.says("我36.5 爷爷38.4咳嗽 宝宝36.8")
    assert "咳嗽" not in advice.labels  # it has been told already
    assert "咳嗽" in (await town.phone("李网格员").hears("发烧：王建国")).text
    assert town.phone("李网格员").heard("发烧：王建国") == 1  # in one message, not in two of the same words
    assert {"喘不上气", "拉肚子", "闻不到味", "都没有"} <= set(advice.labels)
    alert = await worker.hears("38.4")
    assert "症状：咳嗽" in alert.text
    assert len([one for one in worker.inbox() if "王建国" in one.text]) >= 1


async def test_an_area_has_a_list_of_its_own_and_keeps_the_red_flags(town: Town) -> None:
    community = town.area("V1").id
    with town.database.transaction() as session:
        session.add(AreaPolicy(area_id=community, key="symptoms", value="sore_throat"))
    mother = town.phone("王芳")
    await town.at("08:00")
    advice = await mother.says("我36.5 爷爷38.4 宝宝36.8")
    assert advice.labels == ("喘不上气", "胸口疼", "人不清醒", "嗓子疼", "都没有")
    assert "没看懂" in (await mother.says("咳嗽")).text
    assert "记下了：王建国 嗓子疼" in (await mother.says("爷爷嗓子疼")).text


async def test_the_second_measurement_is_asked_for_in_an_hour_and_tied_to_the_first(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4 宝宝36.8")
    alert = await worker.hears("38.4")
    await town.forward(hours=1, minutes=1)
    await mother.hears("王建国 刚才是 38.4℃，请再量一次")
    answer = await mother.says("爷爷37.9")
    assert "复测收到：王建国 37.9" in (await mother.hears("复测收到")).text
    assert "上一次 王建国 38.4" in (await mother.hears("复测收到")).text
    assert answer.text
    await town.forward(minutes=70)
    await mother.says("爷爷36.9")
    assert "38.4℃（08:00） → 37.9℃（09:01） → 36.9℃（10:11）" in worker.again(alert).text
