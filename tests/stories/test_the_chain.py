"""The chain: worker, head, community and up; never waiting for somebody who cannot be reached."""

import pytest
from sqlalchemy import select

from bot.intake import take_in
from channels.port import Address, Incoming, Press
from models import Escalation, EscalationEvent
from rules.escalation import Event, State
from rules.roles import Role
from tests.harness import BOT, Phone, Town, alarms_of
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def fever(town: Town) -> None:
    await town.phone("张强").says("38.4")


async def test_an_alarm_that_nobody_takes_climbs_with_the_policys_times(town: Town) -> None:
    await town.at("09:00")
    await fever(town)
    for minutes, name in (
        (0, "李网格员"),
        (10, "赵网格长"),
        (10, "孙社区"),
        (15, "钱街道"),
        (30, "吴分局"),
        (30, "周市级"),
    ):
        if minutes:
            await town.forward(minutes=minutes - 1)
            assert town.phone(name).heard("38.4") == 0
            await town.forward(minutes=1)
        await town.phone(name).hears("发烧：张强 38.4")


@pytest.mark.not_on("wechat")
async def test_two_workers_of_a_grid_are_told_together_and_see_who_took_it(town: Town) -> None:
    town.employs("刘网格员", Role.GRID_WORKER)
    await fever(town)
    one = await town.phone("李网格员").hears("38.4")
    other = await town.phone("刘网格员").hears("38.4")
    await town.phone("刘网格员").presses(other, "我来处理")
    mine = town.phone("李网格员").again(one)
    assert "刘网格员 在处理" in mine.text
    assert mine.buttons == ()


async def test_whoever_is_off_duty_is_passed_over_at_once(town: Town) -> None:
    worker = town.phone("李网格员")
    await worker.presses(await worker.says("值班"), "下班")
    await fever(town)
    alert = await town.phone("赵网格长").hears("38.4")
    assert "李网格员不在班" in alert.text
    assert worker.heard("38.4") == 0


@pytest.mark.needs("bot api")
async def test_a_worker_who_has_blocked_the_bot_unknown_to_us_is_passed_over_when_it_shows(town: Town) -> None:
    town.sandbox.world.arm_fault(
        "status",
        method="sendMessage",
        phone=town.phone("李网格员").number,
        status=403,
        description="Forbidden: bot was blocked by the user",
        times=1,
    )
    await fever(town)
    alert = await town.phone("赵网格长").hears("38.4")
    assert "李网格员联系不上" in alert.text


@pytest.mark.not_on("wechat", "wecom")
async def test_a_taken_alarm_that_is_not_finished_comes_back_and_goes_on(town: Town) -> None:
    await town.at("09:00")
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await fever(town)
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    await town.forward(minutes=29)
    assert head.heard("38.4") == 0
    await town.forward(minutes=2)
    await head.hears("38.4")
    assert "还没有人处理" in worker.again(alert).text


