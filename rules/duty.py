"""Who is on duty at an instant, and until when somebody rests (值班)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum

from rules.roles import Role
from rules.shifts import Stint
from rules.times import at_local, aware, local_date


class Rest(StrEnum):
    """How long somebody goes off duty, shortest first."""

    TONIGHT = "tonight"
    MORNING = "morning"
    DAYS = "days"
    OPEN = "open"


class Plea(StrEnum):
    """What became of asking a colleague to stand in."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    OVER = "over"


AT_THE_DOORS = (Role.GRID_WORKER, Role.GRID_HEAD)
"""The first two steps of every chain: without them an alarm of the grid begins at the community."""
TONIGHT = time(20, 0)
MORNING = time(8, 0)
"""Local times of day at which a rest ends: those at which people change."""
DAYS = 3
"""Of a longer rest: it ends on the morning so many days after today."""
APART = timedelta(minutes=1)
"""Alerts whose time runs out within this are one that was not answered: they were one moment of somebody's life."""
SHORTEST = timedelta(minutes=30)
"""A rest that would end sooner is not offered."""


def is_on(
    on_duty: bool,
    off_until: datetime | None,
    now: datetime,
    on_until: datetime | None = None,
    stint: Stint | None = None,
) -> bool:
    """Whether somebody is on duty at `now`: they never left, or their rest is over (None: not until they say so).

    Whoever is on a roster (`stint` is their present or next time on duty) is on in their shifts, and where they said so
    until `on_until`.
    """
    if not on_duty and (off_until is None or off_until > now):
        return False
    return stint is None or (on_until is not None and on_until > now) or stint.covers(now)


def nobody_is_on(people: Iterable[tuple[bool, bool]]) -> bool:
    """Whether of a grid's people, each as (on duty, reachable), some are off duty and none can be told.

    Who does not answer counts as somebody: they are told when there is nobody else. Where nobody is off duty,
    that they cannot be reached is known from elsewhere.
    """
    those = tuple(people)
    return any(not on for on, _ in those) and not any(on and reachable for on, reachable in those)


def rests(now: datetime, zone: str) -> dict[Rest, datetime | None]:
    """The rests that make sense at `now`, each with the instant at which it ends (UTC; None: until they say so)."""
    today = local_date(now, zone)
    morning = at_local(today, MORNING, zone)
    if morning < aware(now) + SHORTEST:
        morning = at_local(today + timedelta(days=1), MORNING, zone)
    ends = {
        Rest.TONIGHT: at_local(today, TONIGHT, zone),
        Rest.MORNING: morning,
        Rest.DAYS: at_local(today + timedelta(days=DAYS), MORNING, zone),
    }
    return {**{rest: end for rest, end in ends.items() if end >= aware(now) + SHORTEST}, Rest.OPEN: None}


def does_not_answer(unanswered: int, last_at: datetime | None, now: datetime, limit: int) -> bool:
    """Whether so many alerts were not answered that nobody waits for them any more; 0 as a limit: never.

    What runs out at this very instant does not count yet, or it would matter which of several alarms goes on first.
    """
    return 0 < limit <= unanswered - (last_at == now)
