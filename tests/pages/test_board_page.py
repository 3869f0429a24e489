"""The board in a real browser: at every size, in both languages and lights, kept up to date, honest when it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from sqlalchemy import select

from bench.doors import held_port
from models import Person
from models.db import Database
from services.clock import ManualClock
from services.handling import take
from tests.harness import DAY, local
from tests.web.village import NOW, open_alarms, open_village
from web.site import make_site

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from playwright.async_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LAPTOP, HANDSET, WALL = (1440, 900), (390, 844), (1920, 1080)
CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const solid = (colour) => colour.length < 4 || colour[3] === 1;
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (solid(colour)) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('body *')) {
    const words = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!words || !node.checkVisibility()) continue;
    const style = getComputedStyle(node), ink = parse(style.color), under = ground(node), seen = Number(style.opacity);
    const mixed = ink.slice(0, 3).map((c, at) => c * seen + under[at] * (1 - seen));
    const [dark, bright] = [light(mixed), light(under)].sort((a, b) => a - b);
    const ratio = (bright + .05) / (dark + .05);
    if (ratio < 4.5) poor.push(`${node.className} ${node.textContent.trim()} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""

Opens = Callable[..., Coroutine[Any, Any, Page]]


@pytest.fixture
def village(database_url: str) -> Iterator[Database]:
    database = open_village(database_url)
    yield database
    database.close()


class House:
    """The site on a port of its own, which can fall silent and come back."""

    def __init__(self, database: Database, port: int) -> None:
        self.clock = ManualClock(NOW)
        self._site = make_site(database, self.clock)
        self._runner = web.AppRunner(self._site)
        self.port = port

    async def start(self) -> None:
        self._runner = web.AppRunner(self._site)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def passes_to(self, moment: datetime) -> None:
        await self.clock.move_to(moment)


@pytest_asyncio.fixture(loop_scope="session")
async def house(village: Database) -> AsyncIterator[House]:
    with held_port() as port:
        house = House(village, port)
        await house.start()
        yield house
        await house.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser, house: House) -> AsyncIterator[Opens]:
    """Opens the board; what goes wrong inside the page fails the test."""
    faults: list[str] = []

    async def opens(
        path: str = "/",
        locale: str = "zh-CN",
        size: tuple[int, int] = LAPTOP,
        *,
        dark: bool = False,
        scripts: bool = True,
    ) -> Page:
        context = await browser.new_context(
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.clock.install()
        await page.goto(f"http://127.0.0.1:{house.port}{path}")
        await page.locator(".tree tbody tr").first.wait_for()
        return page

    yield opens
    assert faults == []


@pytest.mark.parametrize("size", [HANDSET, (800, 1100), LAPTOP, WALL], ids=["handset", "tablet", "laptop", "wall"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("locale", "title"), [("zh-CN", "居家隔离"), ("en-GB", "Home quarantine")])
async def test_everybody_can_read_it(
    opens: Opens, locale: str, title: str, size: tuple[int, int], *, dark: bool
) -> None:
    page = await opens(locale=locale, size=size, dark=dark)
    await expect(page.locator(".tile").first).to_contain_text(title)
    await expect(page.locator("#waiting")).to_have_text("15")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(CONTRAST) == []
    last = await page.locator("#waiting").bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= size[1], "the big numbers are seen without scrolling"


async def test_it_brings_itself_up_to_date_and_leaves_the_reader_where_they_are(
    opens: Opens, house: House, village: Database
) -> None:
    page = await opens()
    fold = page.locator("tr[data-code='KHZ'] .fold")
    await fold.focus()
    row = await page.locator("tr[data-code='XHL-3']").element_handle()
    with village.transaction() as session:
        worker = session.scalars(select(Person.id)).first()
        assert worker is not None
        for alarm in open_alarms(session):
            take(session, NOW, alarm, worker)
    await house.passes_to(local(DAY, "12:31"))
    await page.clock.run_for(11_000)
    await expect(page.locator("#waiting")).to_have_text("0")
    await expect(page.locator(".moment time")).to_have_text("12:31")
    await expect(page.locator(".tile.alarm")).to_have_count(0)
    assert await page.title() == "包头市 · 今日看板"
    await expect(fold).to_be_focused()
    assert row is not None
    assert await row.evaluate("row => row.isConnected"), "rows are changed, not replaced"


async def test_it_says_when_the_server_does_not_answer_and_recovers(opens: Opens, house: House) -> None:
    page = await opens(locale="en-GB")
    warning = page.get_by_role("alert")
    await expect(warning).to_be_hidden()
    await house.stop()
    await page.clock.run_for(11_000)
    await expect(warning).to_have_text(
        "The server does not answer. These are the figures of 12:30, not of now; trying again."
    )
    await house.passes_to(local(DAY, "12:40"))
    await house.start()
    await page.clock.run_for(5_000)
    await expect(warning).to_be_hidden()
    await expect(page.locator(".moment time")).to_have_text("12:40")


async def test_an_answer_that_is_not_the_board_is_no_answer(opens: Opens) -> None:
    page = await opens()
    await page.route("**/*", lambda route: route.fulfill(body="<h1>please log in</h1>", content_type="text/html"))
    await page.clock.run_for(11_000)
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("#households")).to_have_text("54")


async def test_areas_fold_and_stay_folded(opens: Opens) -> None:
    page = await opens()
    rows = page.locator(".tree tbody tr:visible")
    await expect(rows).to_have_count(7)
    fold = page.locator("tr[data-code='XHL'] .fold")
    await expect(fold).to_have_attribute("aria-expanded", "true")
    await fold.press("Enter")
    await expect(rows).to_have_count(4)
    await page.clock.run_for(11_000)
    await page.reload()
    await expect(fold).to_have_attribute("aria-expanded", "false")
    await expect(rows).to_have_count(4)
    await page.get_by_role("button", name="区县").click()
    await expect(rows).to_have_count(2)
    await page.get_by_role("button", name="网格").click()
    await expect(rows).to_have_count(7)


async def test_a_name_leads_to_a_board_of_its_own_and_back(opens: Opens) -> None:
    page = await opens("/?lang=en", locale="zh-CN", size=HANDSET)
    await page.get_by_role("link", name="第二网格").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("第二网格")
    await expect(page.locator("#fevers")).to_have_text("2")
    await page.get_by_role("link", name="中", exact=True).click()
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await page.get_by_role("link", name="包头市").click()
    await expect(page.locator("#fevers")).to_have_text("3")


async def test_without_scripts_everything_is_in_sight(opens: Opens) -> None:
    page = await opens(scripts=False)
    await expect(page.locator(".tree tbody tr:visible")).to_have_count(7)
    await expect(page.locator(".fold:visible")).to_have_count(0)
    await expect(page.locator(".levels")).to_be_hidden()
