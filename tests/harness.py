"""People, messages, time: a small town, a real database, a real client over HTTP to the sandbox, an injected clock."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from socket import socket
from tempfile import mkdtemp

from aiohttp import web
from sqlalchemy.orm import Session

from bot.app import App
from bot.demo.messenger import Messenger
from bot.demo.stage import Stage, StillEngine
from bot.settings import load_settings
from channels.port import Channel
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_client import TelegramClient
from channels.telegram_polling import Polling
from channels.telegram_ptb import PtbClient
from channels.telegram_webhook import Webhook
from models import Area
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from rules.roles import Level
from sandbox.server import Sandbox
from services import register
from services.bots import register_bots
from services.clock import ManualClock
from tests.light import light
from tests.messengers import CHOSEN
from tests.phones import Group, Heard, Phone, code_in
from tests.scene import BOT, BOTS, DAY, HOOK, SECRET, TOKEN, USERNAME, ZONE, local
from tests.tencent import TownsWeChat, TownsWeCom
from tests.town import Town, alarms_of, readings_of, requests_of
from web.site import make_site, runner_of

__all__ = [
    "BOT",
    "BOTS",
    "DAY",
    "HOOK",
    "SECRET",
    "TOKEN",
    "USERNAME",
    "ZONE",
    "Group",
    "Heard",
    "Phone",
    "Town",
    "alarms_of",
    "code_in",
    "local",
    "make_town",
    "raise_the_house",
    "readings_of",
    "requests_of",
]


class Beside(Messenger):
    """The town's sandbox is in this process: what the stage asks of it at every step need not go over HTTP."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.page_base)
        self._world = sandbox.world

    async def pending(self) -> int:
        return sum(len(bot.updates) for bot in self._world.bots.values())

    async def set_clock(self, now: datetime) -> None:
        self._world.clock.set(now)


def raise_the_house(session: Session, now: datetime) -> None:
    """The areas of the town and its bot."""
    register_bots(session, {BOT: "telegram"})
    parent: Area | None = None
    for code, name, level in (
        ("C", "包头市", Level.CITY),
        ("D1", "昆区", Level.DISTRICT),
        ("S1", "昆河镇", Level.STREET),
        ("V1", "西河楞", Level.COMMUNITY),
    ):
        parent = register.add_area(session, code=code, name=name, level=level, parent=parent)
    register.add_area(session, code="G1", name="第一网格", level=Level.GRID, parent=parent)
    register.add_area(session, code="G2", name="第二网格", level=Level.GRID, parent=parent)


CLIENTS: dict[str, Callable[[str, str], TelegramClient]] = {"aiogram": AiogramClient, "ptb": PtbClient}


@asynccontextmanager
async def make_town(
    url: str,
    start: datetime,
    policy: Policy | None = None,
    *,
    client: str = "aiogram",
    webhook: bool = False,
    bots: Sequence[str] = (BOT,),
    areas: str = "",
    messenger: str = CHOSEN or "telegram",
    template: str = "",
    others: Callable[[Sandbox, ManualClock, str], Mapping[str, Channel]] | None = None,
    shuts: bool = not CHOSEN,
) -> AsyncIterator[Town]:
    """An empty town at `url` (a migrated database), its sandbox and its stage; `areas` is the setting of that name.

    `shuts` False: WeChat's window never does, as if everybody wrote often.
    """
    sandbox = Sandbox(now=start)
    await sandbox.start()
    media = mkdtemp(prefix="gridbot-media-")
    database = Database(url, Vault(b"a key for the tests"), policy or Policy())
    light(database)
    try:
        for token, username in (BOTS[name] for name in bots if messenger == "telegram"):
            sandbox.world.add_bot(token, username, "网格通")
        database.apply(raise_the_house, start)
        clock = ManualClock(start)
        door = socket()
        door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        channels: dict[str, Channel] = {
            name: TelegramChannel(
                name,
                CLIENTS[client](BOTS[name][0], sandbox.api_base),
                Webhook(address + HOOK, SECRET) if webhook else Polling(5),
            )
            for name in bots
        }
        ledger = None
        if messenger == "wechat":
            wechat = TownsWeChat(BOT, sandbox, clock, address, template, shuts=shuts)
            bots, channels, ledger = (), {BOT: wechat}, wechat.ledger
        if messenger == "wecom":
            wecom = TownsWeCom(BOT, sandbox, address)
            bots, channels, ledger = (), {BOT: wecom}, wecom.ledger
        if others:  # messengers beside the town's first
            channels |= others(sandbox, clock, address)
        tokens = ",".join(f"{name}={BOTS[name][0]}" for name in bots)
        settings = load_settings(
            _env_file=None,
            database_url=url,
            telegram={"rate": 20, "tokens": tokens, "areas": areas},
            media={"store": media},
        )
        app = App(settings, database, channels, clock, engine=StillEngine())
        async with Beside(sandbox) as control, _open(door, app):
            town = Town(Stage(app, control, clock), sandbox, address, ledger)
            await town.stage.start()
            try:
                yield town
            finally:
                await town.stage.stop()  # which may be another by now
    finally:
        await sandbox.stop()
        shutil.rmtree(media)


@asynccontextmanager
async def _open(door: socket, app: App) -> AsyncIterator[None]:
    """The site, where a messenger that calls us finds the house."""
    callbacks = [route for channel in app.channels.values() for route in channel.routes(app.intake.accept)]
    runner = runner_of(make_site(app.database, app.clock, callbacks, app.metrics.registry))
    await runner.setup()
    await web.SockSite(runner, door).start()
    try:
        yield
    finally:
        await runner.cleanup()
