"""Where joining could go wrong: an invite taken back, a stolen phone, two grandfathers, a family on the move."""

from __future__ import annotations

from sqlalchemy import func, select

from models import Account, Invite, Person
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from services import register
from services.areas import by_code
from services.dossier import members
from services.homes import household_of
from services.invites import code_of, make_invite, withdraw
from tests.harness import DAY, Heard, Phone, Town, readings_of, requests_of
from tests.stories.test_joining import code

NUMBER = "19900000001"


def has_number(town: Town, name: str) -> None:
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        register.write_person(session, person, phone=NUMBER)


def behind(town: Town, phone: Phone) -> str | None:
    """Whose phone the bot thinks it is."""
    linked = select(Person.name).join(Account, Account.person_id == Person.id)
    return town.read(lambda session: session.scalar(linked.where(Account.address == str(phone.number))))


def housemates(town: Town, name: str) -> list[str]:
    with town.database.transaction() as session:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        household = household_of(session, person.id)
        return [one.name for _, one in members(session, household.id)] if household else []


def with_button(phone: Phone, label: str) -> Heard:
    return next(one for one in reversed(phone.inbox()) if any(label in text for text in one.labels))


async def second_phone(town: Town, name: str) -> Phone:
    has_number(town, name)
    phone = town.stranger(f"{name}的新手机")
    await phone.starts()
    await phone.shares_number(NUMBER)
    return phone


async def thief_joins(town: Town) -> Phone:
    """Somebody who knows the name and the door, and has scanned the poster."""
    thief = town.stranger("丙")
    await thief.starts(code(town, poster=True))
    await thief.says("王芳")
    await thief.says("3号")
    return thief


# Invites


async def test_an_invite_taken_back_while_the_form_is_open_lets_nobody_in(town: Town) -> None:
    with town.database.transaction() as session:
        area = by_code(session, "G1")
        assert area
        made = make_invite(session, town.now, role=Role.GRID_WORKER, area=area, max_uses=1, by=None)
        number, link = made.id, code_of(session, made)
    phone = town.stranger("丙")
    await phone.starts(link)
    with town.database.transaction() as session:
        withdraw(session, town.now, session.get_one(Invite, number), 1)
    assert "收回" in (await phone.says("冯新")).text
    assert behind(town, phone) is None


async def test_an_invite_that_runs_out_while_the_form_is_open_lets_nobody_in(town: Town) -> None:
    link = code(town, Role.GRID_WORKER)
    await town.forward(days=6, hours=23)
    phone = town.stranger("丙")
    await phone.starts(link)
    await town.forward(hours=1.5)
    assert "过期" in (await phone.says("冯新")).text
    assert behind(town, phone) is None


async def test_a_key_that_was_never_shown_opens_no_other_area(town: Town) -> None:
    town.houses("8号", [("王老汉", "户主")], code="G2")
    code(town, area="G2", poster=True)
    number = town.read(lambda session: session.scalars(select(Invite.id)).one())
    mother = town.phone("王芳")
    for key in (f"other:{number}", f"move:{number}"):
        assert "不对" in (await mother.forges(key)).text
    await town.at("08:00")
    assert mother.heard("王老汉") == 0


# Numbers


async def test_staff_who_join_by_number_alone_are_welcomed_as_staff(town: Town) -> None:
    grid = town.area("G1")
    with town.database.transaction() as session:
        person = register.add_person(session, town.now, name="冯新", phone=NUMBER)
        register.appoint(session, town.now, person=person, role=Role.GRID_WORKER, area=grid)
    phone = town.stranger("冯")
    await phone.starts()
    assert "已登记为 第一网格 的网格员" in (await phone.shares_number(NUMBER)).text


async def test_a_resident_who_becomes_a_worker_stays_one_person(town: Town) -> None:
    town.houses("7号", [("刘洋", "户主")], phone=NUMBER)
    phone = town.stranger("刘")
    await phone.starts(code(town, Role.GRID_WORKER))
    assert "网格员" in (await phone.shares_number(NUMBER)).text
    same_name = select(func.count()).select_from(Person).where(Person.name == "刘洋")
    assert town.read(lambda session: session.scalar(same_name)) == 1


async def test_a_number_of_nobody_who_lives_or_works_here_opens_nothing(town: Town) -> None:
    with town.database.transaction() as session:
        register.add_person(session, town.now, name="旧人", phone=NUMBER)
    phone = town.stranger("旧")
    await phone.starts()
    assert "请扫" in (await phone.shares_number(NUMBER)).text
    assert behind(town, phone) is None


# Phones


