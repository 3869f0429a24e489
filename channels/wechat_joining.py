"""The page behind an invite: it leads to a QR code of the account that brings the invite along."""

import re
from collections import OrderedDict
from http import HTTPStatus
from time import monotonic
from urllib.parse import quote

import structlog

from channels.port import Answer, Call, ChannelError
from channels.wechat_client import WeChatClient
from channels.wechat_outcomes import outcomes
from rules.wordless import without_words

log = structlog.get_logger()

SHOW = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="
"""Where WeChat shows the code of a ticket as a picture."""
KEEP_SECONDS = 86_400.0
MOST_KEPT = 5_000
MOST_A_MINUTE = 60
"""New codes; WeChat gives 100,000 a day, and strangers may call this page."""
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class JoinPage:
    """Answers with the way to the code of an invite; the same invite has the same code for a day."""

    def __init__(self, client: WeChatClient, show: str = SHOW) -> None:
        self._client = client
        self._show = show
        self._tickets: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._made: list[float] = []

    async def answer(self, call: Call) -> Answer:
        """A redirection; 404 for what is no invite, 503 when WeChat makes no code now."""
        code = call.query.get("code", "")
        if not _CODE.fullmatch(code):
            return _refused(HTTPStatus.NOT_FOUND)
        try:
            ticket = await self._ticket(code)
        except ChannelError as error:
            log.warning("no code for an invite", error=without_words(error))
            return _refused(HTTPStatus.SERVICE_UNAVAILABLE)
        if ticket is None:
            return _refused(HTTPStatus.TOO_MANY_REQUESTS)
        return Answer(HTTPStatus.FOUND, headers={"Location": self._show + quote(ticket, safe="")})

    async def _ticket(self, code: str) -> str | None:
        now = monotonic()
        known = self._tickets.get(code)
        if known and now - known[1] < KEEP_SECONDS:
            return known[0]
        self._made = [one for one in self._made if now - one < 60]
        if len(self._made) >= MOST_A_MINUTE:
            return None
        self._made.append(now)
        with outcomes():
            ticket = await self._client.make_code(code)
        self._tickets[code] = (ticket, now)
        while len(self._tickets) > MOST_KEPT:
            self._tickets.popitem(last=False)
        return ticket


def _refused(status: HTTPStatus) -> Answer:
    return Answer(status, status.phrase.encode())
