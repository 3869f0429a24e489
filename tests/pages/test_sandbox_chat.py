"""The sandbox's chat page in a real browser: what people write, press and send, and what comes back."""

from __future__ import annotations

import struct
import zlib

import aiohttp
import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from playwright.async_api import FilePayload, expect

from tests.pages.reader import Reader, phone
from tests.pages.stage import MOTHER, WORKER, Stage, set_up

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def png(width: int, height: int) -> bytes:
    """A plain green picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\x0b\x6b\x57" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def test_what_a_person_writes_reaches_the_bot_once_and_its_answer_comes_by_itself(
    stage: Stage, reader: Reader
) -> None:
    page = await reader.visits()
    field = phone(page, MOTHER).get_by_role("textbox")
    await field.press_sequentially("我36.5")
    await field.press("Shift+Enter")
    await field.press_sequentially("爷爷38.4")
    await field.press("Enter")
    updates = await stage.bot("getUpdates", timeout=50)
    assert [update["message"]["text"] for update in updates] == ["我36.5\n爷爷38.4"]
    await expect(field).to_have_value("")
    await expect(phone(page, MOTHER).locator(".from-user")).to_have_count(1)
    await stage.tell(MOTHER, "已记录 <b>2</b> 人", parse_mode="HTML")
    await expect(phone(page, MOTHER).locator(".from-bot b")).to_have_text("2")
    await expect(page.locator(f".list-row[data-phone='{MOTHER}']")).to_contain_text("已记录 2 人")


async def test_a_press_takes_a_simulated_phone_over_shows_the_answer_and_the_edit(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    worker = phone(page, WORKER)
    alarm = await stage.tell(WORKER, "爷爷 38.4℃", ["我来处理"], ["转交"])
    await expect(worker.locator(".driver")).to_contain_text("模拟中")
    await worker.get_by_role("button", name="我来处理").click()
    await expect(worker.locator(".driver")).to_contain_text("由您操作")
    await expect(page.locator("#toasts")).to_contain_text("您已接手李敏的手机")
    await expect(worker.locator(".inline.waiting")).to_have_count(1)
    (update,) = await stage.bot("getUpdates", timeout=50)
    await stage.bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="已接单")
    await expect(worker.locator(".answer")).to_have_text("已接单")
    await expect(worker.locator(".inline.done")).to_have_count(1)
    await stage.bot("editMessageText", chat_id=WORKER, message_id=alarm["message_id"], text="爷爷 38.4℃ 李敏处理中")
    await expect(worker.locator(".bubble")).to_contain_text("李敏处理中")
    await expect(worker.locator(".edited")).to_have_text("已编辑")
    await expect(worker.locator(".inline")).to_have_count(0)
    await worker.get_by_role("button", name="交还").click()
    await expect(worker.locator(".driver")).to_contain_text("模拟中")
    assert (await stage.control("GET", f"phones/{WORKER}"))["driver"] == "auto"


async def test_an_answer_that_must_be_read_stands_in_front(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    await stage.tell(MOTHER, "要取消吗？", ["取消"])
    await phone(page, MOTHER).get_by_role("button", name="取消").click()
    (update,) = await stage.bot("getUpdates", timeout=50)
    query = update["callback_query"]["id"]
    await stage.bot("answerCallbackQuery", callback_query_id=query, text="先联系网格员", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("先联系网格员")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_blocked_bot_is_unblocked_and_a_deactivated_account_is_shown(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    mother = phone(page, MOTHER)
    await mother.get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="屏蔽机器人").click()
    await expect(mother).to_contain_text("您已屏蔽这个机器人")
    await mother.get_by_role("button", name="解除屏蔽").click()
    await expect(mother.get_by_role("textbox")).to_be_visible()
    kinds = [update["my_chat_member"]["new_chat_member"]["status"] for update in await stage.bot("getUpdates")]
    assert kinds == ["kicked", "member"]
    await stage.control("POST", f"phones/{MOTHER}/deactivate")
    await expect(mother).to_contain_text("该账号已停用")


async def test_commands_are_offered_while_a_slash_is_typed(stage: Stage, reader: Reader) -> None:
    names = ["report", "family", "status"]
    await stage.bot("setMyCommands", commands=[{"command": name, "description": f"{name}!"} for name in names])
    page = await reader.visits()
    field = phone(page, MOTHER).get_by_role("textbox")
    await field.press_sequentially("/")
    await expect(phone(page, MOTHER).get_by_role("option")).to_have_count(3)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(phone(page, MOTHER).locator(".from-user")).to_contain_text("/family")
    await field.press_sequentially("/st")
    await expect(phone(page, MOTHER).get_by_role("option")).to_have_count(1)
    await field.press("Escape")
    await expect(phone(page, MOTHER).get_by_role("option")).to_have_count(0)


async def test_quick_replies_a_photo_and_a_phone_number_go_out(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    mother = phone(page, MOTHER)
    keyboard = {"keyboard": [["全家正常", "有人不舒服"]]}
    await stage.bot("sendMessage", chat_id=MOTHER, text="今天怎么样？", reply_markup=keyboard)
    await mother.get_by_role("button", name="全家正常").click()
    await expect(mother.locator(".from-user")).to_contain_text("全家正常")
    picture = FilePayload(name="36.5.png", mimeType="image/png", buffer=png(64, 48))
    await mother.locator("input[data-kind='photo']").set_input_files(picture)
    await mother.get_by_role("textbox").press_sequentially("体温计")
    await mother.get_by_role("textbox").press("Enter")
    await mother.get_by_role("button", name="放大图片").click()
    await expect(page.get_by_role("dialog")).to_contain_text("体温计")
    await page.keyboard.press("Escape")
    await mother.get_by_role("button", name="图片、文件或手机号").click()
    await page.get_by_role("menuitem", name="分享手机号").click()
    await page.get_by_role("dialog").get_by_role("button", name="分享").click()
    await expect(mother.locator(".from-user").last).to_contain_text("+861380000")
    text, photo, contact = [update["message"] for update in await stage.bot("getUpdates")]
    assert text["text"] == "全家正常"
    assert (photo["caption"], photo["photo"][-1]["width"]) == ("体温计", 64)
    assert contact["contact"]["user_id"] == MOTHER


async def test_the_log_stays_where_the_reader_is(stage: Stage, reader: Reader) -> None:
    for number in range(40):
        stage.sandbox.world.clock.forward(seconds=2)
        await stage.tell(MOTHER, f"第 {number} 条")
    page = await reader.visits()
    log, pill = phone(page, MOTHER).get_by_role("log"), phone(page, MOTHER).locator(".pill")
    at_end = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    await expect(log).to_contain_text("第 39 条")
    await expect(page.locator(f".list-row[data-phone='{MOTHER}'] mark")).to_be_empty()
    assert await log.evaluate(at_end)
    await log.evaluate("(log) => { log.scrollTop = 0; }")
    await stage.tell(MOTHER, "新消息")
    await expect(pill).to_have_text("1 条新消息")
    assert await log.evaluate("(log) => log.scrollTop") == 0
    await expect(page.locator(f".list-row[data-phone='{MOTHER}'] mark")).to_have_text("1")
    await pill.click()
    await expect(pill).to_be_hidden()
    await expect(page.locator(f".list-row[data-phone='{MOTHER}'] mark")).to_be_empty()


async def test_the_page_outlives_a_restart_of_the_sandbox(stage: Stage, reader: Reader) -> None:
    await stage.tell(MOTHER, "旧消息")
    page = await reader.visits()
    await expect(phone(page, MOTHER).get_by_role("log")).to_contain_text("旧消息")
    ports = [int(base.rsplit(":", 1)[1]) for base in (stage.sandbox.api_base, stage.sandbox.page_base)]
    await stage.sandbox.stop()
    await expect(page.locator("#toasts")).to_contain_text("与沙盒断开")
    async with aiohttp.ClientSession() as http:
        second = await set_up(http, *ports)
        await second.tell(MOTHER, "新世界")
        await expect(phone(page, MOTHER).get_by_role("log")).to_contain_text("新世界")
        await expect(phone(page, MOTHER).get_by_role("log")).not_to_contain_text("旧消息")
        await second.tell(MOTHER, "继续")
        await expect(phone(page, MOTHER).get_by_role("log")).to_contain_text("继续")
        await second.sandbox.stop()


async def test_a_refused_message_is_told_and_given_back(reader: Reader) -> None:
    page = await reader.visits("en-GB")
    field = phone(page, MOTHER).get_by_role("textbox")
    await field.fill("x" * 5000)
    await field.press("Enter")
    await expect(page.locator("#toasts")).to_contain_text("Not sent: the sandbox refused it")
    await expect(field).to_have_value("x" * 5000)
