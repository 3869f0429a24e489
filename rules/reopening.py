"""A closed alarm that turns out not to be finished (重新打开)."""

from datetime import datetime, timedelta

from rules.escalation import OUTCOMES, Kind, Outcome

WITHIN = timedelta(days=1)
"""After that it is a new matter: the next slot has asked again, twice."""


def may_reopen(kind: Kind, outcome: Outcome | None, closed_at: datetime | None, now: datetime) -> bool:
    """Whether it may be opened again: what somebody finished by hand, within a day.

    What the household's own report finished, or an excuse, has nothing in it that could have been pressed by mistake.
    """
    return outcome in OUTCOMES[kind] and closed_at is not None and now - closed_at <= WITHIN
