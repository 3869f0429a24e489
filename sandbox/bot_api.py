"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.bots import Bot
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.methods import METHODS, Call, Method
from sandbox.parameters import Parameters
from sandbox.wire import read_call
from sandbox.world import World

_HTML = "<html><head><title>{0} {1}</title></head><body><center><h1>{0} {1}</h1></center></body></html>"
_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
Watcher = Callable[[str, Parameters], None]
WATCHERS: list[Watcher] = []
"""Called with every call of a known bot to a known method, before it is carried out: for whoever checks a program."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def build_bot_api(world: World, closing: asyncio.Event) -> web.Application:
    """The application of the API port; `closing` cuts injected delays short."""
    return BotApi(world, closing).application()


class BotApi:
    """Calls in, envelopes out."""

    def __init__(self, world: World, closing: asyncio.Event) -> None:
        self._world = world
        self._closing = closing

    def application(self) -> web.Application:
        """The routes; whatever is none of them is answered as Telegram does."""
        application = web.Application()
        application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._call)
        application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        application.router.add_route("*", "/{path:.*}", self._nowhere)
        return application

    async def _nowhere(self, _request: web.Request) -> web.Response:
        return self._failure(ApiError(404, "Not Found"))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request)
            method = METHODS.get(request.match_info["method"].lower())
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            self._world.figures.calls[method.name] += 1
            parameters = await read_call(request)
            for watch in WATCHERS:
                watch(request.match_info["method"], parameters)
            fault = self._world.faults.take(bot.username, method.name, _chat_of(parameters))
            if fault is not None:
                return await self._faulty(request, fault, Call(self._world, bot, parameters), method)
            return _success(await method.run(Call(self._world, bot, parameters)))
        except ApiError as error:
            return self._failure(error)

    def _bot(self, request: web.Request) -> Bot:
        bot = self._world.bot_by_token(request.match_info["token"])
        if bot is None:
            raise ApiError(401, "Unauthorized")
        return bot

    async def _faulty(self, request: web.Request, fault: Fault, call: Call, method: Method) -> web.StreamResponse:
        """Carry out a call under a fault. Raises ApiError for status faults and for the call's own errors."""
        if fault.kind == "status":
            description = fault.description or _describe(fault)
            raise ApiError(fault.status, description, fault.retry_after)
        if fault.kind == "html":
            self._world.figures.errors[fault.status] += 1
            page = _HTML.format(fault.status, _REASONS.get(fault.status, "Error"))
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.kind == "drop":
            return _drop(request)
        if fault.kind == "delay":
            await self._pause(fault.seconds)
            return _success(await method.run(call))
        try:
            return _success(await method.run(call))
        finally:
            await self._pause(fault.seconds)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    def _failure(self, error: ApiError) -> web.Response:
        self._world.figures.errors[error.status] += 1
        body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
        headers = {}
        if error.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": error.migrate_to}
        if error.retry_after is not None:
            body["parameters"] = {"retry_after": error.retry_after}
            headers["Retry-After"] = str(error.retry_after)
        return _json(body, status=error.status, headers=headers)

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._bot(request)
            stored = self._world.files.by_path(request.match_info["path"])
            if stored is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return self._failure(error)
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _success(result: object) -> web.Response:
    return _json({"ok": True, "result": result})


def _json(body: dict[str, Any], **details: Any) -> web.Response:
    # Texts may hold half a surrogate pair when a call did.
    return web.Response(body=_encode(body).encode("utf-8", "surrogatepass"), content_type="application/json", **details)


def _describe(fault: Fault) -> str:
    reason = _REASONS.get(fault.status, "Error")
    return f"{reason}: retry after {fault.retry_after}" if fault.retry_after is not None else reason


def _chat_of(parameters: Parameters) -> int | None:
    return parameters.integer("chat_id") or None


def _drop(request: web.Request) -> web.Response:
    """Close the connection under the answer, which then goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
