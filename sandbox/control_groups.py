"""Control of groups: /sandbox/groups."""

from __future__ import annotations

from aiohttp import web

from sandbox.control_input import number, path_number, query_number, read_object, text
from sandbox.errors import ControlError
from sandbox.groups import Group
from sandbox.world import World


class GroupControl:
    """Groups over HTTP."""

    def __init__(self, world: World) -> None:
        self._groups = world.groups

    def routes(self) -> list[web.RouteDef]:
        """Everything below /sandbox/groups."""
        group = "/sandbox/groups/{id:-[0-9]{1,15}}"
        return [
            web.get("/sandbox/groups", self._all),
            web.post("/sandbox/groups", self._create),
            web.get(group, self._one),
            web.delete(group, self._delete),
            web.get(group + "/messages", self._messages),
            web.post(group + "/{act:join|leave|upgrade|add|remove|send|press}", self._act),
        ]

    async def _all(self, _request: web.Request) -> web.Response:
        return web.json_response([group.as_json() for group in self._groups.all.values()])

    async def _create(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        members, supergroup = body.get("members"), body.get("supergroup", False)
        if not isinstance(members, list) or not isinstance(supergroup, bool):
            raise ControlError("a group has a list of members; supergroup is true or false")
        phones = [number(one, "members") for one in members]
        return _described(self._groups.create(text(body, "title"), phones, supergroup=supergroup))

    async def _one(self, request: web.Request) -> web.Response:
        return _described(self._groups.group(path_number(request)))

    async def _delete(self, request: web.Request) -> web.Response:
        return _described(self._groups.delete(path_number(request)))

    async def _messages(self, request: web.Request) -> web.Response:
        bot, after = request.query.get("bot", ""), query_number(request, "after")
        found = self._groups.messages(path_number(request), bot, after)
        return web.json_response([message.as_json() for message in found])

    async def _act(self, request: web.Request) -> web.Response:
        """What one phone does: the body always names it."""
        body, group, groups = await read_object(request), path_number(request), self._groups
        phone = number(body.get("phone"), "phone")
        match request.match_info["act"]:
            case "join":
                done = groups.join(group, phone)
            case "leave":
                done = groups.leave(group, phone)
            case "upgrade":
                done = groups.upgrade(group, phone)
            case "add":
                done = groups.add_bot(group, phone, text(body, "bot"), text(body, "payload", ""))
            case "remove":
                done = groups.remove_bot(group, phone, text(body, "bot"))
            case "send":
                reply_to = number(body.get("reply_to", 0), "reply_to")
                groups.say(group, phone, text(body, "text"), bot=text(body, "bot", ""), reply_to=reply_to)
                done = groups.group(group)
            case _:
                message_id = number(body.get("message_id"), "message_id")
                query = groups.press(group, phone, text(body, "bot"), message_id, text(body, "data"))
                return web.json_response({"callback_query_id": query})
        return _described(done)


def _described(group: Group) -> web.Response:
    return web.json_response(group.as_json())
