"""The site: health for machines, the board for leaders."""

from collections.abc import Iterable
from pathlib import Path

from aiohttp import web
from prometheus_client import CollectorRegistry

from channels.port import Route
from models.db import Database
from services.clock import Clock
from web.alarms import alarm_file, alarm_page
from web.answers import board_page, figures_json
from web.callbacks import mount
from web.certificates import certificate_page
from web.gauges import GaugeKeeper
from web.health import Look, Vitals, healthz, readyz
from web.keeping import BoardKeeper
from web.keys import BOARDS, CLOCK, COUNTED, DATABASE, GAUGES, VITALS
from web.metrics import metrics

_STATIC = Path(__file__).parent / "static"


def make_site(
    database: Database,
    clock: Clock,
    callbacks: Iterable[Route] = (),
    counted: CollectorRegistry | None = None,
    vitals: Look = Vitals,
) -> web.Application:
    """The aiohttp application with every route: `callbacks` are those of the messengers, `counted` is what `/metrics`
    shows, and `vitals` says what moves.
    """
    site = web.Application()
    site[DATABASE] = database
    site[CLOCK] = clock
    site[VITALS] = vitals
    site[COUNTED] = counted or CollectorRegistry()
    site[GAUGES] = GaugeKeeper(database, clock)
    site[BOARDS] = BoardKeeper(database, clock)
    site.on_response_prepare.append(_guard)
    site.router.add_get("/", board_page)
    site.router.add_get("/figures.json", figures_json)
    site.router.add_get("/release/{code}", certificate_page)
    site.router.add_get("/alarm/{code}", alarm_page)
    site.router.add_get("/alarm/{code}/timeline.{ending:csv|xlsx}", alarm_file)
    site.router.add_get("/healthz", healthz)
    site.router.add_get("/readyz", readyz)
    site.router.add_get("/metrics", metrics)
    site.router.add_static("/static", _STATIC)
    mount(site, callbacks)
    return site


def runner_of(site: web.Application, calls_seconds: float = 60.0) -> web.AppRunner:
    """What serves the site: no log of every call, and no unpacking, for no messenger packs what a stranger might.

    At the end, calls in mid-flight have `calls_seconds`.
    """
    return web.AppRunner(site, access_log=None, auto_decompress=False, shutdown_timeout=calls_seconds)


async def _guard(_request: web.Request, answer: web.StreamResponse) -> None:
    """Nothing from elsewhere runs in our pages; a page's own files are asked for again after an upgrade."""
    answer.headers["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers.setdefault("Cache-Control", "no-cache")
