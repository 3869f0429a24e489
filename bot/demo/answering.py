"""The house at an address of its own, which the messengers that call it are told."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.app import App
from bot.commands import wechat, wecom
from bot.demo.lines import TELEGRAM, WECHAT, WECOM, Line
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
    """What an operator does in the consoles: the address of the callbacks, and on the command line, the menus."""
    for line in lines:
        if line is not TELEGRAM:
            await messenger.call_at(line.username, f"{app.address}/{line.channel}")
    if WECHAT in lines:
        await wechat.make_menu(app.settings)
    if WECOM in lines:
        await wecom.make_menu(app.settings)
