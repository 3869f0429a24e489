"""Storms: many alarms at one time are few messages, and a fever is never among them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import DeliveryTrouble, Escalation, ReportRequest
from rules.escalation import Kind, Outcome, State
from rules.roles import Level
from rules.rounds import RequestStatus
from services import register
from services.areas import by_code
from tests.harness import DAY, Heard, Phone, Town
from tests.messengers import NEVER, SENDING, told_on

NEWER = "这条有了新的，请看最新那条。"


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def lists_of(phone: Phone) -> list[Heard]:
    """The lists with something to do in them."""
    return [one for one in phone.inbox() if "漏报" in one.text and one.buttons]


@pytest.mark.not_on("wechat", "wecom")
@pytest.mark.needs("edits")
async def test_a_new_slots_silence_rings_once_and_nobody_has_two_lists(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("12:02")
    morning = await worker.hears("2 户漏报")
    assert len(lists_of(worker)) == 1
    await town.at("20:00")
    await worker.presses(morning, "全部我来处理")
    await town.at("22:02")
    assert "2月10日晚上" in worker.again(morning).text, "at night it changes, and does not ring"
    before = len(worker.inbox())
    await town.at("07:31")
    evening = await worker.hears("2 户漏报")
    assert len(worker.inbox()) == before + 1, "it rang once"
    assert evening.id != morning.id
    assert worker.again(morning).text == NEWER
    assert worker.again(morning).buttons == ()
    assert [one.id for one in lists_of(worker)] == [evening.id]


@pytest.mark.not_on("wechat", "wecom")
async def test_a_list_shrinks_in_place_and_is_done_when_everybody_has_answered(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("12:02")
    shown = await worker.hears("2 户漏报")
    rung = len(worker.inbox())
    await town.phone("张强").says("36.6")
    assert "还剩 1 户" in worker.again(shown).text
    await town.phone("王芳").says("36.5 36.6 36.7")
    assert "都处理完了" in worker.again(shown).text
    assert worker.again(shown).buttons == ()
    assert len(worker.inbox()) == rung


@pytest.mark.not_on("wechat", "wecom")
@pytest.mark.needs("edits")
async def test_who_was_left_in_the_morning_stands_in_the_evenings_list_with_its_slot(town: Town) -> None:
    """A household that cannot be reached and one that does not answer stand in one list, each under its heading."""
    town.houses("9号", [("吴老太", "户主")])
    worker = town.phone("李网格员")
    await town.at("08:02")
    await worker.hears("联系不上：吴老太")
    await town.at("12:02")
    shown = await worker.hears("2 户漏报")
    assert "1 户联系不上" in shown.text
    assert shown.text.count("2月10日早上") == 2
    assert [one.id for one in worker.inbox() if one.buttons and "吴老太" in one.text] == [shown.id]
    await worker.presses(shown, "全部我来处理")
    assert worker.again(shown).text.count("李网格员 在处理") == 3


@pytest.mark.not_on("wechat", "wecom")
async def test_two_hundred_silent_households_are_one_message_that_says_how_many(town: Town) -> None:
    for number in range(200):
        town.houses(f"{number + 100}号", [(f"住户{number}", "户主")], first_day=DAY)
    worker = town.phone("李网格员")
    before = len(worker.inbox())
    await town.at("08:02")
    shown = await worker.hears("200 户联系不上")
    assert "还有 170 户" in shown.text
    assert len(worker.inbox()) == before + 1
    await worker.presses(shown, "还有哪些没处理")
    await worker.hears("200")


@pytest.mark.not_on("wechat", "wecom")
async def test_a_fever_in_the_middle_of_a_storm_comes_alone_and_at_once(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("12:00")
    await town.phone("张强").says("39.2")
    fever = await worker.hears("39.2")
    assert "漏报" not in fever.text
    await town.forward(minutes=2)
    assert "39.2" not in (await worker.hears("漏报：王芳")).text


def down(town: Town, status: int = 500) -> None:
    """From here on the messenger takes nothing."""
    town.sandbox.world.arm_fault("status", method=SENDING[town.messenger], status=status, times=0)


def works_again(town: Town) -> None:
    town.sandbox.world.faults.clear()


@pytest.mark.not_on("wechat", "wecom")
async def test_a_messenger_that_is_down_in_a_round_is_nobodys_silence(town: Town) -> None:
    worker, city = town.phone("李网格员"), town.phone("周市级")
    await town.at("07:59")
    down(town)
    await town.at("12:10")
    assert set(statuses_of(town)) == {RequestStatus.DUE}, "the slot's time is up, and nobody is to be blamed for it"
    works_again(town)
    await town.at("12:40")
    assert town.phone("张强").heard("体温") == 1
    told = await city.hears("消息发不出去")
    assert "恢复了" in told.text
    assert city.heard("消息又能送到了") == 0, "said once"
    assert worker.inbox() == []
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("14:00")
    assert "张强" in (await worker.hears("漏报")).text
    assert worker.heard("王芳") == 0


@pytest.mark.not_on("wechat", "wecom")
async def test_a_messenger_that_is_down_for_a_day_holds_nothing_for_ever(town: Town) -> None:
    town.joins("王建国")
    await town.at("07:59")
    down(town)
    await town.at("15:50")
    assert set(statuses_of(town)) == {RequestStatus.DUE}
    await town.at("16:15")
    assert set(statuses_of(town)) == {RequestStatus.UNREACHABLE}
    works_again(town)
    await town.at("16:40")
    await town.phone("李网格员").hears("2 户联系不上")
    assert town.phone("周市级").heard("消息发不出去") == 1


@pytest.mark.not_on("wechat", "wecom")
async def test_a_short_trouble_after_everybody_was_asked_is_told_and_said_to_be_over(town: Town) -> None:
    city, grandfather = town.phone("周市级"), town.joins("王建国")
    await town.at("08:02")
    down(town)
    await town.phone("张强").says("你好")
    await town.phone("王芳").says("你好")
    await grandfather.says("你好")
    await town.forward(minutes=20)
    assert town.read(lambda session: session.scalars(select(DeliveryTrouble.closed_at)).all()) == [None]
    works_again(town)
    await town.forward(minutes=15)
    assert (await city.hears("消息发不出去")).text.count("恢复了") == 1
    assert "发不出" not in (await city.says("今日")).text
    assert town.read(delivery_alarms) == [(State.CLOSED, Outcome.ARRIVES_AGAIN)]


def delivery_alarms(session: Session) -> list[tuple[State, Outcome | None]]:
    mine = select(Escalation).where(Escalation.kind == Kind.DELIVERY_TROUBLE).order_by(Escalation.id)
    return [(one.state, one.outcome) for one in session.scalars(mine)]


@pytest.mark.not_on("wechat", "wecom")
async def test_a_round_that_a_third_did_not_get_is_one_alarm_and_is_judged_when_it_arrives(town: Town) -> None:
    """The messenger refuses what goes to six of eight households, each of which alone would be a knock at the door."""
    homes = [f"住户{number}" for number in range(6)]
    for number, name in enumerate(homes):
        town.houses(f"{number + 20}号", [(name, "户主")])
        town.joins(name)
    worker, community = town.phone("李网格员"), town.phone("孙社区")
    for name in homes:
        chat = town.phone(name).number
        town.sandbox.world.arm_fault(method=SENDING[town.messenger], phone=chat, times=0, **NEVER[town.messenger])
    await town.at("08:05")
    told = await community.hears("很多户没收到提醒")
    assert community.heard("很多户没收到提醒") == 1
    assert worker.heard("很多户") == 0
    assert "没收到提醒" in (await community.says("今日")).text
    await community.presses(told, "我来处理")
    assert "孙社区 在处理" in community.again(told).text
    listed = (await community.says("/alerts")).text
    assert "消息送不到 · 西河楞" in listed
    before = sum(one is RequestStatus.UNREACHABLE for one in statuses_of(town))
    assert before == 4, "told before it was many"
    works_again(town)
    await town.forward(minutes=30)
    assert "恢复了" in community.again(told).text
    assert "又能送到了（孙社区" in community.again(told).text
    assert town.phone(homes[-1]).heard("体温") == 1


def statuses_of(town: Town) -> list[RequestStatus]:
    return town.read(lambda session: list(session.scalars(select(ReportRequest.status).order_by(ReportRequest.id))))


@pytest.mark.not_on("wechat", "wecom")
async def test_twenty_messages_an_hour_are_enough_and_the_last_one_has_the_rest(town: Town) -> None:
    """Twenty-five grids without a worker, somebody in each who cannot be reached: all of it comes to the community."""
    with town.database.transaction() as session:
        community = by_code(session, "V1")
        for number in range(25):
            register.add_area(session, code=f"N{number}", name=f"新{number}网格", level=Level.GRID, parent=community)
    for number in range(25):
        town.houses("1号", [(f"老人{number}", "户主")], code=f"N{number}")
    community_worker = town.phone("孙社区")
    await town.at("08:05")
    assert len(community_worker.inbox()) == 20
    rest = await community_worker.hears("合在这一条：6 件")
    assert "1. 新19网格：1 户没有回音" in rest.text
    assert community_worker.heard("老人24") == 0
    await community_worker.presses(rest, "6")
    assert "老人24" in community_worker.inbox()[-1].text
    await town.phone("张强").says("39.2")
    await town.forward(minutes=40)
    await community_worker.hears("39.2")
    await town.at("10:00")
    streets = town.phone("钱街道")
    assert streets.heard("老人") + streets.heard("合在这一条") == 0, "the community's four hours began when it was told"
