"""Three processes on one PostgreSQL, one of them killed again and again: what is lost, the pace, the pauses.

`--minutes 3` and `--every 15` (seconds) are the defaults. The next is killed when
the last one's successor has started, if that takes longer: there are always three.
"""

import argparse
import asyncio
import re
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from bench.fleet import Fleet, fleet
from bench.servers import postgres

PROCESSES, BOTS, RATE = 3, ("west", "east", "north"), 29
PHONES = 300
AFTER = 25.0
"""Seconds after the last kill for which there is still enough to send, so that its pause is seen."""


def main() -> None:
    """Prints one line; takes a little longer than it is told."""
    parser = argparse.ArgumentParser("bench processes")
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--every", type=float, default=15)
    given, _ = parser.parse_known_args()
    with postgres() as url:
        asyncio.run(_measure(url, given.minutes * 60, given.every))


async def _measure(url: str, seconds: float, every: float) -> None:
    async with fleet(url, BOTS) as processes:
        processes.invite(PHONES)
        await asyncio.gather(*(processes.start() for _ in range(PROCESSES)))
        each = int(RATE * (seconds + AFTER))
        processes.owe(each)
        said: Counter[str] = Counter()
        talking = asyncio.create_task(_talk(processes, said))
        kills = await _kill_now_and_then(processes, seconds, every)
        until = datetime.now().astimezone() + timedelta(seconds=AFTER / 2)
        await processes.comes_to_rest()
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)
        with suppress(TimeoutError):  # then something is lost, and the line says so
            await processes.comes_to_rest(said.total(), seconds=30)
        _report(processes, each, kills, until, said)
        await processes.stop()


async def _talk(processes: Fleet, said: Counter[str]) -> None:
    """Each second somebody asks each bot for help; `said` counts it."""
    random = Random(7)
    while True:
        for bot in BOTS:
            processes.sandbox.world.send_text(random.choice(processes.phones[bot]), bot, "帮助")
            said[bot] += 1
        await asyncio.sleep(1)


async def _kill_now_and_then(processes: Fleet, seconds: float, every: float) -> int:
    random, begun, kills = Random(7), time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        await asyncio.sleep(max(0.0, begun + (kills + 1) * every - time.monotonic()))
        await processes.kill(random.choice(processes.running))
        kills += 1
        await processes.start()
    return kills


def _report(processes: Fleet, each: int, kills: int, until: datetime, said: Counter[str]) -> None:
    came = Counter(found for text in processes.texts() for found in re.findall(r"〔\w+ \d+〕", text))
    wanted = {f"〔{bot} {n}〕" for bot in BOTS for n in range(each)}
    pauses = {}
    for bot in BOTS:
        moments = [at for at in processes.arrived(bot) if at <= until]
        pauses[bot] = max((b - a).total_seconds() for a, b in pairwise(moments))
    worst = max(processes.sandbox.world.bot(bot).limit.worst for bot in BOTS)
    repeated = sum(count - 1 for count in came.values())
    print(
        f"processes: {PROCESSES} processes, {len(BOTS)} bots, {kills} kills, {len(wanted)} messages: "
        f"lost {len(wanted - came.keys())}, repeated {repeated}; updates {sum(said.values())}, "
        f"lost {sum(said.values()) - processes.seen()}; worst second of a bot {worst}; "
        f"longest pause of a bot {max(pauses.values()):.1f} s"
    )
