"""A notice after it was sent: corrected, withdrawn, held up, let go, stopped; by whom, and on record."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from models import Account, Appointment, AuditEntry, Notice, NoticeCopy, NoticeEvent, Person
from rules.notice_life import NoticeAct
from rules.roles import Role
from sandbox.messages import Message
from tests.contracts.adapters import picture
from tests.harness import Heard, Phone, Town
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat", "wecom"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def tell(town: Town, text: str, head: str = "赵网格长") -> Heard:
    """The head tells everybody; the message that counts along."""
    phone = town.phone(head)
    await phone.says("通知")
    await phone.presses(await phone.says(text), "发送")
    return await phone.hears("通知已发出")


async def correct(phone: Phone, live: Heard, text: str) -> Heard:
    await phone.presses(live, "改正")
    return await phone.presses(await phone.says(text), "改正")


@pytest.mark.not_on("wechat")
@pytest.mark.needs("edits")
async def test_a_correction_is_seen_in_the_message_itself_and_every_text_stays_on_record(town: Town) -> None:
    await town.at("09:00")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    live = await tell(town, "明早八点核酸")
    await town.forward(seconds=10)
    copy = await mother.hears("明早八点核酸")
    await mother.presses(copy, "收到")
    said = len(mother.inbox())

    assert "原来的文字留底" in (await correct(head, live, "明早九点核酸")).text
    await town.forward(seconds=10)
    present = mother.again(copy)
    assert "09:00 改正过" in present.text
    assert "明早九点核酸" in present.text
    assert "八点" not in present.text
    assert "您已收到" in present.text
    assert len(mother.inbox()) == said  # nothing rings again
    await man.presses(man.again(await man.hears("明早九点核酸")), "收到")
    await town.forward(seconds=10)
    assert "收到 2/2（2/2 户）" in head.again(live).text
    assert "改正过" in head.again(live).text

    card = await head.presses(head.again(live), "经过")
    assert card.text.index("明早八点核酸") < card.text.index("赵网格长 改成") < card.text.index("明早九点核酸")
    assert [(one.act, one.body) for one in town.read(lambda session: session.scalars(select(NoticeEvent)).all())] == [
        (NoticeAct.SENT, "明早八点核酸"),
        (NoticeAct.CORRECTED, "明早九点核酸"),
    ]


@pytest.mark.needs("no edits")
async def test_where_a_message_cannot_be_changed_a_short_correction_comes(town: Town) -> None:
    await town.at("09:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    await tell(town, "明早八点核酸")
    await town.forward(seconds=10)
    await man.says("状态")  # WeChat tells only who has written lately
    card = await head.presses(await head.says("已发通知"), "1")
    await correct(head, card, "明早九点核酸")
    await town.forward(seconds=10)
    fresh = await man.hears("更正")
    assert "明早九点核酸" in fresh.text
    await man.presses(fresh, "收到")
    card = await head.presses(await head.says("已发通知"), "1")
    await head.presses(await head.presses(card, "撤回"), "撤回这条通知")
    await town.forward(seconds=10)
    await man.hears("的通知已撤回，不用再看")


@pytest.mark.not_on("wechat")
async def test_a_withdrawn_notice_says_so_at_every_door_and_its_receipts_stop(town: Town) -> None:
    await town.at("09:00")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    live = await tell(town, "明早停水")
    await town.forward(seconds=10)
    copy, other = await mother.hears("明早停水"), await man.hears("明早停水")
    await mother.presses(copy, "收到")
    key = other.buttons[0][1]
    sure = await head.presses(live, "撤回")
    assert "已经送到的 2 人" in sure.text
    await head.presses(sure, "撤回这条通知")
    await town.forward(seconds=10)
    for phone, message in ((mother, copy), (man, other)):
        assert "已撤回" in phone.again(message).text
        assert "停水" not in phone.again(message).text
        assert not phone.again(message).buttons
    await man.forges(key)
    await town.forward(seconds=10)
    assert "收到 1/2" in head.again(live).text
    assert "已撤回" in head.again(live).text
    assert "现在不能这样做了" in (await head.presses(sure, "撤回这条通知")).text
    acts = town.read(lambda session: session.scalars(select(AuditEntry.act)).all())
    assert "notice_withdrawn" in acts


@pytest.mark.needs("old lists")
@pytest.mark.not_on("wechat")
async def test_a_notice_for_the_morning_is_held_up_let_go_and_stopped(town: Town) -> None:
    await town.at("22:30")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    live = await tell(town, "明早停水")
    second = await tell(town, "明早停电")
    assert "还没发的 2 人" in head.again(live).text
    await head.presses(live, "暂停")
    await town.forward(seconds=10)
    assert "暂停了" in head.again(live).text
    await town.at("07:31")
    await man.hears("明早停电")
    await mother.says("我36.5")  # what is somebody's own goes on
    assert man.heard("明早停水") == 0
    await town.at("07:40")
    await head.presses(head.again(live), "继续")
    await town.forward(seconds=10)
    await man.hears("明早停水")
    assert "送到 2/2" in head.again(live).text
    assert not [label for label in head.again(live).labels if "暂停" in label]
    assert "送到 2/2" in head.again(second).text


@pytest.mark.not_on("wechat", "wecom")
async def test_what_was_not_sent_when_it_was_stopped_never_is_and_is_counted(town: Town) -> None:
    await town.at("22:30")
    head, man = town.phone("赵网格长"), town.phone("张强")
    live = await tell(town, "明早停水")
    sure = await head.presses(live, "⏹ 停")
    assert "还没发的 2 人就收不到了" in sure.text
    await head.presses(sure, "停，不再发")
    await town.at("08:30")
    assert man.heard("明早停水") == 0
    present = head.again(live)
    assert "停了" in present.text
    assert "不再发的 2 人" in present.text
    assert "还没发" not in present.text


@pytest.mark.not_on("wechat")
async def test_only_whoever_answers_for_the_area_or_above_may_change_it(town: Town) -> None:
    await town.at("09:00")
    live = await tell(town, "明早停水", "孙社区")
    await town.forward(seconds=10)
    street, head, worker = town.phone("钱街道"), town.phone("赵网格长"), town.phone("李网格员")
    key = next(data for label, data in live.buttons if "撤回" in label)
    assert "不归您" in (await head.forges(key)).text or "不是您" in head.inbox()[-1].text
    await worker.forges(key)
    await worker.forges(key.replace("nact", "nsure"))
    assert town.phone("张强").heard("已撤回") == 0
    card = await street.presses(await street.says("已发通知"), "1")
    await street.presses(await street.presses(card, "撤回"), "撤回这条通知")
    await town.forward(seconds=10)
    assert "钱街道 撤回" in (await town.phone("孙社区").presses(live, "经过")).text
    assert "改正" not in (await head.presses(await head.says("已发通知"), "1")).labels
    assert "staff" in (await town.phone("张强").says("/sent")).text or "工作人员" in town.phone("张强").inbox()[-1].text


@pytest.mark.not_on("wechat")
async def test_a_post_in_the_group_is_corrected_and_withdrawn_too(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = town.group("第一网格群", head, mother)
    await group.takes_the_bot(head, (await head.says("群")).text)
    await town.at("09:00")
    await head.says("通知")
    where = await head.says("明早八点核酸")
    await head.presses(await head.presses(await head.presses(where, "更多"), "发到群里"), "发送")
    await town.forward(seconds=10)
    live = await head.hears("群")
    await correct(head, live, "明早九点核酸")
    await town.forward(seconds=10)
    assert "明早九点核酸" in group.inbox()[-1].text
    await head.presses(await head.presses(head.again(live), "撤回"), "撤回这条通知")
    await town.forward(seconds=10)
    assert "已撤回" in group.inbox()[-1].text
    assert not group.inbox()[-1].buttons


async def with_a_picture(town: Town, text: str) -> Heard:
    head = town.phone("赵网格长")
    await head.says("通知")
    await head.sends_photo(picture())
    await head.presses(await head.says(text), "发送")
    await town.forward(seconds=10)
    return await head.hears("通知已发出")


@pytest.mark.not_on("wechat")
@pytest.mark.needs("edits")
async def test_a_withdrawn_picture_is_gone_from_the_chats_and_stays_on_record(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    live = await with_a_picture(town, "停水区域看图")
    copy = await mother.hears("停水区域看图")
    await mother.presses(copy, "收到")
    preview = await head.presses(live, "改正")
    preview = await head.says("停水区域看新图")
    assert "图片、文件不变；要换就撤回，再发一次" in preview.text
    await head.presses(preview, "改正")
    await town.forward(seconds=10)
    assert "停水区域看新图" in mother.again(copy).text
    sure = await head.presses(head.again(live), "撤回")
    assert "送到不满两天的一起删掉" in sure.text
    done = await head.presses(sure, "撤回这条通知")
    assert "删不掉的会写明不算数" in done.text
    await town.forward(seconds=10)
    assert mother.heard("停水区域") == 0
    assert "请不要再转发" in (await mother.hears("这条通知已撤回")).text
    assert not [one for one in files_of(town, mother) if not one.deleted]
    card = await head.presses(head.again(live), "经过")
    assert "📎 图片" in card.text
    assert "停水区域看图" in card.text


@pytest.mark.not_on("wechat", "wecom")
@pytest.mark.needs("edits")
async def test_a_correction_is_of_the_words_only_and_a_new_picture_is_not_taken_for_anything_else(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    live = await with_a_picture(town, "停水区域看图")
    copy = await mother.hears("停水区域看图")
    assert "图片、文件不变；要换就撤回，再发一次" in (await head.presses(live, "改正")).text
    told = await head.sends_photo(picture())
    assert "改正只改文字" in told.text
    assert "原来的图片、文件还在" in told.text
    assert "请把改好的整条通知发给我" in (await head.presses(told, "接着填")).text
    preview = await head.sends_photo(picture(), "停水区域看群里")
    assert "改成这样" in preview.text
    assert "停水区域看群里" in preview.text
    assert head.heard("改正只改文字") == 2
    await head.presses(preview, "改正")
    await town.forward(seconds=10)
    assert "停水区域看群里" in mother.again(copy).text
    assert len(files_of(town, mother)) == 1
    assert "照片收到了" not in head.inbox()[-1].text


@pytest.mark.not_on("wechat", "wecom")
async def test_what_can_not_be_deleted_any_more_says_that_it_is_void(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    live = await with_a_picture(town, "停水区域看图")
    copy = await mother.hears("停水区域看图")
    for one in files_of(town, mother):
        one.date -= 49 * 3600
    await head.presses(await head.presses(head.again(live), "撤回"), "撤回这条通知")
    await town.forward(seconds=10)
    assert "图片、文件也不算数了" in mother.again(copy).text
    assert "停水区域" not in mother.again(copy).text
    assert [one.deleted for one in files_of(town, mother)] == [False]


@pytest.mark.needs("no edits")
async def test_where_nothing_can_be_deleted_a_message_below_says_that_it_is_void(town: Town) -> None:
    await town.at("09:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    await with_a_picture(town, "停水区域看图")
    await man.says("状态")  # WeChat tells only who has written lately
    card = await head.presses(await head.says("已发通知"), "1")
    await head.presses(await head.presses(card, "撤回"), "撤回这条通知")
    await town.forward(seconds=10)
    assert "图片、文件也不算数了" in (await man.hears("的通知已撤回")).text


def files_of(town: Town, phone: Phone) -> list[Message]:
    """What has a picture among the messages of a phone."""
    return [one for one in town.sandbox.world.messages(phone.number, phone.bot) if one.from_bot and one.content.file]


@pytest.mark.not_on("wechat", "wecom")
async def test_who_wrote_it_sees_it_even_when_they_work_elsewhere(town: Town) -> None:
    await town.at("09:00")
    await tell(town, "明早停水")
    head = town.phone("赵网格长")
    with town.database.transaction() as session:
        for post in session.scalars(select(Appointment).join(Person, Person.id == Appointment.person_id)):
            post.until = town.now
    await town.forward(minutes=1)
    card = await head.presses(await head.says("已发通知"), "1")
    assert "明早停水" in card.text
    assert "撤回" not in " ".join(card.labels)


@pytest.mark.not_on("wechat", "wecom")
async def test_stopped_before_the_list_was_whole_it_says_how_many_are_left_out(town: Town) -> None:
    await town.at("09:00")
    live = await tell(town, "明早停水")
    with town.database.transaction() as session:
        one = session.scalars(select(Notice)).one()
        one.spread_at, one.spread_to = town.now + timedelta(days=1), 0
        session.execute(delete(NoticeCopy))
    head = town.phone("赵网格长")
    await head.presses(await head.presses(head.again(live), "⏹ 停"), "停，不再发")
    await town.forward(seconds=10)
    assert "名单还没加到、不再发的 2 人" in head.again(live).text


@pytest.mark.needs("old lists")
@pytest.mark.not_on("wechat")
async def test_it_is_said_in_the_readers_language(town: Town) -> None:
    town.employs("Ann", Role.GRID_HEAD)
    with town.database.transaction() as session:
        for account in session.scalars(select(Account)):
            account.language = "en"
    await town.at("09:00")
    ann, mother = town.phone("Ann"), town.phone("王芳")
    await ann.says("/notice")
    await ann.presses(await ann.says("No water tomorrow"), "Send")
    await town.forward(seconds=10)
    live = await ann.hears("Your notice is out")
    assert "of 2 households" in live.text or "of 2 households" in ann.again(live).text
    await ann.presses(live, "Correct")
    await ann.presses(await ann.says("No water today"), "Correct it")
    await town.forward(seconds=10)
    assert "Corrected" in (await mother.hears("No water today")).text
    await ann.presses(await ann.presses(ann.again(live), "Withdraw"), "Withdraw this notice")
    await town.forward(seconds=10)
    assert mother.heard("This notice was withdrawn") == 1
