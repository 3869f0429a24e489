"""The tick of quarantines: they begin on their first day; at their end the rule releases, or a human is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from models import Household, Quarantine, ReportRequest
from models.statements import spelled
from rules.quarantine import QuarantineStatus
from rules.rounds import Half, RequestStatus
from rules.times import local_date
from services.areas import grid_below
from services.policy import default_policy
from services.release_calls import call
from services.releases import end_or_withdraw, release
from services.shards import asked_out
from services.verdicts import verdicts

BATCH = 200
SOON = timedelta(minutes=1)
"""When something is looked at again that another tick has still to do."""


def begin_and_end(session: Session, now: datetime, below: str | None = None) -> dict[str, int]:
    """Planned quarantines begin on their first day; those whose end is due are released, put to a human, or over.

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    today = local_date(now, default_policy(session).timezone)
    households = select(Household.id).where(grid_below(Household.grid_id, below))
    here = true() if below is None else Quarantine.household_id.in_(households)
    started = session.scalars(
        select(Quarantine)
        .where(Quarantine.status == spelled(QuarantineStatus.PLANNED), Quarantine.first_day <= today, here)
        .limit(BATCH)
    ).all()
    for one in started:
        one.status = QuarantineStatus.ACTIVE
    session.flush()
    due = session.scalars(
        select(Quarantine).where(asked_out(now), here).order_by(Quarantine.end_at, Quarantine.id).limit(BATCH)
    ).all()
    counts = _look_at(session, now, due)
    return {"begun": len(started), **counts, "left": int(BATCH in (len(started), len(due)))}


def _look_at(session: Session, now: datetime, due: Sequence[Quarantine]) -> dict[str, int]:
    over = end_or_withdraw(session, now, [one for one in due if one.released_at is not None])
    undecided = [one for one in due if one.released_at is None]
    ready = _ready(session, now, undecided)
    found = verdicts(session, ready)
    free = [one for one in ready if not found[one.id].doubts]
    doubtful = [one for one in ready if found[one.id].doubts]
    if free:
        release(session, now, free, by=None, by_rule=True)
    if doubtful:
        call(session, now, doubtful, found)
    return {"ended": over, "released": len(free), "to_decide": len(doubtful)}


def _ready(session: Session, now: datetime, undecided: Sequence[Quarantine]) -> list[Quarantine]:
    """Those whose last slot has its final state; the others are put off to when it may have."""
    if not undecided:
        return []
    open_until = _open_slots(session, undecided)
    ready = []
    for one in undecided:
        until = open_until.get((one.household_id, one.last_day))
        if until is None:
            ready.append(one)
        else:
            one.end_at = until if until > now else now + SOON
    return ready


def _open_slots(session: Session, undecided: Sequence[Quarantine]) -> dict[tuple[int, object], datetime]:
    """By household and day: until when the last slot still waits for an answer."""
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.day, ReportRequest.miss_at).where(
            ReportRequest.household_id.in_({one.household_id for one in undecided}),
            ReportRequest.day.in_({one.last_day for one in undecided}),
            ReportRequest.half == Half.EVENING,
            ReportRequest.status == spelled(RequestStatus.DUE),
        )
    )
    return {(household, day): miss_at for household, day, miss_at in rows}
