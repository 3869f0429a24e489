"""What happens by the clock.

A tick is a function (session, now) -> counts: idempotent, safe to run twice, late, or on two machines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.retention import forget
from services.escalations import go_on
from services.forms import lapse_forms
from services.gathering import gather
from services.prompting import close_rounds, remind
from services.quarantines import begin_and_end
from services.rounds import open_rounds
from services.spreading import spread

Counts = dict[str, int]
"""What one run did, by name; `left` above 0 means that there is more at once: it is run again without a pause."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick and how often it looks, in real seconds."""

    name: str
    seconds: float
    work: Callable[[Session, datetime], Counts]


TICKS: tuple[Tick, ...] = (
    Tick("quarantines", 30, begin_and_end),
    Tick("rounds", 2, open_rounds),
    Tick("reminders", 5, remind),
    Tick("closing", 5, close_rounds),
    Tick("escalation", 2, go_on),
    Tick("notices", 1, spread),
    Tick("receipts", 2, gather),
    Tick("forms", 15, lapse_forms),
    Tick("retention", 600, forget),
)
"""In the order in which one moment's work is done when several are due."""
