"""aiogram's session as we use it: errors that keep what the answer said, and a short way for the many plain texts.

A text goes out a thousand times a second in a broadcast. aiogram copies and checks every part of a request and of its
answer, which took more than half of a message's time; a text is JSON when it comes here, and of its answer one number
is read.
"""

import json
from http import HTTPStatus
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError
from aiohttp.hdrs import CONTENT_TYPE

from channels.telegram_answers import no_json, refusal_of
from channels.telegram_client import Keyboard, NoAnswer, NotReached

T = TypeVar("T")

CONNECTIONS = 1024
"""At one time. The delivery has no more on their way than a second's messages, and must not wait here for its turn."""
_ANSWERS: dict[Any, type[Response[Any]]] = {}
_JSON = {CONTENT_TYPE: "application/json"}


class Session(AiohttpSession):
    """One bot's connections; `timeout` is in real seconds."""

    def __init__(self, api_base: str, timeout: ClientTimeout) -> None:
        # aiogram names a number here and hands it to aiohttp, which then cannot tell "never reached" from "no answer".
        self._limits = timeout
        self._over_tls = api_base.startswith("https:")
        super().__init__(limit=CONNECTIONS, api=TelegramAPIServer.from_base(api_base), timeout=cast(Any, timeout))

    async def close(self) -> None:
        """Without TLS there is nothing to wait for; with it, aiogram gives it a quarter of a second."""
        if self._over_tls:
            await super().close()
        elif self._session is not None:
            await self._session.close()

    def check_response(self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str) -> Response[T]:
        """Raises `Refusal` or `NoAnswer` with the status and the parameters, which aiogram's errors do not all keep."""
        if status_code != HTTPStatus.OK:
            raise refusal_of(status_code, content)
        # pydantic forgets a type that nobody holds, and aiogram would have it built anew for every answer.
        _ANSWERS.setdefault(method.__returning__, Response[method.__returning__])  # type: ignore[name-defined]
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            raise NoAnswer(str(error)) from error

    async def send_text(self, token: str, chat: int, text: str, keyboard: Keyboard | None) -> int:
        """sendMessage with HTML and without a link preview; the message's number.

        Raises `Refusal`, `NotReached` or `NoAnswer`.
        """
        asked = {"chat_id": chat, "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        body = json.dumps(asked if keyboard is None else {**asked, "reply_markup": keyboard}).encode()
        session = await self.create_session()
        url = self.api.api_url(token=token, method="sendMessage")
        try:
            async with session.post(url, data=body, headers=_JSON, timeout=self._limits) as answer:
                content = await answer.read()
        except (TimeoutError, ClientError) as error:
            raise no_answer(error, repr(error)) from error
        if answer.status != HTTPStatus.OK:
            raise refusal_of(answer.status, content)
        try:
            return int(json.loads(content)["result"]["message_id"])
        except (ValueError, LookupError, TypeError) as error:
            raise no_json(content) from error


def no_answer(error: BaseException | None, words: str) -> NotReached | NoAnswer:
    """What aiohttp's error means: only where no connection was made has certainly nothing been sent."""
    never_there = isinstance(error, ClientConnectorError | ConnectionTimeoutError)
    return NotReached(words) if never_there else NoAnswer(words)
