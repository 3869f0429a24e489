"""Where the site's handlers find what they need."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry

from models.db import Database
from services.clock import Clock
from web.gauges import GaugeKeeper
from web.keeping import BoardKeeper

if TYPE_CHECKING:
    from web.health import Vitals

DATABASE: web.AppKey[Database] = web.AppKey("database", Database)
BOARDS: web.AppKey[BoardKeeper] = web.AppKey("boards", BoardKeeper)
GAUGES: web.AppKey[GaugeKeeper] = web.AppKey("gauges", GaugeKeeper)
COUNTED: web.AppKey[CollectorRegistry] = web.AppKey("counted", CollectorRegistry)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
VITALS: web.AppKey[Callable[[], "Vitals"]] = web.AppKey("vitals")
