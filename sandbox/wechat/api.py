"""The API of api.weixin.qq.com, as far as a service account for residents needs it: errcodes in answers of 200."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.chats import PrivateChat
from sandbox.errors import ApiError
from sandbox.files import LARGEST_UPLOAD
from sandbox.wechat.account import ServiceAccount, service_accounts
from sandbox.wechat.menu import checked_menu
from sandbox.wechat.sending import custom_message, template_message
from sandbox.wechat.trouble import Trouble
from sandbox.world import World

Handler = Callable[["WeChatApi", ServiceAccount, web.Request], Awaitable[web.Response]]


class WeChatApi:
    """Calls in, errcodes out."""

    def __init__(self, world: World, closing: asyncio.Event) -> None:
        self.world = world
        self._closing = closing

    def application(self) -> web.Application:
        """The routes; anything else is errcode 40066."""
        application = web.Application(client_max_size=LARGEST_UPLOAD)
        application.router.add_post("/cgi-bin/stable_token", self._token)
        for path, handler in METHODS.items():
            application.router.add_route("*", f"/cgi-bin/{path}", self._with_token(path, handler))
        application.router.add_route("*", "/{path:.*}", self._nowhere)
        return application

    def accounts(self) -> list[ServiceAccount]:
        """Whose calls these are."""
        return service_accounts(self.world)

    async def _nowhere(self, _request: web.Request) -> web.Response:
        return answer({"errcode": 40066, "errmsg": "invalid url"})

    async def _token(self, request: web.Request) -> web.Response:
        self.world.figures.calls["stable_token"] += 1
        given = await read_body(request)
        account = next((one for one in self.accounts() if one.token == given.get("appid")), None)
        if account is None:
            return refusal(Trouble(40013, "invalid appid"))
        if account.secret != given.get("secret"):
            return refusal(Trouble(40125, "invalid appsecret"))
        if (faulty := await self._fault(account, "stable_token", None, request)) is not None:
            return faulty
        token, seconds = account.token_now(self.world.clock.micros(), force=bool(given.get("force_refresh")))
        return answer({"access_token": token, "expires_in": seconds})

    def _with_token(self, path: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            self.world.figures.calls[path] += 1
            try:
                account = self._account(request)
                phone = await _phone_of(request)
                if (faulty := await self._fault(account, path, phone, request)) is not None:
                    return faulty
                return await handler(self, account, request)
            except Trouble as trouble:
                self.world.figures.errors[trouble.code] += 1
                return refusal(trouble)

        return handle

    def _account(self, request: web.Request) -> ServiceAccount:
        token, now = request.query.get("access_token", ""), self.world.clock.micros()
        if not token:
            raise Trouble(41001, "access_token missing")
        account = next((one for one in self.accounts() if token in one.tokens), None)
        if account is None:
            raise Trouble(40001, "invalid credential, access_token is invalid or not latest")
        if account.tokens[token] <= now:
            raise Trouble(42001, "access_token expired")
        return account

    async def _fault(
        self, account: ServiceAccount, path: str, phone: int | None, request: web.Request
    ) -> web.Response | None:
        """What an armed fault makes of the call; None when it is carried out as it is."""
        fault = self.world.faults.take(account.username, path, phone)
        if fault is None:
            return None
        match fault.kind:
            case "code":
                return refusal(Trouble(fault.code, fault.description or "fault"))
            case "status" | "html":
                return web.Response(status=fault.status, text="<html></html>", content_type="text/html")
            case "drop":
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            case "delay":
                await self._pause(fault.seconds)
                return None
            case _:
                with_token = METHODS.get(path)
                if with_token is not None:
                    await with_token(self, account, request)
                await self._pause(fault.seconds)
                return web.Response()

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    def chat(self, account: ServiceAccount, openid: str) -> PrivateChat:
        """The chat with a follower. Raises `Trouble`."""
        phone = self.world.phones.get(int(openid)) if openid.isdecimal() else None
        if phone is None:
            raise Trouble(40003, "invalid openid")
        chat = self.world.chat(account, phone)
        if not chat.started or chat.blocked or phone.deactivated:
            raise Trouble(43004, "require subscribe")
        return chat


async def _custom(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    return answer(custom_message(api.world, api.chat, account, await read_body(request)))


async def _template(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    return answer(template_message(api.world, api.chat, account, await read_body(request)))


async def _upload(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "media":
            try:
                stored = api.world.files.add_photo(bytes(await part.read()))
            except ApiError as error:
                raise Trouble(40004, error.description) from None
            created = api.world.clock.unix()
            return answer({"type": "image", "media_id": stored.file_id(account.id), "created_at": created})
    raise Trouble(41005, "media data missing")


async def _download(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    stored = api.world.files.of_bot(account.id, request.query.get("media_id", ""))
    if stored is None:
        raise Trouble(40007, "invalid media_id")
    return web.Response(body=stored.content, content_type=stored.mime)


async def _code(_api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    given = await read_body(request)
    scene = str(given.get("action_info", {}).get("scene", {}).get("scene_str", ""))
    if given.get("action_name") != "QR_STR_SCENE" or not 1 <= len(scene) <= 64:
        raise Trouble(40053, "invalid action info")
    ticket = f"gQ{len(account.tickets)}=={scene[:8]}"
    account.tickets[ticket] = scene
    return answer(
        {"ticket": ticket, "expire_seconds": 2592000, "url": f"http://weixin.qq.com/q/{len(account.tickets)}"}
    )


async def make_menu(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    """menu/create: at most three, each with at most five below. Raises `Trouble`."""
    account.menu = checked_menu(await read_body(request), account.longest_below)
    api.world.journal.add("bot", bot=account.username)
    return answer({"errcode": 0, "errmsg": "ok"})


METHODS: dict[str, Handler] = {
    "message/custom/send": _custom,
    "message/template/send": _template,
    "media/upload": _upload,
    "media/get": _download,
    "qrcode/create": _code,
    "menu/create": make_menu,
}


async def read_body(request: web.Request) -> dict[str, Any]:
    """The JSON object of a call. Raises `Trouble`."""
    try:
        found = json.loads(await request.read())
    except ValueError:
        raise Trouble(47001, "data format error") from None
    if not isinstance(found, dict):
        raise Trouble(47001, "data format error")
    return found


async def _phone_of(request: web.Request) -> int | None:
    if request.content_type.startswith("multipart/") or request.method == "GET":
        return None
    to = str((await read_body(request)).get("touser", ""))
    return int(to) if to.isdecimal() else None


def answer(body: dict[str, Any]) -> web.Response:
    """An answer; WeChat says text/plain for its JSON."""
    return web.Response(text=json.dumps(body, ensure_ascii=False), content_type="text/plain")


def refusal(trouble: Trouble) -> web.Response:
    """An errcode."""
    return answer({"errcode": trouble.code, "errmsg": f"{trouble.words} rid: sandbox"})
