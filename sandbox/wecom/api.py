"""The API of qyapi.weixin.qq.com, as far as an application for staff needs it."""

from __future__ import annotations

from aiohttp import BodyPartReader, web

from sandbox.errors import ApiError
from sandbox.files import LARGEST_UPLOAD
from sandbox.wechat.account import ServiceAccount
from sandbox.wechat.api import WeChatApi, answer, make_menu, read_body, refusal
from sandbox.wechat.trouble import Trouble
from sandbox.wecom.account import Application, applications
from sandbox.wecom.sending import send, update_card


class WeComApi(WeChatApi):
    """Calls in, errcodes out; faults are armed as for a service account."""

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application(client_max_size=LARGEST_UPLOAD)
        application.router.add_get("/cgi-bin/gettoken", self._gettoken)
        for path, handler in METHODS.items():
            application.router.add_route("*", f"/cgi-bin/{path}", self._with_token(path, handler))
        application.router.add_route("*", "/{path:.*}", self._nowhere)
        return application

    def accounts(self) -> list[ServiceAccount]:
        """The applications."""
        return [*applications(self.world)]

    async def _gettoken(self, request: web.Request) -> web.Response:
        self.world.figures.calls["gettoken"] += 1
        application = next((one for one in applications(self.world) if one.token == request.query.get("corpid")), None)
        if application is None:
            return refusal(Trouble(40013, "invalid corpid"))
        if application.secret != request.query.get("corpsecret"):
            return refusal(Trouble(40001, "invalid credential"))
        if (faulty := await self._fault(application, "gettoken", None, request)) is not None:
            return faulty
        token, seconds = application.token_now(self.world.clock.micros(), force=False)
        return answer({"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": seconds})


def _of(account: ServiceAccount) -> Application:
    if not isinstance(account, Application):
        raise Trouble(40056, "invalid agentid")
    return account


async def _send(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    return answer(send(api.world, _of(account), await read_body(request)))


async def _update(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    return answer(update_card(api.world, _of(account), await read_body(request)))


async def _upload(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    kind = request.query.get("type")
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "media":
            content = bytes(await part.read())
            try:
                files, name = api.world.files, part.filename or "file"
                stored = files.add_photo(content) if kind == "image" else files.add_document(name, content)
            except ApiError as error:
                raise Trouble(40004, error.description) from None
            created = str(api.world.clock.unix())
            media = stored.file_id(account.id)
            return answer({"errcode": 0, "errmsg": "ok", "type": kind, "media_id": media, "created_at": created})
    raise Trouble(41005, "media data missing")


async def _download(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    stored = api.world.files.of_bot(account.id, request.query.get("media_id", ""))
    if stored is None:
        raise Trouble(40007, "invalid media_id")
    return web.Response(body=stored.content, content_type=stored.mime)


async def _member(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    member = request.query.get("userid", "")
    phone = api.world.phones.get(int(member)) if member.isdecimal() else None
    if phone is None:
        raise Trouble(60111, "userid not found")
    found = {"errcode": 0, "errmsg": "ok", "userid": member, "name": phone.name}
    mobile = _of(account).mobiles.get(phone.id)
    return answer({**found, "mobile": mobile} if mobile else found)


async def _menu(api: WeChatApi, account: ServiceAccount, request: web.Request) -> web.Response:
    if request.query.get("agentid") != str(_of(account).agent):
        raise Trouble(40056, "invalid agentid")
    return await make_menu(api, account, request)


METHODS = {
    "message/send": _send,
    "message/update_template_card": _update,
    "media/upload": _upload,
    "media/get": _download,
    "user/get": _member,
    "menu/create": _menu,
}
