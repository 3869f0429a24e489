"""A round by its rules, one household after the other: what the statements about thousands of them are held against.

Nothing here is quick, and all of it is plain: a rule of `rules/` decides, one row is written, one alarm is raised.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    Account,
    Asked,
    Escalation,
    GridGroup,
    Household,
    OutboxMessage,
    Quarantine,
    ReportRequest,
    TemperatureReading,
)
from rules.escalation import Event, State
from rules.ladder import Severity
from rules.mail import Priority
from rules.quiet import release
from rules.rounds import ANSWERED, Ask, Half, RequestStatus, Slot, following, outcome_of_silence, plan, slot
from rules.streaks import kind_of, streak
from services.escalations import advance, note, raise_alarm, refresh
from services.handing_over import not_taken
from services.held_slots import hold_back
from services.mailbox import post
from services.phones import answering
from services.policy import policy_at
from services.prompting import not_reached, still_silent
from services.shards import next_requests
from services.unanswered import not_answered


def open_rounds(session: Session, now: datetime) -> bool:
    """One household's next slot is opened; False when none is due."""
    first = session.scalars(
        select(Quarantine).where(Quarantine.next_at <= now).order_by(Quarantine.next_at, Quarantine.household_id)
    ).first()
    if first is None or first.next_day is None or first.next_half is None:
        return False
    home = session.get_one(Household, first.household_id)
    one = slot(first.next_day, first.next_half, policy_at(session, home.grid_id))
    later = following(one, policy_at(session, home.grid_id))
    request = _owed(session, home, one, now)
    for quarantine in _due(session, home, one, now):
        _ask_for(session, request, quarantine.person_id)
        over = quarantine.last_day < later.day
        quarantine.next_day, quarantine.next_half = (None, None) if over else (later.day, later.half)
        quarantine.next_at = None if over else later.opens_at
    if isinstance(plan(one, now), Ask):
        _prompt(session, now, request)
    elif later.opens_at > now and request.status is RequestStatus.UNREACHABLE:
        still_silent(session, now, request)
    return True


def _due(session: Session, home: Household, one: Slot, now: datetime) -> list[Quarantine]:
    rows = session.scalars(select(Quarantine).where(Quarantine.household_id == home.id, Quarantine.next_at <= now))
    return [row for row in rows if (row.next_day, row.next_half) == (one.day, one.half)]


def request_of(session: Session, household_id: int, day: date, half: Half) -> ReportRequest | None:
    """What a household owes for a slot."""
    mine = select(ReportRequest).where(ReportRequest.household_id == household_id, ReportRequest.day == day)
    return session.scalar(mine.where(ReportRequest.half == half))


def _owed(session: Session, home: Household, one: Slot, now: datetime) -> ReportRequest:
    present = request_of(session, home.id, one.day, one.half)
    if present:
        return present
    decision = plan(one, now)
    request = ReportRequest(
        household_id=home.id, grid_id=home.grid_id, day=one.day, half=one.half, opens_at=one.opens_at
    )
    if isinstance(decision, Ask):
        request.status, request.remind_at, request.miss_at = RequestStatus.DUE, decision.remind_at, decision.miss_at
    else:
        request.status, request.why, request.miss_at = RequestStatus.UNREACHABLE, decision.why, one.miss_at
    session.add(request)
    session.flush()
    return request


def _ask_for(session: Session, request: ReportRequest, person_id: int) -> None:
    if session.get(Asked, (request.id, person_id)) is None:
        session.add(Asked(request_id=request.id, person_id=person_id))
        session.flush()
    mine = select(TemperatureReading).where(TemperatureReading.request_id == request.id)
    if request.status in ANSWERED and not session.scalars(mine.where(TemperatureReading.person_id == person_id)).all():
        request.status, request.answered_at = RequestStatus.DUE, None


def _doors(session: Session, request: ReportRequest) -> list[Account]:
    doors = answering(session, [request.household_id])
    return list(session.scalars(select(Account).join(doors, doors.c.account_id == Account.id).order_by(Account.id)))


