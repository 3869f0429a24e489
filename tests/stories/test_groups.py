"""A grid's own group: bound by its head, posted in once, and never a name or a temperature."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, AccountKind, Appointment, Area, AuditEntry, GridGroup, OutboxMessage, Person
from rules.mail import MailState, Priority
from rules.roles import Role
from services import register
from services.figures import figures
from services.letters import FOR_GROUPS
from services.mailbox import post
from tests.harness import DAY, Group, Heard, Phone, Town, local, readings_of


def bound(town: Town) -> dict[str, str]:
    """The address of the group of each grid, by the grid's code."""

    def look(session: Session) -> dict[str, str]:
        rows = session.execute(select(Area.code, Account.address).select_from(GridGroup).join(Account).join(Area))
        return {row.code: row.address for row in rows}

    return town.read(look)


def group_accounts(town: Town) -> int:
    return len(town.read(lambda session: session.scalars(select(Account).where(Account.kind == "group")).all()))


async def bind(town: Town, head: Phone, *members: Phone) -> Group:
    group = town.group("一网格", head, *members)
    await group.takes_the_bot(head, (await head.says("群")).text)
    return group


async def notice_in_group(head: Phone, body: str) -> Heard:
    """The head's own message about a notice posted in the group."""
    await head.says("通知")
    more = await head.presses(await head.says(body), "更多")
    preview = await head.presses(more, "发到群里")
    assert body in preview.text
    return await head.presses(preview, "发送")


@pytest.mark.needs("groups")
async def test_the_head_brings_the_bot_in_and_the_group_is_the_grids(town: Town) -> None:
    head = town.phone("赵网格长")
    answer = await head.says("绑定群")
    assert "https://t.me/gridbot?startgroup=" in answer.text
    assert all(step in answer.text for step in ("1.", "2.", "3."))
    group = town.group("一网格", head, town.phone("王芳"))
    await group.takes_the_bot(head, answer.text)
    assert bound(town) == {"G1": str(group.number)}
    assert "群已绑定到 第一网格" in (await head.hears("群已绑定")).text
    (hello,) = group.inbox()
    assert "请不要在群里写体温和姓名" in hello.text
    assert "https://t.me/gridbot" in hello.text
    acts = town.read(lambda session: session.scalars(select(AuditEntry.act)).all())
    assert "bind_group" in acts
    assert "催报：发到每家" in (await head.says("/group")).text


async def test_nobody_but_that_head_binds_a_group(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    worker, stranger = town.phone("李网格员"), town.stranger("路人")
    for other in (worker, mother):
        assert "网格长的事" in (await other.says("群")).text
    link = (await head.says("群")).text
    for other in (worker, mother, stranger):
        group = town.group("冒充", other)
        await group.takes_the_bot(other, link)
        (refusal,) = group.inbox()
        assert "这个链接不是您的" in refusal.text
    assert bound(town) == {}
    group = town.group("改过的链接", head)
    await group.takes_the_bot(head, link[:-3] + "AAA")
    assert group.inbox() == []
    await town.forward(hours=25)
    await group.takes_the_bot(head, link)
    assert "过期" in (await head.hears("过期")).text
    assert bound(town) == {}


async def test_a_head_who_is_not_the_head_any_more_binds_nothing(town: Town) -> None:
    head = town.phone("赵网格长")
    link = (await head.says("群")).text
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "赵网格长")).one()
        for one in session.scalars(select(Appointment).where(Appointment.person_id == person.id)):
            one.until = town.now
    group = town.group("一网格", head)
    await group.takes_the_bot(head, link)
    assert "这个链接不是您的" in group.inbox()[-1].text
    assert bound(town) == {}


async def test_a_group_that_is_not_bound_gets_no_answer_and_no_account(town: Town) -> None:
    mother = town.phone("王芳")
    group = town.group("闲聊", mother, town.phone("张强"))
    await group.takes_the_bot(mother)
    for text in ("/start", "/report 36.5", "/help@gridbot", "/start@gridbot hello", "38.9"):
        await group.says(mother, text)
    await group.puts_the_bot_out(mother)
    assert group.inbox() == []
    assert group_accounts(town) == 0
    assert readings_of(town) == {}


