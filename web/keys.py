"""Where the site's handlers find what they need."""

from aiohttp import web
from prometheus_client import CollectorRegistry

from models.db import Database
from web.keeping import BoardKeeper

DATABASE: web.AppKey[Database] = web.AppKey("database", Database)
BOARDS: web.AppKey[BoardKeeper] = web.AppKey("boards", BoardKeeper)
COUNTED: web.AppKey[CollectorRegistry] = web.AppKey("counted", CollectorRegistry)
