"""Control of the bots of every messenger: /sandbox/bots."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.bots import Bot
from sandbox.control_input import number, read_object, text
from sandbox.errors import ControlError
from sandbox.wechat.account import ServiceAccount, open_account
from sandbox.wechat.verifying import says_its_word
from sandbox.wecom.account import open_application
from sandbox.world import World

CHANNELS = ("telegram", "wechat", "wecom")


class BotControl:
    """Bots over HTTP."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Everything below /sandbox/bots."""
        return [
            web.get("/sandbox/bots", self._bots),
            web.post("/sandbox/bots", self._add),
            web.put("/sandbox/bots/{username}", self._change),
        ]

    async def _bots(self, _request: web.Request) -> web.Response:
        return web.json_response([bot.as_json() for bot in self._world.bots.values()])

    async def _add(self, request: web.Request) -> web.Response:
        return web.json_response(self._open(await read_object(request)).as_json())

    def _open(self, body: dict[str, Any]) -> Bot:
        channel, username, name = text(body, "channel", "telegram"), text(body, "username"), text(body, "name")
        if channel == "telegram":
            return self._world.add_bot(text(body, "token"), username, name)
        if channel not in CHANNELS:
            raise ControlError(f"channel must be one of {', '.join(CHANNELS)}")
        secrets = {one: text(body, one) for one in ("secret", "callback_token", "aes_key")}
        secrets["callback"] = text(body, "callback", "")
        if channel == "wechat":
            account = open_account(self._world, appid=text(body, "appid"), username=username, name=name, **secrets)
            account.templates.update(_texts(body, "templates"))
            return account
        application = open_application(self._world, corp=text(body, "corp"), username=username, name=name, **secrets)
        application.agent = number(body.get("agent", application.agent), "agent")
        return application

    async def _change(self, request: web.Request) -> web.Response:
        bot, body = self._world.bot(request.match_info["username"]), await read_object(request)
        if not isinstance(bot, ServiceAccount):
            raise ControlError(f"{bot.username} is called where it says itself")
        address = text(body, "callback")
        if not await says_its_word(bot, address):
            raise ControlError(f"nobody at {address} says the word of {bot.username} back")
        bot.callback = address
        self._world.bots_changed.ring()
        self._world.journal.add("bot", bot=bot.username)
        return web.json_response(bot.as_json())


def _texts(body: dict[str, Any], name: str) -> list[str]:
    found = body.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ControlError(f"wrong {name}: {found!r}")
    return found
