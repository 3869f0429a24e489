"""Waiting for a fact that rings no bell: for as long as a busy machine may need, and never for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 90.0
"""Seconds after which a test gives up: many times what anything takes, for all the cores may be somebody else's."""


async def until(condition: Callable[[], object]) -> None:
    """Returns when it is true; TimeoutError when it does not become so."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - a server or another process makes it true
            await asyncio.sleep(0.01)
