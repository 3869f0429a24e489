"""The page of one alarm in a real browser: on a phone and a desk, in both languages and lights, without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Escalation
from models.db import Database
from models.vault import Vault
from rules.escalation import Kind
from rules.policy import Policy
from services import handling
from services.alarm_links import link_to
from services.clock import ManualClock
from tests.web.village import NOW, open_village
from web.site import make_site

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from playwright.async_api import Browser, expect

from tests.pages.test_board_page import CONTRAST, HANDSET, LAPTOP

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SITE = "https://grid.example"
HOSTILE = "<img src=x onerror='window.broken=1'>"


@pytest.fixture
def village(database_url: str) -> Iterator[Database]:
    open_village(database_url).close()
    database = Database(database_url, Vault(b"a key only for the tests"), Policy(site=SITE))
    yield database
    database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server(village: Database) -> AsyncIterator[TestServer]:
    server = TestServer(make_site(village, ManualClock(NOW)))
    async with server:
        yield server


def _in_hand(session: Session) -> str:
    one = session.scalars(select(Escalation).where(Escalation.kind == Kind.ABNORMAL).order_by(Escalation.id)).all()[1]
    assert one.holder_id is not None
    handling.noted(session, NOW, one, one.holder_id, HOSTILE)
    return link_to(session, NOW, one, one.holder_id).removeprefix(SITE)


@pytest.mark.parametrize(
    ("locale", "title", "took", "size", "dark"),
    [
        ("zh-CN", "体温", "接了", HANDSET, False),
        ("en-GB", "temperature", "took it", HANDSET, True),
        ("zh-CN", "体温", "接了", LAPTOP, True),
    ],
)
async def test_the_story_is_read_in_the_hand_and_at_a_desk(
    browser: Browser,
    server: TestServer,
    village: Database,
    locale: str,
    title: str,
    took: str,
    size: tuple[int, int],
    *,
    dark: bool,
) -> None:
    path = village.apply(_in_hand)
    context = await browser.new_context(
        locale=locale,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
    )
    page = await context.new_page()
    await page.goto(str(server.make_url(path)))
    await expect(page.locator("h1")).to_contain_text(title)
    await expect(page.locator("li").nth(-2)).to_contain_text(took)
    await expect(page.locator("li").last).to_contain_text(HOSTILE)
    assert await page.evaluate("window.broken") is None
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(CONTRAST) == []
    async with page.expect_download() as download:
        await page.get_by_text("CSV").click()
    assert (await download.value).suggested_filename.endswith(".csv")
    await context.close()
