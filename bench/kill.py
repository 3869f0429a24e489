"""A broadcast whose process is killed twenty times: what is lost, and what comes twice; SQLite, our whole way out.

`python -m bench.kill URL API RATE` is the process that is killed.
"""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any

from bench.fast_messenger import fast_messenger, figures
from bench.mailing import on_sqlite, open_mailing, unsent, way_out
from bench.town import BOT
from bench.verdict import judge, quietly
from bot.logs import set_up_logs
from services.leases import take_over

KILLS = 20
LATENCY = 0.05
IN_FLIGHT = {30: 2, 1000: 60}
"""Messages on their way at one instant, at these rates."""


def main() -> None:
    """At 30 and at 1,000 a second."""
    for rate, messages in ((30, 1600), (1000, 30_000)):
        report(rate, messages)


def report(rate: int, messages: int, kills: int = KILLS) -> None:
    """One broadcast."""
    quietly()
    random = Random(7)
    with on_sqlite(messages) as database, fast_messenger(rate, LATENCY) as api:
        url = database.url.render_as_string(hide_password=False)
        killed = [0.0]
        for _ in range(kills):
            with _process(url, api, rate) as process:
                _until_it_sends(api)
                time.sleep(random.uniform(0.3, 1.2))
                process.kill()
                killed.append(time.time())
        with _process(url, api, rate) as process:
            process.wait()
        found: Any = figures(api)
        left = database.apply(unsent)
    counts = Counter(chat for _, chat in found["came"])
    again = _repeated(found["came"])
    each = [sum(start < at <= end for at in again) for start, end in pairwise([*killed, time.time()])][1:]
    most, lost, refused = IN_FLIGHT.get(rate, rate), messages - len(counts), found["refused"]
    judge(
        f"{kills} kills in a broadcast of {messages} at {rate}/s, {LATENCY * 1000:.0f} ms",
        f"{lost} lost, {left} unrecorded, {len(again)} repeated, at most {max(each)} a kill, {refused} times 429",
        f"0, 0, <= {most} a kill, 0",
        met=not (lost or left or refused) and max(each) <= most,
    )


def _process(url: str, api: str, rate: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bench.kill", url, api, str(rate)])


def _until_it_sends(api: str) -> None:
    before = figures(api, "")["came"]
    while figures(api, "")["came"] == before:
        time.sleep(0.02)


def _repeated(came: list[tuple[float, str]]) -> list[float]:
    """When a chat got its message once more."""
    seen: set[str] = set()
    again = []
    for at, chat in came:
        if chat in seen:
            again.append(at)
        seen.add(chat)
    return again


async def _send(url: str, api: str, rate: float) -> None:
    database = open_mailing(url)
    await database.run(take_over)
    async with way_out(database, api, rate) as delivery:
        while await database.run(unsent):
            await delivery.drain(BOT)
            await asyncio.sleep(0.05)
    database.close()


if __name__ == "__main__":
    set_up_logs("WARNING", as_json=False)
    asyncio.run(_send(sys.argv[1], sys.argv[2], float(sys.argv[3])))
