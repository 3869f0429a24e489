"""Where WeChat calls us: its address verified, its messages opened, answered with `success` once they are committed."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from time import monotonic, time

import structlog

from channels.flat_xml import XmlError, read_fields, text
from channels.port import Accept, Answer, Call
from channels.sealed_callbacks import Freshness, Seal, SealError, is_signed
from channels.wechat_updates import incoming

log = structlog.get_logger()

LONGEST_BODY = 1 << 18
"""Bytes; the longest message is a few thousand."""
SILENCE_SECONDS = 6.0
"""Real seconds. WeChat repeats what it gets no answer to within five; it says nothing of what an error does."""
_QUIET_SECONDS = 60.0
SUCCESS = Answer(HTTPStatus.OK, b"success")


class Callbacks:
    """The callbacks of one account, named `bot` here."""

    def __init__(
        self,
        bot: str,
        seal: Seal,
        *,
        silence_seconds: float = SILENCE_SECONDS,
        now: Callable[[], float] = time,
    ) -> None:
        self._bot = bot
        self._seal = seal
        self._fresh = Freshness(now)
        self._silence_seconds = silence_seconds
        self._complained_at = -_QUIET_SECONDS

    async def answer(self, accept: Accept, call: Call) -> Answer:
        """Refuses what is not WeChat's; `success` when it is committed, silence when it could not be."""
        try:
            return self._verify(call) if call.method == "GET" else await self._take(accept, call)
        except (SealError, XmlError) as error:
            if monotonic() - self._complained_at >= _QUIET_SECONDS:
                self._complained_at = monotonic()
                log.warning("a call that WeChat did not make", bot=self._bot, fault=str(error))
            return Answer(HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN.phrase.encode())

    def _verify(self, call: Call) -> Answer:
        """The console asks whether the address is ours: it gets its own word back."""
        timestamp, nonce, echo = (call.query.get(name, "") for name in ("timestamp", "nonce", "echostr"))
        if not is_signed(call.query.get("signature", ""), self._seal.token, timestamp, nonce):
            raise SealError("signature")
        self._fresh.check(timestamp, nonce, echo)
        if not (echo.isascii() and echo.isalnum()):
            raise SealError("echo")
        return Answer(HTTPStatus.OK, echo.encode())

    async def _take(self, accept: Accept, call: Call) -> Answer:
        ciphertext = text(read_fields(call.body), "Encrypt")
        timestamp, nonce = call.query.get("timestamp", ""), call.query.get("nonce", "")
        signature = call.query.get("msg_signature", "")
        message = self._seal.opened(ciphertext, signature=signature, timestamp=timestamp, nonce=nonce)
        self._fresh.check(timestamp, nonce, ciphertext)
        try:
            found = incoming(self._bot, read_fields(message))
        except (XmlError, ValueError, OverflowError):
            # It is WeChat's, so it would come again; nobody will ever understand it.
            log.exception("message not understood", bot=self._bot)
            return SUCCESS
        if found is None:
            return SUCCESS
        try:
            await accept([found])
        except Exception:
            log.exception("message not accepted", bot=self._bot, update=found.update_id)
            await asyncio.sleep(self._silence_seconds)
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR)
        return SUCCESS
