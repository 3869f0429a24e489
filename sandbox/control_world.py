"""Control of the clock and the faults; the journal, the figures and the files."""

from __future__ import annotations

import json
from contextlib import suppress

from aiohttp import web

from sandbox.clock import Announcement, parse_iso
from sandbox.control_input import path_number, query_number, query_seconds, read_json, read_object, text
from sandbox.errors import ControlError, UnknownError
from sandbox.journal import Event
from sandbox.world import World

HEARTBEAT_SECONDS = 15.0


class WorldControl:
    """The world itself over HTTP."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Everything below /sandbox that is neither a bot nor a phone."""
        return [
            web.get("/sandbox/clock", self._clock),
            web.put("/sandbox/clock", self._set_clock),
            web.put("/sandbox/clock/next", self._announce),
            web.post("/sandbox/clock/skip", self._skip),
            web.get("/sandbox/events", self._events),
            web.get("/sandbox/stream", self._stream, allow_head=False),
            web.get("/sandbox/figures", self._figures),
            web.get("/sandbox/links", self._links),
            web.put("/sandbox/links", self._set_links),
            web.get("/sandbox/faults", self._faults),
            web.post("/sandbox/faults", self._arm),
            web.delete("/sandbox/faults", self._clear_faults),
            web.delete("/sandbox/faults/{id:[0-9]{1,15}}", self._remove_fault),
            web.get("/sandbox/files/{key}", self._file),
        ]

    async def _clock(self, request: web.Request) -> web.Response:
        if "after" in request.query:
            await self._world.clock.wait(query_number(request, "after"), query_seconds(request))
        return web.json_response(self._world.clock.as_json())

    async def _set_clock(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        now, speed = body.get("now"), body.get("speed")
        if speed is not None and (isinstance(speed, bool) or not isinstance(speed, int | float)):
            raise ControlError(f"wrong speed: {speed!r}")
        self._world.clock.set(None if now is None else parse_iso(now), speed)
        return web.json_response(self._world.clock.as_json())

    async def _announce(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        if body is None:
            self._world.clock.announce(None)
        elif isinstance(body, dict):
            at = parse_iso(text(body, "at"))
            self._world.clock.announce(Announcement(at, text(body, "zh"), text(body, "en")))
        else:
            raise ControlError("the body must be a JSON object or null")
        return web.json_response(self._world.clock.as_json())

    async def _skip(self, _request: web.Request) -> web.Response:
        self._world.clock.skip()
        return web.json_response(self._world.clock.as_json())

    async def _events(self, request: web.Request) -> web.Response:
        journal = self._world.journal
        events = await journal.wait(query_number(request, "after"), query_seconds(request))
        return web.json_response({"last": events[-1]["seq"] if events else journal.last, "events": events})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        last = query_number(request, "after")
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        with suppress(ConnectionResetError):  # a closed page is no error
            await response.prepare(request)
            await response.write(b": open\n\n")
            while not self._world.journal.closed:
                events = await self._world.journal.wait(last, HEARTBEAT_SECONDS)
                await response.write(b"".join(map(_frame, events)) or b": alive\n\n")
                last = events[-1]["seq"] if events else last
        return response

    async def _figures(self, _request: web.Request) -> web.Response:
        return web.json_response(self._world.figures_now())

    async def _links(self, _request: web.Request) -> web.Response:
        return web.json_response(self._world.links)

    async def _set_links(self, request: web.Request) -> web.Response:
        body = await read_json(request)
        if not isinstance(body, list) or not all(isinstance(link, dict) for link in body):
            raise ControlError("the body must be a list of links")
        self._world.links = [{name: text(link, name) for name in ("url", "zh", "en")} for link in body]
        return web.json_response(self._world.links)

    async def _faults(self, _request: web.Request) -> web.Response:
        return web.json_response(self._world.faults.all())

    async def _arm(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        kind = text(body, "kind")
        del body["kind"]
        return web.json_response({"id": self._world.faults.arm(kind, **body).id})

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self._world.faults.clear()
        return web.json_response([])

    async def _remove_fault(self, request: web.Request) -> web.Response:
        self._world.faults.remove(path_number(request))
        return web.json_response(self._world.faults.all())

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._world.files.by_key(request.match_info["key"])
        if stored is None:
            raise UnknownError("no such file")
        # A document is never opened in the page's origin: it may be anybody's HTML.
        photo = stored.kind == "photo"
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "inline" if photo else "attachment",
            "Cache-Control": "private, max-age=31536000, immutable",
        }
        mime = stored.mime if photo else "application/octet-stream"
        return web.Response(body=stored.content, content_type=mime, headers=headers)


def _frame(event: Event) -> bytes:
    return f"id: {event['seq']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode("utf-8", "replace")
