"""The end, phase by phase, each timed; and cut off when something hangs for good: a start takes up what was left."""

import asyncio
import os
import sys
from collections.abc import Awaitable
from contextlib import suppress
from threading import Timer
from time import monotonic
from typing import Any

import structlog

log = structlog.get_logger()

STOP_SECONDS = 9.5
"""From SIGTERM to the end at the latest: runners kill after ten seconds."""
CALLS_SECONDS = 2.0
"""How long a messenger's call in mid-flight may still take."""


class Stopping:
    """Runs the phases of the end; one that fails holds up none of the others."""

    def __init__(self) -> None:
        self._took: dict[str, float] = {}

    async def phase(self, name: str, *work: Awaitable[Any]) -> None:
        """Does the work of one phase, side by side."""
        began = monotonic()
        for said in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(said, Exception):
                log.error("a part of the end failed", phase=name, exc_info=said)
        self._took[name] = round(monotonic() - began, 2)

    def report(self) -> None:
        """Logs how many seconds each phase took."""
        log.info("stopped", **self._took)


async def ended(work: asyncio.Task[None]) -> None:
    """Tells a task to end, and waits until it has."""
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


class Deadline:
    """Ends the process by force, whatever hangs: a thread, a database, a messenger."""

    def __init__(self, seconds: float = STOP_SECONDS) -> None:
        self._timer = Timer(seconds, _cut_off)
        self._timer.daemon = True

    def begin(self) -> None:
        """The time runs; once."""
        if not self._timer.is_alive():
            with suppress(RuntimeError):  # it has run out already
                self._timer.start()

    def over(self) -> None:
        """Everything has ended by itself."""
        self._timer.cancel()


def leave() -> None:
    """Ends the process, in which everything is closed: to take the interpreter apart costs a second, and ten of them
    where others use the machine.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _cut_off() -> None:
    log.error("cut off: not everything has ended, the next start takes up what was left")
    os._exit(1)
