"""Updates that we ask for.

No library's own polling: it confirms an update before the handler has ended, so a crash loses updates. Our loop asks
for the next batch after the last one is committed.
"""

import asyncio
from collections.abc import Sequence

import structlog

from channels.port import Accept, ChannelError, Route
from channels.telegram_outcomes import outcomes
from channels.telegram_reading import Reader, pause_after
from channels.telegram_updates import ALLOWED

log = structlog.get_logger()

POLL_SECONDS = 25
"""How long Telegram holds an empty getUpdates (it caps at 50)."""


class Polling:
    """One bot's getUpdates; `seconds` is how long Telegram may hold an empty one."""

    def __init__(self, seconds: int = POLL_SECONDS) -> None:
        self._seconds = seconds

    def routes(self, _reader: Reader, _accept: Accept, /) -> Sequence[Route]:
        """None: nobody calls us."""
        return ()

    async def trouble(self, reader: Reader, /) -> list[str]:
        """A webhook in the way; the next start takes it away."""
        info = await reader.client.webhook_info()
        return ["a webhook is set: the next start with polling takes it away"] if info.get("url") else []

    async def listen(self, reader: Reader, accept: Accept, /) -> None:
        """Hands over batches until cancelled; the offset moves only when a batch is committed."""
        # Telegram hands out updates by one way only; what waits at the webhook is kept.
        await reader.until_done("telegram is not ready", reader.client.delete_webhook)
        offset: int | None = None
        failures = 0
        while True:
            try:
                with outcomes():
                    updates = await reader.client.get_updates(offset=offset, wait=self._seconds, allowed=ALLOWED)
                batch = [found for one in updates if (found := reader.read(one)) is not None]
                await accept(batch)
            except ChannelError as error:  # among them 409: somebody else polls this bot, and is waited out
                failures += 1
                reader.trouble("polling failed", error)
                await asyncio.sleep(pause_after(failures))
                continue
            except Exception:
                failures += 1
                causes = [f"{reader.bot}:{one.update_id}" for one in batch]
                log.exception("batch not accepted", bot=reader.bot, causes=causes)
                await asyncio.sleep(pause_after(failures))
                continue
            failures = 0
            if updates:
                offset = int(updates[-1]["update_id"]) + 1
                reader.acknowledge(updates)
