"""Health for machines: is it alive, can it work."""

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models.migrate import newest
from web.keys import DATABASE


async def healthz(_request: web.Request) -> web.Response:
    """`/healthz`: the process answers."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """`/readyz`: 200 when the database answers and its schema is the program's, else 503 with the reason."""
    try:
        revision = await request.app[DATABASE].run(_revision)
    except SQLAlchemyError as error:
        return web.json_response({"status": "database", "error": type(error).__name__}, status=503)
    if revision != newest():
        return web.json_response({"status": "schema", "revision": revision}, status=503)
    return web.json_response({"status": "ok"})


def _revision(session: Session) -> str | None:
    found = session.scalar(text("SELECT version_num FROM alembic_version"))
    return str(found) if found else None
