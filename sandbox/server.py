"""The sandbox as a server in this process: the world and its two HTTP faces."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from sandbox.bot_api import build_bot_api
from sandbox.control import build_control
from sandbox.webhook_delivery import WebhookDelivery
from sandbox.wechat.api import WeChatApi
from sandbox.wechat.delivery import CallbackDelivery
from sandbox.wecom.api import WeComApi
from sandbox.world import World

SHUTDOWN_SECONDS = 1.0


class Sandbox:
    """A messenger on this machine.

    `now` is the world's first moment (aware; the present when None), `speed` how fast its clock runs (0: not at all).
    """

    def __init__(self, now: datetime | None = None, speed: float = 0) -> None:
        self.world = World(now, speed)
        self.api_base = ""
        self.page_base = ""
        self.wechat_base = ""
        self.wecom_base = ""
        self._closing = asyncio.Event()
        self._runners: list[web.AppRunner] = []
        self._deliveries: list[asyncio.Task[None]] = []

    async def start(self, port: int = 0, page_port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; port 0 picks a free one, and WeChat's and WeCom's are always one. Raises OSError for a taken port.

        `api_base`, `page_base`, `wechat_base` and `wecom_base` are set.
        """
        try:
            self.api_base = await self._listen(build_bot_api(self.world, self._closing), host, port)
            self.wechat_base = await self._listen(WeChatApi(self.world, self._closing).application(), host, 0)
            self.wecom_base = await self._listen(WeComApi(self.world, self._closing).application(), host, 0)
            self.page_base = await self._listen(build_control(self.world), host, page_port)
        except OSError:
            await self.stop()
            raise
        roads = (WebhookDelivery(self.world), CallbackDelivery(self.world))
        self._deliveries = [asyncio.create_task(one.run()) for one in roads]

    async def _listen(self, application: web.Application, host: str, port: int) -> str:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, host, port).start()
        bound = runner.addresses[0][1]
        return f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Send home whoever waits, and close both ports."""
        self._closing.set()
        self.world.close()
        while self._deliveries:
            task = self._deliveries.pop()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        while self._runners:
            await self._runners.pop().cleanup()
