"""The people's own book: what they were asked and what they said, kept without a look into the records."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rules.policy import Policy
from rules.rounds import Half, RequestStatus, Slot, slot
from rules.times import at_local

Key = tuple[int, date, Half]
"""A household and a slot."""


@dataclass(slots=True)
class Entry:
    """What a household knows of one slot."""

    asked_at: datetime | None = None
    """When the first question arrived."""
    questions: int = 0
    reported: set[int] = field(default_factory=set)
    complete_at: datetime | None = None


class Ledger:
    """Every household's slots from `first` for so many `days`."""

    def __init__(self, households: Mapping[int, Sequence[int]], first: date, days: int, policy: Policy) -> None:
        """`households`: who of each is asked, by their numbers."""
        dates = [first + timedelta(days=number) for number in range(days)]
        self.slots = [slot(day, half, policy) for day in dates for half in Half]
        self._opens = [one.opens_at for one in self.slots]
        self._over = at_local(dates[-1] + timedelta(days=1), time(0), policy.timezone)
        self._members = {number: frozenset(people) for number, people in households.items()}
        self._entries: dict[tuple[int, int], Entry] = {}
        self.said: Counter[tuple[int, float]] = Counter()
        """Every temperature that somebody sent: (person, °C)."""

    def people(self) -> Iterable[int]:
        """Everybody who is to be asked about in every slot."""
        return (person for members in self._members.values() for person in sorted(members))

    def place(self, now: datetime) -> int:
        """The slot that an answer at `now` belongs to, the last that opened; counted from 0, -1 before the first."""
        return bisect_right(self._opens, now) - 1

    def asked(self, household: int, now: datetime) -> int:
        """A prompt or a reminder has arrived; its slot."""
        place = self.place(now)
        entry = self._entry(household, place)
        entry.asked_at = entry.asked_at or now
        return place

    def questioned(self, household: int, place: int) -> None:
        """It was a prompt: one a slot is enough."""
        self._entry(household, place).questions += 1

    def report(self, household: int, values: Mapping[int, float], now: datetime) -> None:
        """Temperatures by person were sent, by the household or at its door."""
        self.said.update(values.items())
        place = self.place(now)
        if place < 0:
            return
        entry = self._entry(household, place)
        entry.reported.update(values)
        if entry.complete_at is None and entry.reported >= self._members[household]:
            entry.complete_at = now

    def outcome(self, household: int, place: int) -> RequestStatus:
        """How a slot ended, as its household knows it."""
        entry = self._entries.get((household, place), Entry())
        if entry.complete_at is not None:
            was_asked = entry.asked_at is not None and entry.asked_at <= entry.complete_at
            in_time = was_asked and entry.complete_at < self.slots[place].miss_at
            return RequestStatus.REPORTED if in_time else RequestStatus.LATE
        return RequestStatus.UNREACHABLE if entry.asked_at is None else RequestStatus.MISSED

    def outcomes(self) -> Iterable[tuple[Key, RequestStatus]]:
        """Every household's every slot."""
        for place, one in enumerate(self.slots):
            for household in self._members:
                yield (household, one.day, one.half), self.outcome(household, place)

    def asked_again(self) -> list[Key]:
        """Slots in which somebody was asked twice on one phone."""
        twice = [place for place, entry in self._entries.items() if entry.questions > 1]
        return [(household, self.slots[place].day, self.slots[place].half) for household, place in twice]

    def next_opens(self, place: int) -> datetime:
        """Until when an answer belongs to a slot: the next one opens, or the quarantine is over."""
        return self._opens[place + 1] if place + 1 < len(self._opens) else self._over

    def clear(self, at: datetime, place: int) -> bool:
        """Whether it is beyond doubt at `at` which slot is open: not at the minute in which one opens or closes."""
        one: Slot = self.slots[place]
        edges = (one.opens_at, one.miss_at, self.next_opens(place))
        return all(at < edge - _BEFORE or at > edge + _AFTER for edge in edges)

    def _entry(self, household: int, place: int) -> Entry:
        return self._entries.setdefault((household, place), Entry())


_BEFORE, _AFTER = timedelta(minutes=3), timedelta(minutes=4)
