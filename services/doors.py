"""Households that were not reached or did not answer: the worker's door-knock list, and what was found there (上门)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Escalation, Household, ReportRequest
from rules.doors import EXCUSING, Found, in_order
from rules.escalation import SILENCES, Event, Outcome, State
from rules.rounds import FINAL_UNLESS_LATE, RequestStatus
from services.areas import address, within
from services.audit import record
from services.changes import bring_up_to_date
from services.escalations import advance, note, refresh
from services.handling import close
from services.slots import latest_request

LOOKS_BACK = timedelta(days=1)
"""What nobody brought in within a day is no errand any more."""


def doors(session: Session, now: datetime, paths: Iterable[str]) -> list[tuple[ReportRequest, str]]:
    """The newest slot of each household in these subtrees that is still to be brought in, with its address, in the
    order of the addresses.
    """
    rows = session.scalars(
        select(ReportRequest)
        .join(Area, Area.id == ReportRequest.grid_id)
        .where(
            within(paths),
            ReportRequest.status.in_(FINAL_UNLESS_LATE),
            ReportRequest.opens_at <= now,
            ReportRequest.opens_at > now - LOOKS_BACK,
        )
        .order_by(ReportRequest.opens_at)
    )
    newest = {one.household_id: one for one in rows}
    found = [
        (one, address(session, session.get_one(Household, home)))
        for home, one in newest.items()
        if latest_request(session, now, home) is one
    ]
    return sorted(found, key=lambda door: in_order(door[1]))


def found_at(session: Session, now: datetime, request: ReportRequest, found: Found, by: int) -> None:
    """What the worker found: nobody owes anything where it excuses, a refusal goes on to the next of the chain at once.

    Who said so and when is in the audit; it holds for this slot, the next one asks again.
    """
    record(session, now, actor_id=by, act="door", subject=f"request:{request.id}", found=found.value)
    if found in EXCUSING:
        request.status, request.why = RequestStatus.EXCUSED, found.value
    for alarm in _alarms(session, request):
        if found is Found.REFUSED:
            _refused(session, now, alarm, by)
        else:
            close(session, now, alarm, Outcome.EXCUSED if found in EXCUSING else Outcome.NOT_AT_HOME, by)


def _alarms(session: Session, request: ReportRequest) -> list[Escalation]:
    """What is open about the silence of the household."""
    return list(
        session.scalars(
            select(Escalation).where(
                Escalation.household_id == request.household_id,
                Escalation.kind.in_(SILENCES),
                Escalation.state != State.CLOSED,
            )
        )
    )


def _refused(session: Session, now: datetime, alarm: Escalation, by: int) -> None:
    note(session, now, alarm, Event.REFUSED, by)
    if alarm.bundle:  # a refusal is told by itself, not as one of many
        left, alarm.bundle = alarm.bundle, None
        session.flush()
        bring_up_to_date(session, now, f"bundle:{left}")
    advance(session, now, alarm)
    refresh(session, now, alarm)
