"""What the site answers about the figures: the page for people, the same for programs."""

import json
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.figures import AreaFigures
from web.board import Board
from web.keys import BOARDS
from web.saying import Saying, reader_language
from web.table import tabulate

REFRESH_SECONDS = 10

_HEADERS = {"Cache-Control": "no-store"}


async def board_page(request: web.Request) -> web.Response:
    """`/`: the board as a page; `?area=CODE` for a part of the tree, `?lang=en` for English."""
    say = Saying(reader_language(request))
    board = await _asked_for(request)
    if board is None:
        text = _pages().get_template("no_area.html").render(say=say)
        return _page(text, status=404)
    return _page(_pages().get_template("board.html").render(_contents(request, board, say)))


async def figures_json(request: web.Request) -> web.Response:
    """`/figures.json`: the same for a program; `?area=CODE` for a part of the tree.

    `at` (ISO 8601, local), and `areas`: those of which there is something to tell, each before what lies in it, with
    `area` (its name), `code`, `level`, `day`, `households`, `people`, `slots` (morning and evening, each with `half`,
    `asked`, `reported`, `late`, `due`, `missed`, `unreachable`, `excused`), `fevers`, `clusters`, `breaches`,
    `repeated`, `waiting`, `taken`, `oldest` and `oldest_waiting` (ISO 8601, UTC, or null). Names are only ever added.
    404 for an unknown code.
    """
    board = await _asked_for(request)
    if board is None:
        return web.json_response({"error": "no such area"}, status=404, headers=_HEADERS)
    body = {"at": board.now, "areas": [_area(one) for one in board.telling().areas]}
    answer = web.json_response(body, dumps=_dumps, headers=_HEADERS)
    answer.enable_compression()
    return answer


async def _asked_for(request: web.Request) -> Board | None:
    board = await request.app[BOARDS].board()
    code = request.query.get("area")
    return board.below(code) if code else board


def _contents(request: web.Request, board: Board, say: Saying) -> dict[str, Any]:
    def link(**changes: str) -> str:
        return str(request.rel_url.with_query({**request.query, **changes}))

    return {
        "board": board,
        "total": board.total,
        "current": board.current,
        "table": tabulate(board),
        "say": say,
        "link": link,
        "root": str(request.rel_url.with_query({k: v for k, v in request.query.items() if k != "area"})),
        "refresh_seconds": REFRESH_SECONDS,
    }


def page_from(template: str, contents: dict[str, Any], status: int = 200) -> web.Response:
    """A page that no cache keeps, from one of our templates."""
    return _page(_pages().get_template(template).render(contents), status)


def _page(text: str, status: int = 200) -> web.Response:
    answer = web.Response(text=text, status=status, content_type="text/html", headers=_HEADERS)
    answer.enable_compression()
    return answer


def _area(one: AreaFigures) -> dict[str, Any]:
    return {"area": one.name, "code": one.code, "level": one.level.value, **asdict(one.figures)}


def _dumps(value: object) -> str:
    return json.dumps(value, default=_iso, ensure_ascii=False)


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
