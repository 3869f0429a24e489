"""What is otherwise on WeCom: a menu of its own, and invites that are typed, for no link leads in."""

from __future__ import annotations

import pytest

from bot.account_menus import STAFF, buttons
from sandbox.wechat.account import ServiceAccount
from tests.harness import USERNAME, Heard, Phone, Town, code_in


@pytest.fixture
def messenger() -> str:
    return "wecom"


async def clicks(phone: Phone, key: str) -> Heard:
    """Presses an entry of the application's menu."""
    application = phone.town.sandbox.world.bot(USERNAME)
    assert isinstance(application, ServiceAccount)
    application.menu = buttons("zh-CN", STAFF)
    phone.town.sandbox.world.click(phone.number, phone.bot, key)
    await phone.town.stage.settle()
    return phone.inbox()[-1]


async def test_a_click_on_the_menu_says_what_the_word_would(town: Town) -> None:
    await town.at("08:00")
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    assert "体温 张强" in (await clicks(worker, "/alerts")).text
    assert "第一网格" in (await clicks(worker, "/today")).text
    await clicks(worker, "/find")
    assert "5号" in (await worker.says("张强")).text
    assert "您现在在班" in (await clicks(worker, "/duty")).text


async def test_whoever_may_not_hears_so_and_a_resident_as_well(town: Town) -> None:
    worker, man = town.phone("李网格员"), town.phone("张强")
    assert (await clicks(worker, "/notice")).text == (await worker.says("通知")).text
    assert (await clicks(man, "/alerts")).text == (await man.says("告警")).text


async def test_an_invite_is_a_line_that_the_other_sends(town: Town) -> None:
    head = town.phone("赵网格长")
    made = await head.presses(await head.says("邀请"), "网格员")
    assert "发这一行" in made.text
    assert "二维码" not in made.text
    newcomer = town.stranger("新人")
    asked = await newcomer.says(f"/start {code_in(made)}")
    assert "第一网格" in asked.text
    joined = await newcomer.says("孙丽")
    assert "孙丽，您已登记为 第一网格 的网格员" in joined.text


async def test_a_notice_changes_once_in_place_and_what_changes_then_is_a_message_of_its_own(town: Town) -> None:
    await town.at("09:00")
    head, man = town.phone("赵网格长"), town.phone("张强")
    await head.says("通知")
    await head.presses(await head.says("明早八点核酸"), "发送")
    await town.forward(seconds=10)
    await head.presses(await head.presses(await head.says("已发通知"), "1"), "改正")
    await head.presses(await head.says("明早九点核酸"), "改正")
    await town.forward(seconds=10)
    shown = standing(man)[-1]
    assert "改正过\n明早九点核酸" in shown
    await head.presses(await head.presses(await head.presses(await head.says("已发通知"), "1"), "撤回"), "撤回这条")
    await town.forward(seconds=10)
    assert standing(man)[-2] == shown
    assert "的通知已撤回，不用再看：明早九点核酸" in standing(man)[-1]


def standing(phone: Phone) -> list[str]:
    """What really stands on a phone."""
    found = phone.town.sandbox.world.messages(phone.number, phone.bot)
    return [str(one.as_json()["text"]) for one in found if one.from_bot]
