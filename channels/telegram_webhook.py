"""Updates that Telegram brings: one opaque path a bot, a secret header, 200 only after the commit."""

import asyncio
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog

from channels.port import Accept, Answer, Call, ChannelError, Message, Route
from channels.telegram_outcomes import outcomes
from channels.telegram_reading import Reader
from channels.telegram_sending import inline_keyboard
from channels.telegram_updates import ALLOWED
from channels.text import as_html
from rules.wordless import without_words

log = structlog.get_logger()

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name
LONGEST_BODY = 1 << 20
"""Bytes; an update with a text of 4,096 characters and all its entities is far below."""
CONNECTIONS = 100
"""How many calls Telegram may have open at once, its most: they are committed together, and by itself it makes 40."""
WATCH_SECONDS = 120.0
"""How often we look whether the webhook is still ours."""
LARGEST_NUMBER = (1 << 63) - 1
"""An update_id beyond it is none: Telegram's fit into 31 bits, and a key of the records has an end."""
_RETRY_SECONDS = "2"


class Webhook:
    """One bot's callback at `url`, which has to carry `secret`.

    `certificate` (PEM) is shown to Telegram when nobody whom it trusts has signed it.
    """

    def __init__(
        self, url: str, secret: str, *, certificate: bytes | None = None, watch_seconds: float = WATCH_SECONDS
    ) -> None:
        self._url = url
        self._secret = secret
        self._certificate = certificate
        self._watch_seconds = watch_seconds
        self._last_error: object = None
        self._called_at: object = None

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
        elif others := self._differences(info):
            found.append(f"the webhook has another {', another '.join(others)}: the next start sets it again")
        if words := info.get("last_error_message"):
            found.append(f"Telegram's last call that failed, at {_moment(info.get('last_error_date'))}: {words}")
        if waiting := info.get("pending_update_count"):
            found.append(f"updates that wait at Telegram: {waiting}")
        return found

    async def listen(self, reader: Reader, accept: Accept, /) -> None:
        """Sets the webhook up, and keeps it so until cancelled; it stays when we stop: Telegram keeps what comes."""
        await self._set_up(reader)
        while True:
            await asyncio.sleep(self._watch_seconds)
            try:
                with outcomes():
                    differences = await self._look(reader)
            except ChannelError as error:
                reader.trouble("the webhook cannot be looked at", error)
                continue
            if differences:
                log.error("the webhook was changed by somebody else", bot=reader.bot, **differences)
                await self._set_up(reader)
            await accept(())

    async def _set_up(self, reader: Reader) -> None:
        # The secret cannot be read back: it is set at every start, and only then.
        await reader.until_done(
            "the webhook cannot be set",
            lambda: reader.client.set_webhook(
                self._url,
                secret=self._secret,
                allowed=ALLOWED,
                connections=CONNECTIONS,
                certificate=self._certificate,
            ),
        )
        await reader.until_done("the webhook cannot be verified", lambda: self._verify(reader))

    async def _verify(self, reader: Reader) -> None:
        if differences := await self._look(reader):
            log.error("telegram has not kept the webhook", bot=reader.bot, **differences)

    async def _look(self, reader: Reader) -> dict[str, str]:
        """What Telegram has otherwise than we set it; logs what it could not deliver, and what it takes us for."""
        info = await reader.client.webhook_info()
        waiting, failed_at = info.get("pending_update_count"), info.get("last_error_date")
        if failed_at != self._last_error:  # Telegram goes on telling of an error that is long over
            self._last_error = failed_at
            log.warning(
                "telegram could not reach the webhook",
                bot=reader.bot,
                error=without_words(info.get("last_error_message")),
                at=_moment(failed_at),
                waiting=waiting,
            )
        # The address to which our name led Telegram: a wrong one is a fault of the name service, and seen here alone.
        if (called_at := info.get("ip_address")) != self._called_at:
            self._called_at = called_at
            log.info("telegram calls the webhook", bot=reader.bot, address=called_at, waiting=waiting)
        return self._differences(info)

    def _differences(self, info: Mapping[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        if info.get("url") != self._url:
            found["url"] = "another" if info.get("url") else "none"
        if sorted(info.get("allowed_updates", ())) != sorted(ALLOWED):
            found["allowed_updates"] = " ".join(info.get("allowed_updates", ())) or "none"
        return found

    async def _answer(self, reader: Reader, accept: Accept, call: Call) -> Answer:
        """Refuses what is not Telegram's; else 200 once it is committed, so that what is not comes again."""
        # A header of a stranger may hold any bytes; those that are no UTF-8 come as halves of characters.
        given = call.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(given, self._secret.encode()):
            reader.strangers()
            return _refused(HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(call.body)
        except (ValueError, RecursionError):
            update = None
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_NUMBER:
            return _refused(HTTPStatus.BAD_REQUEST)
        found = reader.read(update)
        if found is None:
            return _with_call(reader.acknowledgement(update))
        try:
            riding = await accept([replace(found, carries=True)])
        except Exception:
            log.exception("update not accepted", bot=reader.bot, cause=f"{reader.bot}:{number}")
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, headers={"Retry-After": _RETRY_SECONDS})
        if message := riding.get(found.update_id):
            reader.acknowledge([update])
            return _with_call(_send_message(found.sender.chat, message))
        return _with_call(reader.acknowledgement(update))


def _send_message(chat: str, message: Message) -> dict[str, Any]:
    return {
        "method": "sendMessage",
        "chat_id": int(chat),
        "text": as_html(message.lines),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        **({"reply_markup": keyboard} if (keyboard := inline_keyboard(message)) else {}),
    }


def _with_call(call: Mapping[str, Any] | None) -> Answer:
    """200, with at most one call that Telegram carries out as if we had made it; nobody is told how it went."""
    return Answer() if call is None else Answer(body=json.dumps(call).encode(), mime="application/json")


def _moment(unix: object) -> str:
    return f"{datetime.fromtimestamp(unix, UTC):%Y-%m-%d %H:%M} UTC" if isinstance(unix, int) else "an unknown time"


def _refused(status: HTTPStatus) -> Answer:
    return Answer(status, status.phrase.encode())
