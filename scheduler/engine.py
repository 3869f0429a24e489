"""The engine port: who runs what, when. Both engines call the same functions."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

Tick = Callable[[], Awaitable[object]]
Worker = Callable[[str], Awaitable[None]]
Workers = Mapping[str, Worker]
"""What a wake-up starts, by name: ``drain`` with the bot as its key."""


class Engine(Protocol):
    """Three verbs. A wake-up is never a message: twice or late does no harm, and a tick makes up for a lost one."""

    spreads: bool
    """Whether there may be other processes: ticks are then cut into shards, for each to take some."""

    def wake(self, name: str, key: str) -> None:
        """Runs the worker `name` for `key` soon; wakes during its run make it run once more."""
        ...

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Runs `tick` every so many real seconds; a run that is still going is not started again."""
        ...

    async def run(self) -> None:
        """Runs until cancelled."""
        ...
