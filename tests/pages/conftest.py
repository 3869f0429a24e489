"""Fixtures of the page's tests; without a browser they skip, with the reason, and fail where CI must have one."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, NoReturn

import aiohttp
import pytest
import pytest_asyncio

from bench.doors import held_port
from tests.pages.stage import Stage, set_up
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.pages.reader import Reader

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    with held_port() as api, held_port() as page:  # it may be away, and come back where it was
        async with aiohttp.ClientSession() as http:
            stage = await set_up(http, api, page)
            yield stage
            await stage.sandbox.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def started() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        _without("there is no chromium on this machine")
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(started: Browser) -> AsyncIterator[Browser]:
    """One for all tests; what each has opened in it is closed after it."""
    yield started
    for context in started.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, stage: Stage) -> AsyncIterator[Reader]:
    from tests.pages.reader import Reader

    reader = Reader(browser, stage)
    yield reader
    assert reader.faults == []


def _without(reason: str) -> NoReturn:
    if os.environ.get("GRIDBOT_CI"):
        pytest.fail(reason)
    pytest.skip(reason)
