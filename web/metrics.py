"""`/metrics`: what this process has counted, and how things stand in the records, for Prometheus."""

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from web.keys import COUNTED, GAUGES


async def metrics(request: web.Request) -> web.Response:
    """Every metric of docs/metrics.md; counts only, nothing of anybody."""
    keeper = request.app[GAUGES]
    await keeper.read()
    standing = CollectorRegistry()
    standing.register(keeper)
    body = generate_latest(request.app[COUNTED]) + generate_latest(standing)
    return web.Response(body=body, content_type="text/plain", charset="utf-8")
