"""Alarms: raised, told, climbing, and what people do about them (升级上报)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent
from rules.escalation import Event, Hands, Kind, State, alike, cell, graver, ladder_of, worse
from rules.ladder import NOBODY_LEFT_RETRY, PassedOver, Severity, WhyNot, climb_on
from rules.nights import has_nights, in_force, stands_at
from rules.turns import HAD_THEIR_TURN, had_their_turn, patience
from services.accounts import reachable_accounts
from services.alerts import tell, tell_operators
from services.chain import reach, snapshot
from services.changes import bring_all_up_to_date, bring_up_to_date
from services.dossier import handed, subjects_of
from services.foresight import foreseen
from services.holding import hold_until, lapse_of
from services.policy import policy_at


def refresh(session: Session, now: datetime, escalation: Escalation) -> None:
    """Every message that shows the escalation, its own or its bundle's, is brought up to date."""
    bring_all_up_to_date(session, now, subjects_of(escalation))


def note(
    session: Session, now: datetime, escalation: Escalation, event: Event, person_id: int | None = None, **detail: Any
) -> None:
    """Moves the escalation by the table of `rules.escalation`, into the hands that it says, and writes the event down.

    Raises `NotAllowedError`.
    """
    becomes = cell(escalation.state, event)
    escalation.state = becomes.then
    if becomes.hands is Hands.NOBODYS:
        escalation.holder_id = None
    elif becomes.hands is Hands.THEIRS:
        escalation.holder_id = person_id or escalation.holder_id
    session.add(EscalationEvent(escalation_id=escalation.id, event=event, at=now, person_id=person_id, detail=detail))


def raise_alarm(
    session: Session,
    now: datetime,
    *,
    kind: Kind,
    severity: Severity,
    household_id: int,
    grid_id: int,
    person_id: int | None = None,
    request_id: int | None = None,
    bundle: str | None = None,
    detail: dict[str, Any] | None = None,
) -> Escalation:
    """Opens an escalation and tells the first step; joins the one that is open already about the same thing."""
    present = open_like(session, kind, household_id, person_id)
    if present:
        _worsen(session, now, present, kind, severity, request_id, bundle, detail or {})
        return present
    escalation = Escalation(
        kind=kind,
        severity=severity,
        state=State.OPEN,
        household_id=household_id,
        person_id=person_id,
        request_id=request_id,
        grid_id=grid_id,
        bundle=bundle,
        chain=snapshot(session, now, grid_id, ladder_of(kind, severity)),
        next_at=now,
        opened_at=now,
    )
    session.add(escalation)
    session.flush()
    session.add(EscalationEvent(escalation_id=escalation.id, event=Event.OPENED, at=now, detail=detail or {}))
    advance(session, now, escalation)
    return escalation


def open_about(session: Session, person_id: int) -> Escalation | None:
    """The open escalation about a person's temperature; there is one at most (invariant 6)."""
    if person_id in foreseen(session).calm_people:
        return None
    return session.scalar(select(Escalation).where(Escalation.person_id == person_id, Escalation.state != State.CLOSED))


def open_like(session: Session, kind: Kind, household_id: int | None, person_id: int | None) -> Escalation | None:
    """The open escalation about this person's temperature, or about this silence of the household."""
    if person_id is not None:
        return open_about(session, person_id)
    return session.scalar(
        select(Escalation).where(
            Escalation.household_id == household_id,
            Escalation.person_id.is_(None),
            Escalation.kind.in_(alike(kind)),
            Escalation.state != State.CLOSED,
        )
    )


def chain_of(session: Session, now: datetime, escalation: Escalation) -> list[dict[str, Any]]:
    """The chain of today by which it climbs, of the kind and severity that it has now."""
    return snapshot(session, now, escalation.grid_id, ladder_of(escalation.kind, escalation.severity))


def _worsen(
    session: Session,
    now: datetime,
    escalation: Escalation,
    kind: Kind,
    severity: Severity,
    request_id: int | None,
    bundle: str | None,
    detail: dict[str, Any],
) -> None:
    """The same again, or worse: whoever holds it, or was told last, is told again at once."""
    note(session, now, escalation, Event.WORSENED, **detail)
    was, before = escalation.kind, ladder_of(escalation.kind, escalation.severity)
    escalation.kind, escalation.severity = graver(escalation.kind, kind), worse(severity, escalation.severity)
    escalation.request_id = request_id or escalation.request_id
    if bundle:
        escalation.bundle = bundle
        session.flush()
        bring_up_to_date(session, now, f"bundle:{bundle}")
    if escalation.kind is not was or escalation.bundle is None:  # a list is told anew anyway
        bring_up_to_date(session, now, f"escalation:{escalation.id}")
    if ladder_of(escalation.kind, escalation.severity) is not before:
        # A graver alarm has its own, quicker ladder: it starts again from the first step.
        escalation.chain = chain_of(session, now, escalation)
        if escalation.state is State.OPEN:
            escalation.step = -1
            advance(session, now, escalation)
            return
        hold_until(escalation, now, min(escalation.next_at or now, now + lapse_of(session, escalation)))
    tell_again(session, now, escalation)


