"""What somebody wants to see of the open alarms: whose, of which kind, where, from which place on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rules.escalation import Kind

PAGE = 8
"""Alarms on one page: with the buttons, two screens of a phone."""


class Whose(StrEnum):
    """In whose hands."""

    ANYBODYS = "a"
    NOBODYS = "n"
    MINE = "m"


class Picking(StrEnum):
    """What is being chosen in place of the list."""

    KIND = "k"
    AREA = "g"


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at what is open; everything, from the first on, unless it says otherwise."""

    start: int = 0
    whose: Whose = Whose.ANYBODYS
    kind: Kind | None = None
    area: int | None = None
    """Only what lies in it; never more than what the reader may see."""
    picking: Picking | None = None

    @property
    def narrowed(self) -> bool:
        """Whether something is left out."""
        return self.whose is not Whose.ANYBODYS or self.kind is not None or self.area is not None

    def but(self, **changes: Any) -> "View":
        """The same from the first alarm on, with something chosen differently."""
        return replace(self, **{"start": 0, "picking": None, **changes})

    def written(self) -> str:
        """As it stands in a button: ``0:n:abnormal:12:-``; at most 45 bytes."""
        parts = (self.start, self.whose.value, self.kind or "-", self.area or "-", self.picking or "-")
        return ":".join(str(one) for one in parts)


def read_view(parts: Sequence[str]) -> View:
    """What `View.written` wrote, taken apart at its colons; what is missing at its end is as ever.

    Raises `ValueError` for what nobody wrote.
    """
    start, whose, kind, area, picking = (*parts, *("0", "a", "-", "-", "-")[len(parts) :])
    return View(
        max(0, int(start)),
        Whose(whose),
        None if kind == "-" else Kind(kind),
        None if area == "-" else int(area),
        None if picking == "-" else Picking(picking),
    )
