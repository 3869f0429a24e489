"""What all simulated people share: their homes and health, what they plan, and the book that they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from zoneinfo import ZoneInfo

from bot.simulate.deeds import Deeds
from bot.simulate.habits import Habits
from bot.simulate.ledger import Ledger

FEVER = 37.3
"""°C; the national threshold."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household with whom it is asked about: (person, name), the head first."""

    household: int
    members: tuple[tuple[int, str], ...]


class Health:
    """Who of a household is ill on which day, and how warm they are."""

    def __init__(self, people: Sequence[int], days: int, random: Random, share: float) -> None:
        """`share`: who falls ill on a day."""
        self._random = random
        self._ill: dict[int, tuple[int, int]] = {}
        for person in people:
            onset = next((day for day in range(days) if random.random() < share), None)
            if onset is not None:
                self._ill[person] = (onset, onset + random.randint(1, 4))

    def celsius(self, person: int, day: int) -> float:
        """A measurement on a day, counted from 0."""
        if self.is_ill(person, day):
            return round(min(40.5, max(FEVER, self._random.gauss(38.2, 0.6))), 1)
        return round(min(37.1, max(35.6, self._random.gauss(36.5, 0.22))), 1)

    def is_ill(self, person: int, day: int) -> bool:
        """Whether whoever measures on a day finds a fever."""
        first, after = self._ill.get(person, (0, 0))
        return first <= day < after

    def falls_ill(self, person: int, day: int) -> None:
        """Somebody has a fever from this day on, for three days."""
        self._ill[person] = (day, day + 3)

    def is_taken_to_hospital(self, person: int, day: int) -> None:
        """From now on they are treated."""
        if person in self._ill:
            self._ill[person] = (self._ill[person][0], min(self._ill[person][1], day))


@dataclass(frozen=True, slots=True)
class World:
    """Everything around a phone; `homes` and `health` by household."""

    zone: ZoneInfo
    deeds: Deeds
    ledger: Ledger
    habits: Habits
    homes: Mapping[int, Home]
    health: Mapping[int, Health]
