"""The parts of the service: what the engine runs, by the names under which it is woken and watched."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from channels.port import Channel, Incoming, Message
from scheduler.engine import Engine
from scheduler.ticks import TICKS

DRAIN, FETCH, ERRANDS, LISTEN, COMMUNITY = "drain", "fetch", "errands", "listen", "community"
COMMUNITIES, SWEEP = "communities", "sweep"
LONGEST_ERRAND, LONGEST_POLL = timedelta(minutes=10), timedelta(minutes=1)
"""A large workbook, a large file; how long a messenger may hold an empty answer."""
LOOK_SECONDS = 2.0
"""How often communities with something due are looked for, where they are shards."""
SWEEP_SECONDS = 1.0
"""How often every bot is woken without a reason: what became due by the clock, and any lost wake-up."""
TICK = "tick:"
"""Before the name of a tick."""


def parts_of(channels: Mapping[str, Channel], engine: Engine) -> dict[str, timedelta]:
    """The parts that always move, with how often each goes through at the latest, whatever there is to do."""
    ticks = {tick.name: tick.seconds for tick in TICKS if not (tick.shards and engine.spreads)}
    if engine.spreads:
        ticks[COMMUNITIES] = LOOK_SECONDS
    parts = {f"{TICK}{name}": timedelta(seconds=seconds) for name, seconds in ticks.items()}
    parts[SWEEP] = timedelta(seconds=SWEEP_SECONDS)
    parts[ERRANDS] = LONGEST_ERRAND
    for name, channel in channels.items():
        parts[f"{DRAIN}:{name}"] = timedelta(seconds=SWEEP_SECONDS)
        parts[f"{FETCH}:{name}"] = LONGEST_ERRAND
        if not channel.routes(_nobody):  # else the messenger calls when there is something: nothing need move
            parts[f"{LISTEN}:{name}"] = LONGEST_POLL
    return parts


async def _nobody(_batch: Sequence[Incoming]) -> Mapping[str, Message]:
    """Takes nothing in."""
    return {}
