"""A notice to thousands of chats through our whole way out, alerts raised in its middle; SQLite, one process.

Measured at the messenger: the share of the permitted rate from the first to the last message, and the 429s; from an
alert's commit until it arrives there; and the CPU of our whole process for each message.

`python -m bench.broadcast --rate 30 --messages 20000` is one of any length.
"""

import argparse
import asyncio
import itertools
import statistics
import time
from typing import Any

from bench.fast_messenger import fast_messenger, figures
from bench.mailing import STAFF, on_sqlite, owe_alert, unsent, way_out
from bench.town import BOT
from bot.delivery import Delivery
from models.db import Database

LATENCY = 0.05
STAFF_COUNT = 40


def main() -> None:
    """At 30 and at 1,000 a second: what about 100 and 20 seconds take."""
    report(30, 3000)
    report(1000, 20_000)


def report(rate: int, messages: int, latency: float = LATENCY) -> None:
    """One broadcast."""
    with on_sqlite(messages, STAFF_COUNT) as database, fast_messenger(rate, latency) as api:
        raised, used = asyncio.run(_broadcast(database, api, rate, messages))
        found: Any = figures(api)
        left = database.apply(unsent)
    came = [(at, int(chat)) for at, chat in found["came"]]
    took = came[-1][0] - came[0][0]
    waits = sorted(at - raised[chat].pop(0) for at, chat in came if chat >= STAFF)
    share = (len(came) - 1) / took / rate
    print(
        f"broadcast: {messages} messages at {rate}/s, {latency * 1000:.0f} ms latency: "
        f"{share:.2%} of the permitted rate, {found['refused']} times 429, worst second {found['worst_second']}, "
        f"{left} not sent; {len(waits)} alerts waited p50 {statistics.median(waits) * 1000:.0f} ms, "
        f"p99 {waits[int(len(waits) * 0.99)] * 1000:.0f} ms; {used / len(came) * 1000:.2f} ms CPU a message"
    )


async def _broadcast(database: Database, api: str, rate: int, messages: int) -> tuple[dict[int, list[float]], float]:
    async with way_out(database, api, rate) as delivery:
        cpu = time.process_time()
        draining = asyncio.create_task(delivery.drain(BOT))
        raised = await _raise_alerts(database, delivery, messages / rate)
        await draining
        return raised, time.process_time() - cpu


async def _raise_alerts(database: Database, delivery: Delivery, lasts: float) -> dict[int, list[float]]:
    """Alerts all through the middle of the broadcast; when each was committed, by the chat that it goes to."""
    raised: dict[int, list[float]] = {}
    pause = max(0.08, lasts / 120)
    await asyncio.sleep(lasts * 0.1)
    began = time.monotonic()
    for number in itertools.count():
        if time.monotonic() - began > lasts * 0.8:
            return raised
        person = number % STAFF_COUNT
        await database.run(owe_alert, person)
        raised.setdefault(STAFF + person, []).append(time.time())
        delivery.nudge(BOT)
        await asyncio.sleep(pause)
    return raised


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=30, help="messages a second")
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--latency", type=float, default=LATENCY, help="seconds")
    chosen = parser.parse_args()
    report(chosen.rate, chosen.messages, chosen.latency)
