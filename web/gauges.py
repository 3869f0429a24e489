"""How things stand, in Prometheus's words: counted anew at most every ten seconds, however many scrape."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.exc import SQLAlchemyError

from models.db import Database
from services.clock import Clock
from services.gauges import Counts, Gauges, read_gauges

log = structlog.get_logger()

KEPT_SECONDS = 10.0
SHARE = 20
"""What took long to count is kept twenty times as long: a scrape costs the database a twentieth of its time at most."""


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    field: str
    labels: tuple[str, ...]
    says: str


FAMILIES = (
    _Family("gridbot_queue_messages", "waiting", ("bot", "priority"), "Messages that wait to be sent."),
    _Family("gridbot_line_parts", "in_line", ("bot",), "Parts of notices whose messages are not written yet."),
    _Family("gridbot_queue_age_seconds", "waiting_age", ("bot", "priority"), "How long the oldest has been due."),
    _Family("gridbot_messages_in_flight", "flying", ("bot", "priority"), "Messages in some process's hands."),
    _Family("gridbot_dead_letters", "given_up", ("bot", "priority"), "Messages that were given up."),
    _Family("gridbot_escalations_open", "escalations", ("severity", "step", "state"), "Alarms that are not closed."),
    _Family("gridbot_requests_today", "requests", ("half", "status"), "Households asked today, by where they stand."),
    _Family("gridbot_accounts_unreachable", "unreachable", ("bot",), "Chats that cannot be written to."),
    _Family("gridbot_delivery_troubles", "troubles", ("of",), "Times in which messages do not arrive for many."),
    _Family("gridbot_directive_steps", "directives", ("level", "state"), "Nodes where a directive has not ended."),
    _Family("gridbot_part_age_seconds", "part_age", ("part",), "Since a part of the service went through."),
)
UP = "gridbot_database_up"


class GaugeKeeper:
    """Counts, or gives what was just counted; a connection of its own, so that it holds up nobody."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._reading = asyncio.Lock()
        self._kept: Gauges | None = None
        self._until = 0.0

    def collect(self) -> Iterable[Metric]:
        """What was counted last; without a database that answers only that there is none."""
        up = GaugeMetricFamily(UP, "Whether the database answered when things were last counted.")
        up.add_metric([], float(self._kept is not None))
        yield up
        for family in FAMILIES if self._kept is not None else ():
            yield _shown(family, getattr(self._kept, family.field))

    async def read(self) -> None:
        """Counts anew what is too old."""
        async with self._reading:
            began = monotonic()
            if began < self._until:
                return
            try:
                self._kept = await self._database.look(read_gauges, self._clock.now(), datetime.now(UTC))
            except SQLAlchemyError as error:
                log.warning("nothing could be counted", error=type(error).__name__)
                self._kept = None
            self._until = monotonic() + max(KEPT_SECONDS, (monotonic() - began) * SHARE)


def _shown(family: _Family, counts: Counts) -> Metric:
    shown = GaugeMetricFamily(family.name, family.says, labels=family.labels)
    for labels, count in counts.items():
        shown.add_metric(labels, count)
    return shown
