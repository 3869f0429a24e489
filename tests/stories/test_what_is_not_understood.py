"""A voice, a sticker, a video, a place on the map, words that mean nothing here: what to do instead is said plainly."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.intake import take_in
from channels.port import Address, Content, Document, Incoming, Other
from models import Person
from rules.roles import Role
from services import register
from tests.contracts.adapters import picture
from tests.harness import BOT, Heard, Phone, Town, readings_of

VOICE, STICKER, VIDEO = Other("voice"), Other("sticker"), Other("video")


async def sends(town: Town, phone: Phone, content: Content) -> Heard:
    """Something that is not typed, and what is answered."""
    number = f"{phone.name} {len(phone.inbox())}"
    town.database.apply(take_in, town.now, [Incoming(number, Address(BOT, str(phone.number)), content, town.now)])
    await town.forward(seconds=1)
    return phone.inbox()[-1]


def all_in(words: Sequence[str], text: str) -> None:
    assert [one for one in words if one not in text] == [], text


@pytest.mark.parametrize(
    ("content", "head"),
    [
        (VOICE, "语音我听不懂。"),
        (STICKER, "表情我看不懂。"),
        (VIDEO, "视频我看不了。"),
        (Other("unknown"), "这个我看不懂。"),
        (Document("v1", "爷爷.mp4", "video/mp4"), "视频我看不了。"),
        (Document("v1", "爷爷.ogg", "audio/ogg"), "语音我听不懂。"),
        (Other("location"), "位置收到了，但我用不上"),
    ],
)
async def test_whoever_is_asked_hears_how_to_answer_and_can_do_just_that(
    town: Town, content: Content, head: str
) -> None:
    await town.at("08:01")
    mother, man = town.phone("王芳"), town.phone("张强")
    said = await sends(town, mother, content)
    all_in([head, "体温请打数字", "一家人写在一起，比如：王芳36.5 王建国36.6"], said.text)
    await mother.says("王芳36.5 王建国36.6 王小宝36.7")
    assert set(readings_of(town)) == {"王芳", "王建国", "王小宝"}
    said = await sends(town, man, content)
    all_in([head, "比如：36.5"], said.text)
    assert "一家人" not in said.text


async def test_in_english_too(town: Town) -> None:
    town.houses("7号", [("Ann", "户主"), ("Ben", "子")])
    ann = town.joins("Ann", language="en")
    await town.at("08:01")
    said = await sends(town, ann, VOICE)
    all_in(["cannot listen", "Please type the temperature", "The whole family", "Ann 36.5 Ben 36.6"], said.text)
    all_in(["comes to the door", "Ann 36.5 Ben 36.6"], (await sends(town, ann, Other("location"))).text)


@pytest.mark.parametrize(
    ("role", "area", "theirs"),
    [
        (Role.GRID_WORKER, "G1", ("告警", "上门", "帮助")),
        (Role.GRID_HEAD, "G1", ("告警", "通知", "帮助")),
        (Role.STREET, "S1", ("告警", "通知", "帮助")),
        (Role.GATE, "V1", ("举报外出", "核验")),
        (Role.VOLUNTEER, "G1", ("帮助",)),
    ],
)
async def test_whoever_works_here_is_told_of_their_own_menu_and_of_no_temperature(
    town: Town, role: Role, area: str, theirs: Sequence[str]
) -> None:
    phone = town.employs("陈同志", role, area)
    await town.at("09:00")
    for said in (await phone.says("今天天气不错"), await sends(town, phone, VOICE), await phone.forges("old:1")):
        all_in(theirs, said.text)
        assert "体温" not in said.text


async def test_whoever_works_here_and_is_in_quarantine_at_home_is_told_how_to_answer(town: Town) -> None:
    grid = town.area("G1")
    with town.database.transaction() as session:
        mother = session.scalars(select(Person).where(Person.name == "王芳")).one()
        register.appoint(session, town.now, person=mother, role=Role.GRID_WORKER, area=grid)
    await town.at("08:01")
    assert "体温请打数字" in (await sends(town, town.phone("王芳"), VOICE)).text
    assert "报体温请直接发数字" in (await town.phone("王芳").says("今天天气不错")).text


async def test_in_a_form_it_is_the_question_above_that_is_to_be_answered(town: Town) -> None:
    await town.at("09:00")
    head = town.phone("赵网格长")
    asked = await head.says("通知")
    said = await sends(town, head, VOICE)
    assert "语音我听不懂。请打字回答上面问的" in said.text
    assert (await head.presses(said, "接着填")).text == asked.text


async def test_a_stranger_is_told_to_scan_the_code(town: Town) -> None:
    stranger = town.stranger("路人")
    await stranger.starts()
    assert "二维码" in (await sends(town, stranger, STICKER)).text
    assert "二维码" in (await stranger.says("你好")).text


async def test_a_photo_of_no_door_and_no_alert_is_not_taken_and_the_worker_hears_where_it_goes(town: Town) -> None:
    await town.at("09:00")
    worker = town.phone("李网格员")
    said = await worker.sends_photo(picture())
    all_in(["照片没收", "我来处理"], said.text)
    assert "二维码" not in said.text


async def test_help_names_what_only_some_heads_may(town: Town) -> None:
    head = (await town.phone("赵网格长").says("帮助")).text
    assert "群：绑定网格群" in head
    assert "规则：" not in head
    community = (await town.phone("孙社区").says("帮助")).text
    assert "规则：" in community
    assert "群：" not in community
