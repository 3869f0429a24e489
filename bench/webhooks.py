"""Calls a second through the whole intake, committed together and one at a time; side by side, SQLite with fsync."""

import asyncio
import time

from bench.town import BOT, OPENING, town
from bot.intake import Intake
from channels.port import Address, Incoming, Text
from services.clock import ManualClock

CALLS, AT_ONCE = 2000, 40
"""Telegram keeps 40 connections open at most by itself."""


def main() -> None:
    """The same calls twice: as many at once as Telegram makes, and each alone."""
    together, alone = asyncio.run(_measure(AT_ONCE)), asyncio.run(_measure(1))
    print(
        f"webhooks: {CALLS} calls of one update: {together:.0f}/s with {AT_ONCE} at once (committed together), "
        f"{alone:.0f}/s one at a time, {together / alone:.1f} x"
    )


async def _measure(at_once: int) -> float:
    with town(200) as database:
        intake = Intake(database, ManualClock(OPENING), lambda _bot: None)
        waiting = iter(range(CALLS))

        async def caller() -> None:
            for number in waiting:
                sender = Address(BOT, str(number % 200))
                await intake.accept([Incoming(str(number), sender, Text("帮助"), OPENING)])

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(at_once)))
        return CALLS / (time.perf_counter() - start)
