"""Where messengers call us: the routes that the channels declare, on the site's own server."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from channels.port import Call, Route

BODY_SECONDS = 30.0
"""How long a body may take to arrive: whoever trickles one in holds a connection, and is no messenger."""


def mount(site: web.Application, routes: Iterable[Route]) -> None:
    """Adds every route; another method than a route's own is answered with 405."""
    for route in routes:
        for method in route.methods:
            site.router.add_route(method, route.path, _handler(route))


def _handler(route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        body = await _body(request, route.longest_body)
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = await route.answer(Call(request.method, dict(request.query), headers, body))
        return web.Response(
            status=answer.status, body=answer.body, content_type=answer.mime, headers=dict(answer.headers)
        )

    return handle


async def _body(request: web.Request, longest: int) -> bytes:
    """The body; a longer one is refused as soon as that is known, and not kept. Raises the refusal."""
    size = request.content_length or 0
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while size <= longest and (chunk := await request.content.readany()):
                body += chunk
                size = len(body)
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ConnectionError, web.RequestPayloadError) as error:  # gone before its end: nobody reads the refusal
        raise web.HTTPBadRequest from error
    if size > longest:
        raise web.HTTPRequestEntityTooLarge(max_size=longest, actual_size=size)
    return bytes(body)
