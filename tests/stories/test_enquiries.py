"""Questions about a notice: asked under it, put to whoever sent it, answered, and answered by the bot itself (提问)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Appointment, AuditEntry, Enquiry, EnquiryEvent, NoticeCopy, Person
from rules.enquiries import EnquiryState, Heard
from rules.roles import Role
from tests.contracts.adapters import picture
from tests.harness import DAY, Phone, Town
from tests.harness import Heard as Message
from tests.messengers import told_on


@pytest.fixture(params=told_on("telegram", "wechat"))
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def tell(town: Town, text: str, who: str = "赵网格长") -> Message:
    phone = town.phone(who)
    await phone.says("通知")
    await phone.presses(await phone.says(text), "发送")
    await town.forward(seconds=20)
    return await phone.hears("通知已发出")


async def ask(town: Town, who: str, text: str, notice: str) -> Message:
    """Presses the button under a notice, and writes."""
    phone = town.phone(who)
    copy = next(one for one in reversed(phone.inbox()) if notice in one.text and "有问题" in one.labels)
    await phone.presses(copy, "有问题")
    said = await phone.says(text)
    await town.forward(seconds=10)
    return said


async def answers(phone: Phone, opened: Message, text: str, how: str = "只发给") -> Message:
    await phone.presses(opened, "回答")
    return await phone.presses(await phone.says(text), how)


async def test_a_question_goes_to_the_sender_and_the_answer_comes_back(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await tell(town, "明早八点核酸")
    assert "已转给 第一网格" in (await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")).text
    question = await head.hears("有人提问")
    assert "要带身份证吗？" in question.text
    assert "王芳" not in question.text  # who asks is seen by whoever answers, and that look is logged
    form = await head.presses(question, "回答")
    assert "第一网格 3号 王芳" in form.text
    look = await head.says("要带，孩子带户口本")
    assert "也这样答吗" in look.text
    assert "答复发给 1 人了" in (await head.presses(look, "只发给问的人")).text
    answer = await mother.hears("您问的有答复了")
    assert "您问：要带身份证吗？" in answer.text
    assert "答：要带，孩子带户口本" in answer.text
    assert "赵网格长" in answer.text

    await mother.presses(answer, "还要问")
    await mother.says("户口本丢了呢")
    await town.forward(minutes=31)
    again = await head.hears("户口本丢了呢")
    form = await head.presses(again, "回答")
    assert form.text.index("要带身份证吗") < form.text.index("孩子带户口本") < form.text.index("户口本丢了呢")
    await head.presses(await head.says("带出生证明也行"), "只发给")
    assert "答：带出生证明也行" in (await mother.hears("户口本丢了呢")).text

    acts = town.read(lambda session: session.execute(select(AuditEntry.act, AuditEntry.subject)).all())
    assert [act for act, _ in acts if act in {"ask", "answer"}] == ["ask", "answer", "ask", "answer"]
    assert ("look", "household:1") in [tuple(one) for one in acts]
    heard = town.read(lambda session: session.scalars(select(EnquiryEvent.event)).all())
    assert heard == [Heard.ASKED, Heard.TOLD, Heard.ANSWERED] * 2
    copy = town.read(lambda session: session.scalars(select(NoticeCopy).where(NoticeCopy.household_id == 1)).one())
    assert copy.read_at is not None  # who asks has read it


@pytest.mark.not_on("wechat")
@pytest.mark.needs("edits")
async def test_many_questions_are_one_message_and_one_answer_is_for_all_who_ask_the_same(town: Town) -> None:
    town.joins("王建国")
    await town.at("09:00")
    head = town.phone("赵网格长")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    first = await head.hears("有人提问")
    await ask(town, "张强", "请问用不用带身份证", "明早八点核酸")
    await ask(town, "王建国", "走不动怎么办", "明早八点核酸")
    await town.forward(minutes=1)
    assert head.heard("有人提问") == 1  # nothing rings again for half an hour
    assert "3 人等回答" in head.again(first).text
    await town.forward(minutes=30)
    assert head.heard("有人提问") == 2
    newest = await head.hears("有人提问")
    assert "1. 要带身份证吗？（2 人问" in newest.text
    assert "2. 走不动怎么办" in newest.text

    card = await head.presses(newest, "1")
    assert "3号 王芳" in card.text
    assert "5号 张强" in card.text
    assert "2 人都会收到" in (await head.presses(card, "回答")).text
    await head.presses(await head.says("要带"), "只发给这 2 人")
    for name in ("王芳", "张强"):
        await town.phone(name).hears("答：要带")
    assert town.phone("王建国").heard("答：要带") == 0
    await town.forward(seconds=10)
    assert "1 人等回答" in head.again(newest).text
    assert "走不动" in head.again(newest).text


@pytest.mark.not_on("wechat")
async def test_an_answer_for_everybody_is_given_by_the_bot_and_who_wants_more_gets_a_human(town: Town) -> None:
    town.joins("王建国")
    await town.at("09:00")
    head, man, grandfather = town.phone("赵网格长"), town.phone("张强"), town.phone("王建国")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    done = await answers(head, await head.hears("有人提问"), "要带", "也告诉别人")
    assert "以后再问一样的，我就这样答" in done.text
    told = head.heard("有人提问")

    known = await ask(town, "张强", "用不用带证件啊", "明早八点核酸")
    assert "有人问过一样的" in known.text
    assert "答：要带" in known.text
    assert "赵网格长" in known.text
    assert "要带身份证吗？" in known.text  # to which question it was the answer
    assert "好的" in (await man.presses(known, "有用")).text
    known = await ask(town, "王建国", "需要带身份证吗", "明早八点核酸")
    await town.forward(hours=1)
    assert head.heard("有人提问") == told  # nobody was asked
    assert "已转给 第一网格" in (await grandfather.presses(known, "转给工作人员")).text
    await town.forward(seconds=10)
    question = await head.hears("需要带身份证吗")
    form = await head.presses(question, "回答")
    assert "看了，还要问" in form.text
    await head.presses(await head.says("您不用带，报名字就行"), "只发给")
    await grandfather.hears("答：您不用带")

    page = await head.presses(await head.presses(await head.says("已发通知"), "1"), "提问")
    assert "要带身份证吗？（3 人）" in page.text
    assert "答过 2 次" in (listed := await head.presses(page, "自动回答的")).text
    assert "不再自动回答" in (await head.presses(listed, "不再自动回答")).text
    assert "已转给" in (await ask(town, "张强", "要不要带身份证", "明早八点核酸")).text


@pytest.mark.not_on("wechat")
async def test_what_nobody_answers_is_asked_about_once_and_goes_one_level_up(town: Town) -> None:
    await town.at("09:00")
    head, community, street = town.phone("赵网格长"), town.phone("孙社区"), town.phone("钱街道")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    await town.at("12:50")
    assert head.heard("有人提问") == 1
    await town.at("13:01")
    assert "还没回答" in (await head.hears("有人提问")).text
    assert "❓ 1 个问题等回答，最早的等了 4 小时" in (await head.says("已发通知")).text
    assert community.heard("有人提问") == 0
    await town.at("17:02")
    passed = await community.hears("有人提问")
    assert "第一网格没有回答，转给您" in passed.text
    assert "已转给 西河楞" in (await town.phone("王芳").hears("还没人答复")).text
    assert head.heard("有人提问") == 2
    await town.at("21:10")
    assert community.heard("有人提问") == 2  # reminded, once
    await town.at("07:00", DAY + timedelta(days=1))
    assert street.heard("有人提问") == 0  # nobody's time runs out at night
    await town.at("07:31")
    form = await street.presses(await street.hears("西河楞没有回答"), "回答")
    assert "王芳" not in form.text  # above a community nobody sees whose question it is
    assert "第一网格" in form.text
    await street.says("要带")
    await head.presses(await head.hears("还没回答"), "回答")
    late = await head.says("带上")
    await street.presses(await street.hears("也这样答吗"), "只发给")
    assert "已经由 钱街道 答了：要带" in (await head.presses(late, "只发给")).text
    assert town.phone("王芳").heard("您问的有答复了") == 1


@pytest.mark.not_on("wechat")
async def test_a_question_finds_whoever_holds_the_level_when_the_sender_is_gone(town: Town) -> None:
    other = town.employs("陈网格长", Role.GRID_HEAD)
    await town.at("09:00")
    await tell(town, "明早八点核酸")
    with town.database.transaction() as session:
        post = session.scalars(
            select(Appointment).join(Person, Person.id == Appointment.person_id).where(Person.name == "赵网格长")
        ).one()
        post.until = town.now
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    question = await other.hears("要带身份证吗")
    assert town.phone("赵网格长").heard("有人提问") == 0
    await other.blocks_the_bot()
    await ask(town, "张强", "走不动怎么办", "明早八点核酸")
    await town.forward(hours=5)
    assert "走不动怎么办" in (await town.phone("李网格员").hears("有人提问")).text  # the worker stands in for a head
    assert question.text


@pytest.mark.not_on("wechat")
@pytest.mark.needs("edits")
async def test_at_night_nobody_is_woken_and_who_is_off_duty_is_waited_for(town: Town) -> None:
    await town.at("21:00")
    head = town.phone("赵网格长")
    await tell(town, "明早八点核酸")
    await town.at("22:00")
    asked = await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    assert "夜里不打扰" in asked.text
    assert "07:30" in asked.text
    await town.at("07:29", DAY + timedelta(days=1))
    assert head.heard("有人提问") == 0
    await town.at("07:31")
    await answers(head, await head.hears("有人提问"), "要带")
    for name in ("赵网格长", "李网格员"):
        await town.phone(name).presses(await town.phone(name).says("值班"), "下班，回来再按")
    await ask(town, "张强", "走不动怎么办", "明早八点核酸")
    await town.forward(hours=2)
    assert not [one for one in head.inbox() if "走不动" in one.text]
    assert town.phone("孙社区").heard("走不动") == 0
    await head.presses(await head.says("值班"), "上班")
    await town.forward(minutes=31)
    assert "走不动" in (await head.hears("有人提问")).text


async def test_a_corrected_or_withdrawn_notice_keeps_its_questions_with_the_text_as_it_was(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "八点太早，能晚点吗", "明早八点核酸")
    card = await head.presses(await head.says("已发通知"), "1")
    await head.presses(card, "改正")
    await head.presses(await head.says("明早九点核酸"), "改正")
    card = await head.presses(await head.says("已发通知"), "1")
    assert "❓ 1 个问题等回答" in card.text
    page = await head.presses(card, "提问")
    form = await head.presses(page, "回答")
    assert "问的时候，通知是这样写的" in form.text
    assert "明早八点核酸" in form.text
    await head.says("取消")
    card = await head.presses(await head.says("已发通知"), "1")
    await head.presses(await head.presses(card, "撤回"), "撤回这条通知")
    page = await head.presses(await head.presses(await head.says("已发通知"), "1"), "提问")
    assert "已撤回，问题还可以回答" in page.text
    await answers(head, page, "改到九点了")
    assert "答：改到九点了" in (await town.phone("王芳").hears("您问的有答复了")).text


@pytest.mark.not_on("wechat")
async def test_nobody_else_sees_or_answers_a_question_and_nobody_asks_under_anothers_name(town: Town) -> None:
    town.employs("陈网格长", Role.GRID_HEAD, "G2")
    await town.at("09:00")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    for name in ("陈网格长", "张强"):
        for key in ("enq:show:1", "enq:answer:1", "enq:list:1:0", "enq:known:1", "enq:stop:1", "enq:useful:1"):
            assert "不归您管" in (await town.phone(name).forges(key)).text
    assert "不归您管" in (await town.phone("张强").forges("ask:1")).text
    assert "不归您管" in (await town.phone("张强").forges("ask:999")).text


@pytest.mark.not_on("wechat")
async def test_no_receipt_wanted_an_old_message_and_the_word_itself(town: Town) -> None:
    await town.at("09:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    await head.says("通知")
    more = await head.presses(await head.says("明天停水"), "更多")
    await head.presses(await head.presses(more, "不要回执"), "发送")
    await town.forward(seconds=20)
    copy = await man.hears("明天停水")
    assert copy.labels == ("有问题",)
    form = await man.says("有问题")
    assert "明天停水" in form.text
    assert "不超过 300 字" in (await man.says("水" * 301)).text
    assert "取消" in "".join((await man.hears("不超过 300 字")).labels)
    await man.says("取消")
    await tell(town, "明早八点核酸")
    which = await man.says("有问题")
    assert [label[:4] for label in which.labels] == ["明早八点", "明天停水"]
    await man.presses(which, "明天停水")
    await man.says("停到几点？")
    await town.forward(seconds=10)
    await head.hears("停到几点？")
    await man.presses(copy, "有问题")
    assert "已经转过去了" in (await man.says("停到什么时候")).text


@pytest.mark.not_on("wechat")
async def test_an_order_from_above_is_asked_about_at_the_grid_that_handed_it_on(town: Town) -> None:
    await town.at("09:00")
    community, head = town.phone("孙社区"), town.phone("赵网格长")
    await community.says("指令")
    await community.says("明天起不出小区")
    for label in ("一级一级传", "传到每一户", "30 分钟", "发出"):
        await community.presses(community.inbox()[-1], label)
    await town.forward(seconds=10)
    await head.presses(await head.hears("明天起不出小区"), "收到，发给各户")
    await town.forward(seconds=20)
    await ask(town, "王芳", "能下楼取菜吗", "明天起不出小区")
    await answers(head, await head.hears("有人提问"), "能，戴口罩")
    await town.phone("王芳").hears("答：能，戴口罩")


@pytest.mark.not_on("wechat")
@pytest.mark.needs("silent return")
async def test_who_could_not_be_reached_gets_the_answer_when_they_are_back(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    await mother.blocks_the_bot()
    done = await answers(head, await head.hears("有人提问"), "要带")
    assert "1 人现在收不到" in done.text
    await mother.unblocks_the_bot()
    await mother.says("状态")
    await mother.hears("答：要带")


@pytest.mark.not_on("wechat")
async def test_a_photo_goes_with_a_question_and_breath_is_heard_in_it(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await tell(town, "门口贴了封条")
    await mother.presses(await mother.hears("门口贴了封条"), "有问题")
    assert "再写一句" in (await mother.sends_photo(picture())).text
    await mother.says("这个能撕吗，爷爷喘不上气")
    await town.forward(seconds=10)
    assert "难受就先打 120" in (await mother.hears("喘不上气")).text  # a question waits, breath does not
    question = await head.hears("有人提问")
    assert "这个能撕吗" in question.text


@pytest.mark.not_on("wechat")
async def test_staff_who_have_no_door_here_ask_with_a_photo_too_and_it_is_nobody_elses(town: Town) -> None:
    await town.at("09:00")
    community, worker = town.phone("孙社区"), town.phone("李网格员")
    await community.says("通知")
    look = await community.says("明天到门岗换证")
    await community.presses(await community.presses(look, "换人"), "只给工作人员")
    await community.presses(community.inbox()[-1], "发送")
    await town.forward(seconds=20)
    await worker.presses(await worker.hears("明天到门岗换证"), "有问题")
    assert "再写一句" in (await worker.sends_photo(picture())).text
    assert "已转给 西河楞" in (await worker.says("这个证还能用吗？")).text
    await town.forward(seconds=10)
    await community.presses(await community.hears("这个证还能用吗？"), "回答")
    await community.hears("📷 李网格员")
    assert town.phone("赵网格长").heard("📷") == 0
    await community.presses(await community.says("能用到月底"), "只发给")
    await worker.hears("答：能用到月底")


@pytest.mark.not_on("wechat")
@pytest.mark.needs("groups")
async def test_in_a_group_the_form_opens_with_the_bot_alone(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = town.group("一网格", head, mother)
    await group.takes_the_bot(head, (await head.says("群")).text)
    await head.says("通知")
    more = await head.presses(await head.says("明早八点核酸"), "更多")
    await head.presses(await head.presses(more, "发到群里"), "发送")
    await group.presses(mother, group.inbox()[-1], "有问题")
    posts = len(group.inbox())
    assert "想问什么" in mother.inbox()[-1].text
    await mother.says("要带身份证吗？")
    await town.forward(seconds=10)
    await answers(head, await head.hears("要带身份证吗？"), "要带")
    await mother.hears("答：要带")
    assert len(group.inbox()) == posts


async def test_under_several_notices_in_one_message_it_is_said_which(town: Town) -> None:
    await town.at("22:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    for text in ("明早停水", "明早停电", "明早核酸"):
        await head.says("通知")
        await head.presses(await head.says(text), "发送")
    await man.says("状态")
    await town.at("07:31", DAY + timedelta(days=1))
    together = await man.hears("3 条通知")
    assert together.labels == ("全部收到", "有问题")
    which = await man.presses(together, "有问题")
    assert "明早停电" in (await man.presses(which, "明早停电")).text
    await man.says("停到几点？")
    await town.forward(seconds=10)
    assert "明早停电" in (await head.hears("停到几点？")).text


@pytest.mark.not_on("wechat")
async def test_the_same_in_english(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    for phone in (head, mother):
        await phone.presses(await phone.says("/language"), "English")
    await head.says("/notice")
    await head.presses(await head.says("Test at 8 tomorrow"), "Send")
    await town.forward(seconds=20)
    await mother.presses(await mother.hears("Test at 8 tomorrow"), "I have a question")
    assert "Passed to 第一网格" in (await mother.says("Do I need my ID card?")).text
    await town.forward(seconds=10)
    question = await head.hears("one person waits")
    form = await head.presses(question, "Answer")
    assert "王芳 asked at" in form.text
    await head.presses(await head.says("Yes, bring it"), "Tell others too")
    answer = await mother.hears("an answer to you")
    assert "You asked: Do I need my ID card?" in answer.text
    assert "Answer: Yes, bring it" in answer.text
    state = town.read(lambda session: session.scalars(select(Enquiry.state)).one())
    assert state is EnquiryState.ANSWERED


@pytest.mark.not_on("wechat")
async def test_what_is_added_while_somebody_writes_the_answer_is_read_before_it_is_answered(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await tell(town, "明早八点核酸")
    await ask(town, "王芳", "要带身份证吗？", "明早八点核酸")
    await answers(head, await head.hears("有人提问"), "要带")
    answer = await mother.hears("答：要带")
    await mother.presses(answer, "还要问")
    await mother.says("孩子也要吗")
    await town.forward(minutes=31)
    await head.presses(await head.hears("孩子也要吗"), "回答")
    look = await head.says("也要")
    await mother.presses(answer, "还要问")
    await mother.says("老人也要吗")
    not_yet = await head.presses(look, "只发给")
    assert "答复没发：刚才又问了一句" in not_yet.text
    assert "老人也要吗" in not_yet.text
    assert mother.heard("答：也要") == 0
    assert "老人也要吗" in (await head.presses(not_yet, "回答")).text
    await head.presses(await head.says("都要"), "只发给")
    await mother.hears("答：都要")