@pytest.mark.not_on("wechat", "wecom")
async def test_an_alarm_is_handed_over_and_the_other_takes_it(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await fever(town)
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    whom = await worker.presses(alert, "转交")
    await worker.presses(whom, "赵网格长")
    handed = await head.hears("李网格员 转给您的")
    await head.presses(handed, "我来处理")
    assert "赵网格长 在处理" in worker.again(alert).text


async def silence(town: Town) -> None:
    await town.at("08:02")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("12:02")


async def handed_to_the_head(town: Town) -> tuple[Phone, Phone]:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    alert = await worker.hears("张强")
    await worker.presses(alert, "我来处理")
    await worker.presses(await worker.presses(alert, "转交"), "赵网格长")
    await head.hears("李网格员 转给您的")
    return worker, head


@pytest.mark.not_on("wechat", "wecom")
async def test_a_silent_household_handed_over_and_not_taken_is_in_the_same_hands_again(town: Town) -> None:
    await silence(town)
    worker, _ = await handed_to_the_head(town)
    shown = await worker.hears("已转给 赵网格长，等对方接（到 13:02）")
    assert "⏳ 等您接（到 13:02）" in (await town.phone("赵网格长").hears("张强")).text
    await town.at("13:03")
    back = await worker.hears("赵网格长 没有接您转的这件")
    assert "李网格员 在处理（17:02 前要有结果）" in back.text
    assert "李网格员 在处理" in worker.again(shown).text
    await worker.presses(back, "人没事，忘了报")
    assert alarms_of(town) == [State.CLOSED]


@pytest.mark.not_on("wechat", "wecom")
async def test_a_fever_handed_over_and_not_taken_goes_on_and_whoever_handed_it_over_hears(town: Town) -> None:
    await town.at("09:00")
    await fever(town)
    worker, head = await handed_to_the_head(town)
    await town.forward(minutes=11)
    back = await worker.hears("赵网格长 没有接您转的这件")
    assert "还没有人处理" in back.text
    await town.phone("孙社区").hears("发烧：张强 38.4")  # the head has had their ten minutes
    await worker.presses(back, "我来处理")
    assert "李网格员 在处理" in (await head.hears("转给您的")).text


@pytest.mark.not_on("wechat", "wecom")
async def test_whoever_went_off_duty_after_handing_over_does_not_get_it_back(town: Town) -> None:
    await silence(town)
    worker, _ = await handed_to_the_head(town)
    await worker.presses(await worker.says("值班"), "下班")
    await town.at("13:03")
    assert "还没有人处理" in (await worker.hears("赵网格长 没有接您转的这件")).text
    await town.phone("孙社区").hears("漏报：张强")


@pytest.mark.needs("bot api")
async def test_what_cannot_be_delivered_to_whom_it_was_handed_comes_back_at_once(town: Town) -> None:
    await silence(town)
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    alert = await worker.hears("张强")
    await worker.presses(alert, "我来处理")
    whom = await worker.presses(alert, "转交")
    town.sandbox.world.arm_fault(
        "status",
        method="sendMessage",
        phone=head.number,
        status=403,
        description="Forbidden: bot was blocked by the user",
        times=1,
    )
    await worker.presses(whom, "赵网格长")
    assert "李网格员 在处理" in (await worker.hears("赵网格长 没有接您转的这件")).text


@pytest.mark.not_on("wechat", "wecom")
async def test_whoever_holds_an_alarm_hears_once_before_its_time_is_over(town: Town) -> None:
    await town.at("09:00")
    worker = town.phone("李网格员")
    await fever(town)
    await worker.presses(await worker.hears("38.4"), "我来处理")
    await town.forward(minutes=19)
    assert worker.heard("快到时间了") == 0
    await town.forward(minutes=2)
    reminder = await worker.hears("快到时间了：体温 张强")
    assert "09:30 前要有结果" in reminder.text
    await town.forward(minutes=5)
    assert worker.heard("快到时间了") == 1
    await worker.presses(reminder, "在家观察")
    assert "办完了" in worker.again(reminder).text
    assert alarms_of(town) == [State.CLOSED]


@pytest.mark.not_on("wechat", "wecom")
async def test_a_reminder_of_what_is_not_in_ones_hands_any_more_says_so(town: Town) -> None:
    await town.at("09:00")
    worker = town.phone("李网格员")
    await fever(town)
    await worker.presses(await worker.hears("38.4"), "我来处理")
    await town.forward(minutes=21)
    reminder = await worker.hears("快到时间了")
    await town.forward(minutes=10)
    assert worker.again(reminder).text == "这件已经不在您手里了。"
    assert worker.again(reminder).buttons == ()


@pytest.mark.not_on("wechat", "wecom")
async def test_of_several_silent_households_one_reminder_speaks(town: Town) -> None:
    await town.at("12:02")
    worker = town.phone("李网格员")
    await worker.presses(await worker.hears("2 户漏报"), "全部我来处理")
    await town.at("15:33")
    reminder = await worker.hears("您手里有 2 件快到时间了")
    await worker.presses(reminder, "1")
    await worker.presses(await worker.hears("漏报：王芳"), "人没事，忘了报")
    assert "快到时间了：漏报 张强" in worker.again(reminder).text


async def test_nobody_can_close_what_they_do_not_hold(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    await fever(town)
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    number = town.read(lambda session: session.scalars(select(Escalation.id)).one())
    listed = await head.says("告警")
    await head.presses(listed, "1")
    shown = await head.hears("李网格员 在处理")
    assert [key for _, key in shown.buttons] == [f"history:{number}"]
    assert town.read(lambda session: session.get_one(Escalation, number).state) is State.TAKEN


async def test_with_nobody_left_the_city_is_told_and_it_keeps_trying(town: Town) -> None:
    for name in ("李网格员", "赵网格长", "孙社区", "钱街道", "吴分局"):
        await town.phone(name).blocks_the_bot()
    city = town.phone("周市级")
    await city.presses(await city.says("值班"), "下班")
    await town.at("09:00")
    await fever(town)
    told = await city.hears("没有人处理")
    assert "体温" in told.text
    await town.phone("李网格员").unblocks_the_bot()
    await town.forward(minutes=11)
    await town.phone("李网格员").hears("发烧：张强 38.4")

    assert Event.NOBODY_LEFT in town.read(lambda session: set(session.scalars(select(EscalationEvent.event))))


@pytest.mark.not_on("wechat")
async def test_silence_waits_for_the_morning_and_a_fever_does_not(town: Town) -> None:
    worker = town.phone("李网格员")
    await town.at("08:00")
    for name, text in (("王芳", "36.5 36.6 36.7"), ("张强", "36.5")):
        await town.phone(name).says(text)
    await town.at("18:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("22:05")
    assert worker.heard("漏报") == 0
    await town.phone("王芳").says("爷爷38.8")
    await worker.hears("发烧：王建国 38.8")
    await town.at("07:29")
    assert worker.heard("漏报") == 0
    await town.at("07:32")
    await worker.hears("漏报：张强")


async def test_a_household_without_an_account_is_told_at_once_with_the_reason(town: Town) -> None:
    town.houses("6号", [("陈奶奶", "户主")])
    worker = town.phone("李网格员")
    await town.at("08:02")
    alert = await worker.hears("联系不上：陈奶奶")
    assert "家里没有人登记" in alert.text
    await worker.presses(alert, "我来处理")
    await worker.presses(alert, "已上门")
    assert "已代报：陈奶奶 36.4" in (await worker.says("36.4")).text
    assert "✅ 已代报（李网格员" in worker.again(alert).text


async def test_a_household_that_blocked_the_bot_is_unreachable_not_missed(town: Town) -> None:
    await town.phone("张强").blocks_the_bot()
    worker = town.phone("李网格员")
    await town.at("08:02")
    assert "家里人都收不到消息" in (await worker.hears("联系不上：张强")).text
    await town.at("12:30")
    assert worker.heard("漏报：张强") == 0


async def test_the_open_alarms_are_listed_gravest_first(town: Town) -> None:
    await town.at("12:02")
    await town.phone("王芳").says("爷爷39.5")
    listed = await town.phone("孙社区").says("告警")
    assert "没办完的：3 件，3 件没人接" in listed.text
    assert listed.text.split("\n")[1].startswith("1. 体温 王建国")


@pytest.mark.not_on("wechat")
async def test_staff_see_and_touch_only_their_own_area(town: Town) -> None:
    town.employs("别的网格员", Role.GRID_WORKER, "G2")
    other = town.phone("别的网格员")
    await fever(town)
    assert "没有要处理的事" in (await other.says("告警")).text
    alert = await town.phone("李网格员").hears("38.4")
    data = alert.buttons[alert.labels.index("我来处理")][1]
    number = int(data.split(":")[1])
    # A made-up press, as a changed client could send it.
    for key in (f"take:{number}", f"show:{number}", f"end:{number}:referred", f"pass:{number}", f"visit:{number}"):
        update = Incoming(f"forged {key}", Address(BOT, str(other.number)), Press(key), town.now)
        town.database.apply(take_in, town.now, [update])
    await town.stage.settle()
    assert other.heard("这不归您管") == 5
    assert town.read(lambda session: session.get_one(Escalation, number).state) is State.OPEN


@pytest.mark.telegram
async def test_a_bare_value_from_the_door_is_that_of_the_one_it_is_about(town: Town) -> None:
    await town.phone("王芳").says("爷爷38.4")
    worker = town.phone("李网格员")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    question = await worker.presses(alert, "已上门")
    assert "（王建国），比如：36.5" in question.text
    assert "已代报：王建国 37.1" in (await worker.says("37.1")).text
