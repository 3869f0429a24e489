"""The house at an address of its own, which the messengers that call it are told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.app import App
from bot.commands.wechat import make_menu
from bot.demo.lines import TELEGRAM, WECHAT, Line
from bot.demo.messenger import Messenger


@asynccontextmanager
async def answering(app: App, messenger: Messenger, lines: Sequence[Line]) -> AsyncIterator[None]:
    """Opens the house's site where somebody is going to call, until the end of the context."""
    if all(line is TELEGRAM for line in lines):
        yield
        return
    site = await app.open_site()
    try:
        await connect(app, messenger, lines)
        yield
    finally:
        await site.cleanup()


async def connect(app: App, messenger: Messenger, lines: Sequence[Line]) -> None:
    """What an operator does in the consoles: the address of the callbacks, and the service account's menu."""
    for line in lines:
        if line is not TELEGRAM:
            await messenger.call_at(line.username, f"{app.address}/{line.channel}")
    if WECHAT in lines:
        await make_menu(app.settings)
