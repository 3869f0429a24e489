"""A sandbox set up for the page's tests: one bot, three phones, and hands on both HTTP faces."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import aiohttp

from sandbox.server import Sandbox

TOKEN = "1001:page"
BOT = "helper_bot"
BEFORE_SIX = datetime(2020, 2, 5, 9, 55, tzinfo=UTC)  # 17:55 in Shanghai
MOTHER, WORKER, SILENT = 1, 2, 3
HOSTILE = "<img src=x onerror='window.broken=1'>"
PEOPLE = [
    {"id": MOTHER, "name": "王芳", "note": "3栋401", "role": "resident", "driver": "visitor", "started": [BOT]},
    {"id": WORKER, "name": "李敏", "note": "第三网格", "role": "grid_worker", "driver": "auto", "started": [BOT]},
    {"id": SILENT, "name": HOSTILE, "note": "5栋", "role": HOSTILE, "driver": "visitor", "show": False},
]


class Stage:
    """A sandbox with one bot and three phones, and both of its HTTP faces."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self._http = http

    async def control(self, method: str, path: str, body: object = None) -> Any:
        async with self._http.request(method, f"{self.sandbox.page_base}/sandbox/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def bot(self, method: str, **parameters: object) -> Any:
        async with self._http.post(f"{self.sandbox.api_base}/bot{TOKEN}/{method}", json=parameters) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def tell(self, phone: int, text: str, *rows: list[str], **more: object) -> Any:
        keys = [[{"text": name, "callback_data": name} for name in row] for row in rows]
        return await self.bot("sendMessage", chat_id=phone, text=text, reply_markup={"inline_keyboard": keys}, **more)

    async def settle(self) -> None:
        await self.control("POST", "bots", {"token": TOKEN, "username": BOT, "name": "网格助手"})
        await self.control("POST", "phones", PEOPLE)


async def set_up(http: aiohttp.ClientSession, api: int, page: int) -> Stage:
    sandbox = Sandbox(now=BEFORE_SIX)
    await sandbox.start(api, page)
    stage = Stage(sandbox, http)
    await stage.settle()
    return stage
