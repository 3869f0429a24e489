"""Somebody who opens the chat page in a real browser."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, Page, expect

from tests.pages.stage import Stage

LAPTOP = (1440, 900)
HANDSET = (390, 844)


class Reader:
    """Somebody who opens the page; what goes wrong inside it is kept."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._browser = browser
        self._stage = stage
        self.faults: list[str] = []

    async def visits(self, locale: str = "zh-CN", size: tuple[int, int] = LAPTOP, *, dark: bool = False) -> Page:
        context = await self._browser.new_context(
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        await page.goto(self._stage.sandbox.page_base)
        await expect(page.locator("#list .list-row")).to_have_count(len(self._stage.sandbox.world.phones))
        return page


def phone(page: Page, number: int) -> Locator:
    return page.locator(f".phone[data-phone='{number}']")
