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
from bot.logs import set_up_logs
from services.leases import take_over

KILLS = 20
LATENCY = 0.05


def main() -> None:
    """At 30 and at 1,000 a second."""
    for rate, messages in ((30, 1600), (1000, 24_000)):
        report(rate, messages)


def report(rate: int, messages: int) -> None:
    """One broadcast."""
    random = Random(7)
    with on_sqlite(messages) as database, fast_messenger(rate, LATENCY) as api:
        url = database.url.render_as_string(hide_password=False)
        killed = [0.0]
        for _ in range(KILLS):
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
    print(
        f"kill: {messages} messages at {rate}/s, {LATENCY * 1000:.0f} ms latency, {KILLS} kills: "
        f"{messages - len(counts)} lost, {left} unrecorded, {len(again)} repeated, at most {max(each)} a kill, "
        f"{found['refused']} times 429"
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
        await delivery.drain(BOT)
    database.close()


if __name__ == "__main__":
    set_up_logs("WARNING", as_json=False)
    asyncio.run(_send(sys.argv[1], sys.argv[2], float(sys.argv[3])))
