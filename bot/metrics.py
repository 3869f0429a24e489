"""What this process counts for Prometheus, in a registry of its own; every name is explained in docs/metrics.md.

Labels are bots, priorities, outcomes and ticks: never a name, a phone, a chat or an area.
"""

import platform
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, Metric

from channels.port import ChannelError, Sent
from rules.mail import Priority

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: from a commit on a quick disk to what a messenger gives up on."""


class Metrics:
    """The counters of one running house; cheap enough for every message."""

    def __init__(self, troubles: Tally[str] | None = None) -> None:
        """`troubles` is what the database counts by itself (`Database.troubles`)."""
        self.registry = mine = CollectorRegistry()
        self._updates = Counter(
            "gridbot_updates", "Updates taken in, by what became of them.", ["result"], registry=mine
        )
        self._intake = Histogram(
            "gridbot_intake_seconds", "From receipt to commit of a batch of updates.", buckets=_QUICK, registry=mine
        )
        self._messages = Counter(
            "gridbot_messages",
            "What the messenger said to messages sent.",
            ["bot", "priority", "outcome"],
            registry=mine,
        )
        self._by_kind: dict[tuple[str, int, str], Counter] = {}
        """Looked up once: a broadcast asks a thousand times a second."""
        self._ticks = Histogram("gridbot_tick_seconds", "Runs of the ticks.", ["tick"], buckets=_QUICK, registry=mine)
        self._failures = Counter("gridbot_tick_failures", "Runs of the ticks that failed.", ["tick"], registry=mine)
        self._done = Counter("gridbot_tick_done", "What the ticks did.", ["tick", "what"], registry=mine)
        build = Gauge("gridbot_build_info", "Which program runs; always 1.", ["version", "python"], registry=mine)
        build.labels(version("gridbot"), platform.python_version()).set(1)
        ProcessCollector(registry=self.registry)
        self.registry.register(_Troubles(troubles if troubles is not None else Tally()))

    def took_in(self, seconds: float, counts: Mapping[str, int]) -> None:
        """A batch of updates was committed `seconds` after it had come."""
        self._intake.observe(seconds)
        for result, count in counts.items():
            self._updates.labels(result).inc(count)

    def sent(self, bot: str, priority: int, said: Sent | ChannelError) -> None:
        """The messenger has said something to a message."""
        kind = bot, priority, type(said).__name__
        if (counter := self._by_kind.get(kind)) is None:
            counter = self._messages.labels(bot, Priority(priority).name.lower(), type(said).__name__.lower())
            self._by_kind[kind] = counter
        counter.inc()

    def ticked(self, tick: str, seconds: float, counts: Mapping[str, int]) -> None:
        """A tick has run."""
        self._ticks.labels(tick).observe(seconds)
        for what, count in counts.items():
            self._done.labels(tick, what).inc(max(count, 0))  # a driver that does not know says -1

    def tick_failed(self, tick: str, seconds: float) -> None:
        """A tick has failed; it will be tried again."""
        self._ticks.labels(tick).observe(seconds)
        self._failures.labels(tick).inc()


class _Troubles:
    """Counts that are kept where a transaction is run, without a library there."""

    def __init__(self, troubles: Tally[str]) -> None:
        self._troubles = troubles

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily("gridbot_database_troubles", "Transactions in trouble.", labels=["kind"])
        for kind in ("conflict", "error"):
            family.add_metric([kind], self._troubles[kind])
        yield family
