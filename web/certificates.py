"""What a gate sees of a certificate of release: whether it holds, a masked name, the area, the days; nothing else."""

from aiohttp import web

from services.certificates import Standing, check
from services.dates import date_in
from web.answers import page_from
from web.keys import CLOCK, DATABASE
from web.saying import Saying, reader_language


async def certificate_page(request: web.Request) -> web.Response:
    """`/release/CODE`, `?lang=en` for English; 404 for what is not ours. No cache and no search engine keeps it."""
    say = Saying(reader_language(request))
    code = request.match_info["code"]
    found = await request.app[DATABASE].run(check, request.app[CLOCK].now(), code)
    known = found.certificate

    def day(name: str) -> str:
        return date_in(getattr(known, name), say.language) if known else ""

    contents = {
        "say": say,
        "standing": found.standing.value.replace("_", "-"),
        "holds": found.standing is Standing.VALID,
        "one": known,
        "first": day("first_day"),
        "last": day("last_day"),
        "valid_from": day("valid_from"),
    }
    answer = page_from("release.html", contents, status=200 if known else 404)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