async def test_whoever_is_put_away_by_a_thief_is_told_and_the_worker_puts_it_right(town: Town) -> None:
    await town.at("09:00")
    first, worker, thief = town.phone("王芳"), town.phone("李网格员"), await thief_joins(town)
    await thief.presses(with_button(thief, "旧手机不用了"), "旧手机不用了")
    told = await first.hears("这部手机不再收网格通的消息了")
    assert "已经告诉网格员" in (await first.presses(told, "不是我")).text
    question = await worker.hears("新手机不是本人的")
    assert "已经断开" in (await worker.presses(question, "断开那部手机")).text
    assert behind(town, thief) is None
    assert "不用处理" in (await worker.presses(question, "断开那部手机")).text


async def test_the_first_warning_still_works_after_the_theft(town: Town) -> None:
    await town.at("09:00")
    first, thief = town.phone("王芳"), await thief_joins(town)
    await thief.presses(with_button(thief, "旧手机不用了"), "旧手机不用了")
    await first.presses(await first.hears("另一部手机上也打开了"), "不是我")
    await town.phone("李网格员").hears("新手机不是本人的")


async def test_nobody_else_may_say_that_a_phone_was_stolen_or_put_it_out(town: Town) -> None:
    await town.at("09:00")
    second = await second_phone(town, "王芳")
    account, person = town.read(
        lambda session: session.execute(
            select(Account.id, Account.person_id).where(Account.address == str(second.number))
        ).one()
    )
    stranger = town.stranger("丁")
    await stranger.starts()
    assert "不用处理" in (await stranger.forges(f"notme:{account}")).text
    assert "不归您管" in (await town.phone("张强").forges(f"putout:{account}:{person}")).text
    assert behind(town, second) == "王芳"


async def test_what_waits_for_the_old_phone_comes_to_the_new_one(town: Town) -> None:
    await town.at("22:30")
    worker, stranger = town.phone("李网格员"), town.stranger("小郑")
    await stranger.starts(code(town))
    await stranger.says("郑新来")
    await stranger.says("9号")
    second = await second_phone(town, "李网格员")
    await second.presses(with_button(second, "旧手机不用了"), "旧手机不用了")
    await town.at("07:31")
    await second.hears("郑新来")
    assert worker.heard("郑新来") == 0


async def test_whom_a_phone_speaks_for_comes_along_to_the_new_one(town: Town) -> None:
    await answers_for_an_old_man(town)
    second = await second_phone(town, "王芳")
    await second.presses(with_button(second, "旧手机不用了"), "旧手机不用了")
    await town.at("08:00")
    await second.hears("要报的人：王老汉")


# Two homes on one phone


async def answers_for_an_old_man(town: Town, *others: tuple[str, str], call: str = "爷爷") -> Phone:
    """王芳 answers for 王老汉 in the second grid, who has no phone."""
    town.houses("8号", [("王老汉", "户主"), *others], code="G2")
    mother = town.phone("王芳")
    offer = await mother.starts(code(town, area="G2", poster=True))
    await mother.presses(offer, "替没有手机的家人报")
    await mother.says("王老汉")
    await mother.says("8号")
    await mother.says(call)
    return mother


async def test_values_without_names_are_never_shared_out_over_two_homes(empty_town: Town) -> None:
    town = empty_town
    town.houses("3号", [("王芳", "户主")])
    town.joins("王芳")
    mother = await answers_for_an_old_man(town)
    await town.at("08:00")
    for said in ("36.5 38.6", "38.6", "全家38.6"):
        assert "请写上名字" in (await mother.says(said)).text
    assert readings_of(town) == {}
    assert all("王芳" in one.text or "王老汉" in one.text for one in mother.inbox() if "请量体温" in one.text)


async def test_two_values_are_not_taken_for_the_two_of_the_other_home(empty_town: Town) -> None:
    town = empty_town
    town.houses("3号", [("王芳", "户主")])
    town.joins("王芳")
    mother = await answers_for_an_old_man(town, ("李奶奶", "配偶"), call="三叔")
    await town.at("08:00")
    assert "请写上名字" in (await mother.says("36.5 38.6")).text
    assert readings_of(town) == {}


async def test_a_grandfather_at_home_and_one_elsewhere_are_not_mixed_up(town: Town) -> None:
    mother = await answers_for_an_old_man(town)
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4")
    assert readings_of(town) == {}
    await mother.says("我36.5 王老汉38.4")
    assert readings_of(town) == {"王芳": [36.5], "王老汉": [38.4]}


async def test_when_only_the_own_home_owes_a_value_without_a_name_is_ones_own(empty_town: Town) -> None:
    town = empty_town
    town.houses("3号", [("王芳", "户主")])
    town.joins("王芳")
    mother = await answers_for_an_old_man(town)
    await town.at("08:00")
    await mother.says("爷爷36.6")
    await mother.says("36.5")
    assert readings_of(town) == {"王老汉": [36.6], "王芳": [36.5]}


