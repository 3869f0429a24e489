"""The days of a home quarantine (居家隔离)."""

from datetime import date, timedelta
from enum import StrEnum

DAYS = 14
"""What Baotou's prevention plan of February 2020 orders (the paper, part 1.3); an area may order something else."""
LONGEST = 60
"""Days; what is longer is a slip of the pen."""


class QuarantineStatus(StrEnum):
    """Where a quarantine stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"


def last_day(first: date, days: int = DAYS) -> date:
    """The last local date on which the person is asked: the first and the last day are both asked."""
    return first + timedelta(days=days - 1)


def status_on(today: date, first: date, last: date) -> QuarantineStatus:
    """Planned before the first day, ended after the last, active on both and between."""
    if today < first:
        return QuarantineStatus.PLANNED
    return QuarantineStatus.ACTIVE if today <= last else QuarantineStatus.ENDED


def day_number(today: date, first: date) -> int:
    """1 on the first day."""
    return (today - first).days + 1
