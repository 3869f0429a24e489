"""`/metrics`: what this process has counted, for Prometheus."""

from aiohttp import web
from prometheus_client import generate_latest

from web.keys import COUNTED


async def metrics(request: web.Request) -> web.Response:
    """Every metric of docs/metrics.md; counts only, nothing of anybody."""
    return web.Response(body=generate_latest(request.app[COUNTED]), content_type="text/plain", charset="utf-8")
