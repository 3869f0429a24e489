"""JSON calls with an access token, as WeChat and WeCom want them: errcodes in answers, a token that may die early."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError, FormData

REQUEST_SECONDS = 15.0
"""How long a request may take before its outcome is uncertain."""
CONNECT_SHARE = 0.5
"""The share of it for reaching the server at all: until then nothing has been sent, and that is certain."""
EARLY = 300.0
"""Seconds before its end at which a token is asked for anew: from then on both messengers hand out the next one."""

STALE_TOKEN = frozenset({40001, 40014, 42001})
"""Codes of a token that is wrong or over."""
LOOKS = (0.5, 1.0, 2.0)
"""Seconds (real) before each look whether another process has the next token, where that one is renewing it."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of ours
    """The messenger answered with an error: its errcode and errmsg (whose words may change)."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code, self.words = code, words


class NotReached(Exception):  # noqa: N818
    """No connection was made, or no token was had: certainly nothing has been sent."""


class NoAnswer(Exception):  # noqa: N818
    """The request went out and no answer of the messenger came back: it may have been carried out."""


Fetch = Callable[[bool], Awaitable[tuple[str, float]]]
"""Asks for a token, by force or not; the token and how many seconds it holds."""
MayForce = Callable[[], Awaitable[bool]]
"""Whether this process is the one that ends a token by force; the others then wait for what it gets."""


async def alone() -> bool:
    """There is no other process."""
    return True


class Tokens:
    """One token for everybody in this process: whoever needs it while it is being fetched waits for the same answer."""

    def __init__(self, fetch: Fetch, may_force: MayForce = alone) -> None:
        self._fetch = fetch
        self._may_force = may_force
        self._token = ""
        self._until = 0.0
        self._turn = asyncio.Lock()

    async def get(self) -> str:
        """The token in force."""
        async with self._turn:
            if monotonic() >= self._until:
                await self._renew(force=False)
            return self._token

    async def renew(self, refused: str) -> str:
        """Another token than the one that was refused, where there is one.

        First as anybody would: another process may have renewed it long since. Only when the messenger hands out the
        very token that it refuses, by force: one process does, for each force ends what the one before has got.
        """
        async with self._turn:
            if self._token == refused:
                await self._renew(force=False)
            if self._token == refused:
                await self._replace(refused)
            return self._token

    async def _replace(self, refused: str) -> None:
        if await self._may_force():
            await self._renew(force=True)
            return
        for pause in LOOKS:
            await asyncio.sleep(pause)
            await self._renew(force=False)
            if self._token != refused:
                return

    async def _renew(self, *, force: bool) -> None:
        self._token, seconds = await self._fetch(force)
        self._until = monotonic() + seconds - EARLY


class TencentClient:
    """One account at `base`; `request_seconds` are real seconds. Errors: `Refusal`, `NotReached`, `NoAnswer`."""

    def __init__(
        self,
        base: str,
        fetch: "FetchWith",
        request_seconds: float = REQUEST_SECONDS,
        may_force: MayForce = alone,
    ) -> None:
        self._base = base.rstrip("/")
        self._limits = ClientTimeout(total=request_seconds, sock_connect=request_seconds * CONNECT_SHARE)
        self._session: ClientSession | None = None
        self.tokens = Tokens(lambda force: self._token(fetch, force=force), may_force)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """A call with a JSON body; letters go as they are, for both messengers show an escaped one as its code."""
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return await self._with_token("POST", path, lambda: data)

    async def get(self, path: str) -> dict[str, Any]:
        """A call without a body."""
        return await self._with_token("GET", path, lambda: None)

    async def upload(self, path: str, name: str, mime: str, content: bytes) -> dict[str, Any]:
        """A file as the part `media`."""

        def form() -> FormData:
            made = FormData(quote_fields=False)
            made.add_field("media", content, filename=name, content_type=mime)
            return made

        return await self._with_token("POST", path, form)

    async def download(self, path: str, longest: int) -> bytes:
        """A content; `Refusal` when the answer is an errcode, or longer than `longest` bytes."""
        token = await self.tokens.get()
        for again in (False, True):
            content, mime = await self.call("GET", _with(path, token), None)
            if len(content) > longest:
                raise Refusal(0, f"more than {longest} bytes")
            if mime not in {"application/json", "text/plain"}:
                return content
            try:
                _accepted(content)
            except Refusal as refusal:
                if again or refusal.code not in STALE_TOKEN:
                    raise
                token = await self.tokens.renew(token)
            else:
                return content
        raise NoAnswer("no content")

    async def call(self, method: str, path: str, data: Any) -> tuple[bytes, str]:
        """One request as it is: the body of a 200 and its type."""
        if self._session is None:
            self._session = ClientSession()
        try:
            async with self._session.request(method, self._base + path, data=data, timeout=self._limits) as answer:
                content = await answer.read()
                status, mime = answer.status, answer.content_type
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotReached(type(error).__name__) from error  # its words would hold the address, and the token in it
        except (TimeoutError, ClientError) as error:
            raise NoAnswer(type(error).__name__) from error
        if status != 200:
            raise NoAnswer(f"HTTP {status}")
        return content, mime

    async def close(self) -> None:
        """Ends every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _with_token(self, method: str, path: str, data: Callable[[], Any]) -> dict[str, Any]:
        token = await self.tokens.get()
        try:
            return _accepted((await self.call(method, _with(path, token), data()))[0])
        except Refusal as refusal:
            if refusal.code not in STALE_TOKEN:
                raise
        token = await self.tokens.renew(token)
        return _accepted((await self.call(method, _with(path, token), data()))[0])

    async def _token(self, fetch: "FetchWith", *, force: bool) -> tuple[str, float]:
        try:
            found = await fetch(self, force)
            return str(found["access_token"]), float(found["expires_in"])
        except NoAnswer as error:
            raise NotReached(f"no token: {error}") from error
        except (LookupError, TypeError, ValueError) as error:
            raise NotReached("no token in the answer") from error


FetchWith = Callable[[TencentClient, bool], Awaitable[dict[str, Any]]]
"""How a messenger is asked for a token."""


def accepted(content: bytes) -> dict[str, Any]:
    """The answer; raises `Refusal` for another errcode than 0, `NoAnswer` for what is none."""
    return _accepted(content)


def _accepted(content: bytes) -> dict[str, Any]:
    try:
        answer: Any = json.loads(content)
    except ValueError as error:
        raise NoAnswer(f"not an answer of the messenger: {len(content)} bytes") from error
    if not isinstance(answer, dict):
        raise NoAnswer("not an answer of the messenger")
    code = answer.get("errcode", 0)
    if code != 0:
        raise Refusal(code if isinstance(code, int) else 0, str(answer.get("errmsg", ""))[:200])
    return answer


def _with(path: str, token: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}access_token={token}"
