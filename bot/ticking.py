"""One run of a tick: with its cause, and measured."""

from collections.abc import Awaitable
from time import monotonic

from bot.metrics import Metrics
from models.cause import because

Counts = dict[str, int]


class Ticking:
    """Runs the ticks of this process."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def run(self, name: str, work: Awaitable[Counts]) -> Counts:
        """Does a tick's `work`, and returns what it did; raises what it raises."""
        started = monotonic()
        try:
            with because(f"tick:{name}"):
                counts = await work
        except Exception:
            self._metrics.tick_failed(name, monotonic() - started)
            raise
        self._metrics.ticked(name, monotonic() - started, counts)
        return counts