def corrected(
    session: Session, now: datetime, escalation: Escalation, person_id: int | None, *, celsius: float, before: float
) -> None:
    """The family took an abnormal value back: whoever has the alarm is told, and decides; it stays open (ADR 10)."""
    note(session, now, escalation, Event.CORRECTED, person_id, celsius=celsius, before=before)
    refresh(session, now, escalation)
    tell_again(session, now, escalation)


def tell_again(session: Session, now: datetime, escalation: Escalation, at: datetime | None = None) -> None:
    """The holder, whoever it was handed to, or whoever was told last, gets the alert once more, now or `at` a time."""
    people = [escalation.holder_id] if escalation.holder_id else escalation.chain[escalation.step]["people"]
    if escalation.handed:
        people = [handed(session, escalation)[1]]
    if escalation.step >= 0:
        told = reachable_accounts(session, people)
        starts = may_ring_at(session, at or now, escalation)
        tell(session, now, escalation, [one for one in people if one in told], told, due_at=starts, again=True)


def advance(session: Session, now: datetime, escalation: Escalation, lost: int | None = None) -> None:
    """The next step of the chain is told, in this very tick; whoever cannot be told is passed over with the reason.

    `lost` is somebody of the present step whom an alert could not reach.
    """
    part = _in_force(session, now, escalation)
    chain, stood = [escalation.chain[at] for at in part], stands_at(escalation.chain, part, escalation.step)
    around = reach(session, now, chain)
    found, came_round = climb_on(around.candidates, stood)
    if came_round:  # everybody up to the city has been told and nobody has taken it: the operators hear
        tell_operators(session, now, escalation, may_ring_at(session, now, escalation), told=found.tell)
    passed = [replace(one, step=part.start + one.step) for one in found.passed]
    if lost:
        passed.insert(0, PassedOver(escalation.step, lost, WhyNot.UNREACHABLE))
    for one in passed:
        note(session, now, escalation, Event.PASSED_OVER, one.person_id, step=one.step, why=one.why.value)
    if found.step is None:
        _nobody_left(session, now, escalation)
        return
    starts = may_ring_at(session, now, escalation)
    before = -1 if came_round else stood
    time_for_it = patience(chain, before, found.step)
    why = _why(passed, had_their_turn(chain, before, found.step))
    escalation.step, escalation.handed = part.start + found.step, False
    escalation.next_at = starts + time_for_it
    for person in found.tell:
        note(session, now, escalation, Event.TOLD, person, step=escalation.step)
    session.flush()
    told_at = tell(session, now, escalation, found.tell, around.accounts, due_at=starts, passed=why)
    escalation.next_at = told_at + time_for_it


def _in_force(session: Session, now: datetime, escalation: Escalation) -> range:
    """The steps of its chain that hold now; the quiet hours are asked for only where that makes a difference."""
    night = has_nights(escalation.chain) and policy_at(session, escalation.grid_id).is_night(now)
    return in_force(escalation.chain, night=night)


def _why(passed: Iterable[PassedOver], before: Iterable[int]) -> list[list[Any]]:
    found: list[list[Any]] = [[one.person_id, one.why.value] for one in passed if one.person_id is not None]
    return found + [[one, HAD_THEIR_TURN] for one in before if one not in {person for person, _ in found}]


def _nobody_left(session: Session, now: datetime, escalation: Escalation) -> None:
    note(session, now, escalation, Event.NOBODY_LEFT)
    escalation.step, escalation.handed = -1, False
    escalation.next_at = now + NOBODY_LEFT_RETRY
    tell_operators(session, now, escalation, may_ring_at(session, now, escalation))


def may_ring_at(session: Session, now: datetime, escalation: Escalation) -> datetime:
    """When an alert may leave: a fever at once, everything else not in the quiet hours (invariant 10)."""
    if escalation.severity is not Severity.ROUTINE:
        return now
    policy = policy_at(session, escalation.grid_id)
    return policy.awake(now)


def told_lost(session: Session, now: datetime, escalation: Escalation, person_id: int) -> None:
    """An alert to this person could not be delivered: with nobody else left at this step, the chain goes on at once."""
    if escalation.state is not State.OPEN or escalation.step < 0:
        return
    step = escalation.chain[escalation.step]
    still = reach(session, now, [step]).accounts
    if not [one for one in step["people"] if one in still and one != person_id]:
        advance(session, now, escalation, lost=person_id)
