"""Counts of calls and errors since the start."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """What was called and what came of it."""

    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[int] = field(default_factory=Counter)
    sent: int = 0
    edited: int = 0
    dropped: int = 0
    """What WeCom took and showed nobody, for the member had had too many."""

    @property
    def throttled(self) -> int:
        """Answers with status 429."""
        return self.errors[429]
