"""The page of one alarm, behind a link that was made for one person: what happened, moment by moment."""

from collections.abc import Callable

from aiohttp import web

from services.alarm_links import Story, opened
from services.timeline_sheet import CSV, XLSX, as_csv, as_workbook
from services.timelines import said_at
from services.words import Words, words_in
from web.answers import page_from
from web.keys import CLOCK, DATABASE
from web.saying import Saying, reader_language

_FILES: dict[str, tuple[str, Callable[[Story, Words], bytes]]] = {"csv": (CSV, as_csv), "xlsx": (XLSX, as_workbook)}


async def alarm_page(request: web.Request) -> web.Response:
    """`/alarm/CODE`, `?lang=en` for English; 404 for a link that is not ours, a day old, or not theirs any more."""
    say = Saying(reader_language(request))
    story = await _story(request, "page")
    contents = {
        "say": say,
        "story": story,
        "time": lambda moment: said_at(words_in(say.language), story.timezone if story else "UTC", moment),
        "kind": f"kind-{story.kind.value.replace('_', '-')}" if story else "",
        "state": f"history-state-{story.state.value}" if story else "",
        "other": str(request.rel_url.with_query(lang="zh" if say.language == "en" else "en")),
        "files": {name: str(_file(request, name)) for name in _FILES},
    }
    return _unseen(page_from("alarm.html", contents, status=200 if story else 404))


async def alarm_file(request: web.Request) -> web.Response:
    """`/alarm/CODE/timeline.csv` and `.xlsx`: the same as a file."""
    ending = request.match_info["ending"]
    mime, write = _FILES[ending]
    story = await _story(request, "export")
    if story is None:
        raise web.HTTPNotFound
    body = write(story, words_in(reader_language(request)))
    answer = web.Response(body=body, content_type=mime, headers={"Cache-Control": "no-store"})
    answer.headers["Content-Disposition"] = f'attachment; filename="alarm-{story.number}.{ending}"'
    return _unseen(answer)


async def _story(request: web.Request, what: str) -> Story | None:
    words = words_in(reader_language(request))
    now, code = request.app[CLOCK].now(), request.match_info["code"]
    return await request.app[DATABASE].run(opened, now, code, words, what)


def _file(request: web.Request, ending: str) -> object:
    path = f"/alarm/{request.match_info['code']}/timeline.{ending}"
    return request.rel_url.with_path(path).with_query(request.rel_url.query)


def _unseen(answer: web.Response) -> web.Response:
    """No search engine keeps it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
