"""The sandbox's chat page in a real browser: languages, light, room, the clock, and what must not break it."""

from __future__ import annotations

import itertools
import json
import re

import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from playwright.async_api import expect

from tests.pages.reader import HANDSET, LAPTOP, Reader, phone
from tests.pages.stage import HOSTILE, MOTHER, PEOPLE, SILENT, WORKER, Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("size", [LAPTOP, HANDSET], ids=["laptop", "handset"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("locale", "title", "role"), [("zh-CN", "所有手机", "网格员"), ("en-GB", "All phones", "Grid worker")]
)
async def test_everybody_finds_their_language_light_and_room(
    reader: Reader, locale: str, title: str, role: str, scheme: str, size: tuple[int, int]
) -> None:
    page = await reader.visits(locale, size, dark=scheme == "dark")
    await expect(page.locator("#list h2")).to_contain_text(title)
    await expect(page.locator("#list")).to_contain_text(role)
    await expect(page.locator("#clock")).to_contain_text("17:55")
    await expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    brightness = await page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(brightness) > 380) == (scheme == "light")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size == HANDSET:
        await page.locator(f".list-row[data-phone='{WORKER}'] button").click()
    box = await phone(page, WORKER).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


async def test_the_clock_is_stopped_sped_up_and_skipped(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    await expect(page.get_by_role("button", name="暂停")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator("#skip")).to_be_disabled()
    await stage.control("PUT", "clock/next", {"at": "2020-02-05T10:00:00Z", "zh": "晚间上报", "en": "Evening round"})
    await expect(page.locator("#skip")).to_contain_text("18:00晚间上报")
    await page.locator("#skip").click()
    await expect(page.locator("#clock b")).to_have_text("18:00")
    await expect(phone(page, MOTHER).locator(".status time")).to_have_text("18:00")
    await stage.control("PUT", "clock/next", {"at": "2020-02-06T00:00:00Z", "zh": "早间上报", "en": "Morning round"})
    await expect(page.locator("#skip")).to_contain_text("明天 08:00早间上报")
    await page.get_by_role("button", name="600 倍速").click()
    await expect(page.get_by_role("button", name="600 倍速")).to_have_attribute("aria-pressed", "true")
    assert (await stage.control("GET", "clock"))["speed"] == 600
    await expect(page.locator("#clock b")).to_have_text(re.compile(r"18:(0[2-9]|[1-5]\d)"))
    await page.get_by_role("button", name="暂停").click()
    await expect(page.get_by_role("button", name="暂停")).to_have_attribute("aria-pressed", "true")


async def test_a_phone_that_joins_later_appears_by_itself(stage: Stage, reader: Reader) -> None:
    page = await reader.visits()
    newcomer = {"id": 9, "name": "周红", "role": "community", "show": True}
    await stage.control("POST", "phones", newcomer)
    await expect(phone(page, 9)).to_contain_text("周红")
    await expect(page.locator("#list .list-row")).to_have_count(len(PEOPLE) + 1)
    await phone(page, 9).get_by_role("button", name="更多操作").click()
    await page.get_by_role("menuitem", name="关闭此列").click()
    await expect(phone(page, 9)).to_have_count(0)
    await stage.control("PUT", "phones/9", {"note": "幸福社区"})
    await expect(page.locator(".list-row[data-phone='9']")).to_contain_text("幸福社区")
    await expect(phone(page, 9)).to_have_count(0)


async def test_a_hostile_name_stays_a_name(stage: Stage, reader: Reader) -> None:
    await stage.bot("setMyCommands", commands=[{"command": "help", "description": HOSTILE}])
    page = await reader.visits()
    await page.get_by_role("searchbox").fill("5栋")
    await page.locator(".list-row:not([hidden]) button").click()
    await phone(page, SILENT).get_by_role("button", name="开始使用").click()
    await stage.tell(SILENT, HOSTILE, [HOSTILE[:30]])
    await expect(phone(page, SILENT).locator(".from-bot .text")).to_contain_text(HOSTILE)
    await expect(phone(page, SILENT).locator(".phone-who b")).to_have_text(HOSTILE)
    await phone(page, SILENT).get_by_role("button", name="命令菜单").click()
    await expect(phone(page, SILENT).get_by_role("option")).to_contain_text(HOSTILE)
    assert await page.evaluate("window.broken") is None
    assert await page.locator("img[src='x']").count() == 0


async def test_only_listed_elements_pass_the_sanitizer(reader: Reader) -> None:
    page = await reader.visits()
    html = (
        "<b onclick='x()'>b</b><script>window.broken=1</script><img src=x onerror='window.broken=1'>"
        "<a href='javascript:window.broken=1'>bad</a><a href='https://example.org/' style='color:red'>good</a>"
        "<svg onload='window.broken=1'><i>i</i></svg><table><td>cell</td></table>&lt;u&gt;"
    )
    made = await page.evaluate(
        """async (html) => {
            const { formatted } = await import('/static/safehtml.js');
            const box = document.createElement('div');
            box.append(formatted(html));
            document.body.append(box);
            return box.innerHTML;
        }""",
        html,
    )
    assert made == (
        "<b>b</b><a>bad</a>"
        '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">good</a><i>i</i>cell&lt;u&gt;'
    )
    assert await page.evaluate("window.broken") is None


async def test_the_language_changes_at_once_and_is_remembered(reader: Reader) -> None:
    page = await reader.visits()
    await page.locator("#language").click()
    await expect(page.locator("#list h2")).to_contain_text("All phones")
    await expect(phone(page, WORKER).locator(".driver")).to_contain_text("Take over")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.locator("#theme").click()
    await page.reload()
    await expect(page.locator("#list h2")).to_contain_text("All phones")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_every_word_is_there_in_both_languages(reader: Reader) -> None:
    page = await reader.visits()
    words = await page.evaluate("import('/static/words.js').then((words) => words.WORDS)")
    assert len(words) > 80
    for key, (chinese, english) in words.items():
        assert chinese.strip(), key
        assert english.strip(), key
        assert set(re.findall(r"\{\w+\}", chinese)) == set(re.findall(r"\{\w+\}", english)), key


async def test_a_handset_shows_one_phone_at_a_time(reader: Reader) -> None:
    page = await reader.visits(size=HANDSET)
    await expect(phone(page, MOTHER)).to_be_hidden()
    await page.locator(f".list-row[data-phone='{MOTHER}'] button").click()
    await expect(phone(page, MOTHER).get_by_role("textbox")).to_be_in_viewport()
    await page.get_by_role("tab", name="李敏").click()
    await expect(phone(page, WORKER).get_by_role("textbox")).to_be_in_viewport()
    await expect(phone(page, MOTHER).get_by_role("textbox")).not_to_be_in_viewport()
    await page.get_by_role("button", name="返回列表").click()
    await expect(page.get_by_role("searchbox")).to_be_visible()


PAIRS = [
    *itertools.product(["--ink", "--ink-2", "--ink-3"], ["--surface", "--raised", "--hover", "--paper"]),
    *itertools.product(["--ink", "--ink-3"], ["--other"]),
    ("--ink", "--own"), ("--own-corner", "--own"), ("--on-accent", "--accent"), ("--accent", "--surface"),
    ("--accent", "--raised"), ("--accent-deep", "--accent-soft"), ("--amber", "--amber-soft"), ("--red", "--red-soft"),
    ("--link", "--other"), ("--link", "--own"), ("--ink-2", "--wall"),
]  # fmt: skip


COLOURS = """([names, channel]) => {
  document.body.dataset.channel = channel;
  return names.map((name) => getComputedStyle(document.body).getPropertyValue(name));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_has_enough_contrast_on_every_messenger(reader: Reader, scheme: str) -> None:
    page = await reader.visits(dark=scheme == "dark")
    names = sorted({name for pair in PAIRS for name in pair})
    faint = {}
    for channel in ("telegram", "wechat", "wecom"):
        colours = await page.evaluate(COLOURS, [names, channel])
        light = {name: luminance(colour) for name, colour in zip(names, colours, strict=True)}
        for pair in PAIRS:
            if (ratio := contrast(*(light[name] for name in pair))) < 4.5:
                faint[f"{channel}: {' on '.join(pair)}"] = round(ratio, 2)
    assert faint == {}, json.dumps(faint)


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour.strip()[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The contrast ratio of two luminances (WCAG 2.2)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
