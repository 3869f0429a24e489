"""Answers that go back with the messengers' calls keep the same pace as those that leave by themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence

import structlog

from bot.delivery import Delivery
from bot.metrics import Metrics
from channels.port import Incoming, Sent
from rules.mail import Priority
from services.riding import Ride

log = structlog.get_logger()


class Rides:
    """Holds places in the pace of the bots whose way out is in this process."""

    def __init__(self, delivery: Delivery, metrics: Metrics) -> None:
        self._delivery = delivery
        self._metrics = metrics

    def places(self, batch: Sequence[Incoming]) -> dict[str, int]:
        """How many answers of each bot may go back with this batch's calls; held until `went`."""
        asked = Counter(one.sender.bot for one in batch if one.carries)
        return {bot: self._delivery.hold(bot, wanted) for bot, wanted in asked.items()}

    def went(self, places: Mapping[str, int], rides: Sequence[Ride]) -> None:
        """What is committed goes; the places that nothing took are free again."""
        used = Counter(one.bot for one in rides)
        for bot, held in places.items():
            self._delivery.give_back(bot, held - used[bot])
        for one in rides:
            self._metrics.sent(one.bot, Priority.REPLY, Sent(""))
            log.debug("handed over", bot=one.bot, update=one.update_id, became="in the answer to its call")