def _prompt(session: Session, now: datetime, request: ReportRequest) -> None:
    if request.status is not RequestStatus.DUE:
        return
    doors = _doors(session, request)
    members = len(session.scalars(select(Asked).where(Asked.request_id == request.id)).all())
    for one in doors:
        if one.reachable:
            key = f"prompt:{request.id}:{one.id}:{members}"
            post(session, now, one, Priority.PROMPT, "prompt", about=f"request:{request.id}", dedupe_key=key)
    if not any(one.reachable for one in doors):
        not_reached(session, now, request, "account_lost" if doors else "no_account")


def remind(session: Session, now: datetime) -> None:
    """Every household that was asked and is silent, once."""
    due = select(ReportRequest).where(ReportRequest.status == RequestStatus.DUE, ReportRequest.remind_at <= now)
    for request in session.scalars(due.order_by(ReportRequest.id)).all():
        request.remind_at = None
        if request.asked_at is None:
            continue
        policy = policy_at(session, request.grid_id)
        due_at = release(now, policy.quiet_from, policy.quiet_to, policy.timezone)
        bound = session.scalar(select(GridGroup).where(GridGroup.area_id == request.grid_id))
        if bound and bound.reminders_here:
            _remind_group(session, now, request, session.get_one(Account, bound.account_id), due_at)
            continue
        for one in _doors(session, request):
            if one.reachable:
                about = f"request:{request.id}"
                post(session, now, one, Priority.PROMPT, "reminder", about=about, due_at=due_at)


def _remind_group(
    session: Session, now: datetime, request: ReportRequest, group: Account, due_at: datetime
) -> OutboxMessage | None:
    day, half = request.day.isoformat(), request.half.value
    key = f"group_reminder:{request.grid_id}:{day}:{half}"
    args, about = {"day": day, "half": half}, f"grid:{request.grid_id}"
    return post(
        session, now, group, Priority.PROMPT, "group_reminder", args=args, about=about, dedupe_key=key, due_at=due_at
    )


def close_rounds(session: Session, now: datetime) -> None:
    """Every slot whose time is up."""
    over = select(ReportRequest).where(next_requests(ReportRequest.miss_at, now, None, 1))
    while request := session.scalar(over):
        if (judged := hold_back(session, now, None, 1)) and not judged.requests:
            continue
        request.status = outcome_of_silence(asked=request.asked_at is not None)
        if request.status is RequestStatus.UNREACHABLE:
            request.why = "not_delivered"
            still_silent(session, now, request)
        else:
            _missed(session, now, request)
        session.flush()


def _missed(session: Session, now: datetime, request: ReportRequest) -> None:
    session.flush()
    mine = session.scalars(select(ReportRequest).where(ReportRequest.household_id == request.household_id))
    in_a_row = streak({(one.day, one.half): one.status for one in mine}, request.day, request.half)
    limit = policy_at(session, request.grid_id).repeated_after
    kind = kind_of(in_a_row, limit)
    raise_alarm(
        session,
        now,
        kind=kind,
        severity=Severity.ROUTINE,
        household_id=request.household_id,
        grid_id=request.grid_id,
        request_id=request.id,
        bundle=f"silent/{request.grid_id}",
        detail={"streak": in_a_row} if 0 < limit <= in_a_row else {},
    )


def go_on(session: Session, now: datetime) -> None:
    """Every alarm whose time is up: whoever holds it loses it, the next step hears."""
    due = select(Escalation).where(Escalation.next_at <= now, Escalation.state != State.CLOSED)
    for alarm in session.scalars(due.order_by(Escalation.next_at, Escalation.household_id, Escalation.kind)).all():
        if alarm.handed:
            not_taken(session, now, alarm)
            continue
        if alarm.state is State.TAKEN:
            note(session, now, alarm, Event.LAPSED, alarm.holder_id)
            alarm.holder_id = None
            refresh(session, now, alarm)
        else:
            not_answered(session, now, [alarm])
        advance(session, now, alarm)
