"""A claim with the people it means, and the error that quotes a part of the message."""

from dataclasses import dataclass

from rules.temperature.answers import Why
from rules.temperature.claims import Claim
from rules.temperature.people import Everyone, Meant
from rules.temperature.tokens import Value


class NotUnderstoodError(Exception):
    """The words from `start` to `end` have to be asked about."""

    def __init__(self, why: Why, start: int, end: int) -> None:
        super().__init__(why)
        self.why, self.start, self.end = why, start, end


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with the people it means."""

    people: tuple[Meant, ...]
    values: tuple[Value, ...]
    claim: Claim

    def unclear(self, why: Why) -> NotUnderstoodError:
        """The error that quotes this claim."""
        parts = (*self.people, *self.values)
        return NotUnderstoodError(why, min(part.start for part in parts), max(part.end for part in parts))

    @property
    def everyone(self) -> Everyone | None:
        """The word for many among its people."""
        return next((one for one in self.people if isinstance(one, Everyone)), None)
