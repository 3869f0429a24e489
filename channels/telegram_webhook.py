"""Updates that Telegram brings: one opaque path a bot, a secret header, 200 only after the commit."""

import asyncio
import hmac
import json
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog

from channels.port import Accept, Answer, Call, ChannelError, Route
from channels.telegram_outcomes import outcomes
from channels.telegram_reading import Reader
from channels.telegram_updates import ALLOWED

log = structlog.get_logger()

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name
LONGEST_BODY = 1 << 20
"""Bytes; an update with a text of 4,096 characters and all its entities is far below."""
CONNECTIONS = 40
"""How many calls Telegram may have open at once (its own default; they are committed together)."""
WATCH_SECONDS = 120.0
"""How often we look whether the webhook is still ours."""
_RETRY_SECONDS = "2"


class Webhook:
    """One bot's callback at `url`, which has to carry `secret`."""

    def __init__(self, url: str, secret: str, *, watch_seconds: float = WATCH_SECONDS) -> None:
        self._url = url
        self._secret = secret
        self._watch_seconds = watch_seconds

    def routes(self, reader: Reader, accept: Accept, /) -> Sequence[Route]:
        """The path of the url."""

        async def answer(call: Call) -> Answer:
            return await self._answer(reader, accept, call)

        return (Route(urlsplit(self._url).path, ("POST",), LONGEST_BODY, answer),)

    async def trouble(self, reader: Reader, /) -> list[str]:
        """Another webhook than ours, and what Telegram could not deliver last."""
        info = await reader.client.webhook_info()
        found = []
        if info.get("url") != self._url:
            found.append("the webhook is not set to this service: the next start with webhook sets it")
        if words := info.get("last_error_message"):
            found.append(f"Telegram's last call failed: {words}; {info.get('pending_update_count', 0)} updates wait")
        return found

    async def listen(self, reader: Reader, _accept: Accept, /) -> None:
        """Sets the webhook up, and keeps it so until cancelled; it stays when we stop: Telegram keeps what comes."""
        await self._set_up(reader)
        while True:
            await asyncio.sleep(self._watch_seconds)
            try:
                with outcomes():
                    trouble = await self._difference(reader)
            except ChannelError as error:
                reader.trouble("the webhook cannot be looked at", error)
                continue
            if trouble:
                log.error("the webhook was changed by somebody else", bot=reader.bot, **trouble)
                await self._set_up(reader)

    async def _set_up(self, reader: Reader) -> None:
        # The secret cannot be read back: it is set at every start, and only then.
        await reader.until_done(
            "the webhook cannot be set",
            lambda: reader.client.set_webhook(self._url, secret=self._secret, allowed=ALLOWED, connections=CONNECTIONS),
        )
        await reader.until_done("the webhook cannot be verified", lambda: self._verify(reader))

    async def _verify(self, reader: Reader) -> None:
        if trouble := await self._difference(reader):
            log.error("telegram has not kept the webhook", bot=reader.bot, **trouble)

    async def _difference(self, reader: Reader) -> dict[str, str]:
        """What Telegram has otherwise than we set it; what it could not deliver is logged."""
        info = await reader.client.webhook_info()
        if words := info.get("last_error_message"):
            log.warning(
                "telegram could not reach the webhook",
                bot=reader.bot,
                error=words,
                at=info.get("last_error_date"),
                waiting=info.get("pending_update_count"),
            )
        found: dict[str, str] = {}
        if info.get("url") != self._url:
            found["url"] = "another" if info.get("url") else "none"
        if sorted(info.get("allowed_updates", ())) != sorted(ALLOWED):
            found["allowed_updates"] = " ".join(info.get("allowed_updates", ()))
        return found

    async def _answer(self, reader: Reader, accept: Accept, call: Call) -> Answer:
        """Refuses what is not Telegram's; else 200 once it is committed, so that what is not comes again."""
        given = call.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            reader.strangers()
            return _refused(HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(call.body)
        except (ValueError, RecursionError):
            update = None
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int) or isinstance(number, bool):
            return _refused(HTTPStatus.BAD_REQUEST)
        found = reader.read(update)
        if found is not None:
            try:
                await accept([found])
            except Exception:
                log.exception("update not accepted", bot=reader.bot, update=number)
                return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, headers={"Retry-After": _RETRY_SECONDS})
        reader.acknowledge([update])
        return Answer()


def _refused(status: HTTPStatus) -> Answer:
    return Answer(status, status.phrase.encode())
