"""What became of each row."""

from dataclasses import dataclass
from enum import StrEnum

from services.roster.errors import RowError


class Verdict(StrEnum):
    """What a good row did to the records."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


Outcome = Verdict | RowError


def verdict(*, added: bool, changed: bool) -> Verdict:
    """The one word for what was done."""
    if added:
        return Verdict.ADDED
    return Verdict.CHANGED if changed else Verdict.UNCHANGED


@dataclass(slots=True)
class Counts:
    """How many rows of a sheet did what."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    def count(self, outcome: Outcome) -> None:
        """One more."""
        match outcome:
            case Verdict.ADDED:
                self.added += 1
            case Verdict.CHANGED:
                self.changed += 1
            case Verdict.UNCHANGED:
                self.unchanged += 1
            case RowError():
                self.rejected += 1
