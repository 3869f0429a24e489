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
from bench.verdict import at, judge, quietly
from bot.delivery import Delivery
from models.db import Database

LATENCY = 0.05
STAFF_COUNT = 40
SHARE = {30: 0.99, 1000: 0.98}
"""Of the permitted rate, asked for at these rates."""
FAST = 1000
MEDIAN, WORST, CPU = 40.0, 100.0, 0.8
"""Milliseconds: of an alert's wait, the median and 99 of 100; of CPU, all included, a message."""


def main() -> None:
    """At 30 and at 1,000 a second: what about 100 and 20 seconds take."""
    report(30, 3000)
    report(1000, 20_000)


def report(rate: int, messages: int, latency: float = LATENCY) -> None:
    """One broadcast."""
    quietly()
    with on_sqlite(messages, STAFF_COUNT) as database, fast_messenger(rate, latency) as api:
        raised, used = asyncio.run(_broadcast(database, api, rate, messages))
        found: Any = figures(api)
        left = database.apply(unsent)
    came = [(when, int(chat)) for when, chat in found["came"]]
    took = came[-1][0] - came[0][0]
    waits = [(when - raised[chat].pop(0)) * 1000 for when, chat in came if chat >= STAFF]
    share, least = (len(came) - 1) / took / rate, SHARE.get(rate, 0.98)
    cpu = used / len(came) * 1000
    what = f"broadcast of {messages} at {rate}/s, {latency * 1000:.0f} ms"
    said = f"{share:.2%}, {found['refused']} times 429, {left} not sent, worst second {found['worst_second']}"
    fits = share >= least and not found["refused"] and not left
    judge(f"{what}: share of the permitted rate", said, f">= {least:.0%}, 0, 0", met=fits)
    median, worst = statistics.median(waits), at(waits, 0.99)
    said = f"p50 {median:.0f} ms, p99 {worst:.0f} ms of {len(waits)}"
    fits = median <= MEDIAN and worst <= WORST
    judge(f"{what}: an alert's wait", said, f"<= {MEDIAN:.0f} / {WORST:.0f} ms", met=fits)
    if rate >= FAST:
        judge(f"{what}: CPU a message, all included", f"{cpu:.2f} ms", f"<= {CPU} ms", met=cpu <= CPU)
    else:  # a slow bot pays for a transaction an answer, and has the time
        print(f"{what}: CPU a message, all included: {cpu:.2f} ms")


async def _broadcast(database: Database, api: str, rate: int, messages: int) -> tuple[dict[int, list[float]], float]:
    async with way_out(database, api, rate) as delivery:
        cpu = time.process_time()
        draining = asyncio.create_task(_drain(database, delivery))
        raised = await _raise_alerts(database, delivery, messages / rate)
        await draining
        return raised, time.process_time() - cpu


async def _drain(database: Database, delivery: Delivery) -> None:
    """Until nothing is owed: a bot that was told to wait is drained again afterwards, as the sweep does it."""
    while True:
        await delivery.drain(BOT)
        if not await database.run(unsent):
            return
        await asyncio.sleep(0.2)


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
