"""What both ways in share: updates read one by one, pressed buttons acknowledged, trouble reported without a flood."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import monotonic
from typing import Any

import structlog

from channels.port import ChannelError, Incoming
from channels.telegram_client import Refusal, TelegramClient, Update
from channels.telegram_outcomes import MISCONFIGURED, outcomes
from channels.telegram_updates import incoming
from rules.wordless import without_words

log = structlog.get_logger()

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_QUIET_SECONDS = 60.0
"""The same trouble is logged at most this often."""
_MOST_REPORTED = 20
"""Different troubles that are remembered; some name a number of seconds, and would be endless."""


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubling from one second to half a minute."""
    return float(min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE))


def _pressed(update: Update) -> str | None:
    callback = update.get("callback_query")
    number = callback.get("id") if isinstance(callback, Mapping) else None
    return number if isinstance(number, str) else None


class Reader:
    """Reads the updates of one bot."""

    def __init__(self, bot: str, client: TelegramClient) -> None:
        self.bot = bot
        self.client = client
        self._acknowledgements: set[asyncio.Task[None]] = set()
        self._reported: dict[str, float] = {}

    def read(self, update: Update) -> Incoming | None:
        """The update as the house's own; one that cannot be read is passed over, or it would come again for ever."""
        try:
            return incoming(self.bot, update)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            log.exception("update not understood", bot=self.bot, cause=f"{self.bot}:{update.get('update_id')}")
            return None

    def acknowledge(self, updates: Sequence[Update]) -> None:
        """Stops the little clock on every pressed button, beside everything else; a late one does no harm."""
        for update in updates:
            if (number := _pressed(update)) is not None:
                task = asyncio.get_running_loop().create_task(self._answer(number))
                self._acknowledgements.add(task)
                task.add_done_callback(self._acknowledgements.discard)

    def acknowledgement(self, update: Update) -> dict[str, Any] | None:
        """The same as a call that can go back with our answer to Telegram's; None when nothing was pressed."""
        number = _pressed(update)
        return None if number is None else {"method": "answerCallbackQuery", "callback_query_id": number}

    def trouble(self, words: str, error: ChannelError) -> None:
        """Says what is wrong: louder when only an operator can mend it, and not again within a minute."""
        cause = error.__cause__
        misconfigured = isinstance(cause, Refusal) and cause.status in MISCONFIGURED
        if self._is_news(f"{words}: {error}"):
            level = log.error if misconfigured else log.warning
            level(words, bot=self.bot, outcome=type(error).__name__, error=without_words(error))

    def strangers(self) -> None:
        """Somebody calls who is not Telegram; a flood of them is one line a minute."""
        if self._is_news("strangers"):
            log.warning("a call without the secret", bot=self.bot)

    async def until_done(self, words: str, call: Callable[[], Awaitable[object]]) -> None:
        """Calls until Telegram has done it, with growing pauses."""
        failures = 0
        while True:
            try:
                with outcomes():
                    await call()
            except ChannelError as error:
                failures += 1
                self.trouble(words, error)
                await asyncio.sleep(pause_after(failures))
            else:
                return

    def close(self) -> None:
        """Gives up acknowledgements that are still on their way."""
        for task in self._acknowledgements:
            task.cancel()

    def _is_news(self, said: str) -> bool:
        if monotonic() - self._reported.get(said, -_QUIET_SECONDS) < _QUIET_SECONDS:
            return False
        if len(self._reported) >= _MOST_REPORTED:
            self._reported.clear()
        self._reported[said] = monotonic()
        return True

    async def _answer(self, callback_id: str) -> None:
        try:
            with outcomes():
                await self.client.answer_callback(callback_id)
        except ChannelError as error:
            log.debug("button not acknowledged", bot=self.bot, error=without_words(error))