async def test_a_danger_sign_of_the_other_home_is_taken_and_its_worker_comes(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    mother = await answers_for_an_old_man(town)
    await town.at("08:00")
    await mother.says("王老汉38.4")
    advice = await mother.hears("有下面的情况吗")
    assert "已按紧急情况报上去" in (await mother.presses(advice, "喘不上气")).text
    await worker.presses(await worker.hears("王老汉 38.4"), "我来处理")
    await mother.hears("马网格员")
    assert "王老汉" in (await mother.says("状态")).text


async def test_report_asks_again_for_every_home_that_owes(town: Town) -> None:
    mother = await answers_for_an_old_man(town)
    await town.at("08:00")
    asked = mother.heard("请量体温")
    await mother.says("上报")
    assert mother.heard("请量体温") == asked + 2


async def test_whoever_is_spoken_for_is_told_and_it_can_be_ended(town: Town) -> None:
    mother = await answers_for_an_old_man(town)
    own = town.joins("王老汉")
    await mother.presses(await mother.says("家人"), "不再替 王老汉 报")
    offer = await mother.starts(code(town, area="G2", poster=True))
    await mother.presses(offer, "替没有手机的家人报")
    for said in ("王老汉", "8号", "爷爷"):
        await mother.says(said)
    await own.hears("王芳 以后也用自己的手机替您报体温")
    listed = await mother.says("家人")
    assert "王老汉" in listed.text
    assert "不再问 王老汉" in (await mother.presses(listed, "不再替 王老汉 报")).text
    await town.at("08:00")
    assert mother.heard("要报的人：王老汉") == 0


# Moving


async def asks_to_move(phone: Phone, town: Town, who: str = "") -> None:
    offer = await phone.starts(code(town, area="G2", poster=True))
    asks = await phone.presses(offer, "我搬到")
    if who:
        await phone.presses(asks, who)
    await phone.says("12号")


async def test_a_family_moves_together_or_one_alone(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    await town.at("09:00")
    await asks_to_move(town.phone("王芳"), town, "全家")
    await worker.presses(await worker.hears("有人要搬到"), "认识，同意")
    assert housemates(town, "王小宝") == ["王芳", "王建国", "王小宝"]
    await town.phone("李网格员").hears("王芳、王建国、王小宝 从 第一网格 3号 搬到了 第二网格 12号")
    await town.phone("王芳").says("36.5 36.6 36.7")
    assert requests_of(town, "12号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.EXCUSED}


async def test_whoever_stays_behind_is_still_asked(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    town.joins("王建国")
    await town.at("09:00")
    await asks_to_move(town.phone("王芳"), town, "只有我")
    await worker.presses(await worker.hears("有人要搬到"), "认识，同意")
    await town.phone("王芳").says("36.5")
    assert requests_of(town, "12号") == {(DAY, Half.MORNING): RequestStatus.REPORTED}
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}


async def test_open_alarms_of_a_mover_are_named_to_the_old_worker(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    await town.at("08:00")
    await town.phone("张强").says("38.4")
    await asks_to_move(town.phone("张强"), town)
    await worker.presses(await worker.hears("有人要搬到"), "认识，同意")
    assert "1 个没处理完的告警" in (await town.phone("李网格员").hears("张强 从")).text


async def test_a_move_holds_when_the_phone_was_changed_meanwhile(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    await town.at("09:00")
    await asks_to_move(town.phone("张强"), town)
    second = await second_phone(town, "张强")
    await second.presses(with_button(second, "旧手机不用了"), "旧手机不用了")
    await worker.presses(await worker.hears("有人要搬到"), "认识，同意")
    assert requests_of(town, "12号") == {(DAY, Half.MORNING): RequestStatus.DUE}
    await second.hears("第二网格 12号")


async def test_whoever_was_put_out_moves_nobody(town: Town) -> None:
    worker = town.employs("马网格员", Role.GRID_WORKER, "G2")
    await town.at("09:00")
    first, thief = town.phone("王芳"), await thief_joins(town)
    await asks_to_move(thief, town, "全家")
    await first.presses(await first.hears("另一部手机上也打开了"), "不是我")
    question = await worker.hears("有人要搬到")
    assert "不用处理" in (await worker.presses(question, "认识，同意")).text
    assert housemates(town, "王芳") == ["王芳", "王建国", "王小宝"]
    assert requests_of(town, "12号") == {}


async def test_a_prompt_that_does_not_arrive_goes_to_the_other_phone(town: Town) -> None:
    second = await second_phone(town, "王芳")
    town.sandbox.world.deactivate(second.number)
    await town.at("08:00")
    await town.phone("王芳").hears("请量体温")
    assert requests_of(town, "3号") == {(DAY, Half.MORNING): RequestStatus.DUE}
    assert town.phone("李网格员").heard("联系不上：王芳") == 0


async def test_the_help_names_what_its_reader_can_do(town: Town) -> None:
    told = {one: (await town.phone(one).says("帮助")).text for one in ("李网格员", "赵网格长", "张强")}
    named = {one: [word for word in ("告警", "简报", "报体温") if word in text] for one, text in told.items()}
    assert named == {"李网格员": ["告警"], "赵网格长": ["告警", "简报"], "张强": ["报体温"]}
