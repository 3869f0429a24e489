"""A service account and an application of the sandbox, and the house that they call."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import ClientSession, web

from channels.flat_xml import read_fields, text
from channels.sealed_callbacks import Seal
from sandbox.server import Sandbox
from tests.patience import until

IDENTITY, SECRET, AES_KEY = "wxsandbox", "a-secret", "k" * 42 + "A"
WECHAT, WECOM = "grid_wechat", "grid_wecom"
COMMON = {"name": "网格通", "secret": SECRET, "callback_token": SECRET, "aes_key": AES_KEY}
ACCOUNT = {**COMMON, "channel": "wechat", "username": WECHAT, "appid": IDENTITY, "templates": ["T1"]}
APPLICATION = {**COMMON, "channel": "wecom", "username": WECOM, "corp": IDENTITY, "agent": 7}
SEAL = Seal(SECRET, (AES_KEY,), IDENTITY)


class House:
    """Takes calls and keeps what was in them; answers `success`, or first with what is planned (None: never)."""

    def __init__(self) -> None:
        self.calls: list[dict[str, str]] = []
        self.planned: list[web.Response | None] = []
        self.address = ""
        self._over = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        site = web.Application()
        site.router.add_post("/callback", self._take)
        site.router.add_get("/callback", self._verify)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}/callback"

    async def close(self) -> None:
        self._over.set()
        if self._runner:
            await self._runner.cleanup()

    async def _verify(self, request: web.Request) -> web.Response:
        query = request.query
        if "msg_signature" not in query:
            return web.Response(text=query["echostr"])
        stamp = {"timestamp": query["timestamp"], "nonce": query["nonce"]}
        return web.Response(body=SEAL.opened(query["echostr"], signature=query["msg_signature"], **stamp))

    async def _take(self, request: web.Request) -> web.Response:
        query = request.query
        sealed = text(read_fields(await request.read()), "Encrypt")
        stamp = {"timestamp": query["timestamp"], "nonce": query["nonce"]}
        fields = read_fields(SEAL.opened(sealed, signature=query["msg_signature"], **stamp))
        self.calls.append({name: str(value) for name, value in fields.items()})
        answer = self.planned.pop(0) if self.planned else web.Response(text="success")
        if answer is None:
            await self._over.wait()
            return web.Response()
        return answer

    async def heard(self, number: int) -> list[dict[str, str]]:
        """The first so many calls, when they have come."""
        await until(lambda: len(self.calls) >= number)
        return self.calls

    async def events(self, number: int) -> list[tuple[str, ...]]:
        """What each of the first so many calls was about."""
        names = ("MsgType", "Event", "EventKey", "Content", "bizmsgmenuid", "Label")
        return [tuple(one[name] for name in names if one.get(name)) for one in await self.heard(number)]


class Api:
    """Calls of an account's API."""

    def __init__(self, sandbox: Sandbox, http: ClientSession) -> None:
        self._sandbox, self._http = sandbox, http

    async def wechat(self, path: str, token: str = "", **body: Any) -> dict[str, Any]:
        return await self._post(f"{self._sandbox.wechat_base}/cgi-bin/{path}", token, body)

    async def wecom(self, path: str, token: str = "", **body: Any) -> dict[str, Any]:
        return await self._post(f"{self._sandbox.wecom_base}/cgi-bin/{path}", token, body)

    async def wechat_token(self, **more: Any) -> str:
        return str((await self.wechat("stable_token", appid=IDENTITY, secret=SECRET, **more))["access_token"])

    async def wecom_token(self) -> str:
        query = {"corpid": IDENTITY, "corpsecret": SECRET}
        async with self._http.get(f"{self._sandbox.wecom_base}/cgi-bin/gettoken", params=query) as answer:
            return str((await answer.json(content_type=None))["access_token"])

    async def _post(self, url: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        query = {"access_token": token} if token else {}
        async with self._http.post(url, params=query, json=body) as answer:
            found: dict[str, Any] = await answer.json(content_type=None)
            return found


def card(task: str, *labels: str, done: str = "") -> dict[str, Any]:
    """A card of WeCom with buttons."""
    buttons = [{"text": label, "key": f"key:{label}"} for label in labels]
    head = {"main_title": {"title": "发烧：王建国"}, "sub_title_text": "第一网格 3号"}
    return {"card_type": "button_interaction", **head, "task_id": task, "button_list": buttons, "replace_text": done}


def codes(answers: Sequence[dict[str, Any]]) -> list[int]:
    """The errcode of each answer."""
    return [int(one["errcode"]) for one in answers]