async def test_what_is_typed_in_the_group_is_neither_processed_nor_repeated(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = await bind(town, head, mother)
    await town.at("08:00")
    for text in ("/report 王芳38.9", "/report@gridbot 36.5", "38.9", "/status"):
        await group.says(mother, text)
    hello, nudge = group.inbox()
    assert "请私聊我上报" in nudge.text
    assert "38.9" not in nudge.text
    assert "王芳" not in nudge.text
    assert readings_of(town) == {}
    await town.at("08:30", DAY.replace(day=DAY.day + 1))
    await group.says(mother, "/help")
    await group.says(mother, "/help")
    assert [one.text for one in group.inbox()] == [hello.text, nudge.text, nudge.text]
    assert mother.heard("请私聊我上报") == 0


async def test_a_notice_is_posted_once_and_read_by_those_who_press(town: Town) -> None:
    await town.at("09:00")
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    stranger, worker = town.stranger("路人"), town.phone("李网格员")
    group = await bind(town, head, mother, man, stranger, worker)
    await notice_in_group(head, "明天做核酸")
    await town.forward(seconds=10)
    posts = [one for one in group.inbox() if "明天做核酸" in one.text]
    assert len(posts) == 1
    assert mother.heard("明天做核酸") == man.heard("明天做核酸") == 0
    count = await head.hears("通知已发到群里")
    assert "收到 0 人" in count.text
    for presser in (mother, mother, stranger, worker):  # twice is once; who lives elsewhere is not counted
        await group.presses(presser, posts[0], "收到")
    await town.forward(seconds=40)
    assert "收到 1 人" in head.again(count).text
    await group.presses(man, posts[0], "收到")
    await town.forward(seconds=40)
    assert "收到 2 人" in head.again(count).text
    post = next(one for one in group.inbox() if one.id == posts[0].id)
    assert "✓ 2 人已收到" in post.text
    assert stranger.inbox() == []


async def test_the_head_can_still_choose_every_door(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    group = await bind(town, head, town.phone("王芳"))
    await head.says("通知")
    choice = await head.presses(await head.presses(await head.says("停水"), "更多"), "发到群里")
    assert "不在群里的人看不到" in choice.text
    more = await head.presses(choice, "更多")
    await head.presses(await head.presses(more, "发到每家"), "发送")
    await town.phone("王芳").hears("停水")
    assert "停水" not in group.inbox()[-1].text


async def remind_here(head: Phone) -> None:
    assert "群里只发一条" in (await head.presses(await head.says("群"), "催报发到群里")).text


async def test_reminders_are_posted_once_when_the_head_wants_it(town: Town) -> None:
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    group = await bind(town, head, mother, man)
    await town.at("10:01")
    assert (mother.heard("还没收到体温"), man.heard("还没收到体温")) == (1, 1)  # not before it is switched on
    await remind_here(head)
    await town.at("18:00")
    await man.says("36.5")
    await town.at("20:01")
    post = group.inbox()[-1]
    assert "晚上的体温还有 1 户没有报" in post.text
    assert "https://t.me/gridbot" in post.text
    assert (mother.heard("还没收到体温"), man.heard("还没收到体温")) == (1, 1)
    assert "催报：发到每家" in (await head.presses(await head.says("群"), "催报改发到每家")).text
    await town.at("10:01", DAY.replace(day=DAY.day + 1))
    assert mother.heard("还没收到体温") == 2
    assert group.inbox()[-1].text == post.text


async def test_when_everybody_has_answered_nothing_is_posted(town: Town) -> None:
    head = town.phone("赵网格长")
    group = await bind(town, head, town.phone("王芳"))
    await remind_here(head)
    await town.at("08:00")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.phone("张强").says("36.5")
    await town.at("12:00")
    assert len(group.inbox()) == 1


async def test_a_reminder_that_finds_no_group_goes_to_every_door_at_once(town: Town) -> None:
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    group = await bind(town, head, mother)
    await remind_here(head)
    town.sandbox.world.groups.delete(group.number)  # nobody tells the bot
    await town.at("10:01")
    assert (mother.heard("还没收到体温"), man.heard("还没收到体温")) == (1, 1)
    assert "已解除绑定" in (await head.hears("发不了消息")).text
    assert bound(town) == {}


async def test_a_notice_that_finds_no_group_goes_to_every_door_at_once(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = await bind(town, head, mother)
    town.sandbox.world.groups.delete(group.number)
    await notice_in_group(head, "明天做核酸")
    await town.forward(seconds=10)
    await mother.hears("明天做核酸")
    await town.phone("张强").hears("明天做核酸")
    count = await head.hears("通知已发出")
    assert "送到 2/2" in head.again(count).text
    assert head.heard("发不了消息") == 1


async def test_a_group_that_refuses_one_post_stays_bound(town: Town) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = await bind(town, head, mother)
    refusal = "Bad Request: not enough rights to send text messages to the chat"
    town.sandbox.world.arm_fault("status", status=400, description=refusal, phone=group.number)
    await notice_in_group(head, "明天做核酸")
    await mother.hears("明天做核酸")
    assert "已改发到每家" in (await head.hears("没能发到")).text
    assert bound(town) == {"G1": str(group.number)}


async def test_putting_the_bot_out_unbinds_and_what_waited_goes_to_every_door(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    await town.at("22:00")
    group = await bind(town, head, mother)
    await notice_in_group(head, "明早停水")  # waits for the morning
    await group.puts_the_bot_out(mother)
    assert bound(town) == {}
    await head.hears("移出了群")
    assert mother.heard("明早停水") == 0
    await town.at("07:31")
    await mother.hears("明早停水")
    await notice_in_the_old_way(head)


async def notice_in_the_old_way(head: Phone) -> None:
    await head.says("通知")
    assert "发到群里" not in (await head.presses(await head.says("停电"), "更多")).labels


async def test_the_head_unbinds_by_a_button(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = await bind(town, head, mother)
    said = await head.presses(await head.says("群"), "解除绑定")
    assert "已解除绑定" in said.text
    assert bound(town) == {}
    await group.says(mother, "/help")
    assert len(group.inbox()) == 1
    await group.takes_the_bot(head, (await head.says("群")).text)  # and binds it again
    assert bound(town) == {"G1": str(group.number)}


async def test_another_group_is_taken_only_after_asking(town: Town) -> None:
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    first = await bind(town, head, mother)
    second = town.group("新群", head, mother)
    await second.takes_the_bot(head, (await head.presses(await head.says("群"), "换一个群")).text)
    asked = await head.hears("换成刚才这个")
    assert bound(town) == {"G1": str(first.number)}
    assert second.inbox() == []
    await head.presses(asked, "换成这个群")
    assert bound(town) == {"G1": str(second.number)}
    assert "第一网格" in second.inbox()[-1].text


async def test_two_grids_have_two_groups(town: Town) -> None:
    head = town.phone("赵网格长")
    other = town.employs("陈网格长", Role.GRID_HEAD, "G2")
    town.houses("8号", [("刘洋", "户主")], code="G2")
    man, mother = town.joins("刘洋"), town.phone("王芳")
    first = await bind(town, head, mother, other)
    await first.takes_the_bot(other, (await other.says("群")).text)
    await other.hears("这个群已经是 第一网格 的群")
    second = await bind(town, other, man)
    assert bound(town) == {"G1": str(first.number), "G2": str(second.number)}
    await remind_here(other)
    await town.at("10:01")
    assert "还有 1 户" in second.inbox()[-1].text
    assert (man.heard("还没收到体温"), mother.heard("还没收到体温")) == (0, 1)
    assert len(first.inbox()) == 1


async def test_a_head_of_two_grids_says_which(town: Town) -> None:
    town.employs("陈网格长", Role.GRID_HEAD, "G2")
    head = town.phone("陈网格长")
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == "陈网格长")).one()
        area = session.scalars(select(Area).where(Area.code == "G1")).one()
        register.appoint(session, town.now, person=person, role=Role.GRID_HEAD, area=area)
    link = await head.presses(await head.says("/group"), "第一网格")
    group = town.group("一网格", head)
    await group.takes_the_bot(head, link.text)
    assert bound(town) == {"G1": str(group.number)}


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_its_binding(town: Town, told: bool) -> None:
    await town.at("09:00")
    head, mother = town.phone("赵网格长"), town.phone("王芳")
    group = await bind(town, head, mother)
    await notice_in_group(head, "第一条")
    queue = town.sandbox.world.bot("gridbot").updates
    if not told:
        queue.allow(["callback_query"])  # the service message is lost; the next post tells
    new = Group(town, town.sandbox.world.groups.upgrade(group.number, head.number).id)
    queue.allow(["message", "callback_query", "my_chat_member"])
    await town.stage.settle()
    await notice_in_group(head, "第二条")
    await town.forward(seconds=10)
    assert bound(town) == {"G1": str(new.number)}
    (post,) = new.inbox()
    assert "第二条" in post.text
    await new.presses(mother, post, "收到")
    await town.forward(seconds=40)
    assert "收到 1 人" in (await head.hears("通知已发到群里")).text
    assert group_accounts(town) == 1
    states = town.read(lambda session: set(session.scalars(select(OutboxMessage.state))))
    assert states <= {MailState.SENT, MailState.DROPPED}


async def test_a_group_is_nobody_in_the_records(town: Town) -> None:
    head = town.phone("赵网格长")
    await bind(town, head, town.phone("王芳"))
    (account,) = town.read(lambda session: session.scalars(select(Account).where(Account.kind == "group")).all())
    assert (account.kind, account.person_id, account.display_name) == (AccountKind.GROUP, None, "")
    assert "2 人" in await _preview(head)
    path = town.area("C").path
    found = town.read(lambda session: figures(session, DAY, local(DAY, "00:00"), [path]))
    assert found.people == 4


async def test_nothing_in_a_group_names_anybody_or_tells_a_temperature(town: Town) -> None:
    """A day with a fever, silence, a notice, a reminder in each half and people who talk to the bot in the group."""
    head, mother, man = town.phone("赵网格长"), town.phone("王芳"), town.phone("张强")
    group = await bind(town, head, mother, man)
    await remind_here(head)
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4")
    await town.at("09:00")
    await notice_in_group(head, "明天停水")
    await group.says(man, "/report 张强38.9")
    await town.at("10:01")
    await group.presses(mother, next(one for one in group.inbox() if "停水" in one.text), "收到")
    await town.at("21:00")
    said = [one.text for one in group.inbox()]
    assert len(said) == 5  # the hello, the notice, the request to talk in private, two reminders
    people = town.read(lambda session: session.scalars(select(Person.name)).all())
    for text in said:
        assert [name for name in people if name in text] == []
        assert re.search(r"[0-9]{2}[.．度][0-9]|℃|号", text) is None
    templates = town.read(
        lambda session: set(
            session.scalars(select(OutboxMessage.template).join(Account).where(Account.kind == AccountKind.GROUP))
        )
    )
    assert templates == FOR_GROUPS


async def test_a_letter_about_somebody_never_leaves_for_a_group(town: Town) -> None:
    head = town.phone("赵网格长")
    group = await bind(town, head, town.phone("王芳"))
    await town.at("08:00")
    with town.database.transaction() as session:
        account = session.scalars(select(Account).where(Account.kind == AccountKind.GROUP)).one()
        for about in session.scalars(select(OutboxMessage.about).where(OutboxMessage.template == "prompt")).all():
            post(session, town.now, account, Priority.PROMPT, "prompt", about=about)
    await town.forward(seconds=30)
    assert len(group.inbox()) == 1
    refused = town.read(
        lambda session: session.scalars(select(OutboxMessage).where(OutboxMessage.error.is_not(None))).all()
    )
    assert {(one.template, one.state) for one in refused} == {("prompt", MailState.REJECTED)}


async def _preview(head: Phone) -> str:
    await head.says("通知")
    return (await head.says("停水")).text


async def test_a_group_is_given_no_more_than_twenty_messages_a_minute(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    group = await bind(town, head, town.phone("王芳"))
    with town.database.transaction() as session:
        account = session.scalars(select(Account).where(Account.kind == "group")).one()
        for _ in range(25):
            session.add(
                OutboxMessage(
                    bot=account.bot,
                    account_id=account.id,
                    priority=3,
                    template="say",
                    args={"key": "group-in-private", "args": {"link": ""}, "buttons": []},
                    due_at=town.now,
                    created_at=town.now,
                )
            )
    await town.forward(minutes=2)
    assert len(group.inbox()) == 26
    journal = town.sandbox.world.journal
    sent = [
        datetime.fromisoformat(one["at"]) for one in journal.after(0) if one["kind"] == "bot_sent" and "group" in one
    ]
    assert max(sum(start <= one < start + timedelta(minutes=1) for one in sent) for start in sent) <= 20
    assert town.sandbox.world.figures_now()["throttled"] == 0
