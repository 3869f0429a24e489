"""What both ways in share: updates read one by one, pressed buttons acknowledged, trouble reported without a flood."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import structlog

from channels.port import ChannelError, Incoming
from channels.telegram_client import Refusal, TelegramClient, Update
from channels.telegram_outcomes import MISCONFIGURED, outcomes
from channels.telegram_updates import incoming

log = structlog.get_logger()

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_QUIET_SECONDS = 60.0
"""The same trouble is logged at most this often."""


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubling from one second to half a minute."""
    return float(min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE))


class Reader:
    """Reads the updates of one bot."""

    def __init__(self, bot: str, client: TelegramClient) -> None:
        self.bot = bot
        self.client = client
        self._acknowledgements: set[asyncio.Task[None]] = set()
        self._reported: tuple[str, float] | None = None

    def read(self, update: Update) -> Incoming | None:
        """The update as the house's own; one that cannot be read is passed over, or it would come again for ever."""
        try:
            return incoming(self.bot, update)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            log.exception("update not understood", bot=self.bot, update=update.get("update_id"))
            return None

    def acknowledge(self, updates: Sequence[Update]) -> None:
        """Stops the little clock on every pressed button, beside everything else; a late one does no harm."""
        for update in updates:
            if callback := update.get("callback_query"):
                task = asyncio.get_running_loop().create_task(self._answer(callback["id"]))
                self._acknowledgements.add(task)
                task.add_done_callback(self._acknowledgements.discard)

    def trouble(self, words: str, error: ChannelError) -> None:
        """Says what is wrong: louder when only an operator can mend it, and not again within a minute."""
        cause = error.__cause__
        said = f"{words}: {error}"
        if self._reported and self._reported[0] == said and monotonic() - self._reported[1] < _QUIET_SECONDS:
            return
        self._reported = (said, monotonic())
        misconfigured = isinstance(cause, Refusal) and cause.status in MISCONFIGURED
        level = log.error if misconfigured else log.warning
        level(words, bot=self.bot, outcome=type(error).__name__, error=str(error))

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

    async def _answer(self, callback_id: str) -> None:
        try:
            with outcomes():
                await self.client.answer_callback(callback_id)
        except ChannelError as error:
            log.debug("button not acknowledged", bot=self.bot, error=str(error))
