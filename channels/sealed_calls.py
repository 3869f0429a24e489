"""Where WeChat and WeCom call us: the address verified, messages opened, answered with `success` once committed."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from time import monotonic, time

import structlog

from channels.flat_xml import Fields, XmlError, read_fields, text
from channels.port import Accept, Answer, Call, Incoming
from channels.sealed_callbacks import Freshness, Seal, SealError, is_signed
from rules.wordless import without_words

log = structlog.get_logger()

LONGEST_BODY = 1 << 18
"""Bytes; the longest message is a few thousand."""
SILENCE_SECONDS = 6.0
"""Real seconds. Both repeat what they get no answer to within five; of an error neither promises it."""
_QUIET_SECONDS = 60.0
SUCCESS = Answer(HTTPStatus.OK, b"success")


Read = Callable[[str, Fields], Incoming | None]
"""The bot's name and the fields of a message to what the house understands; raises ValueError, OverflowError."""


class SealedCalls:
    """The callbacks of one account, `bot` here; `echo_sealed`: the word that verifies the address is sealed too."""

    def __init__(
        self,
        bot: str,
        seal: Seal,
        read: Read,
        *,
        echo_sealed: bool = False,
        silence_seconds: float = SILENCE_SECONDS,
        now: Callable[[], float] = time,
    ) -> None:
        self._bot = bot
        self._seal = seal
        self._read = read
        self._echo_sealed = echo_sealed
        self._fresh = Freshness(now)
        self._silence_seconds = silence_seconds
        self._complained_at = -_QUIET_SECONDS

    async def answer(self, accept: Accept, call: Call) -> Answer:
        """Refuses what is not the messenger's; `success` when it is committed, silence when it could not be."""
        try:
            return self._verify(call) if call.method == "GET" else await self._take(accept, call)
        except (SealError, XmlError) as error:
            if monotonic() - self._complained_at >= _QUIET_SECONDS:
                self._complained_at = monotonic()
                log.warning("a call that the messenger did not make", bot=self._bot, fault=without_words(error))
            return Answer(HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN.phrase.encode())

    def _verify(self, call: Call) -> Answer:
        """The console asks whether the address is ours: it gets its own word back."""
        timestamp, nonce, echo = (call.query.get(name, "") for name in ("timestamp", "nonce", "echostr"))
        if self._echo_sealed:
            given = call.query.get("msg_signature", "")
            word = self._seal.opened(echo, signature=given, timestamp=timestamp, nonce=nonce).decode("ascii", "replace")
        elif is_signed(call.query.get("signature", ""), self._seal.token, timestamp, nonce):
            word = echo
        else:
            raise SealError("signature")
        self._fresh.check(timestamp, nonce, echo)
        if not (word.isascii() and word.isalnum()):
            raise SealError("echo")
        return Answer(HTTPStatus.OK, word.encode())

    async def _take(self, accept: Accept, call: Call) -> Answer:
        ciphertext = text(read_fields(call.body), "Encrypt")
        timestamp, nonce = call.query.get("timestamp", ""), call.query.get("nonce", "")
        signature = call.query.get("msg_signature", "")
        message = self._seal.opened(ciphertext, signature=signature, timestamp=timestamp, nonce=nonce)
        self._fresh.check(timestamp, nonce, ciphertext)
        try:
            found = self._read(self._bot, read_fields(message))
        except (XmlError, ValueError, OverflowError):
            # It is the messenger's, so it would come again; nobody will ever understand it.
            log.exception("message not understood", bot=self._bot)
            return SUCCESS
        if found is None:
            return SUCCESS
        try:
            await accept([found])
        except Exception:
            log.exception("message not accepted", bot=self._bot, cause=f"{self._bot}:{found.update_id}")
            await asyncio.sleep(self._silence_seconds)
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR)
        return SUCCESS
