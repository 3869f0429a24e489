"""What people are going to do, in the order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

from channels.port import Address, Content

Act = Callable[[datetime], Content | None]
"""What somebody does at an instant: what they send, or None when it has become pointless."""


@dataclass(order=True, frozen=True, slots=True)
class Deed:
    """Something that somebody does at `at`, from their chat."""

    at: datetime
    order: int
    chat: Address = field(compare=False)
    act: Act = field(compare=False)


class Deeds:
    """Everything that is planned; nobody waits with what is urgent."""

    def __init__(self) -> None:
        self._urgent: list[Deed] = []
        self._patient: list[Deed] = []
        self._planned = 0

    def plan(self, at: datetime, chat: Address, act: Act, *, urgent: bool = False) -> None:
        """Puts down what somebody will do."""
        self._planned += 1
        heappush(self._urgent if urgent else self._patient, Deed(at, self._planned, chat, act))

    @property
    def urgent_at(self) -> datetime | None:
        """When the next urgent thing is done."""
        return self._urgent[0].at if self._urgent else None

    @property
    def patient_at(self) -> datetime | None:
        """When the next thing is done that may be taken in together with others."""
        return self._patient[0].at if self._patient else None

    def due(self, now: datetime) -> Iterator[Deed]:
        """What is done by `now`, in its order; each is planned no more."""
        while heap := self._first_due(now):
            yield heappop(heap)

    def _first_due(self, now: datetime) -> list[Deed] | None:
        due = [heap for heap in (self._urgent, self._patient) if heap and heap[0].at <= now]
        return min(due, key=lambda heap: heap[0]) if due else None
