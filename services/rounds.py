"""Rounds: who is asked in a slot, and how their silence ends (体温上报)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from models import Account, Asked, Household, Quarantine, ReportRequest, TemperatureReading
from rules.mail import Priority
from rules.rounds import ANSWERED, Ask, Half, NotAsked, RequestStatus, Slot, following, plan, slot
from services.areas import grid_below
from services.mailbox import post
from services.policy import policy_at
from services.prompting import prompt_slot, still_silent

GROUPS_A_TICK = 20
"""Grids handled in one transaction: enough to be quick, few enough that an alert need not wait behind them."""


def open_rounds(session: Session, now: datetime, below: str | None = None) -> dict[str, int]:
    """Opens every slot that is due, oldest first, grid by grid; catches up what a stopped machine missed.

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    groups = session.execute(
        select(Household.grid_id, Quarantine.next_day, Quarantine.next_half)
        .join(Household, Household.id == Quarantine.household_id)
        .where(Quarantine.next_at <= now, grid_below(Household.grid_id, below))
        .group_by(Household.grid_id, Quarantine.next_day, Quarantine.next_half)
        .order_by(func.min(Quarantine.next_at), Household.grid_id)
        .limit(GROUPS_A_TICK)
    ).all()
    counts = {"groups": len(groups), "requests": 0, "prompts": 0, "unreachable": 0}
    for grid_id, day, half in groups:
        if day and half:  # they always stand beside a due instant
            for name, number in _open_slot(session, now, grid_id, day, half).items():
                counts[name] += number
    return counts


def _open_slot(session: Session, now: datetime, grid_id: int, day: date, half: Half) -> dict[str, int]:
    policy = policy_at(session, grid_id)
    one = slot(day, half, policy)
    decision = plan(one, now)
    due = and_(
        Quarantine.next_at <= now,
        Quarantine.next_day == day,
        Quarantine.next_half == half,
        Quarantine.household_id.in_(select(Household.id).where(Household.grid_id == grid_id)),
    )
    opened = _owe(session, grid_id, one, decision, due)
    _ask_for(session, one, due)
    households = list(session.scalars(select(Quarantine.household_id).where(due).distinct()))
    later = following(one, policy)
    _move_on(session, due, later)
    if isinstance(decision, Ask):
        return {"requests": opened, **prompt_slot(session, now, households, one)}
    if later.opens_at > now:  # otherwise the next slot asks anyway: one alarm is enough
        _report_not_asked(session, now, households, one)
    return {"requests": opened}


def _report_not_asked(session: Session, now: datetime, households: Sequence[int], one: Slot) -> None:
    for request in session.scalars(
        select(ReportRequest).where(
            ReportRequest.household_id.in_(households),
            ReportRequest.day == one.day,
            ReportRequest.half == one.half,
            ReportRequest.status == RequestStatus.UNREACHABLE,
        )
    ):
        still_silent(session, now, request)


def _owe(session: Session, grid_id: int, one: Slot, decision: Ask | NotAsked, due: Any) -> int:
    asking = isinstance(decision, Ask)
    values: dict[str, Any] = {
        "grid_id": grid_id,
        "day": one.day,
        "half": one.half,
        "status": RequestStatus.DUE if asking else RequestStatus.UNREACHABLE,
        "why": "" if isinstance(decision, Ask) else decision.why,
        "opens_at": one.opens_at,
        "remind_at": decision.remind_at if isinstance(decision, Ask) else None,
        "miss_at": decision.miss_at if isinstance(decision, Ask) else one.miss_at,
    }
    table = ReportRequest.__table__.c
    owed_already = exists().where(
        ReportRequest.household_id == Quarantine.household_id,
        ReportRequest.day == one.day,
        ReportRequest.half == one.half,
    )
    chosen = select(
        Quarantine.household_id, *(literal(value, table[name].type).label(name) for name, value in values.items())
    ).where(due, ~owed_already)
    done = session.execute(insert(ReportRequest).from_select(["household_id", *values], chosen.distinct()))
    return _rowcount(done)


def _ask_for(session: Session, one: Slot, due: Any) -> None:
    """Puts down whom the slot asks for; a member who comes late re-opens a report that was complete without them."""
    request = and_(
        ReportRequest.household_id == Quarantine.household_id,
        ReportRequest.day == one.day,
        ReportRequest.half == one.half,
    )
    asked_already = exists().where(Asked.request_id == ReportRequest.id, Asked.person_id == Quarantine.person_id)
    chosen = (
        select(ReportRequest.id, Quarantine.person_id).join(Quarantine, request).where(due, ~asked_already).distinct()
    )
    session.execute(insert(Asked).from_select(["request_id", "person_id"], chosen))
    answered = exists().where(
        TemperatureReading.request_id == Asked.request_id, TemperatureReading.person_id == Asked.person_id
    )
    owes = exists().where(Asked.request_id == ReportRequest.id, ~answered)
    of_these = ReportRequest.household_id.in_(select(Quarantine.household_id).where(due))
    session.execute(
        update(ReportRequest)
        .where(
            of_these,
            ReportRequest.day == one.day,
            ReportRequest.half == one.half,
            ReportRequest.status.in_(ANSWERED),
            owes,
        )
        .values(status=RequestStatus.DUE, answered_at=None)
        .execution_options(synchronize_session=False)
    )


def _move_on(session: Session, due: Any, later: Slot) -> None:
    ids = select(Quarantine.id).where(due)
    over = list(session.scalars(ids.where(Quarantine.last_day < later.day)))
    going_on = list(session.scalars(ids.where(Quarantine.last_day >= later.day)))
    for chosen, values in (
        (over, {"next_day": None, "next_half": None, "next_at": None}),
        (going_on, {"next_day": later.day, "next_half": later.half, "next_at": later.opens_at}),
    ):
        session.execute(update(Quarantine).where(Quarantine.id.in_(chosen)).values(values))


def _rowcount(result: Any) -> int:
    return int(result.rowcount)


def ask_late(session: Session, now: datetime, request: ReportRequest, account: Account) -> None:
    """Somebody who has just joined is asked for what their household still owes, while the slot is open."""
    if now < request.miss_at and request.status is RequestStatus.UNREACHABLE:
        request.status, request.why = RequestStatus.DUE, ""
    if request.status is RequestStatus.DUE:
        post(session, now, account, Priority.PROMPT, "prompt", about=f"request:{request.id}")
