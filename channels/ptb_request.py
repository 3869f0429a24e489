"""python-telegram-bot's HTTP on aiohttp.

Its own, on httpx, measured 2.8 ms of CPU a message against 0.3 (docs/adr/0016). Besides, PTB's errors do not keep the
status of every answer; here it is still at hand.
"""

from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError, FormData
from telegram._utils.defaultvalue import DefaultValue
from telegram.request import BaseRequest, RequestData

from channels.telegram_answers import CONNECT_SHARE, refusal_of
from channels.telegram_client import NoAnswer, NotReached


class AiohttpRequest(BaseRequest):
    """Requests of one bot, `seconds` (real) each unless a call says otherwise.

    Raises `Refusal`, `NotReached` and `NoAnswer`; PTB hands them on as the cause of its own NetworkError.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for a whole request."""
        return self._seconds

    async def initialize(self) -> None:
        """Nothing: the session is opened by the first request, in its event loop."""

    async def shutdown(self) -> None:
        """Ends every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: DefaultValue[Any] | float | None = BaseRequest.DEFAULT_NONE,
        write_timeout: DefaultValue[Any] | float | None = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
        connect_timeout: DefaultValue[Any] | float | None = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: DefaultValue[Any] | float | None = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """The status and body of an answer that succeeded."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._seconds
        limits = ClientTimeout(total=seconds, sock_connect=seconds * CONNECT_SHARE)
        if self._session is None:
            self._session = ClientSession()
        try:
            async with self._session.request(method, url, data=_form(request_data), timeout=limits) as answer:
                content = await answer.read()
                status = answer.status
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotReached(repr(error)) from error
        except (TimeoutError, ClientError) as error:
            raise NoAnswer(repr(error)) from error
        if status != 200:
            raise refusal_of(status, content)
        return status, content


def _form(data: RequestData | None) -> FormData | None:
    if data is None:
        return None
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
