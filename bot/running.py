"""Running until told to stop: SIGTERM and SIGINT end what runs in order."""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any


async def until_told(running: Coroutine[Any, Any, None], told: Callable[[], None] = lambda: None) -> None:
    """Runs to the end, or until SIGTERM or SIGINT cancels it; what it does in its `finally` is done.

    `told` hears of the signal. A second one changes nothing: what ends already is left to end.
    """
    task = asyncio.ensure_future(running)
    loop = asyncio.get_running_loop()

    def end() -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, _heard)
        told()
        task.cancel()

    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, end)
    with suppress(asyncio.CancelledError):
        await task


def _heard() -> None:
    """It ends already."""


def settle() -> None:
    """What is loaded now stays, and is not looked through again for what nobody needs.

    Half a million objects of libraries: each time, that stops everything for 100 to 300 ms, alerts too (ADR 43).
    """
    gc.collect()
    gc.freeze()
