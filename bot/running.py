"""Running until told to stop: SIGTERM and SIGINT end what runs in order."""

import asyncio
import gc
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


async def until_told(running: Coroutine[Any, Any, None]) -> None:
    """Runs to the end, or until SIGTERM or SIGINT cancels it; what it does in its `finally` is done."""
    task = asyncio.ensure_future(running)
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def settle() -> None:
    """What is loaded now stays, and is not looked through again for what nobody needs.

    Half a million objects of libraries: each time, that stops everything for 100 to 300 ms, alerts too (ADR 43).
    """
    gc.collect()
    gc.freeze()
