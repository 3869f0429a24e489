"""Control of phones: /sandbox/phones."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.clock import parse_iso
from sandbox.control_input import measure, number, part, path_number, query_number, read_json, read_object, text
from sandbox.errors import ControlError
from sandbox.messages import Message
from sandbox.phones import Phone
from sandbox.wire import read_call
from sandbox.world import World


class PhoneControl:
    """Phones over HTTP."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Everything below /sandbox/phones."""
        phone = "/sandbox/phones/{id:[0-9]{1,15}}"
        return [
            web.get("/sandbox/phones", self._phones),
            web.post("/sandbox/phones", self._add_phones),
            web.get(phone, self._phone),
            web.put(phone, self._change),
            web.get(phone + "/messages", self._messages),
            web.post(phone + "/send", self._send),
            web.post(phone + "/start", self._start),
            web.post(phone + "/press", self._press),
            web.post(phone + "/click", self._click),
            web.post(phone + "/read", self._read),
            web.post(phone + "/block", self._block),
            web.post(phone + "/unblock", self._unblock),
            web.post(phone + "/deactivate", self._deactivate),
        ]

    async def _phones(self, _request: web.Request) -> web.Response:
        return web.json_response([self._world.describe(phone) for phone in self._world.phones.values()])

    async def _add_phones(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        wanted = body if isinstance(body, list) else [body]
        phones = [self._add_phone(fields) for fields in wanted]
        return web.json_response([self._world.describe(phone) for phone in phones])

    def _add_phone(self, fields: Any) -> Phone:
        if not isinstance(fields, dict):
            raise ControlError("a phone is a JSON object")
        fields = dict(fields)
        phone_id, started = fields.pop("id", None), fields.pop("started", [])
        if not isinstance(started, list) or not all(isinstance(username, str) for username in started):
            raise ControlError(f"wrong started: {started!r}")
        heard_at = fields.pop("heard_at", None)
        name = text(fields, "name")
        del fields["name"]
        return self._world.add_phone(
            name,
            phone_id=None if phone_id is None else number(phone_id, "id"),
            started=tuple(started),
            heard_at=None if heard_at is None else parse_iso(heard_at),
            **fields,
        )

    def _described(self, phone: Phone) -> web.Response:
        return web.json_response(self._world.describe(phone))

    async def _phone(self, request: web.Request) -> web.Response:
        return self._described(self._world.phone(path_number(request)))

    async def _change(self, request: web.Request) -> web.Response:
        return self._described(self._world.change_phone(path_number(request), **await read_object(request)))

    async def _messages(self, request: web.Request) -> web.Response:
        bot, after = request.query.get("bot", ""), query_number(request, "after")
        found = self._world.messages(path_number(request), bot, after)
        return web.json_response([message.as_json() for message in found])

    async def _send(self, request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            message = await self._send_file(request)
        else:
            message = self._say(path_number(request), await read_object(request))
        return web.json_response(message.as_json())

    def _say(self, phone: int, body: dict[str, Any]) -> Message:
        bot, world = text(body, "bot"), self._world
        if (contact := part(body, "contact")) is not None:
            own = contact.get("own", True) is True
            return world.send_contact(phone, bot, text(contact, "phone_number"), own=own)
        if (voice := part(body, "voice")) is not None:
            return world.send_voice(phone, bot, number(voice.get("seconds"), "seconds"))
        if (place := part(body, "location")) is not None:
            north, east = (measure(place.get(name), name) for name in ("latitude", "longitude"))
            return world.send_location(phone, bot, north, east, text(place, "label", ""))
        return world.send_text(phone, bot, text(body, "text"))

    async def _send_file(self, request: web.Request) -> Message:
        form, phone = await read_call(request), path_number(request)
        bot, caption = form.text("bot"), form.text("caption")
        if photo := form.upload("photo"):
            return self._world.send_photo(phone, bot, photo.content, caption)
        if document := form.upload("document"):
            return self._world.send_document(phone, bot, document.name, document.content, caption)
        if voice := form.upload("voice"):
            seconds = form.text("seconds")
            return self._world.send_voice(phone, bot, int(seconds) if seconds.isdecimal() else 0, voice.content)
        raise ControlError("photo, document or voice is missing")

    async def _start(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        message = self._world.start(path_number(request), text(body, "bot"), text(body, "payload", ""))
        return web.json_response(message.as_json())

    async def _press(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        message_id = number(body.get("message_id"), "message_id")
        query_id = self._world.press(path_number(request), text(body, "bot"), message_id, text(body, "data"))
        return web.json_response({"callback_query_id": query_id})

    async def _click(self, request: web.Request) -> web.Response:
        body, phone = await read_object(request), path_number(request)
        self._world.click(phone, text(body, "bot"), text(body, "key"))
        return self._described(self._world.phone(phone))

    async def _read(self, request: web.Request) -> web.Response:
        phone = path_number(request)
        self._world.read(phone, text(await read_object(request), "bot"))
        return self._described(self._world.phone(phone))

    async def _block(self, request: web.Request) -> web.Response:
        bot = text(await read_object(request), "bot")
        return self._described(self._world.block(path_number(request), bot))

    async def _unblock(self, request: web.Request) -> web.Response:
        bot = text(await read_object(request), "bot")
        return self._described(self._world.unblock(path_number(request), bot))

    async def _deactivate(self, request: web.Request) -> web.Response:
        return self._described(self._world.deactivate(path_number(request)))
