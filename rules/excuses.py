"""Until when somebody need not be measured (免报): today only, some days, or until they are back."""

from datetime import date, timedelta

UNTIL_BACK = date.max
"""Nobody knows the day: asked again when somebody says that they are back."""
DAYS = (0, 1, 3, 7)
"""For how many days after today an excuse holds, as buttons."""


def until(today: date, days: int | None) -> date:
    """The last local date on which an excuse holds; None: until they are back."""
    return UNTIL_BACK if days is None else today + timedelta(days=days)


def holds(last: date | None, day: date) -> bool:
    """Whether an excuse with this last date holds on a day."""
    return last is not None and day <= last
