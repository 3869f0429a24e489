"""The page port: the chat page's files and the control API."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.control_bots import BotControl
from sandbox.control_groups import GroupControl
from sandbox.control_phones import PhoneControl
from sandbox.control_world import WorldControl
from sandbox.errors import ApiError, ControlError
from sandbox.wire import LARGEST_BODY
from sandbox.world import World

PAGE = Path(__file__).parent / "page"


def build_control(world: World) -> web.Application:
    """The application of the page port: `/`, `/static/…` and `/sandbox/…`."""
    application = web.Application(middlewares=[_errors], client_max_size=LARGEST_BODY)
    application.router.add_routes(WorldControl(world).routes())
    application.router.add_routes(BotControl(world).routes())
    application.router.add_routes(PhoneControl(world).routes())
    application.router.add_routes(GroupControl(world).routes())
    application.router.add_get("/", _index)
    application.router.add_static("/static/", PAGE)
    return application


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of the control API as {"error": …}, and nothing of the page from a stale cache."""
    try:
        response = await handler(request)
    except ControlError as error:
        return web.json_response({"error": str(error)}, status=error.status)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=400)
    except web.HTTPNotFound:
        return web.json_response({"error": f"no {request.path}"}, status=404)
    except web.HTTPMethodNotAllowed as error:
        return web.json_response({"error": f"no {error.method} of {request.path}"}, status=400)
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
    return response
