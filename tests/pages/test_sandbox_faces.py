"""The sandbox's chat page in a real browser: a phone with WeChat, and one with WeCom."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from playwright.async_api import expect

from sandbox.chats import PrivateChat
from sandbox.wechat.account import ServiceAccount, open_account
from sandbox.wechat.sending import custom_message, template_message
from sandbox.wecom.account import open_application
from sandbox.wecom.sending import send, update_card
from tests.pages.reader import HANDSET, Reader, phone
from tests.pages.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GRANNY, HEAD = 11, 12
SECRETS = {"secret": "s", "callback": "", "callback_token": "t", "aes_key": "k" * 42 + "A", "name": "网格通"}
MENU: list[dict[str, Any]] = [
    {"type": "click", "name": "上报", "key": "/report"},
    {"name": "我家", "sub_button": [{"type": "click", "name": "状态", "key": "/status"}]},
]


@pytest.fixture
def account(stage: Stage) -> ServiceAccount:
    """A service account with a menu and one follower."""
    world = stage.sandbox.world
    account = open_account(world, appid="wx", username="grid_wechat", **SECRETS)
    account.menu = MENU
    account.templates.add("T1")
    world.add_phone("陈奶奶", phone_id=GRANNY, note="8号", role="resident", started=("grid_wechat",))
    return account


def find(stage: Stage) -> Any:
    world = stage.sandbox.world

    def chat(account: ServiceAccount, openid: str) -> PrivateChat:
        return world.chat(account, world.phone(int(openid)))

    return chat


def tell(stage: Stage, account: ServiceAccount, **message: Any) -> None:
    custom_message(stage.sandbox.world, find(stage), account, {"touser": str(GRANNY), **message})


def happened(account: ServiceAccount) -> list[tuple[str, Any]]:
    """What the account would have been called with, and what of it matters."""
    found = []
    for one in account.updates.after(0):
        elements = dict(account.elements(one, 0) or [])
        said = elements.get("EventKey") or elements.get("Content") or elements.get("Label") or elements.get("Format")
        found.append((elements.get("Event") or elements["MsgType"], said))
    return found


async def test_on_wechat_links_numbers_the_menu_a_voice_a_place_and_a_code_all_reach_the_account(
    stage: Stage, reader: Reader, account: ServiceAccount
) -> None:
    page = await reader.visits()
    granny = phone(page, GRANNY)
    await expect(granny).to_have_attribute("data-channel", "wechat")
    links = [{"id": "take:1", "content": "1. 我来处理"}, {"id": "pass:1", "content": "2. 转交"}]
    tell(stage, account, msgtype="msgmenu", msgmenu={"head_content": "有人发热", "list": links})
    await expect(granny.locator(".bubble .inline")).to_have_count(2)  # inside what is said, and not below it
    await expect(granny.locator(".budget")).to_contain_text("还能收到 4 条")
    await granny.get_by_role("button", name="1. 我来处理").click()
    await expect(granny.locator(".from-user")).to_contain_text("1. 我来处理")
    await granny.get_by_role("textbox").fill("2")
    await granny.get_by_role("textbox").press("Enter")
    await granny.get_by_role("button", name="上报").click()
    await granny.get_by_role("button", name="我家").click()
    await page.get_by_role("menuitem", name="状态").click()
    for entry in ("说 3 秒语音", "发送位置", "扫二维码"):
        await granny.get_by_role("button", name="图片、语音、位置或扫码").click()
        await page.get_by_role("menuitem", name=entry).click()
        if entry == "发送位置":
            await page.get_by_role("dialog").get_by_role("button", name="发送位置").click()
        elif entry == "扫二维码":
            await page.get_by_role("dialog").get_by_role("textbox").fill("G1-abc")
            await page.get_by_role("dialog").get_by_role("button", name="扫", exact=True).click()
    await expect(granny.locator(".day").last).to_contain_text("扫了二维码")  # nobody has said /start
    await expect(granny.locator(".from-user")).to_have_count(4)
    assert happened(account) == [
        ("text", "1. 我来处理"),
        ("text", "2"),
        ("CLICK", "/report"),
        ("CLICK", "/status"),
        ("voice", "amr"),
        ("location", "西河楞村委会"),
        ("SCAN", "G1-abc"),
    ]


async def test_on_wechat_a_shut_window_is_told_a_template_is_a_card_and_one_may_follow_again(
    stage: Stage, reader: Reader, account: ServiceAccount
) -> None:
    page = await reader.visits()
    granny = phone(page, GRANNY)
    for _ in range(5):
        tell(stage, account, msgtype="text", text={"content": "你好"})
    await expect(granny.locator(".budget")).to_contain_text("额度用完")
    await stage.control("PUT", "clock", {"now": "2020-02-08T09:00:00Z"})
    await expect(granny.locator(".budget")).to_contain_text("48 小时没说话")
    filled = {"thing1": {"value": "请量体温"}, "thing2": {"value": "陈奶奶"}}
    template = {"touser": str(GRANNY), "template_id": "T1", "data": filled}
    template_message(stage.sandbox.world, find(stage), account, template)
    await expect(granny.locator(".card-title")).to_have_text("请量体温")
    await expect(granny.locator(".card-lines")).to_have_text("陈奶奶")
    await granny.get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="取消关注").click()
    await expect(granny).to_contain_text("您已取消关注")
    await granny.get_by_role("button", name="重新关注").click()
    await expect(granny.locator(".budget")).to_contain_text("还能收到 3 条")
    assert happened(account) == [("unsubscribe", None), ("subscribe", None)]


async def test_on_wecom_the_menu_is_clicked_and_a_card_is_pressed_and_changes_where_it_stands(
    stage: Stage, reader: Reader
) -> None:
    world = stage.sandbox.world
    application = open_application(world, corp="ww", username="grid_wecom", **SECRETS)
    application.menu = MENU
    world.add_phone("赵网格长", phone_id=HEAD, note="第一网格", role="grid_head", started=("grid_wecom",))
    card = {"card_type": "button_interaction", "task_id": "t1", "main_title": {"title": "发烧：王建国 38.4℃"}}
    buttons = {"button_list": [{"text": "我来处理", "key": "take:1"}, {"text": "转交", "key": "pass:1"}]}
    sent = {"touser": str(HEAD), "agentid": application.agent, "msgtype": "template_card"}
    page = await reader.visits(size=HANDSET)
    answer = send(world, application, {**sent, "template_card": {**card, **buttons, "sub_title_text": "第一网格 3号"}})
    await page.locator(f".list-row[data-phone='{HEAD}'] button").click()
    head = phone(page, HEAD)
    await expect(head.locator(".card-lines")).to_have_text("第一网格 3号")
    await head.get_by_role("button", name="我家").click()
    await page.get_by_role("menuitem", name="状态").click()
    await head.get_by_role("button", name="我来处理").click()
    await expect(head.locator(".inline.done")).to_have_count(1)
    [clicked, pressed] = [dict(application.elements(one, 0) or []) for one in application.updates.after(0)]
    assert (clicked["Event"], clicked["EventKey"]) == ("click", "/status")
    assert (pressed["Event"], pressed["EventKey"]) == ("template_card_event", "take:1")
    done = {**card, "sub_title_text": "赵网格长 在处理", "button_list": buttons["button_list"][:1], "replace_text": "✓"}
    update_card(world, application, {"response_code": answer["response_code"], "template_card": done})
    await expect(head.locator(".card-lines")).to_have_text("赵网格长 在处理")
    await expect(head.locator(".card-done")).to_have_text("✓")
    await expect(head.locator(".inline")).to_have_count(0)
